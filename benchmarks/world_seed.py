"""Choose the demonstration's seed: whose draw at full size lies near the declared changes in every line.

Chance alone moves a region's organised crime by a dozen points between quarters, so most seeds tell the
story less neatly. Histories only, no files: `nice python -m benchmarks.world_seed 1 3000`.

1. Incidents and who reports them are drawn (fast) and most seeds are dropped.
2. For the others the whole history is drawn with its labels, and the changes are counted as the product
   will count them: confirmed and known by the 31st day after the quarter's end.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np

from data.world.build import FULL_EVENTS, happened_in
from data.world.calendar import DAY, MONTH_STARTS
from data.world.columns import NONE, Flags, Ints
from data.world.history import EVENTS_OF_RATES, History, make_history, make_incidents, part_rng
from data.world.incidents import Incidents
from data.world.labels import CONFIRMED, draw_labels, draw_reports
from data.world.trends import AREAS
from data.world.truth import TYPOLOGIES

FAKED = TYPOLOGIES.index("synthetic_identity")
ATTEMPTS = "liveness attempts"
DECLARED = {
    "organised, everywhere": -0.36,
    "incidents, South-East Asia": -0.59,
    "incidents, Indonesia": -0.72,
    "organised, South Asia": -0.35,
    "organised, CIS": -0.31,
    ATTEMPTS: 0.15,
}
NEAR = 0.012
NEAR_ATTEMPTS = 0.01
ROUGHLY = 0.02  # before events are drawn: delays and lost members are near guesses only
ROUGHLY_ATTEMPTS = 0.03
USUAL_LENGTH_DAYS = 3
KNOWN_AFTER_DAYS = 31


@dataclass(frozen=True, slots=True)
class Counted:
    """What is compared: incidents with area, time and participants, those that count."""

    area: Ints
    at: Ints
    accounts: Ints
    counts: Flags


def changes(found: Counted) -> dict[str, float]:
    """Return the change of the third quarter over the second in every line but the attempts'."""
    organised = found.counts & (found.accounts >= 3)
    south_east = np.isin(found.area, [AREAS.index("ID"), AREAS.index("south_east_asia")])
    return {
        "organised, everywhere": _change(found.at[organised]),
        "incidents, South-East Asia": _change(found.at[found.counts & south_east]),
        "incidents, Indonesia": _change(found.at[found.counts & (found.area == AREAS.index("ID"))]),
        "organised, South Asia": _change(found.at[organised & (found.area == AREAS.index("south_asia"))]),
        "organised, CIS": _change(found.at[organised & (found.area == AREAS.index("cis"))]),
    }


def measured(seed: int) -> dict[str, float]:
    """Return every line's change as the full world of a seed has it."""
    history = make_history(seed, FULL_EVENTS)
    found = changes(known(history, seed))
    checks = history.checks
    return found | {ATTEMPTS: _change(checks.at[checks.species != NONE])}


def known(history: History, seed: int) -> Counted:
    """Return incidents by their confirmed labels, known within a month of the quarter's end."""
    happened, crimes = happened_in(history), history.incidents
    rng = part_rng(seed, "labels")
    labels = draw_labels(happened, crimes, draw_reports(crimes, TYPOLOGIES, rng), rng)
    ends = MONTH_STARTS[[3, 6, 9]]
    quarter = np.minimum(np.searchsorted(ends, happened.at[labels.event], side="right"), len(ends) - 1)
    in_time = labels.known_at < ends[quarter] + KNOWN_AFTER_DAYS * DAY
    told = (labels.outcome == CONFIRMED) & (labels.incident != NONE) & in_time
    pairs = np.stack([labels.incident[told], happened.account[labels.event[told]]], axis=1)
    accounts = np.bincount(np.unique(pairs, axis=0)[:, 0], minlength=crimes.count)
    return Counted(crimes.area, crimes.at, accounts, accounts > 0)


def search(first: int, last: int) -> None:
    """Print every seed of [first, last] that is near in all lines, the best so far with its largest miss."""
    best, tried = 1.0, 0
    for seed in range(first, last + 1):
        incidents = make_incidents(seed, FULL_EVENTS / EVENTS_OF_RATES)
        faked = _change(incidents.at[incidents.typology == FAKED])
        if abs(faked - DECLARED[ATTEMPTS]) > ROUGHLY_ATTEMPTS:
            continue
        if _miss(changes(_drawn(incidents, seed))) > ROUGHLY:
            continue
        tried += 1
        found = measured(seed)
        miss = _miss(found)
        is_near = miss <= NEAR and abs(found[ATTEMPTS] - DECLARED[ATTEMPTS]) <= NEAR_ATTEMPTS
        if is_near or miss < best:
            best = min(best, miss)
            shown = ", ".join(f"{name} {value:+.3f}" for name, value in found.items())
            print(f"{seed} {'near' if is_near else 'best so far'} {miss:.4f}: {shown}", flush=True)
    print(f"{last + 1 - first} seeds, {tried} drawn whole")


def _drawn(incidents: Incidents, seed: int) -> Counted:
    """Return reported incidents as far as they are known without any event."""
    reports = draw_reports(incidents, TYPOLOGIES, part_rng(seed, "labels"))
    ends = MONTH_STARTS[[3, 6, 9]]
    quarter = np.minimum(np.searchsorted(ends, incidents.at, side="right"), len(ends) - 1)
    known_at = incidents.at + reports.delay + USUAL_LENGTH_DAYS * DAY
    in_time = known_at < ends[quarter] + KNOWN_AFTER_DAYS * DAY
    return Counted(incidents.area, incidents.at, incidents.size, (reports.source != NONE) & in_time)


def _miss(found: dict[str, float]) -> float:
    return max(abs(found[name] - DECLARED[name]) for name in found)


def _change(at: Ints) -> float:
    second, third = np.histogram(at, MONTH_STARTS[[3, 6, 9]])[0]
    return float(third / max(second, 1) - 1.0)


if __name__ == "__main__":
    search(int(sys.argv[1]), int(sys.argv[2]))
