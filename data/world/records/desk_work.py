"""The earlier desk of the made-up exchange: who worked on each event that it labelled, and from when to when.

1. A region's desk works from 08 to 20 its local time; out of hours the next desk to the west takes over.
2. A first look comes within half an hour or so: later out of hours and under load, sooner for large sums.
3. Work takes most of an hour. The rest of the time to the label is spent waiting for the customer, but for
   some that simply lie.
4. One decision in ten is drawn for a second look, by another analyst of the same desk or the next.

5. Of odd events of the last days it asks the customers, and is at work on them still.

All of it is drawn from random numbers of its own, so that it moves nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from data.world.calendar import DAY, END, HOUR
from data.world.columns import NONE, Flags, Floats, Ints, Rng
from data.world.labels import CONFIRMED, DESK, FALSE_POSITIVE, INCONCLUSIVE, LABEL_OUTCOMES
from data.world.places import PLACES
from data.world.records.known import Known, optional_times
from data.world.truth import event_names
from data.world.writing import times, words

MINUTE = HOUR // 60
SHIFT = (8, 20)  # local hours of the desk, half-open


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk of one region: hours ahead of UTC of the town it sits in, and its analysts."""

    region: str
    utc_offset_hours: float
    analysts: tuple[str, ...]


# From the east to the west, as the sun goes. Names that no one could take for a real person's.
DESKS: tuple[Desk, ...] = (
    Desk("oceania", 10, ("Olive Oceaniademo",)),
    Desk("east_asia", 9, ("Eun Eastdemo", "Eiji Eastdemo")),
    Desk("south_east_asia", 7, ("Sari Seademo", "Sukarno Seademo", "Siti Seademo")),
    Desk("south_asia", 5.5, ("Sunil Southdemo", "Sita Southdemo")),
    Desk("cis", 3, ("Igor Cisdemo", "Inna Cisdemo")),
    Desk("mena", 3, ("Munir Menademo",)),
    Desk("sub_saharan_africa", 1, ("Ama Africademo",)),
    Desk("europe", 1, ("Elsa Europademo", "Emil Europademo")),
    Desk("latin_america", -3, ("Luz Latindemo",)),
    Desk("north_america", -5, ("Nora Northdemo",)),
)
ANALYSTS = tuple(name for desk in DESKS for name in desk.analysts)


@dataclass(frozen=True, slots=True)
class Working:
    """How the desk works: minutes of a first look and of work, chances, and what makes it slower."""

    look_minutes: float = 16.0
    look_spread: float = 0.9
    out_of_hours: float = 1.9
    large_sum: float = 0.5
    large_usdt: float = 5_000.0
    work_minutes: float = 55.0
    work_spread: float = 0.8
    lies: float = 0.12
    second_look: float = 0.1
    agrees: float = 0.94
    review_days: tuple[float, float] = (0.5, 6.0)
    # A label that comes so much later than the event is of a look back, not of the alert.
    looks_back_days: float = 5.0
    # Events of the last days that look odd are asked about before anybody says what they are.
    asks_days: float = 7.0
    asks: float = 0.8
    odd: float = 9.0
    longest_wait: float = 1.25


PARAMETERS = Working()


@dataclass(frozen=True, slots=True)
class _Looked:
    """What the desk looked at: events by their place, when it ended (END: not yet), and what it said."""

    event: Ints
    ended: Ints
    outcome: Ints


def work_table(known: Known, rng: Rng) -> pa.Table:
    """Return who worked on which event, as the contract's columns, in order of the first look."""
    p, happened = PARAMETERS, known.happened
    looked = _looked(known, rng)
    event, ended, count = looked.event, looked.ended, len(looked.event)
    at, is_over = happened.at[event], ended < END
    home = _home(known, happened.account[event])
    duty = on_duty(home, at)
    work = np.exp(rng.normal(np.log(p.work_minutes), p.work_spread, count)) * MINUTE
    began = _first_looks(known, event, home, duty, rng)
    looks_back = is_over & (ended - at > p.looks_back_days * DAY)
    began = np.where(looks_back, ended - work.astype(np.int64), began)
    began = np.where(began < ended, began, at + (ended - at) // 2)
    waited = np.maximum(ended - began - work, 0.0) * (rng.random(count) >= p.lies)
    analyst, reviewer = _people(duty, rng)
    reviewed = ended + (rng.uniform(*p.review_days, count) * DAY).astype(np.int64)
    is_drawn = (rng.random(count) < p.second_look) & is_over
    is_reviewed = is_drawn & (reviewed < END)
    found = _found(looked.outcome, rng)
    # What is not over waits as long as a customer takes, some until after the window.
    waited = np.where(is_over, waited, (END - began) * rng.uniform(0.0, p.longest_wait, count))
    order = np.lexsort((event, began))
    order = order[began[order] < END]
    return pa.table(
        {
            "event_id": event_names(happened, event),
            "analyst": words(ANALYSTS, analyst),
            "began_at": times(began),
            "ended_at": optional_times(ended, is_over),
            "waited_minutes": pa.array((waited // MINUTE).astype(np.int32)),
            "second_look": pa.array(is_drawn),
            "reviewed_by": words(ANALYSTS, np.where(is_reviewed, reviewer, NONE)),
            "reviewed_at": optional_times(reviewed, is_reviewed),
            "reviewed_outcome": words(LABEL_OUTCOMES, np.where(is_reviewed, found, NONE)),
            "note": pa.nulls(count, pa.string()),
        }
    ).take(pa.array(order))


def _looked(known: Known, rng: Rng) -> _Looked:
    """Return every event that the desk labelled, by its first label, and those it asks customers about."""
    labels, happened = known.labels, known.happened
    mine = np.flatnonzero(labels.source == DESK)
    _, first = np.unique(labels.event[mine], return_index=True)
    mine = mine[np.sort(first)]
    is_odd = (happened.incident != NONE) | (happened.oddness >= PARAMETERS.odd)
    asked = is_odd & (happened.at >= END - int(PARAMETERS.asks_days * DAY))
    asked &= rng.random(len(asked)) < PARAMETERS.asks
    asked[labels.event[mine]] = False
    event = np.flatnonzero(asked)
    return _Looked(
        np.r_[labels.event[mine], event],
        np.minimum(np.r_[labels.known_at[mine], np.full(len(event), END)], END),
        np.r_[labels.outcome[mine], np.full(len(event), INCONCLUSIVE)],
    )


def _home(known: Known, account: Ints) -> Ints:
    """Return the place in DESKS of each account's own desk."""
    desks = [desk.region for desk in DESKS]
    of_place = np.array([desks.index(place.region) for place in PLACES])
    home: Ints = of_place[known.history.scene.people.place[account]]
    return home


def on_duty(home: Ints, at: Ints) -> Ints:
    """Return which desk takes each event: its own in hours, else the next one to the west that is open."""
    offsets = np.array([desk.utc_offset_hours for desk in DESKS])
    found = np.full(len(home), NONE, dtype=np.int64)
    for step in range(len(DESKS)):
        desk = (home + step) % len(DESKS)
        hour = (at / HOUR + offsets[desk]) % 24
        is_open = (hour >= SHIFT[0]) & (hour < SHIFT[1])
        found = np.where((found == NONE) & is_open, desk, found)
    return np.where(found == NONE, home, found)


def _first_looks(known: Known, event: Ints, home: Ints, duty: Ints, rng: Rng) -> Ints:
    p, at = PARAMETERS, known.happened.at[event]
    moved = known.history.transactions
    micro = np.zeros(len(known.happened.at), dtype=np.int64)
    micro[: len(moved.micro)] = moved.micro
    minutes = np.exp(rng.normal(np.log(p.look_minutes), p.look_spread, len(event)))
    minutes *= np.where(home == duty, 1.0, p.out_of_hours) * _load(duty, at)
    minutes *= np.where(micro[event] >= p.large_usdt * 1e6, p.large_sum, 1.0)
    return at + (minutes * MINUTE).astype(np.int64)


def _load(duty: Ints, at: Ints) -> Floats:
    """Return how much slower a desk is on a day with more work than on its usual one."""
    day = at // DAY
    _, cell, count = np.unique(np.stack([duty, day], axis=1), axis=0, return_inverse=True, return_counts=True)
    usual = np.array(
        [
            np.median(count[cell.ravel()][duty == desk]) if (duty == desk).any() else 1.0
            for desk in range(len(DESKS))
        ]
    )
    load: Floats = np.clip(np.sqrt(count[cell.ravel()] / usual[duty]), 0.7, 3.0)
    return load


def _people(duty: Ints, rng: Rng) -> tuple[Ints, Ints]:
    """Return who works on each event, and who would look a second time: never the same person."""
    sizes = np.array([len(desk.analysts) for desk in DESKS])
    starts = np.r_[0, np.cumsum(sizes)[:-1]]
    analyst = starts[duty] + np.floor(rng.random(len(duty)) * sizes[duty]).astype(np.int64)
    return analyst, (analyst + 1 + rng.integers(0, 3, len(duty))) % len(ANALYSTS)


def _found(outcome: Ints, rng: Rng) -> Ints:
    """Return what a second look finds: mostly the same."""
    agrees: Flags = rng.random(len(outcome)) < PARAMETERS.agrees
    other = np.where(outcome == CONFIRMED, FALSE_POSITIVE, INCONCLUSIVE)
    other = np.where(outcome == INCONCLUSIVE, FALSE_POSITIVE, other)
    return np.where(agrees, outcome, other)
