"""Appeals: customers whom the desk stopped, honest ones and others, object."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from data.world.calendar import DAY, END, HOUR
from data.world.columns import NONE, Rng
from data.world.crime import later
from data.world.labels import CONFIRMED, DESK, INCONCLUSIVE
from data.world.names import account_ids, record_ids
from data.world.records.known import Known, optional_times
from data.world.truth import event_names
from data.world.writing import times, words

OUTCOMES = ("granted", "upheld")
GRANTED, UPHELD = range(2)


@dataclass(frozen=True, slots=True)
class Appealing:
    """Chances that somebody the desk looked at objects, and that the objection is granted."""

    honest_cleared: float = 0.06
    honest_open: float = 0.2
    honest_condemned: float = 0.5
    criminal: float = 0.012
    granted_honest: float = 0.88
    granted_criminal: float = 0.04
    median_hours: float = 20.0
    median_days: float = 2.6


PARAMETERS = Appealing()


def appeal_table(known: Known, rng: Rng) -> pa.Table:
    """Return the appeals of events that the desk reviewed, as the contract's columns."""
    p, labels, happened = PARAMETERS, known.labels, known.happened
    is_crime = happened.incident[labels.event] != NONE
    chance = np.where(labels.outcome == INCONCLUSIVE, p.honest_open, p.honest_cleared)
    chance = np.where(labels.outcome == CONFIRMED, p.honest_condemned, chance)
    chance = np.where(is_crime, p.criminal, chance) * (labels.source == DESK)
    some = np.flatnonzero(rng.random(len(chance)) < chance)
    filed = later(happened.at[labels.event[some]], p.median_hours * HOUR, 0.9, rng)
    order = np.argsort(filed, kind="stable")
    order = order[filed[order] < END]
    some, filed = some[order], filed[order]
    ended = later(filed, p.median_days * DAY, 0.8, rng)
    succeeds = rng.random(len(some)) < np.where(is_crime[some], p.granted_criminal, p.granted_honest)
    event = labels.event[some]
    outcome = np.where(ended < END, np.where(succeeds, GRANTED, UPHELD), NONE)
    return pa.table(
        {
            "appeal_id": record_ids("appeals", np.arange(len(some))),
            "account_id": account_ids(happened.account[event]),
            "event_id": event_names(happened, event),
            "filed_at": times(filed),
            "ended_at": optional_times(ended, outcome != NONE),
            "outcome": words(OUTCOMES, outcome),
        }
    )
