"""A case as it stands and as it stood: what the view reads, and that nothing later is in a past one."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from opened_case import ANA, NOW, OLGA, OPENED_AT, alert, done, minutes_after, opened, opened_w1, scene
from small_cases import confirmed

from dashboard.case.likely import Likely, frequent, likely, outcomes, suggested
from dashboard.case.view import case_view
from dashboard.questions import case as questions
from dashboard.questions import case_links
from desk.cases.endings import Dispose
from desk.cases.moves import Assign, Note, Take
from desk.cases.state import CaseError

pytestmark = pytest.mark.usefixtures("desked")
MULE = confirmed(loss_micro=0)


def test_a_view_holds_the_event_its_reasons_and_the_customer() -> None:
    view = case_view(scene(), opened_w1().case_id)

    (event,) = view.events
    assert (event.event_id, event.kind, event.amount, event.counterparty) == (
        "W1",
        "withdrawal",
        Decimal(900),
        "0xbad",
    )
    assert event.is_stopped
    assert event.party_first_seen == OPENED_AT
    assert view.in_words == [
        "Shared device (+60.0 points): 2 accounts used this device.",
        "Amount against own past (+40.0 points): 9 times this customer's normal amount.",
    ]
    assert (view.expected_loss, view.accounts, view.event_ids) == (Decimal(810), ("A1",), frozenset({"W1"}))
    assert view.customer is not None
    assert [(tie.entity, tie.other_accounts) for tie in view.customer.ties if tie.is_in_case] == [
        ("D1", 1),
        ("0xbad", 0),
    ]
    assert [(stop.amount, stop.state) for stop in view.customer.stops] == [(Decimal(900), "held")]
    # Trades of 100 before, none in the case; a year of 43 weeks with five events before it.
    largest = next(habit for habit in view.customer.habits if habit.label == "Largest amount")
    assert (largest.before, largest.now, largest.ratio) == (100.0, 900.0, 9.0)


def test_a_past_view_holds_no_later_step_outcome_note_file_or_event() -> None:
    case_id = opened_w1().case_id
    done(case_id, Take(), ANA, at=minutes_after(5))
    done(case_id, Note(), ANA, "It is theirs", at=minutes_after(6))
    done(case_id, MULE, ANA, "The customer denies it", at=minutes_after(7))

    now = case_view(scene(), case_id)
    then = case_view(scene(), case_id, as_of=OPENED_AT)

    assert (now.state.outcome, [step.action for step in now.steps]) == (
        "confirmed",
        ["opened", "taken", "noted", "disposed"],
    )
    assert (then.is_past, then.state.status, then.state.outcome, then.state.holder) == (
        True,
        "open",
        None,
        None,
    )
    assert [step.action for step in then.steps] == ["opened"]
    assert then.customer is not None
    assert now.customer is not None
    # The login of the last day came after the case.
    assert {mark.event_id for mark in now.customer.marks} - {m.event_id for m in then.customer.marks} == {
        "S1"
    }
    assert then.until == OPENED_AT


def test_a_past_view_at_the_end_of_the_day_hides_what_people_did_in_between() -> None:
    case_id = opened_w1().case_id
    done(case_id, Assign("Olga"), ANA, at=minutes_after(5))
    done(case_id, MULE, OLGA, "The customer denies it", at=minutes_after(7))

    then = case_view(scene(), case_id, as_of=OPENED_AT + timedelta(hours=1))

    assert (then.state.assignee, then.state.closed_by, len(then.steps)) == (None, None, 1)


def test_there_is_no_view_of_an_unknown_case_or_before_it_was_opened() -> None:
    case_id = opened_w1().case_id

    with pytest.raises(CaseError, match="There is no case 'C-none'"):
        case_view(scene(), "C-none")
    with pytest.raises(CaseError, match="There was no case"):
        case_view(scene(), case_id, as_of=OPENED_AT - timedelta(seconds=1))


def test_similar_cases_are_those_closed_before_with_a_reason_in_common() -> None:
    other = opened("A9", [alert("W1", OPENED_AT - timedelta(days=9), account="A9", kind="fraud")])
    done(other.case_id, MULE, OLGA, "Known", at=OPENED_AT - timedelta(days=8))
    stranger = opened("K1", [alert("H0401-0-1", OPENED_AT - timedelta(days=9), account="K1")])
    done(stranger.case_id, Dispose("inconclusive"), OLGA, "Nothing known", at=OPENED_AT - timedelta(days=8))
    case_id = opened("A1", [alert("W1", OPENED_AT, kind="fraud_again")], earlier=0).case_id

    view = case_view(scene(), case_id)

    # The same reason (0.5), kind of event (0.25), channel (0.125) and expected loss (0.125).
    assert [(one.case_id, one.likeness, one.same_reasons) for one in view.similar] == [
        (other.case_id, 1.0, ("shared device",))
    ]
    assert likely(view.similar) == Likely("mule", 1, 1)
    assert case_view(scene(), case_id, as_of=OPENED_AT).similar == view.similar


def test_the_likely_typology_is_that_of_most_similar_confirmed_cases() -> None:
    def similar(outcome: str, typology: str | None) -> questions.Similar:
        return questions.Similar("C", "A", "low", Decimal(1), outcome, typology, NOW, (), 0.5)

    found = [
        similar("confirmed", "mule"),
        similar("confirmed", "structuring"),
        similar("false_positive", None),
        similar("confirmed", "structuring"),
    ]

    assert likely(found) == Likely("structuring", 2, 3)
    assert suggested(found) == "structuring"
    assert frequent(found) == ["structuring", "mule"]
    # One of three: the most frequent, yet nobody should be led to it.
    assert suggested([*found[:3], similar("confirmed", "round_trip")]) is None
    assert outcomes(found) == {"confirmed": 3, "false_positive": 1}
    assert likely([similar("inconclusive", None)]) is None


def test_an_account_and_an_event_lead_to_their_case_while_it_is_live() -> None:
    case_id = opened_w1().case_id
    live = case_links.live_case("A1")
    assert live is not None
    assert live.case_id == case_id
    assert case_links.case_of_event("W1") == case_id
    assert case_links.case_of_event("T0102") is None

    done(case_id, MULE, ANA, "The customer denies it")

    assert case_links.live_case("A1") is None
    assert case_links.case_of_event("W1") == case_id
