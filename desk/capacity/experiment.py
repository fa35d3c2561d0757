"""The experiment: the same weeks of alerts and the same handling times under other staff and budgets.

    experiment = Experiment.of(past, handling, desks, grade)
    runs = experiment.run(Setting("cis", budget=TODAY, change={("cis", "late"): +1}))

Each repetition draws the past's weeks again with replacement and a measured duration for every alert, both
from its own seed: settings differ by nothing but themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from desk.capacity.desks import Calendar, Desk, calendar, changed
from desk.capacity.handling import Handling
from desk.capacity.past import Past, weeks_in
from desk.capacity.setting import TODAY, Change, Setting
from desk.capacity.walk import Came, Rostered, Walked, walk
from scoring.calibration import Bools, Floats
from scoring.lab.evidence import Integers

WEEK_MINUTES = 7 * 1440.0
REPETITIONS = 20
# Weeks beyond the last alert in which its cases still end.
RUN_OUT_WEEKS = 1


@dataclass(frozen=True, slots=True)
class Graded:
    """What intake and service levels make of n alerts.

    `channel` by number, -1 for one without a desk; `kind` and `rank` by number; `loss` what may be lost;
    `subject` by number; `ends` and `looks` (n, ranks) minutes to the end and to the first look.
    """

    channel: Integers
    kind: Integers
    rank: Integers
    loss: Floats
    subject: Integers
    ends: Floats
    looks: Floats


@dataclass(frozen=True, slots=True)
class Drawn:
    """One repetition's alerts: which of the past (`row`), and the columns that the walk takes."""

    row: Integers
    came: Came


@dataclass(frozen=True, slots=True)
class Run:
    """One walk: the rows of the past that came, and what became of them."""

    row: Integers
    came: Came
    walked: Walked

    @property
    def opened(self) -> Bools:
        """(n,) which alerts opened a case."""
        found: Bools = self.walked.case == np.arange(len(self.row))
        return found


@dataclass(frozen=True)
class Experiment:
    """What every setting is tried on."""

    past: Past
    graded: Graded
    desks: tuple[Desk, ...]
    weeks: int
    drawn: tuple[Drawn, ...]
    _calendars: dict[tuple[Desk, ...], Rostered] = field(default_factory=dict, compare=False)

    @property
    def channels(self) -> dict[str, int]:
        """The channels by name, with their numbers."""
        return {desk.channel: number for number, desk in enumerate(self.desks)}

    def calendar(self, setting: Setting | None = None) -> Calendar:
        """Answer who works when under a setting; today's without one."""
        desks = self.desks if setting is None else changed(self.desks, setting.seats())
        return calendar(desks, self.past.span.since, self.weeks + RUN_OUT_WEEKS)

    def run(self, setting: Setting) -> Iterator[Run]:
        """Walk through every repetition under `setting`."""
        return self.run_all({setting.channel: setting.budget}, setting.seats())

    def run_all(self, budgets: Mapping[str, int], change: Change) -> Iterator[Run]:
        """Walk through every repetition with budgets by channel, today's elsewhere, and changed seats."""
        limits = np.full(len(self.desks) + 1, TODAY)
        for channel, budget in budgets.items():
            limits[self.channels[channel]] = budget
        rostered = self._rostered(changed(self.desks, change))
        is_alert = (self.past.place <= limits[self.graded.channel]) & (self.graded.channel >= 0)
        for drawn in self.drawn:
            kept = is_alert[drawn.row]
            came = taken(drawn.came, kept)
            yield Run(drawn.row[kept], came, walk(came, rostered))

    def _rostered(self, desks: tuple[Desk, ...]) -> Rostered:
        if desks not in self._calendars:
            found = calendar(desks, self.past.span.since, self.weeks + RUN_OUT_WEEKS)
            self._calendars[desks] = Rostered(found.seats, found.serves, found.changes)
        return self._calendars[desks]


def experiment_of(
    past: Past,
    graded: Graded,
    handling: Handling,
    desks: Sequence[Desk],
    seed: int = 1,
    repetitions: int = REPETITIONS,
) -> Experiment:
    """Draw the repetitions: weeks with replacement and a handling time an alert."""
    weeks = weeks_in(past.span)
    drawn = tuple(_drawn(past, graded, handling, weeks, (seed, number)) for number in range(repetitions))
    return Experiment(past, graded, tuple(desks), weeks, drawn)


def as_it_came(
    past: Past, graded: Graded, handling: Handling, desks: Sequence[Desk], seed: int = 1, repetitions: int = 1
) -> Experiment:
    """The same with the weeks in their own order: only handling times are drawn."""
    weeks = weeks_in(past.span)
    order = np.arange(weeks)
    drawn = tuple(
        _drawn(past, graded, handling, weeks, (seed, number), order) for number in range(repetitions)
    )
    return Experiment(past, graded, tuple(desks), weeks, drawn)


def _drawn(
    past: Past,
    graded: Graded,
    handling: Handling,
    weeks: int,
    seed: tuple[int, int],
    order: Integers | None = None,
) -> Drawn:
    rng = np.random.default_rng(seed)
    minute = minutes_since(past, past.span.since)
    week = (minute // WEEK_MINUTES).astype(np.int64)
    edges = np.searchsorted(week, np.arange(weeks + 1))
    taken = rng.integers(0, weeks, weeks) if order is None else order
    row = np.concatenate([np.arange(edges[one], edges[one + 1]) for one in taken])
    number = np.repeat(np.arange(weeks), (edges[1:] - edges[:-1])[taken])
    people = int(graded.subject.max(initial=0)) + 1
    # A week that is drawn twice has two customers where there was one; in their own order they stay one.
    copy = number if order is None else np.zeros_like(number)
    came = Came(
        at=minute[row] + (number - week[row]) * WEEK_MINUTES,
        channel=graded.channel[row],
        rank=graded.rank[row],
        loss=graded.loss[row],
        subject=graded.subject[row] + copy * people,
        service=handling.service.drawn(graded.kind[row], graded.rank[row], rng.random(len(row))),
        reaction=handling.reaction.drawn(graded.kind[row], graded.rank[row], rng.random(len(row))),
        allowed=graded.ends[row],
    )
    return Drawn(row, came)


def taken(came: Came, rows: Bools) -> Came:
    """Answer some rows of alerts."""
    return Came(**{name: column[rows] for name, column in came._asdict().items()})


def minutes_since(past: Past, since: datetime) -> Floats:
    """Answer (n,) minutes from `since` to each alert."""
    found: Floats = (past.came_at - np.datetime64(since)).astype(np.int64) / 60e6
    return found
