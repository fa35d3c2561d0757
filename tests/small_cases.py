"""Small cases by hand, for tests of the desk: one line opens one, another acts on it, and the clock is ours.

    desk = SmallDesk(records, wall)
    case_id = desk.opened("A1", severity="high")
    desk.do(case_id, Take(), ANA)
    wall.pass_by(minutes=16)

Nobody is named, so that every name may act (local mode); a test of who is here names people itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from desk.actors import SYSTEM, Actor
from desk.audit import record_all
from desk.cases.acting import Doing, do, entry
from desk.cases.alerts import Alert, append_alerts
from desk.cases.checklists import checklist
from desk.cases.endings import Dispose
from desk.cases.moves import Move
from desk.cases.opening import Subject, begun, cases_about, merged
from desk.cases.state import CaseState
from desk.cases.steps import Step, append_steps, queue_differs, states_of
from desk.records import Records
from desk.transactional import take_turn

NOW = datetime(2025, 10, 31, 23)
CLOCK = datetime(2026, 1, 5, 12)
ANA = Actor("Ana", "analyst")
BEN = Actor("Ben", "analyst")
OLGA = Actor("Olga", "desk_operator")
LEE = Actor("Lee", "desk_lead")
RITA = Actor("Rita", "risk_manager")
LIN = Actor("Lin", "liaison")
AUDE = Actor("Aude", "auditor")


@dataclass
class Wall:
    """A wall clock that stands still until a test lets time pass."""

    now: datetime = CLOCK

    def __call__(self) -> datetime:
        """Return its time."""
        return self.now

    def pass_by(self, **time: float) -> None:
        """Let some time pass: `minutes=16`."""
        self.now += timedelta(**time)


@dataclass
class SmallDesk:
    """Records with what tests do most often; `at` is the data's now of every action unless one says other."""

    records: Records
    wall: Wall = field(default_factory=Wall)
    at: datetime = NOW

    def opened(
        self,
        subject: str = "A1",
        *,
        severity: Any = "high",
        channel: str = "cis",
        loss: int = 1_000_000,
        events: Sequence[str] = (),
        kind: str = "account",
    ) -> str:
        """Open a case of the program's own about a subject, with an alert for each of `events`."""
        with self.records.writing() as connection:
            take_turn(connection)
            state = begun(
                Subject(kind, subject, (channel,), severity, {}),
                channel=channel,
                kind="fraud",
                expected_loss_micro=loss,
                alerts=len(events),
                at=self.at,
                earlier=len(cases_about(connection, kind, subject)),
            )
            step = Step(state, "opened", SYSTEM, "By rule", self.at)
            append_steps(connection, [step])
            append_alerts(connection, [(state.case_id, alert(subject, event)) for event in events])
            record_all(connection, [entry(None, step)])
        return state.case_id

    def do(
        self, case_id: str, move: Move, actor: Actor = ANA, words: str = "Because", seen: int | None = None
    ) -> CaseState:
        """Act on a case; no disposition is drawn for a second look."""
        return do(self.records, Doing(case_id, move, actor, words, self.at, seen), never)

    def merge(self, case_id: str, into: str) -> None:
        """Have a case go on in another, as intake does."""
        with self.records.writing() as connection:
            take_turn(connection)
            before = states_of(connection, [case_id])[case_id]
            step = Step(merged(before, into, self.at, SYSTEM.name), "merged", SYSTEM, "One ring", self.at)
            append_steps(connection, [step])
            record_all(connection, [entry(before, step)])

    def differs(self) -> list[str]:
        """Return the cases for which the queue is not what the steps lead to."""
        with self.records.reading() as connection:
            return queue_differs(connection)


def confirmed(typology: str = "mule", **more: Any) -> Dispose:
    """Return the disposition of a crime with every point of its checklist ticked."""
    points = tuple(point.name for point in checklist(typology).points)
    return Dispose("confirmed", typology, checked=points, **more)


# The disposition of an alert that was wrong.
MISTAKEN = Dispose("false_positive", because="other")


def never() -> float:
    """Return dice that draw no case for a second look."""
    return 1.0


def alert(account: str, event: str) -> Alert:
    """Return an alert of the fraud model about an event, raised an hour ago."""
    return Alert(
        f"fraud-{event}", "fraud", account, event, None, NOW - timedelta(hours=1), 0.9, 5_000_000,
        4_500_000, "high", "hold", "cis", "RU", "A new device",
    )  # fmt: skip


def state(**changed: Any) -> CaseState:
    """Return the first state of a case about account A1, with `changed`."""
    plain: dict[str, Any] = {
        "case_id": "C-1", "version": 1, "subject_kind": "account", "subject_id": "A1", "regions": ("cis",),
        "channel": "cis", "kind": "fraud", "severity": "high", "expected_loss_micro": 1_000_000, "alerts": 1,
        "opened_at": NOW,
    }  # fmt: skip
    return CaseState(**(plain | changed))
