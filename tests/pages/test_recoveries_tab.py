"""The tab Recoveries of a store with five claims: numbers, list, one claim, and what is done with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go
import pytest
from opened import buttons_of, open_page, words_of
from streamlit.testing.v1 import AppTest

from dashboard import acting, owner, theme
from dashboard.charts.claims import open_by_age_chart, recovered_chart
from dashboard.desk_records import desk_records, follow
from dashboard.facts import facts, last_event
from dashboard.questions import recoveries
from dashboard.questions.measures import WORLD, readings
from dashboard.questions.period import shown_period
from dashboard.questions.recoveries import AGES, KINDS, STATUSES
from dashboard.recoveries.doors import doors_of
from dashboard.recoveries.ways import payment_ways, says
from data.home import Home
from desk.actors import Actor
from desk.approvals import approve
from desk.money import MICRO
from desk.people import DEMONSTRATION, found
from desk.recoveries.claiming import Look, check
from desk.recoveries.letter import letter
from desk.recoveries.moving import claim
from desk.recoveries.paying import Payment, ask_payment
from desk.recoveries.proving import Entered, challenge, enter_proof
from desk.recoveries.state import LIVE, ClaimState

OLGA = Actor("Olga Operatordemo", "desk_operator")
LENA = Actor("Lena Leaddemo", "desk_lead")
AUDE = Actor("Aude Auditordemo", "auditor")
NOW = datetime(2025, 10, 31, 23)
SENDER = "T" + "B" * 33


@pytest.fixture(scope="module")
def claimed(reviewed: Home) -> Home:
    found(desk_records(), DEMONSTRATION, last_event())
    follow()
    return reviewed


@pytest.fixture(autouse=True)
def as_olga(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acting, "actor", lambda: OLGA)


def tab(**parameters: str) -> AppTest:
    return open_page("freezes", tab="recoveries", period="2025Q3", **parameters)


@pytest.mark.usefixtures("claimed")
def test_the_tab_counts_what_came_back_what_is_open_and_what_was_false() -> None:
    page = tab()
    numbers = recoveries.numbers(shown_period("2025Q3", facts()), None, last_event())

    # V2 and V3 came back, V4 was false, V5 is open; V1 came back in the quarter before.
    assert (numbers.ended, numbers.recovered, numbers.value_recovered) == (3, 2, Decimal(340))
    assert (numbers.still_open, numbers.value_open, numbers.value_false) == (1, Decimal(8), Decimal(9))
    assert numbers.days_to_end == 14
    said = words_of(page)
    for words in (
        "Recovery rate",
        "Open now",
        "False claims",
        "2 of 3 that ended",
        "too few claims have ended",
    ):
        assert words in said
    assert [row["claim_id"] for row in page.dataframe[0].value.to_dict("records")] == ["V5"]
    assert readings(shown_period("2025Q3", facts()))["money_recovered"][WORLD].value == 340


@pytest.mark.usefixtures("claimed")
def test_the_list_is_narrowed_by_the_address() -> None:
    def listed(**parameters: str) -> list[str]:
        frames = tab(**parameters).dataframe
        return [str(row["claim_id"]) for row in frames[0].value.to_dict("records")] if frames else []

    assert listed(status="ended") == ["V2", "V3", "V4", "V1"]
    assert listed(status="ended", kind="wrong_asset") == ["V3"]
    assert listed(age="week") == []
    assert listed(status="paid", age="older") == ["V5"]


@pytest.mark.usefixtures("claimed")
def test_a_claim_that_is_not_there_says_so() -> None:
    assert "There is no claim V\\-none" in words_of(tab(claim="V-none"))


@pytest.mark.usefixtures("claimed")
def test_a_claim_shows_its_next_step_its_checks_its_score_and_its_history(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = tab(claim="V5")
    said = words_of(page)

    assert {"Check who holds it", "Refuse", "Taken back"} <= set(buttons_of(page))
    for words in (
        "No transaction of this exchange is named",
        "simple rules",
        "Kept by another system",
        "probably this exchange",
    ):
        assert words in said
    monkeypatch.setattr(acting, "actor", lambda: AUDE)
    refused = [one for one in tab(claim="V5").button if one.label == "Check who holds it"]
    assert refused[0].disabled
    assert "auditor" in refused[0].help


@pytest.mark.usefixtures("claimed")
def test_a_claim_is_worked_to_its_payment_and_every_number_follows(monkeypatch: pytest.MonkeyPatch) -> None:
    records, now = desk_records(), last_event()
    check(records, owner.store(), "V5", "exchange", OLGA, "In our wallet", now)
    asked = challenge(records, "V5", SENDER, OLGA, "By letter", now)
    proving = tab(claim="V5")
    assert f"{(asked.challenge_micro or 0) / MICRO:.6f}".rstrip("0") in words_of(proving)
    assert "Enter a proof" in buttons_of(proving)
    enter_proof(records, "V5", Entered("ab" * 32, SENDER, asked.challenge_micro or 0, now), OLGA, "Seen", now)
    approval = ask_payment(records, "V5", Payment(8 * MICRO, MICRO), OLGA, "Proved", now)
    waiting = tab(claim="V5")
    assert "1 of it kept as a fee" in words_of(waiting)
    assert "8 USDT were claimed. Control was proved." in says(approval).replace("unknown", "USDT")
    approve(records, approval.approval_id, LENA, "Seen", now)
    carry_out = payment_ways().carry_out
    assert carry_out is not None
    carry_out(approval, LENA)

    paid = tab(claim="V5")
    assert "Check who holds it" not in buttons_of(paid)
    assert "Payment proposed" in words_of(paid)
    assert claim(records, "V5").outcome == "recovered"
    quarter = shown_period("2025Q4", facts())
    assert recoveries.numbers(quarter, None, now).value_recovered == 8
    monkeypatch.setattr(acting, "actor", lambda: LENA)
    assert "No claim is open." in words_of(tab())


def test_each_state_offers_its_own_next_step_and_an_end_offers_none() -> None:
    looked = Look((), "unknown", "")
    state = ClaimState("V", 1, "wrong_chain", "A", "USDT", "cis", None, "claimed", 1, NOW)

    def first(status: str, **more: Any) -> str:
        made = replace(state, status=status, **more)
        return doors_of(made, looked, is_asked=False)[0].label

    assert [first(status) for status in LIVE] == [
        "Check who holds it",
        "Check who holds it",
        "Ask for a proof",
        "Enter a proof",
        "Propose the payment",
        "Propose the payment",
    ]
    assert first("checking", is_recoverable=False) == "End: not recoverable"
    for status in set(STATUSES) - set(LIVE):
        assert doors_of(replace(state, status=status), looked, is_asked=False) == []


def test_the_letter_says_where_a_claim_stands_and_no_score() -> None:
    state = ClaimState("V", 1, "wrong_chain", "A", "USDT", "cis", None, "claimed", 5_500_000, NOW, score=0.9)
    told = {
        status: letter(
            replace(
                state,
                status=status,
                challenge_micro=1_234_567,
                challenge_from=SENDER,
                challenge_until=NOW,
                paid_micro=5_500_000,
                fee_micro=500_000,
                recoverable_because="It lies with us.",
            ),
            "USDT",
            NOW,
        )
        for status in STATUSES
    }
    assert all("5.5 USDT in USDT" in text and "0.9" not in text for text in told.values())
    assert "1.234567 USDT" in told["proving"]
    assert SENDER in told["proving"]
    assert "We got 5.5 USDT back for you. We kept 0.5 USDT" in told["paid"]
    assert "It lies with us." in told["recoverable"]


def test_the_charts_say_their_numbers() -> None:
    quarters = [recoveries.OfQuarter(date(2025, 7, 1), "wrong_chain", Decimal(340), 2, 3, 1)]
    ages = [recoveries.OfAge("week", 3, Decimal(12))]
    for palette in (theme.LIGHT, theme.DARK):
        came_back = recovered_chart(quarters, KINDS, "USDT", palette)
        drawn = go.Figure(came_back.figure)
        assert [trace.name for trace in drawn.data] == list(KINDS.values())
        assert came_back.alt == "Value that came back by quarter. Q3 2025: 340 USDT."
        waiting = open_by_age_chart(ages, AGES, "USDT", palette)
        assert go.Figure(waiting.figure).data[0].x == (3, 0, 0, 0, 0)
        assert "Under a week: 3 claims, 12 USDT" in waiting.alt
