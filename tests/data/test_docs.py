from __future__ import annotations

from data.contract import TABLES
from data.docs import contract_markdown


def test_every_table_and_column_is_on_the_page_with_its_comment() -> None:
    page = contract_markdown()
    for table in TABLES:
        assert f"### {table.name}\n" in page
        for column in table.columns:
            assert f"| `{column.name}` | {column.type} | {column.comment}" in page


def test_the_page_says_what_a_file_must_bring() -> None:
    page = contract_markdown()
    assert "| `account_id` | VARCHAR | The account that acts. | file, required |" in page
    assert "| `event_id` | VARCHAR | Unique over all three streams of events. | file, optional |" in page
    assert "One of: `settled`, `failed`, `cancelled`." in page
