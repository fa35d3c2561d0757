"""Behind a number: what it means, its rows, its SQL, and all of them as a file."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect
from screen import TABLE, Screen

from data.home import Home
from data.store import Store, open_store

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def store(built: Home) -> Iterator[Store]:
    opened = open_store(built.store_path)
    yield opened
    opened.close()


def drawer(screen: Screen) -> Locator:
    opened = screen.page.get_by_role("dialog")
    expect(opened.locator(TABLE)).to_be_visible()
    screen.settle()
    return opened


def downloaded(screen: Screen, button: Locator, folder: Path) -> list[dict[str, str]]:
    with screen.page.expect_download() as started:
        button.click()
    path = folder / "rows.csv"
    started.value.save_as(path)
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_a_number_opens_to_its_definition_its_rows_and_its_sql(screen: Screen) -> None:
    screen.open()
    figure = screen.card("figure_organised_crime").get_by_role("button")
    shown = figure.inner_text()
    figure.click()
    opened = drawer(screen)
    expect(opened).to_contain_text("Organised crime, all regions, Q3 2025")
    expect(opened).to_contain_text("Rings with at least three accounts")
    expect(opened.get_by_text(re.compile(rf"^{shown} rows?$"))).to_be_visible()
    opened.get_by_text("SQL", exact=True).click()
    expect(opened.locator("code")).to_contain_text("tie_kinds")
    screen.page.keyboard.press("Escape")
    expect(opened).to_be_hidden()


def test_the_csv_of_a_table_holds_every_row_of_the_store(
    screen: Screen, store: Store, tmp_path: Path
) -> None:
    with store.cursor() as cursor:
        # The busiest account has more events than the 500 that a table shows.
        account, in_store = cursor.execute(
            "SELECT account_id, count(*) FROM (SELECT account_id FROM transactions UNION ALL "
            "SELECT account_id FROM logins UNION ALL SELECT account_id FROM liveness_checks) "
            "GROUP BY account_id ORDER BY count(*) DESC, account_id LIMIT 1"
        ).fetchall()[0]
    assert in_store > 500
    screen.open(f"accounts?account={account}")
    screen.card("figure_account_Events").get_by_role("button").click()
    opened = drawer(screen)
    expect(opened).to_contain_text(f"First 500 of {in_store:,} rows")
    rows = downloaded(screen, opened.get_by_role("button", name="CSV", exact=True), tmp_path)
    assert len(rows) == in_store
    assert len({row["event_id"] for row in rows}) == in_store


def test_the_csv_of_the_flagged_events_of_a_quarter_is_what_the_store_counts(
    screen: Screen, store: Store, tmp_path: Path
) -> None:
    with store.cursor() as cursor:
        in_store = cursor.execute(
            "SELECT count(*) FROM scored WHERE decision <> 'allow' AND model = 'fraud' "
            "AND occurred_at >= TIMESTAMP '2025-07-01' AND occurred_at < TIMESTAMP '2025-10-01'"
        ).fetchall()[0][0]
    screen.open("explanations?period=2025Q3&model=fraud")
    newest = screen.card("card_newest")
    rows = downloaded(screen, newest.get_by_role("button", name="CSV", exact=True), tmp_path)
    assert len(rows) == in_store
    assert all(row["decision"] != "allow" for row in rows)
