from __future__ import annotations

import opened
import pytest
from opened import buttons_of, open_page
from streamlit.testing.v1 import AppTest

from desk.actors import ROLE_VARIABLE

pytestmark = pytest.mark.usefixtures("exchange")


def words_of(page: AppTest) -> str:
    return opened.words_of(page, "info")


def test_the_overview_opens_with_its_answer_in_a_sentence() -> None:
    page = open_page("overview")
    assert page.title[0].value.startswith("Organised-crime rings fell 67 % in Q3 2025 against Q2, between ")


def test_the_overview_has_five_cards_with_numbers_to_click() -> None:
    page = open_page("overview")
    figures = [button.label for button in page.button if (button.key or "").startswith("figure_")]
    # 130 deposits of 10 USDT were held.
    assert figures == ["130", "13", "1.30K", "0", "0"]
    for title in (
        "Suspicious actions",
        "Organised crime",
        "USDT frozen",
        "Deepfakes stopped",
        "Alerts waiting",
    ):
        assert title in words_of(page)


def test_the_overview_refuses_to_compare_a_quarter_that_is_not_over() -> None:
    said = words_of(open_page("overview", period="2025Q4"))
    assert "Q4 2025 is not over: the last event is of 31 October 2025." in said
    assert "Not comparable" in said


def test_the_overview_lists_what_is_worth_looking_at_with_its_reason() -> None:
    page = open_page("overview")
    assert {"2 accounts used this device", "The camera is virtual", "A1", "A2"} <= set(buttons_of(page))


def test_an_alert_of_the_overview_leads_to_its_explanation() -> None:
    page = open_page("overview")
    next(b for b in page.button if b.label == "2 accounts used this device").click().run()
    assert page.session_state["go_later"] == ("explanations", {"event": "W1", "account": "A1"})


def test_the_overview_of_a_region_without_alerts_says_what_to_do() -> None:
    said = words_of(open_page("overview", region="oceania"))
    assert "No alert of the last seven days waits here. Choose all regions, or open Accounts." in said


def test_the_drawer_of_a_number_shows_its_definition_and_its_sql() -> None:
    page = open_page("overview")
    next(b for b in page.button if b.key == "figure_organised_crime").click().run()
    assert not page.exception
    assert "Rings with at least three accounts and two kinds of tie" in words_of(page)
    assert any("ring_accounts >= 3" in code.value for code in page.code)


def test_regions_opens_on_the_region_that_moved_most() -> None:
    title = open_page("regions").title[0].value
    assert title.startswith("CIS: suspicious actions fell 50 % in Q3 2025 against Q2, between ")


def test_regions_goes_from_region_to_country() -> None:
    page = open_page("regions", region="cis", country="KZ")
    assert page.title[0].value.startswith("Kazakhstan: suspicious actions fell 50 %")
    assert {"World", "CIS"} <= set(buttons_of(page))


def test_regions_keeps_to_the_region_when_the_country_has_nothing() -> None:
    assert open_page("regions", region="cis", country="ID").title[0].value.startswith("CIS: ")


def test_regions_without_comparison_says_why() -> None:
    said = words_of(open_page("regions", period="2025Q4", region="cis"))
    assert "CIS: not comparable with Q3. Q4 2025 is not over" in said


def test_a_row_of_places_opens_the_region() -> None:
    page = open_page("regions")
    page.session_state["places_None_suspicious_actions"] = {
        "selection": {"rows": [0], "columns": [], "cells": []}
    }
    assert list(page.dataframe[0].value["place"]) == ["CIS"]


def test_accounts_opens_on_the_riskiest_with_its_reasons() -> None:
    page = open_page("accounts")
    assert page.title[0].value == "A1"
    said = words_of(page)
    assert "2 accounts used this device" in said
    assert "It would have been allowed with a device of its own." in said
    assert "9.0 times" in said


def test_a_search_that_finds_several_accounts_lists_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(ROLE_VARIABLE, "analyst")
    page = open_page("accounts", find="D1")
    assert list(page.dataframe[0].value["account_id"]) == ["A1", "A2"]


def test_a_search_that_finds_nothing_says_how_to_search() -> None:
    assert "Search needs the whole name" in words_of(open_page("accounts", find="nothing like it"))


def test_an_account_that_does_not_exist_offers_the_riskiest() -> None:
    page = open_page("accounts", account="A99")
    assert page.title[0].value == "There is no account A99"
    page.button[0].click().run()
    assert page.title[0].value == "A1"


def test_an_account_without_events_says_that_there_are_none() -> None:
    said = words_of(open_page("accounts", account="A3"))
    assert "no event yet" in said
    assert "None of its events was flagged." in said


def test_an_account_shows_who_else_uses_its_device(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(ROLE_VARIABLE, "analyst")
    page = open_page("accounts", account="A1", entity="device:D1")
    assert list(page.dataframe[-1].value["account_id"]) == ["A1", "A2"]


def test_explanations_opens_on_the_newest_blocked_event() -> None:
    page = open_page("explanations")
    assert page.title[0].value == "Frozen at 90%: 2 accounts used this device"
    assert page.info[0].value == "It would have been allowed with a device of its own."


def test_an_identity_check_is_explained_with_what_the_camera_reported() -> None:
    page = open_page("explanations", event="L1", account="A2")
    assert page.title[0].value == "Blocked at 80%: The camera is virtual"
    assert "Virtual camera" in words_of(page)


def test_an_event_that_was_not_explained_says_so() -> None:
    assert "No reasons are stored" in words_of(open_page("explanations", event="T0901", account="A1"))


def test_an_event_that_does_not_exist_says_so() -> None:
    assert open_page("explanations", event="E99").title[0].value == "There is no event E99"


def test_the_whole_model_names_the_reason_that_moves_scores_most() -> None:
    page = open_page("explanations", tab="model", period="2025Q4")
    assert page.title[0].value == (
        "Shared device moves fraud scores most: 60 points on average over 1 sampled events of Q4 2025"
    )


def test_a_model_without_a_sample_says_what_to_choose() -> None:
    said = words_of(open_page("explanations", tab="model", period="2025Q3"))
    assert "No event of Q3 2025 in all regions is in the sample" in said


@pytest.mark.parametrize("name", ["overview", "regions", "accounts", "explanations"])
def test_every_chart_and_table_is_described_in_words(name: str) -> None:
    page = open_page(name)
    drawn = [*page.get("plotly_chart"), *page.get("deck_gl_json_chart"), *page.get("arrow_data_frame")]
    assert drawn
    assert all(len(found.proto.alt) > 20 for found in drawn)
