"""To which case an alert comes, and how severe it is, on alerts made by hand."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from desk.cases.alerts import Alert
from desk.cases.state import Outcome
from desk.dispositions import OUTCOMES
from desk.intake.batches import batches
from desk.intake.lives import Before
from desk.intake.past import Answer
from desk.intake.placing import Placed, place
from desk.intake.raised import Raised
from desk.intake.severity import severity_of

T0 = datetime(2025, 10, 1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOW = T0 + timedelta(hours=2)


def alert(name: str, at: datetime, account: str | None = "A1", ring: str | None = None) -> Raised:
    """An alert of 100 USDT, medium, in cis; without an account that of the ring itself."""
    made = Alert(
        f"{'fraud' if account else 'ring'}:{name}",
        "fraud" if account else "ring",
        account,
        name if account else None,
        ring,
        at,
        0.5,
        200_000_000,
        100_000_000,
        "medium",
        "hold" if account else None,
        "cis",
        "KZ",
        f"Reason of {name}",
    )
    return Raised(made, "by hand", (), ("cis",))


def said(event: str, outcome: Outcome, at: datetime) -> Answer:
    """What a partner says of an event."""
    return Answer(f"L-{event}", event, "A1", outcome, None, "partner", at)


def placed(alerts: Sequence[Raised], answers: Sequence[Answer] = (), now: datetime = NOW) -> Placed:
    return place(alerts, [], answers, Before(), now)


def actions(found: Placed) -> list[tuple[str, str, str]]:
    """Of each step what was done, of which subject, and the status after it."""
    return [(step.action, step.state.subject_id, step.state.status) for step in found.steps]


def test_alerts_of_an_account_join_its_live_case_and_add_up() -> None:
    found = placed([alert("E1", T0), alert("E2", T0 + HOUR), alert("E3", T0 + HOUR, "A2")])
    assert actions(found) == [("opened", "A1", "open"), ("joined", "A1", "open"), ("opened", "A2", "open")]
    grown = found.steps[1].state
    assert (grown.alerts, grown.expected_loss_micro, grown.channel) == (2, 200_000_000, "cis")
    assert [case_id for case_id, _ in found.alerts] == [
        grown.case_id,
        grown.case_id,
        found.steps[2].state.case_id,
    ]


def test_a_graver_alert_makes_the_case_graver_and_says_its_kind() -> None:
    grave = alert("E2", T0 + HOUR)
    grave = replace(grave, alert=replace(grave.alert, severity="critical", kind="sanction"))
    last = placed([alert("E1", T0), grave]).steps[-1].state
    assert (last.severity, last.kind) == ("critical", "sanction")


def test_an_alert_within_three_days_of_an_inconclusive_end_reopens_the_case() -> None:
    three = T0 + HOUR + 3 * DAY
    answers = [said("E1", "inconclusive", T0 + HOUR)]
    again = placed([alert("E1", T0), alert("E2", three)], answers, three)
    assert [action for action, _, _ in actions(again)] == ["opened", "told", "reopened", "joined"]
    later = placed([alert("E1", T0), alert("E2", three + timedelta(seconds=1))], answers, three + HOUR)
    assert [action for action, _, _ in actions(later)] == ["opened", "told", "opened"]
    assert len({case_id for case_id, _ in later.alerts}) == 2


@pytest.mark.parametrize("outcome", ["confirmed", "false_positive"])
def test_after_a_clear_end_a_new_case_is_opened(outcome: Outcome) -> None:
    found = placed([alert("E1", T0), alert("E2", T0 + 2 * HOUR)], [said("E1", outcome, T0 + HOUR)])
    assert [action for action, _, _ in actions(found)] == ["opened", "told", "opened"]


def test_when_a_ring_raises_its_alarm_the_live_cases_of_its_accounts_go_on_in_its_case() -> None:
    ring = replace(alert("R1", T0 + HOUR, None, "R1"), members=("A1", "A2", "A3"))
    found = placed([alert("E1", T0), alert("E2", T0, "A2"), ring, alert("E3", NOW, "A1", "R1")])
    assert actions(found)[2:] == [
        ("opened", "R1", "open"),
        ("merged", "A1", "merged"),
        ("joined", "R1", "open"),
        ("merged", "A2", "merged"),
        ("joined", "R1", "open"),
        ("joined", "R1", "open"),
    ]
    last = found.steps[-1].state
    assert (last.subject_kind, last.alerts, last.expected_loss_micro) == ("ring", 4, 400_000_000)
    assert found.steps[3].state.merged_into == last.case_id
    assert found.steps[2].details["facts"] == {"accounts": ["A1", "A2", "A3"], "score": 0.5}


def test_an_account_that_comes_to_a_ring_later_brings_its_live_case() -> None:
    ring = replace(alert("R1", T0, None, "R1"), members=("A2",))
    found = placed([ring, alert("E1", T0), alert("E2", T0 + HOUR, "A1", "R1")])
    assert actions(found)[2:] == [
        ("joined", "R1", "open"),
        ("merged", "A1", "merged"),
        ("joined", "R1", "open"),
    ]


def test_what_arrives_late_begins_when_it_arrives() -> None:
    mark = T0 + HOUR
    found = place([alert("E1", T0)], [], [], Before(at=mark), NOW)
    assert (found.steps[0].at, found.steps[0].state.opened_at, found.alerts[0][1].at) == (mark, mark, T0)


@dataclass(eq=False)
class Slow:
    """A case of the twin: what it is about, live or how it ended, when, and the case it went on in."""

    about: tuple[str, str]
    state: str = "live"
    ended: datetime = T0
    into: Slow | None = None


def twin(alerts: Sequence[Raised], answers: Sequence[Answer]) -> dict[str, int]:
    """Which case each alert comes to, by number: the rules read from the top, over a list of all cases."""
    cases: list[Slow] = []
    of_alert: dict[str, Slow] = {}
    happened: list[tuple[datetime, int, int, Raised | Answer]] = []
    happened += [(one.alert.at, 0 if one.alert.kind == "ring" else 1, n, one) for n, one in enumerate(alerts)]
    happened += [(one.known_at, 3, n, one) for n, one in enumerate(answers)]
    for at, _, _, what in sorted(happened, key=lambda one: one[:3]):
        if isinstance(what, Answer):
            _end(of_alert.get(f"fraud:{what.event_id}"), what, at)
            continue
        live = [
            case for about in what.subjects for case in cases if (case.about, case.state) == (about, "live")
        ]
        last = [[case for case in cases if case.about == about][-1:] for about in what.subjects]
        recent = [
            case
            for of_one in last
            for case in of_one
            if case.state == "inconclusive" and at - case.ended <= 3 * DAY
        ]
        if not live and not recent:
            cases.append(Slow(what.subjects[0]))
        chosen = [*live, *recent, cases[-1]][0]
        chosen.state = "live"
        of_alert[what.alert.alert_id] = chosen
        if chosen.about[0] == "ring":
            accounts = (*what.members, what.alert.account_id)
            for case in cases:
                if case.state == "live" and case.about[0] == "account" and case.about[1] in accounts:
                    case.state, case.into = "merged", chosen
    return {name: cases.index(case) for name, case in of_alert.items()}


def _end(case: Slow | None, said_: Answer, at: datetime) -> None:
    while case is not None and case.into is not None:
        case = case.into
    if (
        case is not None
        and case.state == "live"
        and (case.about[0] == "account" or said_.outcome == "confirmed")
    ):
        case.state, case.ended = said_.outcome, at


@pytest.mark.parametrize("seed", range(40))
def test_random_alerts_come_to_the_cases_that_reading_the_rules_one_by_one_gives(seed: int) -> None:
    rng = random.Random(seed)
    alerts, answers = [], []
    for ring in ("R1", "R2"):
        made = alert(ring, T0 + rng.randrange(48) * HOUR, None, ring)
        alerts.append(replace(made, members=tuple(rng.sample(["A1", "A2", "A3", "A4"], 2))))
    for n in range(25):
        # Whole hours, so that many things happen at the same instant.
        at = T0 + rng.randrange(60) * HOUR
        inside = [r.alert.ring_id for r in alerts[:2] if r.alert.at <= at]
        ring_of = rng.choice([None, *inside])
        alerts.append(alert(f"E{n}", at, rng.choice(["A1", "A2", "A3", "A4"]), ring_of))
        if rng.random() < 0.5:
            outcome = rng.choice(OUTCOMES)
            answers.append(said(f"E{n}", outcome, at + rng.randrange(30) * HOUR))
    found = placed(alerts, answers, T0 + 70 * HOUR)
    together = {a.alert_id: case_id for case_id, a in found.alerts}
    expected = twin(alerts, answers)
    assert together.keys() == expected.keys()
    pairs = {(together[name], expected[name]) for name in together}
    # The same grouping under other names: each id of the one goes with exactly one of the other.
    assert len(pairs) == len({case_id for case_id, _ in pairs}) == len({number for _, number in pairs})


@pytest.mark.parametrize(
    ("changed", "event_kind", "confirmed", "expected"),
    [
        ({"kind": "sanction", "expected_loss_micro": 0}, "withdrawal", 0, "critical"),
        ({"decision": "freeze"}, "withdrawal", 0, "critical"),
        ({"kind": "ring"}, None, 1, "critical"),
        ({"kind": "ring"}, None, 0, "high"),
        ({"expected_loss_micro": 25_000_000_000}, "withdrawal", 0, "critical"),
        ({"expected_loss_micro": 24_999_999_999}, "withdrawal", 0, "high"),
        ({"expected_loss_micro": 4_999_999_999}, "withdrawal", 0, "medium"),
        ({"score": 0.8}, "factor_change", 0, "high"),
        ({"score": 0.79}, "factor_change", 0, "low"),
        ({"score": 0.8}, "withdrawal", 0, "low"),
        ({"decision": "block"}, "login", 0, "medium"),
        ({"score": None, "kind": "anomaly"}, "withdrawal", 0, "low"),
    ],
)
def test_the_first_rule_that_fits_says_how_severe(
    changed: dict[str, Any], event_kind: str | None, confirmed: int, expected: str
) -> None:
    one = replace(alert("E1", T0).alert, **changed)
    assert severity_of(one, event_kind, confirmed).severity == expected


def test_alerts_that_may_meet_in_one_case_are_in_one_batch() -> None:
    ring = replace(alert("R1", T0, None, "R1"), members=("A1", "A2"))
    found = list(batches([alert("E1", T0), alert("E2", T0, "A3"), alert("E3", NOW, "A2"), ring], at_once=2))
    names = [[one.alert.alert_id for one in batch] for batch in found]
    assert names == [["fraud:E1", "fraud:E3", "ring:R1"], ["fraud:E2"]]
