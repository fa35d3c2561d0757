"""The cases while time passes: what happens is planned, and done in the order of time, step by step.

floor = Floor(Before(cases, mark))
floor.plan(at, ALERT, raise_alert, raised)      # raise_alert(floor, raised), when its time comes
floor.run(now)
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from desk.actors import SYSTEM, Actor
from desk.cases.alerts import Alert
from desk.cases.moves import Turn
from desk.cases.state import CaseState, Severity
from desk.cases.steps import Step
from desk.intake.past import Work
from desk.intake.raised import Key
from desk.intake.turns import lapsed

# Longer than an answer of the desk takes. What is of little weight, or only unusual, is let go earlier.
LAPSES_AFTER: Mapping[Severity, timedelta] = {
    "critical": timedelta(days=7),
    "high": timedelta(days=7),
    "medium": timedelta(days=7),
    "low": timedelta(days=3),
}
UNUSUAL_LAPSES_AFTER = timedelta(days=3)
# Of what happens at the same instant: rings first, so that their accounts' alerts find them.
RING, ALERT, WORK, ANSWER = range(4)


@dataclass(frozen=True, slots=True)
class Before:
    """What was there before: cases by subject, in the order in which they were opened; and up to when."""

    cases: Mapping[Key, Sequence[CaseState]] = field(default_factory=dict)
    at: datetime | None = None


@dataclass(slots=True)
class Life:
    """A case while it is followed; `is_own` where it was opened here, `work` is who is at it."""

    state: CaseState
    last_alert_at: datetime
    is_own: bool
    work: Work | None = None


def lapses_after(state: CaseState) -> timedelta:
    """Return how long after its last alert a case lapses that nobody answered."""
    limit = LAPSES_AFTER[state.severity]
    return min(limit, UNUSUAL_LAPSES_AFTER) if state.kind == "anomaly" else limit


class Floor:
    """All cases that some alerts may touch; `steps` and the states `befores` them grow as time passes."""

    def __init__(self, before: Before) -> None:
        self.steps: list[Step] = []
        self.befores: list[CaseState | None] = []
        self.alerts: list[tuple[str, Alert]] = []
        self.now = datetime(1, 1, 1)
        self._mark = before.at
        self._turns = itertools.count()
        self._planned: list[tuple[datetime, int, int, Callable[[Floor, Any], None], Any]] = []
        self._lives: dict[str, Life] = {}
        self._of_subject: dict[Key, list[Life]] = {}
        self._of_event: dict[str, Life] = {}
        self._of_account: dict[str, Life] = {}
        for subject, cases in before.cases.items():
            found = [Life(state, state.opened_at, is_own=False) for state in cases]
            self._of_subject[subject] = found
            self._lives |= {life.state.case_id: life for life in found}

    def plan(self, at: datetime, order: int, what: Callable[[Floor, Any], None], about: Any) -> None:
        """Have `what(floor, about)` done at `at`; what is older than the last intake is known only since."""
        known_at = max(at, self.now, self._mark or at)
        heapq.heappush(self._planned, (known_at, order, next(self._turns), what, about))

    def run(self, now: datetime) -> None:
        """Do what is planned up to `now`, and let lapse what nobody answered."""
        while self._planned and self._planned[0][0] <= now:
            self.now, _, _, what, about = heapq.heappop(self._planned)
            what(self, about)
        self.now = now
        for life in self._lives.values():
            self._settle(life)

    def newest(self, subject: Key) -> Life | None:
        """Return the live case of a subject, else its last one; None where it never had one."""
        lives = self._of_subject.get(subject)
        if not lives:
            return None
        self._settle(lives[-1])
        return next((life for life in reversed(lives) if life.state.is_live), lives[-1])

    def cases_of(self, subject: Key) -> int:
        """Return how many cases a subject had."""
        return len(self._of_subject.get(subject, ()))

    def open(self, subject: Key, state: CaseState, words: str, details: Mapping[str, Any]) -> Life:
        """Begin a case."""
        life = Life(state, self.now, is_own=True)
        self._of_subject.setdefault(subject, []).append(life)
        self._lives[state.case_id] = life
        self._write(life, None, "opened", SYSTEM, words, details, self.now)
        return life

    def hold(self, life: Life, alert: Alert) -> None:
        """Put an alert into a case."""
        life.last_alert_at = self.now
        self.alerts.append((life.state.case_id, alert))
        if alert.event_id is not None:
            self._of_event[alert.event_id] = life
        if alert.account_id is not None:
            self._of_account[alert.account_id] = life

    def holding(self, event_id: str | None, account_id: str | None = None) -> Life | None:
        """Return the case that an event is in, or without one the last that an account had an alert in."""
        life = self._of_event.get(event_id) if event_id else self._of_account.get(account_id or "")
        while life is not None and life.state.merged_into is not None:
            life = self._lives.get(life.state.merged_into)
        if life is not None:
            self._settle(life)
        return life

    def turn(self, who: Actor) -> Turn:
        """Return somebody's turn, now."""
        return Turn(who, self.now, self.now)

    def step(
        self,
        life: Life,
        after: CaseState,
        action: str,
        who: Actor,
        words: str,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        """Do a step of a case."""
        before, life.state = life.state, after
        self._write(life, before, action, who, words, details or {}, self.now)

    def _settle(self, life: Life) -> None:
        """Let a case lapse that nobody answered in time; one that somebody ends later is answered in time."""
        is_ended_later = life.work is not None and life.work.ended_at is not None
        if not life.is_own or not life.state.is_live or is_ended_later:
            return
        limit = lapses_after(life.state)
        due = life.last_alert_at + limit
        if due < self.now:
            before, life.state, life.work = life.state, lapsed(life.state, due), None
            words = f"Nobody answered within {limit.days} days of its last alert"
            self._write(life, before, "lapsed", SYSTEM, words, {}, due)

    def _write(
        self,
        life: Life,
        before: CaseState | None,
        action: str,
        who: Actor,
        words: str,
        details: Mapping[str, Any],
        at: datetime,
    ) -> None:
        self.steps.append(Step(life.state, action, who, words, at, details))
        self.befores.append(before)
