"""The Quarterly review as it is drawn over a store with records, audits and cross scores."""

from __future__ import annotations

import opened
import pytest
from opened import open_page
from streamlit.testing.v1 import AppTest

from dashboard.facts import facts
from dashboard.questions.period import shown_period
from dashboard.review import report
from dashboard.review.build import review_of
from dashboard.review.tabs import TABS

pytestmark = pytest.mark.usefixtures("reviewed")


def words_of(page: AppTest) -> str:
    return opened.words_of(page, "info")


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("quarter", ["2025Q3", "2025Q4", "2025Q1"])
def test_every_tab_is_drawn_for_every_quarter(tab: str, quarter: str) -> None:
    page = open_page("review", period=quarter, tab=tab)

    assert "rganised-crime rings" in page.title[0].value
    drawn = [*page.get("plotly_chart"), *page.get("deck_gl_json_chart"), *page.get("arrow_data_frame")]
    assert all(len(found.proto.alt) > 20 for found in drawn)


def test_the_review_says_that_fewer_were_found_because_recall_fell() -> None:
    said = words_of(open_page("review", period="2025Q3"))

    assert "Verdict: fewer found, recall fell" in said


def test_the_quarter_to_compare_with_is_chosen_in_the_url() -> None:
    title = open_page("review", period="2025Q2", base="2025Q3").title[0].value

    assert title.startswith("Organised-crime rings rose ")
    assert "Q2 2025 against Q3" in title


def test_a_quarter_that_is_not_over_is_refused_on_the_page() -> None:
    page = open_page("review", period="2025Q4")

    assert "Not comparable: Q4 2025 is not over: the last event is of 31 October 2025." in [
        caption.value for caption in page.caption
    ]


def test_the_four_files_of_a_store_are_made_twice_with_the_same_bytes() -> None:
    review = review_of(shown_period("2025Q3", facts()))
    starts: dict[report.Form, bytes] = {"pdf": b"%PDF", "html": b"<!doctype", "csv": b"", "parquet": b"PAR1"}

    for form, start in starts.items():
        made = report.as_bytes(review, form)
        assert made.lower().startswith(start.lower())
        assert made == report.as_bytes(review, form), form
        assert len(made) > 1000
