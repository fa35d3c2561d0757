"""How long cases wait for a free seat to react, and how long they are in hand: measured, and drawn again.

    handling = read_handling(cursor, since, until, calendar)
    handling.service.drawn(kind, rank, uniform)        # (n,) minutes

The reaction is measured on cases that came while a seat of the desk that served them was free: what they
waited all the same was not the queue. Everything is drawn by kind and severity.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import numpy as np

from data.statement import read_statement
from desk.capacity.desks import Calendar
from desk.cases.state import KINDS, SEVERITIES
from scoring.calibration import Bools, Floats
from scoring.lab.evidence import Integers, Times

ASKED = Path(__file__).with_name("handling.sql")
# A kind and severity with fewer measured cases takes those of its severity, or else of all.
FEWEST_OF_GROUP = 30
# Below that, how long cases take is a guess.
FEWEST = 60
# Nobody has a case in hand for longer than a shift: it lay, though nobody said so. It says nothing.
LONGEST_MINUTES = 480.0


@dataclass(frozen=True, slots=True)
class Pool:
    """Measured minutes, sorted in groups by kind and rank; `first` and `count` (kinds, ranks) are where.

    `measured` are kind, rank and minutes of each case, as they were measured.
    """

    minutes: Floats
    first: Integers
    count: Integers
    measured: tuple[Integers, Integers, Floats]

    def drawn(self, kind: Integers, rank: Integers, uniform: Floats) -> Floats:
        """Answer (n,) minutes: of each kind and rank a measured duration, by numbers from 0 to 1."""
        place = self.first[kind, rank] + (uniform * self.count[kind, rank]).astype(np.int64)
        found: Floats = self.minutes[place]
        return found

    def median(self) -> float:
        """Answer the median of all that was measured, minutes."""
        return float(np.median(self.measured[2]))

    def rows(self) -> Iterator[tuple[int, int, float]]:
        """Yield kind, rank and minutes of each case."""
        return zip(*(column.tolist() for column in self.measured), strict=True)


@dataclass(frozen=True, slots=True)
class Handling:
    """What was measured at the desk: minutes in hand, and minutes before a free seat reacts."""

    service: Pool
    reaction: Pool


@dataclass(frozen=True, slots=True)
class Worked:
    """n cases that somebody ended: what they were, when they came and were begun, and minutes in hand."""

    channel: Integers
    kind: Integers
    rank: Integers
    opened: Times
    begun: Times
    minutes: Floats

    @property
    def waited(self) -> Floats:
        """(n,) minutes to the first look."""
        return np.maximum((self.begun - self.opened).astype("timedelta64[us]").astype(np.int64) / 60e6, 0.0)


def read_worked(
    cursor: duckdb.DuckDBPyConnection, since: datetime, until: datetime, numbers: dict[str, int]
) -> Worked:
    """Answer the cases that ended from `since` to `until` in the channels that have a number."""
    given = {"since": since, "until": until, "longest": LONGEST_MINUTES}
    found = cursor.execute(read_statement(ASKED).sql, given).fetchall()
    rows = [row for row in found if row[0] in numbers]
    return Worked(
        np.array([numbers[row[0]] for row in rows], dtype=np.int64),
        np.array([KINDS.index(row[1]) for row in rows], dtype=np.int64),
        np.array([SEVERITIES.index(row[2]) for row in rows], dtype=np.int64),
        np.array([row[3] for row in rows], dtype="datetime64[us]"),
        np.array([row[4] for row in rows], dtype="datetime64[us]"),
        np.array([row[5] for row in rows], dtype=np.float64),
    )


def handling_of(worked: Worked, calendar: Calendar) -> Handling | None:
    """Answer what cases took; None where too few were measured."""
    if len(worked.minutes) < FEWEST:
        return None
    free = found_a_seat(worked, calendar)
    if int(free.sum()) < FEWEST:
        free = np.ones_like(free)
    return Handling(
        pool_of(worked.kind, worked.rank, worked.minutes),
        pool_of(worked.kind[free], worked.rank[free], worked.waited[free]),
    )


def found_a_seat(worked: Worked, calendar: Calendar) -> Bools:
    """Answer (n,) whether a seat that serves the case's channel was free when it came."""
    minute = (worked.opened - np.datetime64(calendar.since)).astype(np.int64) / 60e6
    quarter = np.clip((minute // 15).astype(np.int64), 0, len(calendar.seats) - 1)
    serving = calendar.serves[quarter, :, worked.channel]
    seats = (calendar.seats[quarter] * serving).sum(axis=1)
    is_inside = (minute >= 0) & (minute < 15.0 * len(calendar.seats))
    found: Bools = is_inside & (seats > _in_hand(worked, calendar, quarter))
    return found


def _in_hand(worked: Worked, calendar: Calendar, quarter: Integers) -> Integers:
    """Answer (n,) how many cases the desks that served each one had in hand or waiting when it came."""
    ended = worked.begun + (worked.minutes * 60e6).astype("timedelta64[us]")
    came = np.sort(worked.opened)
    gone = np.sort(ended)
    everywhere = np.searchsorted(came, worked.opened, "left") - np.searchsorted(gone, worked.opened, "right")
    # Of all that were in hand or waited, the part that is of the channels served together.
    together = calendar.serves[quarter, :, worked.channel][:, :, None] & calendar.serves[quarter]
    share = together.any(axis=1).mean(axis=1)
    found: Integers = np.floor(everywhere * share).astype(np.int64)
    return found


def pool_of(kinds: Integers, ranks: Integers, minutes: Floats) -> Pool:
    """Group durations by kind and rank, a group that is too small has those of its severity, or of all."""
    parts: list[Floats] = []
    shape = (len(KINDS), len(SEVERITIES))
    first, count = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    for kind, rank in np.ndindex(shape):
        is_kind, is_rank = kinds == kind, ranks == rank
        found = _enough([minutes[is_kind & is_rank], minutes[is_rank], minutes])
        first[kind, rank], count[kind, rank] = sum(len(part) for part in parts), len(found)
        parts.append(np.sort(found))
    return Pool(np.concatenate(parts), first, count, (kinds, ranks, minutes))


def _enough(groups: Sequence[Floats]) -> Floats:
    return next((group for group in groups if len(group) >= FEWEST_OF_GROUP), groups[-1])
