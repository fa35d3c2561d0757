from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import tables
from dashboard.owner import Owner
from dashboard.tables import Asked

# The same drawer opens behind any number; this one counts the facts of an empty store.
PAGE = """
from dashboard import drawer
from dashboard.tables import Asked

figure = drawer.Figure(
    "USDT frozen", "4.97M", "4,967,123.5 USDT", "Value of money held or frozen.", Asked("store_facts"),
    caveats=("Holds end after three days.",),
)
drawer.number(figure, key="frozen")
"""


@pytest.mark.usefixtures("owning")
def test_a_number_opens_its_definition_rows_sql_and_export() -> None:
    at = AppTest.from_string(PAGE, default_timeout=30).run()
    assert at.button[0].label == "4.97M"
    assert not at.dataframe
    at.button[0].click().run()
    assert not at.exception
    assert [text.value for text in at.markdown][:2] == [
        "**4,967,123.5 USDT**",
        "Value of money held or frozen.",
    ]
    assert at.dataframe[0].value.shape[0] == 1
    assert "sum(events)" in at.code[0].value
    captions = [caption.value for caption in at.caption]
    assert "Holds end after three days." in captions
    assert any("1 row" in caption for caption in captions)
    labels = [element.proto.label for element in at.get("download_button")]
    assert labels == ["CSV", "Parquet"]


def test_an_export_holds_every_row_and_not_only_those_shown(owning: Owner) -> None:
    with owning.store.writing() as cursor:
        cursor.execute(
            "INSERT INTO account_risk (account_id, score) SELECT 'A' || n, 0.5 FROM range(1234) AS t(n)"
        )
    everyone = Asked("riskiest_accounts", {"region": None, "country": None})
    whole = tables.exported(everyone, "csv").decode().splitlines()
    assert whole[0].startswith("account_id,score")
    assert len(whole) == 1 + 1234
    assert tables.exported(everyone, "parquet")[:4] == b"PAR1"
