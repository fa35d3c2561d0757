"""Alerts into cases, in the order of time: joined, reopened, opened or merged by rule, and ended as known.

    placed = place(alerts, work, answers, Before(cases, mark), now)     # steps, and the case of each alert

Pure: it reads no store, and the same input leads to the same cases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desk.cases.alerts import Alert
from desk.cases.state import CaseState
from desk.cases.steps import Step
from desk.intake.ending import begin, tell
from desk.intake.joining import raise_alert
from desk.intake.lives import ALERT, ANSWER, RING, WORK, Before, Floor
from desk.intake.past import Answer, Work
from desk.intake.raised import Raised


@dataclass(frozen=True, slots=True)
class Placed:
    """What came of alerts: steps in the order of time, the state before each, each alert with its case."""

    steps: Sequence[Step]
    befores: Sequence[CaseState | None]
    alerts: Sequence[tuple[str, Alert]]


def place(
    alerts: Sequence[Raised],
    work: Sequence[Work],
    answers: Sequence[Answer],
    before: Before,
    now: datetime,
) -> Placed:
    """Return the steps that alerts, work and answers lead to, up to `now` (naive UTC)."""
    floor = Floor(before)
    for raised in alerts:
        floor.plan(raised.alert.at, RING if raised.alert.kind == "ring" else ALERT, raise_alert, raised)
    for each in work:
        floor.plan(each.began_at, WORK, begin, each)
    for answer in answers:
        floor.plan(answer.known_at, ANSWER, tell, answer)
    floor.run(now)
    # A case that lapsed is found to have done so later on.
    order = sorted(range(len(floor.steps)), key=lambda number: floor.steps[number].at)
    return Placed(
        [floor.steps[number] for number in order], [floor.befores[number] for number in order], floor.alerts
    )
