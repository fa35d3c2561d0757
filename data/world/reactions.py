"""How crime reacts to measures: some rings give up, some go on more carefully, some move to another area.

1. Each measure has an area and a day; `trends.py` says how many incidents are left after it (deterrence).
2. A ring that began before the measure and strikes after it has changed device, network and amounts.
3. Rings that end in the area near that day are looked for a ring of their typology that appears in the
   neighbouring area within sixty days: that one is the same ring, moved. So the declared numbers of
   incidents hold where they land, and nothing is counted twice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from data.world.calendar import DAY
from data.world.columns import NONE, Flags, Ints, Rng
from data.world.incidents import PAUSE_DAYS, Incidents
from data.world.trends import AREAS

MOVES = 0.6  # chance that a ring takes a place that is free for it next door
ENDS_BEFORE_DAYS = 45  # a ring that last struck longer before the measure had ended by itself


@dataclass(frozen=True, slots=True)
class Measure:
    """One dated measure: where, since when, what it was, and where rings move to from there, if they do."""

    name: str
    area: str
    since: date
    title: str
    kind: str
    moves_to: str | None


MEASURES = (
    Measure(
        "id-withdrawals",
        "ID",
        date(2025, 6, 24),
        "Stricter verification of withdrawals in Indonesia",
        "verification",
        "south_east_asia",
    ),
    Measure(
        "south-asia-retraining",
        "south_asia",
        date(2025, 7, 7),
        "Models retrained on regional behaviour in South Asia",
        "retraining",
        "mena",
    ),
    Measure(
        "cis-detection",
        "cis",
        date(2025, 7, 3),
        "New anomaly detection in the CIS",
        "detection",
        "europe",
    ),
    Measure(
        "cis-cooperation",
        "cis",
        date(2025, 7, 21),
        "Cooperation with local authorities in the CIS",
        "cooperation",
        None,
    ),
)


def starts(measure: Measure) -> int:
    """Return the first instant of a measure in microseconds since 1970."""
    return (measure.since - date(1970, 1, 1)).days * DAY


def react(incidents: Incidents, rng: Rng) -> Incidents:
    """Return the incidents with rings that moved joined to what they were, in order of ring and time."""
    moved_from, ring, careful = (
        incidents.moved_from.copy(),
        incidents.ring.copy(),
        incidents.is_careful.copy(),
    )
    for measure in MEASURES:
        if measure.moves_to is None:
            continue
        for old, new in _moves(incidents, measure, rng):
            rows = slice(*np.searchsorted(incidents.ring, (new, new + 1)))
            ring[rows] = old
            careful[rows] = incidents.is_careful[np.searchsorted(incidents.ring, old)]
            moved_from[rows] = AREAS.index(measure.area)
    order = np.lexsort((incidents.at, ring))
    changed = replace(incidents, ring=ring, is_careful=careful, moved_from=moved_from)
    changed = changed.rows(order)
    numbered = np.unique(changed.ring, return_inverse=True)[1].astype(np.int64)
    changed = replace(changed, ring=numbered)
    return replace(changed, has_reacted=_has_reacted(changed))


def _moves(incidents: Incidents, measure: Measure, rng: Rng) -> list[tuple[int, int]]:
    """Return pairs of a ring that leaves and the ring next door that it turns out to be."""
    first, last = incidents.ring_bounds()
    area, typology = incidents.area[first], incidents.typology[first]
    begun, ended, since = incidents.at[first], incidents.at[last], starts(measure)
    ends_here = (begun < since) & (ended > since - ENDS_BEFORE_DAYS * DAY)
    leaving = np.flatnonzero((area == AREAS.index(measure.area)) & ends_here & (first != last))
    leaving = leaving[np.argsort(ended[leaving], kind="stable")]
    free = (area == AREAS.index(measure.moves_to or "")) & (begun > since)
    pairs = []
    for old in leaving[rng.random(len(leaving)) < MOVES]:
        pause = begun - ended[old]
        fits = np.flatnonzero(
            free & (typology == typology[old]) & (pause > 2 * DAY) & (pause < PAUSE_DAYS * DAY)
        )
        if len(fits):
            new = fits[np.argmin(begun[fits])]
            free[new] = False
            pairs.append((int(old), int(new)))
    return pairs


def _has_reacted(incidents: Incidents) -> Flags:
    """Mark incidents after their ring's area had a measure, of rings that had begun before it."""
    first, _ = incidents.ring_bounds()
    home: Ints = np.where(incidents.moved_from == NONE, incidents.area, incidents.moved_from)
    begun = incidents.at[first][incidents.ring]
    reacted = np.zeros(incidents.count, dtype=np.bool_)
    for measure in MEASURES:
        since = starts(measure)
        reacted |= (home == AREAS.index(measure.area)) & (begun < since) & (incidents.at >= since)
    return reacted
