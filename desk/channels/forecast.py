"""What breaches within the next hours, of each channel: a small calculation of queues, played many times.

    foretold(Floor(waiting, arrivals, minutes, channels), now, seed=7)   # by channel: expected, low, high

Time goes in quarters of an hour. In each, every desk has the minutes of those who sit there by its shifts,
and spends them on the waiting cases of the channels that it works then, the most severe first, of these the
one due first; how long a case takes is drawn around what the desk was measured to take, and what is left of
it is done in the next quarter. New cases come at random, as many as in that hour of the week before. A case
that is not done when it is due breaches. The runs give the mean, and what eight of ten of them hold.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np

from desk.cases.state import SEVERITIES
from desk.channels.duty import covered_by, seats
from desk.channels.hours import later, local_time
from desk.channels.model import MINUTE_US, Channels

HOURS = 4
STEP = timedelta(minutes=15)
RUNS = 200
LOW, HIGH = 0.1, 0.9
# Weeks in which arrivals and speed are measured, and how many weeks of the channel's mean are mixed in.
WEEKS = 8
MIXED_WEEKS = 2.0
# Below so many ended cases a desk takes what all desks take; below that in all, this.
FEWEST_ENDED = 20
MINUTES_A_CASE = 20.0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that needs somebody: its channel and severity, when it is due, and from when it is to be had."""

    channel: str
    severity: str
    due_at: datetime
    runs_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Floor:
    """What a forecast starts from.

    `arrivals` are cases by channel and hour of the week (0: Monday midnight, local) over WEEKS, `mix` how
    often each kind and severity came by channel, `minutes` what a case took at each desk.
    """

    waiting: Sequence[Waiting]
    arrivals: Mapping[str, Mapping[int, int]]
    mix: Mapping[str, Mapping[tuple[str, str], int]]
    minutes: Mapping[str, float]
    channels: Channels


@dataclass(frozen=True, slots=True)
class Foretold:
    """How many cases of a channel breach within the hours: the mean of the runs; eight of ten lie within."""

    channel: str
    expected: float
    low: int
    high: int


@dataclass(slots=True)
class _Run:
    queues: dict[str, list[tuple[int, float, int]]]
    breached: dict[str, int] = field(default_factory=dict)
    # Minutes of each desk that a case begun in the quarter before still takes.
    begun: dict[str, float] = field(default_factory=dict)
    number: int = 0


def foretold(floor: Floor, now: datetime, seed: int, runs: int = RUNS) -> Mapping[str, Foretold]:
    """Return by channel how many cases breach between `now` and HOURS later. Raises nothing."""
    random = np.random.default_rng(seed)
    steps = [now + n * STEP for n in range(HOURS * int(timedelta(hours=1) / STEP))]
    plan = [_Plan.of(floor, moment) for moment in steps]
    counts = {slug: np.zeros(runs, dtype=int) for slug in floor.channels.channels}
    for run in range(runs):
        for slug, breached in _played(floor, plan, now, random).items():
            counts[slug][run] += breached
    return {
        slug: Foretold(
            slug,
            float(found.mean()),
            int(np.quantile(found, LOW, method="lower")),
            int(np.quantile(found, HIGH, method="higher")),
        )
        for slug, found in counts.items()
    }


@dataclass(frozen=True, slots=True)
class _Plan:
    """One quarter of an hour: when, minutes at each desk, channels that it works, arrivals to expect."""

    moment: datetime
    minutes: Mapping[str, float]
    covers: Mapping[str, Sequence[str]]
    arriving: Mapping[str, float]

    @classmethod
    def of(cls, floor: Floor, moment: datetime) -> _Plan:
        config, share = floor.channels, STEP / timedelta(hours=1)
        return cls(
            moment,
            {slug: seats(config, slug, moment) * STEP / timedelta(minutes=1) for slug in config.channels},
            covered_by(config, moment),
            {slug: share * rate(floor, slug, moment) for slug in config.channels},
        )


def rate(floor: Floor, slug: str, moment: datetime) -> float:
    """Return the cases that a channel is given in an hour at `moment`, as in that hour of the week before."""
    local = local_time(floor.channels.channel(slug), moment)
    known = floor.arrivals.get(slug, {})
    mean = sum(known.values()) / (WEEKS * 168)
    return (known.get(24 * local.weekday() + local.hour, 0) + MIXED_WEEKS * mean) / (WEEKS + MIXED_WEEKS)


def _played(
    floor: Floor, plan: Sequence[_Plan], now: datetime, random: np.random.Generator
) -> Mapping[str, int]:
    end = now + timedelta(hours=HOURS)
    run = _Run({slug: [] for slug in floor.channels.channels})
    later_on: list[tuple[datetime, Waiting]] = []
    for case in floor.waiting:
        if case.runs_at is None or case.runs_at <= now:
            _wait(run, case, now)
        elif case.runs_at < end:
            later_on.append((case.runs_at, case))
    later_on.sort(key=lambda each: each[0], reverse=True)
    for step in plan:
        while later_on and later_on[-1][0] <= step.moment:
            _wait(run, later_on.pop()[1], now)
        for slug, expected in step.arriving.items():
            for _ in range(random.poisson(expected)):
                _wait(run, _arrived(floor, slug, step.moment, random), now)
        for desk, minutes in step.minutes.items():
            begins = (step.moment - now).total_seconds() / 60
            _work(floor, run, _Desk(desk, step.covers[desk], minutes, begins), random)
    within = HOURS * 60.0
    for slug, queue in run.queues.items():
        late = sum(0 < due <= within for _, due, _ in queue)
        run.breached[slug] = run.breached.get(slug, 0) + late
    return run.breached


def _wait(run: _Run, case: Waiting, now: datetime) -> None:
    due = (case.due_at - now).total_seconds() / 60
    run.number += 1
    heapq.heappush(
        run.queues.setdefault(case.channel, []), (SEVERITIES.index(case.severity), due, run.number)
    )


def _arrived(floor: Floor, slug: str, moment: datetime, random: np.random.Generator) -> Waiting:
    mix = floor.mix.get(slug) or {("fraud", "medium"): 1}
    kinds, counts = list(mix), np.array(list(mix.values()), dtype=float)
    kind, severity = kinds[int(random.choice(len(kinds), p=counts / counts.sum()))]
    level = floor.channels.level(slug, kind, severity)
    due = (
        moment + timedelta(minutes=level.minutes)
        if level.counts == "always"
        else later(floor.channels.channel(slug), moment, level.minutes * MINUTE_US)
    )
    return Waiting(slug, severity, due)


@dataclass(frozen=True, slots=True)
class _Desk:
    """A desk in one quarter: what it works, its minutes, and when the quarter begins, minutes from now."""

    slug: str
    covers: Sequence[str]
    minutes: float
    begins: float


def _work(floor: Floor, run: _Run, desk: _Desk, random: np.random.Generator) -> None:
    """Spend a desk's minutes on the waiting cases of its channels; what is done after it is due breached."""
    left = desk.minutes - run.begun.get(desk.slug, 0.0)
    while desk.minutes > 0 and left > 0:
        heads = [(run.queues[slug][0], slug) for slug in desk.covers if run.queues.get(slug)]
        if not heads:
            left = 0.0
            break
        (_, due, _), slug = min(heads)
        heapq.heappop(run.queues[slug])
        left -= random.exponential(floor.minutes.get(desk.slug, MINUTES_A_CASE))
        done = desk.begins + (1 - left / desk.minutes) * (STEP / timedelta(minutes=1))
        if 0 < due < done:
            run.breached[slug] = run.breached.get(slug, 0) + 1
    if desk.minutes > 0:
        run.begun[desk.slug] = max(0.0, -left)


@dataclass(frozen=True, slots=True)
class HourSeen:
    """An hour of a channel in the past: cases that waited when it began, and cases that ended in it."""

    hour_at: datetime
    channel: str
    waiting: int
    ended: int


def measured_minutes(seen: Sequence[HourSeen], config: Channels) -> Mapping[str, float]:
    """Return for how many minutes of a person a case kept each desk, over the hours in which one waited.

    A desk that lets cases lie is slow by this, however quick it is once it begins: that is what breaches.
    """
    spent: Counter[str] = Counter()
    ended: Counter[str] = Counter()
    hours: dict[datetime, dict[str, list[HourSeen]]] = defaultdict(lambda: defaultdict(list))
    for one in seen:
        hours[one.hour_at][one.channel].append(one)
    for moment, channels in hours.items():
        for desk, covers in _covering(config, moment):
            here = [one for slug in covers for one in channels.get(slug, ())]
            ended[desk] += sum(one.ended for one in here)
            if any(one.waiting for one in here):
                spent[desk] += 60 * _seats(config, desk, moment)
    everyone = sum(spent.values()) / sum(ended.values()) if sum(ended.values()) >= FEWEST_ENDED else 0.0
    return {
        desk: spent[desk] / ended[desk]
        if ended[desk] >= FEWEST_ENDED and spent[desk]
        else everyone or MINUTES_A_CASE
        for desk in config.channels
    }


# Eight weeks have 1,344 hours, and a forecast an hour later has all of them but one again.
_KEPT = 20_000


def _covering(config: Channels, moment: datetime) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return _covering_of(_Keyed(config), moment)


def _seats(config: Channels, desk: str, moment: datetime) -> int:
    return _seats_of(_Keyed(config), desk, moment)


class _Keyed:
    """A configuration as the key of what is kept: equal where its content is."""

    def __init__(self, config: Channels) -> None:
        self.config = config

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Keyed) and other.config.fingerprint == self.config.fingerprint

    def __hash__(self) -> int:
        return hash(self.config.fingerprint)


@lru_cache(maxsize=_KEPT)
def _covering_of(keyed: _Keyed, moment: datetime) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(covered_by(keyed.config, moment).items())


@lru_cache(maxsize=_KEPT)
def _seats_of(keyed: _Keyed, desk: str, moment: datetime) -> int:
    return seats(keyed.config, desk, moment)
