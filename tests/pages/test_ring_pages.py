"""Rings and the page of one ring over the rings by hand (`small_rings.py`)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import small_exchange
import small_rings
from opened import open_page, words_of
from streamlit.testing.v1 import AppTest

from dashboard import owner
from data.home import Home
from desk.actors import ROLE_VARIABLE

pytestmark = pytest.mark.usefixtures("ringed", "seeing")


@pytest.fixture(scope="module")
def ringed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = Home(tmp_path_factory.mktemp("ringed"))
    store = owner.become(folder).store
    small_exchange.fill(store)
    small_rings.fill_rings(store)
    yield folder
    owner.resign()


@pytest.fixture
def seeing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rings are looked at by who sees devices and addresses and may take evidence out."""
    monkeypatch.setenv(ROLE_VARIABLE, "desk_lead")


def figures_of(page: AppTest) -> dict[str, str]:
    return {b.key: b.label for b in page.button if b.key and b.key.startswith("figure_")}


def table_of(page: AppTest, column: str) -> list[str]:
    """The values of the first table that has the column."""
    table = next(table.value for table in page.dataframe if column in table.value.columns)
    return [str(value) for value in table[column]]


def test_rings_opens_with_its_answer_in_a_sentence() -> None:
    page = open_page("rings")
    assert page.title[0].value == (
        "2 rings stand at the end of Q3 2025, 1 more than at the end of Q2; CIS grew most, by 1"
    )


def test_a_region_of_the_header_filters_the_page() -> None:
    page = open_page("rings", region="south_east_asia", stage="all")
    assert page.title[0].value == (
        "1 ring stands in South-East Asia at the end of Q3 2025, as many as at the end of Q2"
    )
    assert table_of(page, "ring_id") == ["R-2"]


def test_a_quarter_that_is_not_over_is_not_compared() -> None:
    page = open_page("rings", period="2025Q4")
    assert page.title[0].value == "3 rings stand on 31 October 2025, 1 of them new"
    assert "Q3 is not comparable" in words_of(page)


def test_the_cards_are_numbers_to_click() -> None:
    page = open_page("rings")
    assert figures_of(page) == {
        "figure_standing": "2",
        "figure_new": "1",
        "figure_broken": "1",
        "figure_accounts": "7",
        "figure_moved": "500",
        "figure_at_risk": "370",
    }
    said = words_of(page)
    for detail in ("1 active, 1 broken with ties left", "2 in Q2", "140 in Q2", "3.5 a ring, 3 confirmed"):
        assert detail in said


@pytest.mark.parametrize(
    ("key", "column", "rows"),
    [
        ("figure_standing", "ring_id", ["R-1", "R-2"]),
        ("figure_new", "ring_id", ["R-1"]),
        ("figure_broken", "ring_id", ["R-2"]),
        ("figure_accounts", "account_id", ["A1", "A2", "B4", "A3", "C1", "C2", "C3"]),
        ("figure_moved", "event_id", ["M6", "M4"]),
        ("figure_at_risk", "at_risk", ["350.0", "20.0"]),
    ],
)
def test_the_drawer_of_a_card_lists_what_it_counts(key: str, column: str, rows: list[str]) -> None:
    page = open_page("rings")
    page.button(key=key).click().run()
    assert not page.exception
    assert [str(value) for value in page.dataframe[-1].value[column]] == rows
    assert page.code


@pytest.mark.parametrize(
    ("stage", "rings"),
    [(None, ["R-1"]), ("new", ["R-1"]), ("broken", ["R-2"]), ("all", ["R-1", "R-2", "R-3"])],
)
def test_the_list_shows_the_state_that_the_url_names(stage: str | None, rings: list[str]) -> None:
    page = open_page("rings", **({"stage": stage} if stage else {}))
    assert table_of(page, "ring_id") == rings


def test_a_state_without_rings_says_what_to_choose() -> None:
    said = words_of(open_page("rings", stage="ended"))
    assert "No ended ring in all regions in Q3 2025. Choose All, another period or region." in said
    said = words_of(open_page("rings", region="oceania"))
    assert "No ring stands in Oceania at the end of Q3 2025" in said
    assert "2 rings stand in all regions." in said


def test_a_period_before_the_first_ring_says_when_there_are_some() -> None:
    page = open_page("rings", period="2025Q1")
    assert page.title[0].value == "No ring stands at the end of Q1 2025"
    assert "4 rings raised the first alarm after Q1 2025." in words_of(page)
    assert not page.dataframe


@pytest.mark.parametrize(("name", "drawn"), [("rings", 3), ("ring", 7)])
def test_every_chart_and_table_is_described_in_words(name: str, drawn: int) -> None:
    page = open_page(name)
    found = [*page.get("plotly_chart"), *page.dataframe]
    assert len(found) == drawn
    assert all(len(part.proto.alt) > 20 for part in found)


def test_a_ring_opens_with_how_many_and_how_sure_and_why() -> None:
    page = open_page("ring", ring="R-1")
    assert page.title[0].value == "4 accounts, 90% likely a ring of crime"
    said = words_of(page)
    assert "4 accounts share a device, a payout address and a referral." in said.replace("\\", "")
    assert "R-1 · Russia · CIS · Fan-in · found 01 Aug 2025 · alarm 10 Aug 2025" in said
    assert "Without these 2 it falls apart: nobody hangs together" in said
    assert "D1 holds 3 accounts." in said


def test_the_figures_of_a_ring_open_to_their_rows() -> None:
    page = open_page("ring", ring="R-1")
    assert figures_of(page) == {
        "figure_ring_score": "90%",
        "figure_ring_accounts": "4",
        "figure_ring_moved": "550",
        "figure_ring_inside": "600",
        "figure_ring_at_risk": "350",
    }
    page.button(key="figure_ring_moved").click().run()
    assert [str(value) for value in page.dataframe[-1].value["event_id"]] == ["M4", "M6", "M7"]


def test_the_day_of_the_slider_is_in_the_url_and_changes_accounts_and_ties() -> None:
    page = open_page("ring", ring="R-1")
    assert page.select_slider[0].value == "2025-09-15"
    assert "5 accounts, 4 on the day shown" in words_of(page)
    page.select_slider[0].set_value("2025-08-20").run()
    assert page.query_params["as_of"] in ("2025-08-20", ["2025-08-20"])
    said = words_of(page)
    assert "Accounts and ties on 20 August 2025" in said
    assert "5 accounts, 3 on the day shown" in said
    assert table_of(page, "artefact") == ["D1", "D1", "D1", "A1"]


def test_a_shared_link_shows_the_ring_as_it_stood() -> None:
    page = open_page("ring", ring="R-1", as_of="2025-08-01")
    assert "3 accounts" not in page.title[0].value
    assert "4 accounts; 4 tied pairs, each as its strongest tie." in words_of(page)
    # The payout address came to be shared in September.
    assert "payout" not in table_of(page, "kind")


def test_a_pattern_is_chosen_by_the_url_and_shows_its_transfers() -> None:
    page = open_page("ring", ring="R-1", pattern="1")
    assert table_of(page, "leg") == ["in", "in"]
    page.button(key="crumb_transfers").click().run()
    assert len(table_of(page, "leg")) == 7
    assert len(table_of(open_page("ring", ring="R-1", pattern="x"), "leg")) == 7


def test_a_ring_that_was_taken_in_leads_to_the_other_and_shows_its_last_accounts() -> None:
    page = open_page("ring", ring="R-3")
    assert "3 accounts, 3 on the day shown" in words_of(page)
    assert not page.select_slider
    assert "Its flows show no named pattern" in words_of(page)
    page.button(key="ring_merged").click().run()
    assert page.session_state["go_later"] == ("ring", {"ring": "R-2"})


def test_a_ring_without_money_or_key_ties_says_so() -> None:
    said = words_of(open_page("ring", ring="R-4"))
    assert "No money moved over its accounts while they were in it." in said
    assert "No single shared thing holds it together" in said
    assert "Nothing is written of its days." in said


def test_a_ring_that_does_not_exist_says_so_and_offers_the_riskiest() -> None:
    page = open_page("ring", ring="R-9*")
    assert page.title[0].value == "There is no ring R\\-9\\*"
    assert "Open the riskiest ring" in [button.label for button in page.button]


def test_without_a_name_the_riskiest_ring_of_the_region_opens() -> None:
    assert "R-1 · " in words_of(open_page("ring"))
    assert "R-2 · " in words_of(open_page("ring", region="south_east_asia"))
    assert "R-1 · " in words_of(open_page("ring", region="oceania"))


def test_the_way_back_keeps_the_list_as_it_was_left() -> None:
    page = open_page("ring", ring="R-1", stage="all", period="2025Q3")
    page.button(key="crumb_rings").click().run()
    assert page.session_state["go_later"] == ("rings", {"period": "2025Q3", "ring": "R-1", "stage": "all"})


def test_an_account_leads_to_its_ring_and_back() -> None:
    page = open_page("accounts", account="A1")
    assert (
        "In ring R\\-1 since 01 August 2025, role collector; it is active, 90% likely a ring of crime."
        in (words_of(page))
    )
    page.button(key="crumb_ring_0").click().run()
    assert page.session_state["go_later"][0] == "ring"
    assert page.session_state["go_later"][1]["ring"] == "R-1"
