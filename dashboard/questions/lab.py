"""What the policy lab asks: a backtest, the front, a forecast and the effect, worked out once and kept.

    trial = lab.trial_of("ID", period, as_of=None)          # which events, known when, and the policy there
    found = lab.found(trial, draft, desk)                   # seconds the first time, nothing after that

What was worked out is kept until the store's version changes, by area, span, draft and desk.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

import numpy as np

from dashboard import ask, owner, reader
from dashboard.questions.period import Period
from dashboard.tables import Asked
from scoring.lab.backtest import Backtest, backtest
from scoring.lab.draft import Draft
from scoring.lab.effect import Measured, Reach, measured, reach_of, read_panel
from scoring.lab.evidence import Evidence, Span, read_evidence
from scoring.lab.forecast import MOST_WEEKS, Forecast, forecast
from scoring.lab.frontier import Cost, Point, front
from scoring.lab.outcomes import WEEK
from scoring.lab.service import Desk
from scoring.verification import VERIFIED_KINDS

# A page waits for a question no longer than this; a backtest of a quarter reads one or two seconds.
SECONDS = 60.0
# Evidence of an area and quarter is some 20 MB; answers are small.
KEPT = 24
WEEKS_AHEAD = 6
QUARTER = 13 * WEEK
# The example's rules: a day of cool-off, three days for a device, one more factor for the largest tenth.
EXAMPLE_ADDRESS_HOURS, EXAMPLE_DEVICE_HOURS = 24.0, 72.0
EXAMPLE_QUANTILE = 0.9
Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Trial:
    """What a draft is tried on: an area's events of a span, as known at `known_at`.

    `starts_at` is when a roll-out would begin, from which weeks are foretold; `is_past` says that a day of
    the past was chosen, so that nothing later is used. `words` name the span.
    """

    area: str
    span: Span
    known_at: datetime
    starts_at: datetime
    is_past: bool
    words: str


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that the lab says of one draft."""

    draft: Draft
    backtest: Backtest
    points: tuple[Point, ...]
    forecast: Forecast | None
    reach: Reach | None


@dataclass(frozen=True, slots=True)
class Intervention:
    """A dated measure of the past that verified withdrawals more strictly, with its measured effect."""

    title: str
    area: str
    starts_at: datetime
    ratio: float | None
    low: float | None
    high: float | None
    verdict: str


def trial_of(area: str, period: Period, as_of: str | None, now: datetime) -> Trial:
    """Return what a draft is tried on: the 13 weeks before the day `as_of`, else the period, known by now."""
    day = _day(as_of)
    if day is not None and period.starts - 4 * QUARTER < day <= now:
        said = f"the 13 weeks before {day:%d %B %Y}, as known then"
        return Trial(area, Span(day - QUARTER, day), day, day, is_past=True, words=said)
    # The day after the last event: what began today is not over.
    tomorrow = datetime.combine(now.date() + timedelta(days=1), time())
    return Trial(area, Span(period.starts, period.ends), now, tomorrow, is_past=False, words=period.name)


def evidence_of(trial: Trial) -> Evidence:
    """Answer the events that a draft is tried on."""
    return _kept(("span", trial), lambda: _read(trial.area, trial.span, trial.known_at))


def before(trial: Trial) -> Evidence:
    """Answer the weeks before a roll-out would begin, as known then."""
    span = Span(trial.starts_at - MOST_WEEKS * WEEK, trial.starts_at)
    return _kept(("before", trial), lambda: _read(trial.area, span, min(trial.known_at, trial.starts_at)))


def _read(area: str, span: Span, known_at: datetime) -> Evidence:
    with reader.as_program(), ask.cursor("the policy lab", SECONDS) as cursor:
        return read_evidence(cursor, area, span, known_at)


def present(trial: Trial) -> Draft | None:
    """Answer the draft that changes nothing: the policy in force at the end; None without events."""
    policies = evidence_of(trial).policies
    if not policies:
        return None
    return Draft.of(max(policies, key=lambda policy: policy.created_as_of), trial.area)


def at_budget(trial: Trial, draft: Draft) -> Draft:
    """Answer the draft with the threshold at which its alert budget is spent on the newest events before."""
    past = before(trial)
    if not past.policies:
        return draft
    newest = max(range(len(past.policies)), key=lambda place: past.policies[place].created_as_of)
    return draft.at_budget(past.occasion.score[past.policy == newest])


def share_of_alerts(trial: Trial, draft: Draft) -> float:
    """Answer the share of events that reach the draft's threshold of a hold."""
    score = evidence_of(trial).occasion.score
    return float((score >= draft.hold).mean()) if len(score) else 0.0


def is_found(trial: Trial, draft: Draft, desk: Desk, cost: Cost) -> bool:
    """Whether `found` answers at once."""
    return _answers.get((owner.version(), "found", trial, draft, desk, cost)) is not None


def found(
    trial: Trial, draft: Draft, desk: Desk, cost: Cost, say: Callable[[float, str], None] = lambda *_: None
) -> Found:
    """Answer everything of a draft; `say` is told how far it is, 0 to 1, and what comes next."""

    def work() -> Found:
        say(0.05, "Reading the events")
        evidence = evidence_of(trial)
        say(0.4, "Deciding them again")
        tested = backtest(evidence, draft, desk)
        say(0.55, "Trying other drafts")
        start = present(trial) or draft
        points = front(evidence, draft, start, evidence, cost)
        say(0.8, "Foretelling the weeks ahead")
        told = forecast(before(trial), draft, WEEKS_AHEAD)
        say(1.0, "Done")
        return Found(draft, tested, tuple(points), told, reach_of(evidence, draft))

    return _kept(("found", trial, draft, desk, cost), work)


def rows_of(answer: Found, name: str, *, drafted: bool) -> Asked:
    """Return the question of the events that add to an outcome, under the draft or the present policy."""
    keys = answer.backtest.draft_keys if drafted else answer.backtest.present_keys
    return Asked("lab_events", {"keys": keys[name].tolist()})


def interventions() -> tuple[Intervention, ...]:
    """Answer the measures of the past that a draft can be set beside."""
    rows = ask.answer("lab_interventions").to_pylist()
    return tuple(
        Intervention(
            row["title"], row["area"], row["starts_at"], row["ratio"], row["low"], row["high"],
            row["verdict"] or "",
        )
        for row in rows
    )  # fmt: skip


def example(measure: Intervention, period: Period, now: datetime) -> Draft | None:
    """Answer the rules of the worked example as they would have been drafted on the day of a measure."""
    trial = trial_of(measure.area, period, measure.starts_at.date().isoformat(), now)
    start, evidence = present(trial), evidence_of(trial)
    amount = evidence.occasion.amount[np.isin(evidence.occasion.kind, VERIFIED_KINDS)]
    if start is None or np.isnan(amount).all():
        return None
    limit = round(float(np.nanquantile(amount, EXAMPLE_QUANTILE)), 2)
    return replace(
        start,
        step_up_from=limit,
        new_address_hours=EXAMPLE_ADDRESS_HOURS,
        new_device_hours=EXAMPLE_DEVICE_HOURS,
    )


@dataclass(frozen=True, slots=True)
class Served:
    """A roll-out in the store, and what was foretold of it by outcome and week (value, low, high)."""

    rollout_id: str
    title: str
    starts_at: datetime
    changes: Mapping[str, Any]
    foretold: Mapping[str, tuple[Mapping[str, float], ...]]
    drafted_by: str
    approved_by: str


def served(area: str) -> tuple[Served, ...]:
    """Answer the roll-outs of an area, the newest first."""
    rows = ask.answer("lab_rollouts", area=area).to_pylist()
    return tuple(
        Served(
            row["rollout_id"],
            row["title"],
            row["starts_at"],
            json.loads(row["changes"]),
            {name: tuple(weeks) for name, weeks in json.loads(row["forecast"]).get("weeks", {}).items()},
            row["drafted_by"],
            row["approved_by"],
        )
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class After:
    """What became of an area after an instant: the measured changes, and its weeks by outcome."""

    measured: tuple[Measured, ...]
    weekly: Mapping[str, tuple[float, ...]]


def after(area: str, starts_at: datetime, now: datetime) -> After | None:
    """Answer what became of an area after `starts_at`; None while labels of too few weeks have come."""

    def work() -> After | None:
        with reader.as_program(), ask.cursor("the effect of a change of policy", SECONDS) as cursor:
            panel = read_panel(cursor, starts_at, 13)
        if panel is None or area not in panel.areas:
            return None
        changed = {row["area"] for row in ask.answer("lab_changed_areas", until=now).to_pylist()}
        own, since = panel.areas.index(area), np.array(panel.weeks) >= 0
        weekly = {name: tuple(column[own, since].tolist()) for name, column in panel.columns.items()}
        return After(measured(panel, area, changed - {area}), weekly)

    return _kept(("after", area, starts_at), work)


def _day(text: str | None) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(text), time()) if text else None
    except ValueError:
        return None


class _Answers:
    """The answers kept, least recently used first out."""

    def __init__(self) -> None:
        self._kept: OrderedDict[object, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: object) -> Any:
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def put(self, key: object, value: object) -> None:
        with self._lock:
            self._kept[key] = value
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)


_answers = _Answers()


def _kept(key: tuple[object, ...], work: Callable[[], Kept]) -> Kept:
    """Answer what was worked out under `key` since the store last changed, else work it out."""
    whole = (owner.version(), *key)
    answer: Kept | None = _answers.get(whole)
    if answer is None:
        answer = work()
        _answers.put(whole, answer)
    return answer
