"""Rings over a store in which none was found: the pages say what rings need and what to do."""

from __future__ import annotations

import pytest
from opened import open_page
from small_exchange import insert
from streamlit.testing.v1 import AppTest

from dashboard import owner
from data.home import Home


def told(page: AppTest) -> str:
    return "\n".join(part.value for part in page.markdown)


def test_a_store_without_rings_says_what_they_need(exchange: Home) -> None:
    assert exchange.path.is_dir()
    page = open_page("rings")
    assert page.title[0].value == "No ring stands at the end of Q3 2025"
    assert "Run `watchfloor score`, which looks for rings." in told(page)
    assert "at least three accounts" in told(page)
    assert not page.dataframe


@pytest.mark.parametrize(
    ("asked", "title"), [({}, "No ring is known"), ({"ring": "R-1"}, "There is no ring")]
)
def test_the_page_of_one_ring_leads_back_and_says_the_same(
    exchange: Home, asked: dict[str, str], title: str
) -> None:
    assert exchange.path.is_dir()
    page = open_page("ring", **asked)
    assert page.title[0].value.startswith(title)
    assert "at least three accounts" in told(page)
    page.button(key="crumb_rings").click().run()
    assert page.session_state["go_later"][0] == "rings"


def test_an_account_without_a_ring_has_no_line_about_it(exchange: Home) -> None:
    assert exchange.path.is_dir()
    assert "ring" not in told(open_page("accounts", account="A1")).lower()


def test_candidates_that_never_raised_an_alarm_are_told_apart_from_none(exchange: Home) -> None:
    assert exchange.path.is_dir()
    with owner.store().writing() as cursor:
        insert(cursor, "ring_features", [{"account_id": "A1", "ring_id": "R-1"}])
    owner.bump()
    assert "1 group of tied accounts were looked at, and none reached the alarm." in told(open_page("rings"))
