"""How cases of the past end: by the work of an earlier desk, by what others said, or unanswered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from test_intake_rules import alert, said

from desk.cases.state import CaseState
from desk.intake.lives import Before
from desk.intake.past import Answer, Work
from desk.intake.placing import Placed, place
from desk.intake.raised import Raised

T0 = datetime(2025, 10, 1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOW = T0 + 30 * DAY
# Looked at after 20 minutes, ten hours in all, nine of them waiting for the customer.
WORK = Work(
    "E1",
    "Ana Analystdemo",
    T0 + timedelta(minutes=20),
    T0 + timedelta(hours=10, minutes=20),
    540,
    outcome="confirmed",
    typology="mule",
)


def ended(
    alerts: Sequence[Raised],
    work: Sequence[Work] = (),
    answers: Sequence[Answer] = (),
    before: Before | None = None,
    now: datetime = NOW,
) -> Placed:
    return place(alerts, work, answers, before or Before(), now)


def told(found: Placed) -> list[tuple[str, str, datetime, str]]:
    """Of each step what was done, by whom, when, and the status after it."""
    return [(step.action, step.actor.name, step.at, step.state.status) for step in found.steps]


def test_work_of_an_earlier_desk_becomes_its_steps_with_the_wait_as_a_pause() -> None:
    found = ended([alert("E1", T0)], [WORK])
    ana, half = "Ana Analystdemo", T0 + timedelta(minutes=50)
    assert told(found) == [
        ("opened", "Watchfloor", T0, "open"),
        ("taken", ana, T0 + timedelta(minutes=20), "open"),
        ("paused", ana, half, "paused"),
        ("resumed", ana, half + 9 * HOUR, "open"),
        ("disposed", ana, T0 + timedelta(hours=10, minutes=20), "closed"),
    ]
    last = found.steps[-1].state
    assert (last.outcome, last.typology, last.closed_by, last.holder) == ("confirmed", "mule", ana, None)
    assert (last.paused_seconds, last.first_look_at) == (9 * 3600, T0 + timedelta(minutes=20))
    assert found.steps[-1].reason == "Decided by the earlier desk: confirmed, mule"


def test_only_one_analyst_works_on_a_case_and_its_later_alerts_end_with_it() -> None:
    second = replace(WORK, event_id="E2", analyst="Aziz Analystdemo", began_at=T0 + HOUR)
    found = ended([alert("E1", T0), alert("E2", T0 + HOUR)], [WORK, second])
    assert {step.actor.name for step in found.steps} == {"Watchfloor", "Ana Analystdemo"}
    assert found.steps[-1].state.status == "closed"
    assert found.steps[-1].state.alerts == 2


def test_a_second_look_is_another_persons_and_says_whether_they_agree() -> None:
    drawn = replace(
        WORK,
        second_look=True,
        reviewed_by="Aziz Analystdemo",
        reviewed_at=T0 + 2 * DAY,
        reviewed_outcome="inconclusive",
    )
    found = ended([alert("E1", T0)], [drawn])
    assert told(found)[-1] == ("reviewed", "Aziz Analystdemo", T0 + 2 * DAY, "closed")
    assert found.steps[-1].details["agrees"] is False
    assert (found.steps[-2].state.second_look, found.steps[-1].state.second_look) == (True, False)
    own = ended([alert("E1", T0)], [replace(drawn, reviewed_by="Ana Analystdemo")])
    assert told(own)[-1][0] == "disposed"
    waits = ended([alert("E1", T0)], [drawn], now=T0 + DAY)
    assert waits.steps[-1].state.second_look


def test_what_others_said_ends_the_case_as_told() -> None:
    found = ended([alert("E1", T0)], answers=[said("E1", "false_positive", T0 + 5 * DAY)])
    assert told(found)[-1] == ("told", "Watchfloor", T0 + 5 * DAY, "closed")
    assert found.steps[-1].reason == "A partner said of E1: false positive"
    assert found.steps[-1].state.outcome == "false_positive"
    # Nothing more to tell: a case ends once.
    twice = [said("E1", "false_positive", T0 + DAY), said("E1", "confirmed", T0 + 2 * DAY)]
    assert [step.action for step in ended([alert("E1", T0)], answers=twice).steps] == ["opened", "told"]


def test_a_label_of_an_account_ends_its_last_case() -> None:
    of_account = replace(said("E1", "confirmed", T0 + DAY), event_id=None)
    found = ended([alert("E1", T0)], answers=[of_account])
    assert found.steps[-1].reason == "A partner said of account A1: confirmed"
    assert found.steps[-1].state.status == "closed"


def test_what_nobody_answered_lapses_seven_days_after_its_last_alert() -> None:
    alerts = [alert("E1", T0), alert("E2", T0 + 6 * DAY)]
    assert told(ended(alerts))[-1] == ("lapsed", "Watchfloor", T0 + 13 * DAY, "lapsed")
    assert told(ended(alerts, now=T0 + 13 * DAY))[-1][0] == "joined"


def test_what_is_of_little_weight_or_only_unusual_lapses_after_three_days() -> None:
    for changed in ({"severity": "low"}, {"kind": "anomaly"}):
        one = alert("E1", T0)
        one = replace(one, alert=replace(one.alert, **changed))
        assert told(ended([one]))[-1] == ("lapsed", "Watchfloor", T0 + 3 * DAY, "lapsed")


def test_a_lapsed_case_learns_later_what_it_was_and_stays_lapsed() -> None:
    found = ended([alert("E1", T0)], answers=[said("E1", "confirmed", T0 + 20 * DAY)])
    assert told(found)[-2:] == [
        ("lapsed", "Watchfloor", T0 + 7 * DAY, "lapsed"),
        ("told", "Watchfloor", T0 + 20 * DAY, "lapsed"),
    ]
    assert (found.steps[-1].state.outcome, found.steps[-1].state.closed_at) == ("confirmed", T0 + 7 * DAY)


def test_an_analyst_who_looks_back_opens_a_lapsed_case_again() -> None:
    late = replace(WORK, began_at=T0 + 8 * DAY, ended_at=T0 + 8 * DAY + HOUR, waited_minutes=0)
    found = ended([alert("E1", T0)], [late])
    assert [step.action for step in found.steps] == ["opened", "lapsed", "reopened", "taken", "disposed"]
    assert found.steps[-1].state.reopened == 1


def test_work_that_is_not_over_leaves_the_case_waiting_for_the_customer() -> None:
    at_work = replace(WORK, ended_at=None, outcome=None)
    waiting = ended([alert("E1", T0)], [at_work], now=T0 + 2 * HOUR).steps[-1].state
    assert (waiting.status, waiting.paused_since) == ("paused", T0 + timedelta(minutes=40))
    answered = ended([alert("E1", T0)], [at_work], now=T0 + DAY).steps[-1].state
    assert (answered.status, answered.paused_seconds) == ("open", 9 * 3600)


def test_that_one_event_of_a_ring_was_nothing_does_not_end_the_case_of_the_ring() -> None:
    ring = replace(alert("R1", T0, None, "R1"), members=("A1",))
    nothing = replace(WORK, outcome="false_positive", typology=None)
    found = ended([ring, alert("E1", T0, "A1", "R1")], [nothing], now=T0 + DAY)
    assert told(found)[-1][::3] == ("noted", "open")
    said_so = [said("E1", "false_positive", T0 + HOUR), said("E1", "confirmed", T0 + 2 * HOUR)]
    found = ended([ring, alert("E1", T0, "A1", "R1")], answers=said_so)
    assert [step[::3] for step in told(found)[-2:]] == [("told", "open"), ("told", "closed")]


def there() -> CaseState:
    """A case about A1 that people had before."""
    opened = ended([alert("E0", T0 - DAY)], now=T0).steps[0].state
    return replace(opened, holder="Ana Analystdemo")


def test_a_case_that_people_had_before_is_told_and_never_ended_by_intake() -> None:
    before = Before({("account", "A1"): [there()]}, T0)
    found = ended([alert("E1", T0)], [WORK], [said("E1", "confirmed", T0 + DAY)], before)
    assert [step.action for step in found.steps] == ["joined", "told"]
    last = found.steps[-1].state
    assert (last.status, last.holder, last.outcome, last.version) == ("open", "Ana Analystdemo", None, 3)
