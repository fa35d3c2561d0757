"""The summary of a case: each sentence worked out by hand from the facts that it is built from."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from opened_case import NOW

from dashboard.case.summary import number_in_words, span_in_words, summary
from dashboard.case.view import CaseView, Customer
from dashboard.desk.scene import DeskScene
from dashboard.facts import Facts
from dashboard.questions.case import CaseEvent, IdentityCheck, InRing, Moved, Owner, Tie
from desk.actors import Actor
from desk.cases.opening import Subject, begun

FIRST = datetime(2025, 10, 30, 3)
KNOWN = Facts(10, 10, datetime(2025, 1, 1), NOW, "USDT", True, ("cis",))


def event(number: int, hours: int, amount: int | None, decision: str = "hold", **more: Any) -> CaseEvent:
    at = FIRST + timedelta(hours=hours)
    told = CaseEvent(
        alert_id=f"fraud:W{number}", alert_kind="fraud", account_id="A1", event_id=f"W{number}", ring_id=None,
        raised_at=at, occurred_at=at, score=0.9, amount=None if amount is None else Decimal(amount),
        expected_loss=Decimal(0), severity="high", decision=decision, sentence=None,
        kind="login" if amount is None else "withdrawal", outcome="settled", model="fraud",
        counterparty=None if amount is None else "TX", device_id="D1", network_country=None,
        network_kind=None, threshold=0.02, reason=None, party_first_seen=FIRST, device_first_seen=FIRST,
    )  # fmt: skip
    return replace(told, **more)


def customer(**more: Any) -> Customer:
    owner = Owner("A1", "cis", "KZ", FIRST - timedelta(days=3), FIRST, "individual", "KZ", None)
    told = Customer("A1", owner, (), (Decimal(140), 23), (), 0, (), (), (), (), Moved())
    return replace(told, **more)


def view(*events: CaseEvent, shown: Customer | None, kind: str = "fraud", about: str = "account") -> CaseView:
    state = begun(
        Subject(about, "A1", ("cis",), "high", {}),
        channel="cis", kind=kind, expected_loss_micro=0, alerts=len(events), at=FIRST, earlier=0,
    )  # fmt: skip
    scene = DeskScene(KNOWN, NOW, Actor("Ana", "analyst"), None)
    return CaseView(
        scene=scene, now=NOW, is_past=False, state=state, steps=(), events=events, reasons=(),
        accounts=("A1", "A2"), customer=shown, since=FIRST, until=NOW, ring=None, others=(), files=(),
    )  # fmt: skip


def tie(others: int, confirmed: int, **more: Any) -> Tie:
    told = Tie("device", "D1", None, FIRST, True, others, confirmed, ("A2",), None)
    return replace(told, **more)


def test_four_withdrawals_in_six_hours_are_told_with_their_sum_and_what_is_usual() -> None:
    events = [event(number, hours, 3075) for number, hours in ((1, 0), (2, 1), (3, 5), (4, 6))]

    said = summary(view(*events, shown=customer()))

    # 4 x 3,075 are 12,300; 3,075 are 21.96 times 140.
    assert said == [
        "Account A1 (Kazakhstan, opened 3 days earlier) was stopped 4 times in 6 hours, last on 30 October "
        "2025 at 09:00 UTC: 4 withdrawals of 12,300 USDT together.",
        "The counterparty was first used that day.",
        "Its usual withdrawal before was 140 USDT, the median of 23; the largest of these is 22 times that.",
    ]


def test_what_was_not_stopped_raised_alerts_and_an_amount_near_the_usual_is_not_compared() -> None:
    said = summary(view(event(1, 0, 150, "allow"), shown=customer()))

    assert said == [
        "Account A1 (Kazakhstan, opened 3 days earlier) raised 1 alert on 30 October 2025 at 03:00 UTC: "
        "a withdrawal of 150 USDT.",
        "The counterparty was first used that day.",
        "Its usual withdrawal before was 140 USDT, the median of 23.",
    ]


def test_several_kinds_of_events_are_named_the_most_frequent_first() -> None:
    events = [
        event(1, 0, None),
        event(2, 1, None),
        event(3, 2, 900, party_first_seen=FIRST - timedelta(days=40)),
    ]

    said = summary(view(*events, shown=customer(usual=(None, 0))))

    assert said[0].endswith(": 2 logins and a withdrawal of 900 USDT.")
    # The withdrawal was two hours after the first login, 40 days and two hours after its counterparty.
    assert said[1:3] == ["The counterparty was first used 40 days before.", "It had no withdrawal before."]


def test_only_what_was_stopped_is_told_where_some_was_allowed() -> None:
    said = summary(view(event(1, 0, 100), event(2, 1, 700, "allow"), shown=customer()))

    assert "was stopped once on 30 October 2025 at 03:00 UTC: a withdrawal of 100 USDT" in said[0]


@pytest.mark.parametrize(
    ("others", "confirmed", "told"),
    [
        (1, 0, "One other account uses its device."),
        (1, 1, "One other account uses its device, a confirmed one."),
        (2, 0, "Two other accounts use its device."),
        (5, 1, "Five other accounts use its device, one of them confirmed as crime."),
        (3, 3, "Three other accounts use its device, all of them confirmed as crime."),
        (12, 11, "12 other accounts use its device, 11 of them confirmed as crime."),
    ],
)
def test_who_else_uses_the_device_is_told(others: int, confirmed: int, told: str) -> None:
    assert told in summary(view(event(1, 0, 100), shown=customer(ties=(tie(others, confirmed),))))


def test_a_device_that_the_case_did_not_use_is_not_told() -> None:
    said = summary(view(event(1, 0, 100), shown=customer(ties=(tie(4, 0, is_in_case=False),))))

    assert not any("device" in one for one in said)


def test_a_listed_counterparty_a_ring_and_what_left_are_told() -> None:
    listed = tie(0, 0, entity_kind="counterparty", entity="TX", listed="known_scam")
    ring = InRing("R-1", datetime(2025, 10, 1), None, 0.97, 5, None, None)
    shown = customer(ties=(listed,), rings=(ring,), moved=Moved(went_out=Decimal("20.5")))

    assert summary(view(event(1, 0, 100), shown=shown))[3:] == [
        "The counterparty TX is listed as known bad (known scam).",
        "It is in ring R-1 of 5 accounts since 01 October 2025, 97% likely a ring of crime.",
        "20.5 USDT left the account since the first of these.",
    ]


def test_an_identity_case_tells_its_checks() -> None:
    checks = tuple(
        IdentityCheck(FIRST, None, None, None, None, 0.9, decision, "L1")
        for decision in ("block", "allow", "hold")
    )

    said = summary(view(shown=customer(checks=checks), kind="identity"))

    assert said == [
        "Account A1 (Kazakhstan, opened 3 days earlier) has no alert of its own in this case.",
        "It had 3 identity checks so far, 2 of them not allowed.",
    ]


def test_a_ring_that_a_person_escalated_tells_its_size_and_that_no_alert_is_there() -> None:
    ring = InRing("A1", FIRST, None, 0.88, 2, None, None)
    told = replace(view(shown=customer(rings=(ring,)), about="ring"), ring=ring)

    assert summary(told) == [
        "Ring A1 of 2 accounts (CIS), 88% likely a ring of crime, was escalated by a person: "
        "no alert of a single event is in this case."
    ]


def test_nothing_is_made_up_of_an_account_that_is_not_known() -> None:
    assert summary(view(shown=None)) == ["Nothing is known of account A1."]


def test_spans_are_said_in_their_largest_unit_and_small_numbers_as_words() -> None:
    spans = [timedelta(seconds=1), timedelta(minutes=90), timedelta(days=364), timedelta(days=800)]

    assert [span_in_words(span) for span in spans] == ["1 second", "1 hour", "364 days", "2 years"]
    assert (number_in_words(10), number_in_words(11)) == ("Ten", "11")
