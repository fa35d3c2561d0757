"""Alerts into cases, in the order of time: joined, reopened, opened or merged by rule, and ended as known.

    placed = place(alerts, work, answers, Before(cases), now)      # steps and the case of each alert

Pure: it reads no store. The rules, first that fits:

1. An alert joins the live case of the alarmed ring that its account is in, else the account's own.
2. A case of either that ended as inconclusive within REOPENED_WITHIN is reopened and joined.
3. Otherwise a case is opened, about the ring where there is one, else about the account.
4. When a ring raises its alarm, or an alert of one of its accounts joins its case, the live cases of these
   accounts go on in the ring's.

What opens here nobody could act on before: it ends as an earlier desk's work and the labels say, and lapses
where nobody answered within LAPSES_AFTER. Cases that were there before are people's: they are told, no more.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from desk.actors import SYSTEM, Actor
from desk.cases.alerts import Alert
from desk.cases.endings import Dispose, Reopen, Review
from desk.cases.moves import Pause, Resume, Take, Turn
from desk.cases.opening import merged
from desk.cases.state import CaseState, Severity
from desk.cases.steps import Step
from desk.intake.past import Answer, Work
from desk.intake.raised import Key, Raised
from desk.intake.turns import (
    ended_by,
    joined_by,
    joined_with,
    known_as,
    lapsed,
    moved,
    noted,
    opened_by,
)

REOPENED_WITHIN = timedelta(days=3)
# Longer than an answer of the desk takes. What is of little weight, or only unusual, is let go earlier.
LAPSES_AFTER: Mapping[Severity, timedelta] = {
    "critical": timedelta(days=7),
    "high": timedelta(days=7),
    "medium": timedelta(days=7),
    "low": timedelta(days=3),
}
UNUSUAL_LAPSES_AFTER = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Before:
    """What was there before: cases by subject, in the order in which they were opened; and up to when."""

    cases: Mapping[Key, Sequence[CaseState]] = field(default_factory=dict)
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """What came of alerts: steps in the order of time, each alert with its case, states before each step."""

    steps: Sequence[Step]
    befores: Sequence[CaseState | None]
    alerts: Sequence[tuple[str, Alert]]


@dataclass(slots=True)
class _Life:
    """A case while it is followed; `is_own` where it was opened here, `work` is who is at it."""

    state: CaseState
    last_alert_at: datetime
    is_own: bool
    work: Work | None = None


def place(
    alerts: Sequence[Raised],
    work: Sequence[Work],
    answers: Sequence[Answer],
    before: Before,
    now: datetime,
) -> Placed:
    """Return the steps that alerts, work and answers lead to, up to `now`."""
    floor = _Floor(before)
    for raised in alerts:
        floor.plan(raised.alert.at, 0 if raised.alert.kind == "ring" else 1, floor.raise_, raised)
    for each in work:
        floor.plan(each.began_at, 2, floor.begin, each)
    for answer in answers:
        floor.plan(answer.known_at, 3, floor.tell, answer)
    floor.run(now)
    order = sorted(range(len(floor.steps)), key=lambda place: floor.steps[place].at)
    return Placed(
        [floor.steps[place] for place in order], [floor.befores[place] for place in order], floor.alerts
    )


def lapses_after(state: CaseState) -> timedelta:
    """Return how long after its last alert a case lapses that nobody answered."""
    limit = LAPSES_AFTER[state.severity]
    return min(limit, UNUSUAL_LAPSES_AFTER) if state.kind == "anomaly" else limit


class _Floor:
    """The cases while time passes: what happens is planned, and done in the order of time."""

    def __init__(self, before: Before) -> None:
        self.steps: list[Step] = []
        self.befores: list[CaseState | None] = []
        self.alerts: list[tuple[str, Alert]] = []
        self._mark = before.at
        self._planned: list[tuple[datetime, int, int, Any, Any]] = []
        self._lives: dict[str, _Life] = {}
        self._of_subject: dict[Key, list[_Life]] = {}
        self._of_event: dict[str, _Life] = {}
        self._of_account: dict[str, _Life] = {}
        self._now = datetime(1, 1, 1)
        self._turns = itertools.count()
        for subject, cases in before.cases.items():
            found = [_Life(state, state.opened_at, False) for state in cases]
            self._of_subject[subject] = found
            self._lives |= {life.state.case_id: life for life in found}

    def plan(self, at: datetime, order: int, what: Any, about: Any) -> None:
        """Have `what(about)` done at `at`; what came before the last intake is known only since then."""
        at = at if self._mark is None else max(at, self._mark)
        heapq.heappush(self._planned, (max(at, self._now), order, next(self._turns), what, about))

    def run(self, now: datetime) -> None:
        """Do what is planned up to `now`, and let lapse what nobody answered."""
        while self._planned and self._planned[0][0] <= now:
            self._now, _, _, what, about = heapq.heappop(self._planned)
            what(about)
        self._now = now
        for life in self._lives.values():
            self._settle(life)

    # Alerts.

    def raise_(self, raised: Raised) -> None:
        """Have an alert join, reopen or open a case."""
        life = self._case_for(raised)
        if life is None:
            life = self._open(raised)
        else:
            self._step(life, joined_by(life.state, raised), "joined", SYSTEM, _why(raised), raised)
        life.last_alert_at = self._now
        alert = raised.alert
        self.alerts.append((life.state.case_id, alert))
        if alert.event_id is not None:
            self._of_event[alert.event_id] = life
        if alert.account_id is not None:
            self._of_account[alert.account_id] = life
        if life.state.subject_kind == "ring":
            accounts = raised.members or ((alert.account_id,) if alert.account_id else ())
            self._merge(life, accounts)

    def _case_for(self, raised: Raised) -> _Life | None:
        found = [self._newest(subject) for subject in raised.subjects]
        there = [life for life in found if life is not None]
        live = next((life for life in there if life.state.is_live), None)
        if live is not None:
            return live
        recent = next((life for life in there if self._is_recent(life.state)), None)
        if recent is not None:
            words = f"Reopened: a new alert within {REOPENED_WITHIN.days} days of an inconclusive end"
            again = moved(recent.state, Reopen(), Turn(SYSTEM, self._now, self._now))
            self._step(recent, again, "reopened", SYSTEM, words)
        return recent

    def _newest(self, subject: Key) -> _Life | None:
        lives = self._of_subject.get(subject, [])
        for life in lives[-1:]:
            self._settle(life)
        return next((life for life in reversed(lives) if life.state.is_live), lives[-1] if lives else None)

    def _is_recent(self, state: CaseState) -> bool:
        ended = state.closed_at
        return (
            state.status == "closed"
            and state.outcome == "inconclusive"
            and ended is not None
            and timedelta() <= self._now - ended <= REOPENED_WITHIN
        )

    def _open(self, raised: Raised) -> _Life:
        subject = raised.subjects[0]
        lives = self._of_subject.setdefault(subject, [])
        life = _Life(opened_by(raised, subject, len(lives), self._now), self._now, True)
        lives.append(life)
        self._lives[life.state.case_id] = life
        self._write(life, None, "opened", SYSTEM, _why(raised), _details(raised))
        return life

    def _merge(self, ring: _Life, accounts: Sequence[str]) -> None:
        """Have the live cases of accounts go on in their ring's."""
        for account in accounts:
            other = self._newest(("account", account))
            if other is None or not other.state.is_live:
                continue
            into, gone = ring.state.case_id, other.state
            words = f"Goes on in the case of ring {ring.state.subject_id}"
            self._step(other, merged(gone, into, self._now, SYSTEM.name), "merged", SYSTEM, words)
            grown, words = (
                joined_with(ring.state, gone),
                f"Case {gone.case_id} of account {account} goes on here",
            )
            self._step(ring, grown, "joined", SYSTEM, words, details={"merged": gone.case_id})
            ring.last_alert_at = max(ring.last_alert_at, other.last_alert_at)
            ring.work, other.work = ring.work or other.work, None
            ring.is_own = ring.is_own and other.is_own

    # How cases end.

    def begin(self, work: Work) -> None:
        """Have an analyst of the past take the case of an event, unless somebody is at it."""
        life = self._life_of(work.event_id, None)
        if life is None or not life.is_own or self._work(life) is not None:
            return
        who = Actor(work.analyst, "analyst")
        if life.state.status == "lapsed":
            again = moved(life.state, Reopen(), self._turn(who))
            self._step(life, again, "reopened", who, "Looked at after it had lapsed")
        if not life.state.is_live:
            return
        self._step(life, moved(life.state, Take(), self._turn(who)), "taken", who, "")
        life.work = work
        if work.pause is not None:
            since, over = work.pause
            self.plan(since, 2, self.pause, work)
            self.plan(over, 2, self.resume, work)
        if work.ended_at is not None:
            self.plan(work.ended_at, 2, self.end, work)

    def pause(self, work: Work) -> None:
        """Have the case wait for the customer."""
        life = self._worked(work)
        if life is not None and life.state.status == "open":
            who = Actor(work.analyst, "analyst")
            paused = moved(life.state, Pause(), self._turn(who))
            self._step(
                life, paused, "paused", who, "Waiting for an answer of the customer", details={"until": None}
            )

    def resume(self, work: Work) -> None:
        """Have the clock run on."""
        life = self._worked(work)
        if life is not None and life.state.status == "paused":
            who = Actor(work.analyst, "analyst")
            self._step(
                life, moved(life.state, Resume(), self._turn(who)), "resumed", who, "The customer answered"
            )

    def end(self, work: Work) -> None:
        """End the case as its analyst said; that one event of a ring was nothing does not end the ring's."""
        life = self._worked(work)
        if life is None or work.outcome is None:
            return
        who, life.work = Actor(work.analyst, "analyst"), None
        words = work.note or _decided(work)
        if life.state.subject_kind == "ring" and work.outcome != "confirmed":
            self._step(life, noted(life.state), "noted", who, f"Event {work.event_id}: {words}")
            return
        typology = work.typology if work.outcome == "confirmed" else None
        move = Dispose(work.outcome, typology, second_look=work.second_look)
        self._step(
            life, moved(life.state, move, self._turn(who)), "disposed", who, words, details=move.details
        )
        if work.second_look and work.reviewed_at is not None:
            self.plan(work.reviewed_at, 2, self.review, work)

    def review(self, work: Work) -> None:
        """Have another analyst look a second time."""
        life = self._life_of(work.event_id, None)
        if life is None or work.reviewed_by in (None, work.analyst) or work.reviewed_outcome is None:
            return
        if (
            life.state.status != "closed"
            or not life.state.second_look
            or life.state.closed_by != work.analyst
        ):
            return
        who = Actor(str(work.reviewed_by), "analyst")
        agrees = work.reviewed_outcome == work.outcome
        move = Review(work.reviewed_outcome, life.state.typology if agrees else None, agrees)
        words = "I see it the same" if agrees else f"I take it for {work.reviewed_outcome.replace('_', ' ')}"
        self._step(
            life, moved(life.state, move, self._turn(who)), "reviewed", who, words, details=move.details
        )

    def tell(self, answer: Answer) -> None:
        """Tell a case what one of its events was: it ends by it where nobody could have worked on it."""
        life = self._life_of(answer.event_id, answer.account_id)
        if life is None:
            return
        state, details = life.state, {"label_id": answer.label_id, "outcome": answer.outcome}
        is_enough = state.subject_kind != "ring" or answer.outcome == "confirmed"
        if state.is_live and life.is_own and is_enough:
            life.work = None
            ended = ended_by(state, answer, self._now)
            self._step(life, ended, "told", SYSTEM, answer.words, details=details)
        elif state.is_live:
            self._step(life, noted(state), "told", SYSTEM, answer.words, details=details)
        elif life.is_own and state.status == "lapsed" and is_enough and state.outcome is None:
            self._step(life, known_as(state, answer), "told", SYSTEM, answer.words, details=details)

    # What all share.

    def _turn(self, who: Actor) -> Turn:
        return Turn(who, self._now, self._now)

    def _work(self, life: _Life) -> Work | None:
        return life.work

    def _worked(self, work: Work) -> _Life | None:
        life = self._life_of(work.event_id, None)
        return life if life is not None and life.work is work and life.state.is_live else None

    def _life_of(self, event_id: str | None, account_id: str | None) -> _Life | None:
        life = self._of_event.get(event_id) if event_id else self._of_account.get(account_id or "")
        while life is not None and life.state.merged_into is not None:
            life = self._lives.get(life.state.merged_into)
        if life is not None:
            self._settle(life)
        return life

    def _settle(self, life: _Life) -> None:
        """Let a case lapse that nobody answered in time; one on which somebody works is answered in time."""
        limit = lapses_after(life.state)
        due = life.last_alert_at + limit
        is_worked_on = life.work is not None and life.work.ended_at is not None
        if life.is_own and life.state.is_live and not is_worked_on and due < self._now:
            before, life.state, life.work = life.state, lapsed(life.state, due), None
            words = f"Nobody answered within {limit.days} days of its last alert"
            self._write(life, before, "lapsed", SYSTEM, words, {}, due)

    def _step(
        self,
        life: _Life,
        after: CaseState,
        action: str,
        who: Actor,
        words: str,
        raised: Raised | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> None:
        before, life.state = life.state, after
        self._write(life, before, action, who, words, _details(raised) if raised else details or {})

    def _write(
        self,
        life: _Life,
        before: CaseState | None,
        action: str,
        who: Actor,
        words: str,
        details: Mapping[str, Any],
        at: datetime | None = None,
    ) -> None:
        self.steps.append(Step(life.state, action, who, words, at or self._now, details))
        self.befores.append(before)


def _why(raised: Raised) -> str:
    return raised.alert.sentence


def _details(raised: Raised) -> dict[str, Any]:
    told: dict[str, Any] = {
        "alert_id": raised.alert.alert_id,
        "severity": raised.alert.severity,
        "why": raised.why,
    }
    if raised.members:
        told["facts"] = {"accounts": list(raised.members), "score": raised.alert.score}
    return told


def _decided(work: Work) -> str:
    kind = f", {work.typology.replace('_', ' ')}" if work.typology and work.outcome == "confirmed" else ""
    return f"Decided by the earlier desk: {(work.outcome or '').replace('_', ' ')}{kind}"
