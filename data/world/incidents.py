"""Which crimes happen when and where, and which rings commit them: counts drawn from the declared rates.

An incident is one operation: a few accounts acting within some days. A ring commits up to a handful of
operations in one area and keeps its members, devices and addresses, until a measure makes it change
them or move (`reactions.py`); a lone incident has a ring to itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from data.world.calendar import DAY, END, MONTH_STARTS
from data.world.columns import NONE, Flags, Floats, Ints, Rng, full, rank_within
from data.world.trends import CRIME, MONTHS, Intensity

HIDEOUTS = 2  # of each ring: before and after it reacted to a measure
PAUSE_DAYS = 60  # the longest pause of a ring
REACTED_AMOUNTS = 0.6  # what rings move after they reacted, against before


@dataclass(frozen=True, slots=True)
class Wave:
    """How often one typology strikes and in what strength.

    `per_quarter` counts incidents of the second quarter at 300,000 events; `sizes` are the chances of
    1, 2, 3, ... participants; `operations` how many incidents a ring commits on average; `careful` the
    share of rings that hide well; `opened` the share of participants whose account was opened for it.
    """

    typology: str
    per_quarter: float
    sizes: tuple[float, ...]
    operations: float = 1.0
    careful: float = 0.45
    opened: float = 0.0
    opened_days_before: float = 30.0
    trend: tuple[Intensity, ...] = CRIME


@dataclass(frozen=True, slots=True)
class Incidents:
    """All crimes of the demonstration, one entry each, sorted by typology, ring and time.

    `moved_from` is the area a ring left for the incident's, NONE where it did not move; `has_reacted` marks
    what rings did after a measure had hit them.
    """

    typology: Ints
    area: Ints
    at: Ints
    ring: Ints
    size: Ints
    is_careful: Flags
    moved_from: Ints
    has_reacted: Flags

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.at)

    @property
    def hideout(self) -> Ints:
        """The hideout that each uses: its ring's first, or the second once the ring has reacted."""
        return self.ring * HIDEOUTS + self.has_reacted

    def ring_bounds(self) -> tuple[Ints, Ints]:
        """Return the first and the last incident of each ring."""
        rings = np.arange(int(self.ring.max(initial=-1)) + 1)
        first = np.searchsorted(self.ring, rings)
        return first, np.searchsorted(self.ring, rings, side="right") - 1

    def rows(self, order: Ints) -> Incidents:
        """Return the incidents in another order."""
        return Incidents(**{field.name: getattr(self, field.name)[order] for field in fields(self)})


@dataclass(frozen=True, slots=True)
class Openings:
    """Accounts that rings open for themselves: the ring, its area, and when."""

    ring: Ints
    area: Ints
    at: Ints


def draw_incidents(waves: Sequence[Wave], scale: float, rng: Rng) -> Incidents:
    """Draw every incident: how many by chance around the declared rate, then when and by which ring."""
    parts = [_draw_wave(number, wave, scale, rng) for number, wave in enumerate(waves)]
    typology, area, at = (np.concatenate(column) for column in zip(*parts, strict=True))
    # In a larger world more rings work side by side; each of them strikes no more often than in a small one.
    lane = rng.integers(0, max(1, round(scale)), len(at))
    order = np.lexsort((at, lane, area, typology))
    typology, area, lane, at = typology[order], area[order], lane[order], at[order]
    ring = _rings(waves, (typology, area, lane), at, rng)
    rings = int(ring[-1]) + 1 if len(ring) else 0
    careful_share = np.array([wave.careful for wave in waves])
    ring_typology = np.zeros(rings, dtype=np.int64)
    ring_typology[ring] = typology
    is_careful = rng.random(rings) < careful_share[ring_typology]
    size = np.empty(len(at), dtype=np.int64)
    for number, wave in enumerate(waves):
        mine = typology == number
        size[mine] = (
            rng.choice(len(wave.sizes), int(mine.sum()), p=np.array(wave.sizes) / sum(wave.sizes)) + 1
        )
    count = len(at)
    return Incidents(
        typology, area, at, ring, size, is_careful[ring], full(count, NONE), np.zeros(count, dtype=np.bool_)
    )


def draw_openings(waves: Sequence[Wave], incidents: Incidents, rng: Rng) -> Openings:
    """Draw the accounts that rings open before their first operation, as many as their largest one needs."""
    first = np.flatnonzero(np.r_[True, incidents.ring[1:] != incidents.ring[:-1]])
    needed = np.maximum.reduceat(incidents.size, first)
    share = np.array([wave.opened for wave in waves])[incidents.typology[first]]
    lead = np.array([wave.opened_days_before for wave in waves])[incidents.typology[first]]
    count = np.floor(needed * share + rng.random(len(first))).astype(np.int64) * (share > 0)
    row = np.repeat(first, count)
    before = rng.exponential(1.0, len(row)) * np.repeat(lead, count) + 0.2
    return Openings(
        incidents.ring[row], incidents.area[row], incidents.at[row] - (before * DAY).astype(np.int64)
    )


def _draw_wave(number: int, wave: Wave, scale: float, rng: Rng) -> tuple[Ints, Ints, Ints]:
    weights = np.array([line.weight for line in wave.trend])
    monthly = wave.per_quarter / 3.0 * scale * weights / weights.sum()
    rates: Floats = monthly[:, None] * np.array([line.months for line in wave.trend])
    counts = rng.poisson(rates)
    area, month = (np.repeat(axis.ravel(), counts.ravel()) for axis in np.indices((len(weights), MONTHS)))
    length = MONTH_STARTS[month + 1] - MONTH_STARTS[month]
    at = MONTH_STARTS[month] + (rng.random(len(month)) * length).astype(np.int64)
    # An operation that starts in the last hours would be cut off by the end of the window.
    at = np.minimum(at, END - DAY)
    return np.full(len(at), number, dtype=np.int64), area.astype(np.int64), at


def _rings(waves: Sequence[Wave], kind: tuple[Ints, Ints, Ints], at: Ints, rng: Rng) -> Ints:
    """Give consecutive incidents of one typology, area and lane to one ring until it stops or pauses long."""
    typology = kind[0]
    going_on = 1.0 - 1.0 / np.array([wave.operations for wave in waves])
    begins = rng.random(len(at)) >= going_on[typology]
    begins[:1] = True
    begins[1:] |= at[1:] - at[:-1] > PAUSE_DAYS * DAY
    for column in kind:
        begins[1:] |= column[1:] != column[:-1]
    return np.cumsum(begins) - 1


@dataclass(frozen=True, slots=True)
class Parts:
    """Who takes part in the incidents of one typology: one entry for each incident and account.

    `incident` indexes all incidents, `rank` counts within one from 0 (the collector), `size` is how many;
    `hideout` is where the ring hides at that time, `scale` multiplies what it moves.
    """

    incident: Ints
    account: Ints
    rank: Ints
    size: Ints
    at: Ints
    ring: Ints
    is_careful: Flags
    hideout: Ints
    scale: Floats

    def where(self, rows: Flags | Ints) -> Parts:
        """Return the entries that a mask or an index chooses."""
        return Parts(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})


def parts_of(incidents: Incidents, incident: Ints, account: Ints) -> Parts:
    """Return participants in order of incident, each account once, the first named as collector."""
    order = np.lexsort((account, incident))
    same = np.r_[
        False, (incident[order][1:] == incident[order][:-1]) & (account[order][1:] == account[order][:-1])
    ]
    kept = np.sort(order[~same])
    kept = kept[np.argsort(incident[kept], kind="stable")]
    incident, account = incident[kept], account[kept]
    size = np.bincount(incident, minlength=incidents.count)[incident] if len(incident) else incident
    return Parts(
        incident,
        account,
        rank_within(incident),
        size.astype(np.int64),
        incidents.at[incident],
        incidents.ring[incident],
        incidents.is_careful[incident],
        incidents.hideout[incident],
        np.where(incidents.has_reacted[incident], REACTED_AMOUNTS, 1.0),
    )
