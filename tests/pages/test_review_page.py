"""The Quarterly review over the review by hand; the store behind the drawers is the small exchange."""

from __future__ import annotations

import pytest
from opened import open_page, words_of
from small_review import empty_review, small_review
from streamlit.testing.v1 import AppTest

from dashboard.questions.measures import Reading
from dashboard.questions.period import Period
from dashboard.review import build, content, tabs, views
from dashboard.review.figures import lines_of
from dashboard.review.model import Review
from data.home import PROJECT_ROOT

pytestmark = pytest.mark.usefixtures("exchange")
ASKED: list[Period] = []


@pytest.fixture(autouse=True)
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    def review_of(period: Period) -> Review:
        ASKED.append(period)
        return small_review(period)

    found: dict[str, Reading] = {}
    monkeypatch.setattr(build, "review_of", review_of)
    monkeypatch.setattr(content, "readings_in", lambda *_: found)


def test_the_review_opens_with_its_verdict_and_the_conditions_of_it() -> None:
    page = open_page("review")
    assert page.title[0].value == (
        "Organised-crime incidents fell 38 % in Q3 2025 against Q2, between 26 and 48 %."
    )
    said = words_of(page)
    assert "Verdict: reduction" in said
    assert said.count(">Holds<") == 3
    assert said.count(">Does not hold<") == 1


def test_the_first_measure_of_each_group_is_a_card_whose_number_opens() -> None:
    page = open_page("review")
    figures = [button.label for button in page.button if (button.key or "").startswith("figure_")]
    assert figures == ["201", "38.4K", "4.97M", "3.10K", "1.20K"]
    next(b for b in page.button if b.key == "figure_organised_crime").click().run()
    assert not page.exception
    assert any("SELECT" in code.value.upper() for code in page.code)


def test_the_quarter_compared_with_comes_from_the_url() -> None:
    ASKED.clear()
    page = open_page("review", period="2025Q3", base="2025Q1")
    assert (str(ASKED[-1].quarter), str(ASKED[-1].base)) == ("2025Q3", "2025Q1")
    chosen = next(box for box in page.selectbox if box.key == "pick_base")
    assert chosen.value == "2025Q1"
    assert "against Q3 2025" not in chosen.options


def test_a_quarter_that_is_not_over_says_so() -> None:
    assert "Not comparable: Q4 2025 is not over" in words_of(open_page("review", period="2025Q4"))


@pytest.mark.parametrize("tab", tabs.TABS)
def test_every_tab_describes_its_charts_and_tables_in_words(tab: str) -> None:
    page = open_page("review", tab=tab)
    drawn = [*page.get("plotly_chart"), *page.get("deck_gl_json_chart"), *page.dataframe]
    assert drawn
    assert all(len(found.proto.alt) > 20 for found in drawn)


@pytest.mark.parametrize("tab", tabs.TABS)
def test_every_tab_of_an_empty_review_says_what_is_missing(tab: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "review_of", empty_review)
    missing = {
        "changed": "There is nothing to judge",
        "measures": "Did crime fall?",
        "regions": "No measure is known by region in this quarter.",
        "money": "No request is known in the quarter.",
        "believed": "No regional measure began in the quarter, or none is recorded.",
        "every": "1 figures.",
    }
    assert missing[tab] in words_of(open_page("review", tab=tab))


def test_the_table_of_every_figure_is_that_of_the_files() -> None:
    table = open_page("review", tab="every").dataframe[0].value
    lines = lines_of(small_review())
    assert list(table["shown"]) == [line.shown for line in lines]
    assert list(table["change"]) == [line.change for line in lines]


def test_a_row_that_was_clicked_opens_its_drawer() -> None:
    page = AppTest.from_file(str(PROJECT_ROOT / "pages" / "review.py"), default_timeout=30)
    page.session_state[views.PICKED] = lines_of(small_review())[0]
    page.run()
    assert not page.exception
    assert any("SELECT" in code.value.upper() for code in page.code)
    assert views.PICKED not in page.session_state


def test_the_regions_followed_stand_side_by_side_and_the_rest_is_summed() -> None:
    said = words_of(open_page("review", tab="regions"))
    for name in ("South-East Asia", "South Asia", "CIS", "The rest"):
        assert f'<div class="wf-label">{name}</div>' in said
    # Europe 24, Latin America 20, Sub-Saharan Africa 10 and Oceania 0.
    assert '<div class="wf-number">54</div>' in said


def test_public_figures_are_shown_for_the_demonstration_only(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Public figures beside ours" in words_of(open_page("review", tab="believed"))
    monkeypatch.setattr(build, "review_of", empty_review)
    assert "Public figures beside ours" not in words_of(open_page("review", tab="believed"))


def test_the_export_offers_the_four_files() -> None:
    names = [found.proto.label for found in open_page("review").get("download_button")]
    assert names == ["PDF", "HTML", "CSV", "Parquet"]
