"""Investigations that ended: few, large ones, most of them of crimes that were reported."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from data.world.calendar import DAY, END, HOUR, MONTH_STARTS
from data.world.columns import NONE, Ints, Rng, full, to_micro
from data.world.labels import CONFIRMED, FALSE_POSITIVE, INCONCLUSIVE, LABEL_OUTCOMES
from data.world.names import account_ids, record_ids
from data.world.records.known import Known, inside, moments, optional_money
from data.world.truth import TYPOLOGIES, incident_names
from data.world.writing import times, words

CONFIRMED_JULY_AUGUST = 48  # whatever the seed and size
# Mean closed from January to June, in July and August together (false ones), in September, in October.
CONFIRMED_MEANS = (162.0, 0.0, 22.0, 21.0)
FALSE_MEANS = (85.0, 26.0, 12.0, 12.0)
OPEN_MEANS = (36.0, 11.0, 5.0, 5.0)
LOOKS_BACK_DAYS = 45
_BOUNDS: Ints = np.r_[MONTH_STARTS[[0, 6, 8, 9]], END]


def case_table(known: Known, rng: Rng) -> pa.Table:
    """Return the cases as the contract's columns, in order of their end."""
    counts = rng.poisson(CONFIRMED_MEANS)
    counts[1] = CONFIRMED_JULY_AUGUST
    true = moments(counts, _BOUNDS, rng)
    others = [moments(rng.poisson(means), _BOUNDS, rng) for means in (FALSE_MEANS, OPEN_MEANS)]
    closed = np.concatenate([true, *others])
    disposition = np.repeat([CONFIRMED, FALSE_POSITIVE, INCONCLUSIVE], [len(true), *map(len, others)])
    incident, account = _subjects(known, true, rng)
    rest = len(closed) - len(true)
    incident = np.r_[incident, full(rest, NONE)]
    account = np.r_[account, known.open_accounts(closed[len(true) :] - 20 * DAY, rng)]
    crimes = known.history.incidents
    typology = np.where(
        incident == NONE,
        rng.integers(0, len(TYPOLOGIES), len(closed)),
        crimes.typology[np.maximum(incident, 0)],
    )
    took = np.minimum(np.exp(rng.normal(np.log(4.0), 0.7, len(closed))), 18.0) * DAY
    begun = np.where(incident == NONE, 0, crimes.at[np.maximum(incident, 0)])
    opened = inside(np.maximum(closed - took.astype(np.int64), np.minimum(begun + HOUR, closed - 1)))
    usual = np.exp(known.history.scene.people.level[account] + 1.8)
    saved = to_micro(usual * np.exp(rng.normal(0, 0.8, len(closed))))
    order = np.argsort(closed, kind="stable")
    return pa.table(
        {
            "case_id": record_ids("cases", np.arange(len(closed))),
            "account_id": account_ids(account),
            "incident_id": incident_names(incident),
            "typology": words(TYPOLOGIES, typology),
            "opened_at": times(opened),
            "closed_at": times(closed),
            "disposition": words(LABEL_OUTCOMES, disposition),
            "amount_saved": optional_money(np.where(disposition == CONFIRMED, saved, NONE)),
        }
    ).take(pa.array(order))


def _subjects(known: Known, closed: Ints, rng: Rng) -> tuple[Ints, Ints]:
    """Return a crime and one of its accounts for each case: reported, begun within weeks before its end.

    Where nothing was reported yet (a very small world) the case has an account and no crime.
    """
    incident, account = known.involved()
    is_told = known.reports.source[incident] != NONE
    incident, account = incident[is_told], account[is_told]
    order = np.argsort(known.history.incidents.at[incident], kind="stable")
    incident, account = incident[order], account[order]
    begun = known.history.incidents.at[incident]
    first = np.searchsorted(begun, closed - LOOKS_BACK_DAYS * DAY)
    last = np.searchsorted(begun, closed - DAY)
    first = np.where(first < last, first, 0)
    row = first + np.floor(rng.random(len(closed)) * (last - first)).astype(np.int64)
    nobody = known.open_accounts(closed, rng)
    if len(incident) == 0:
        return full(len(closed), NONE), nobody
    row = np.minimum(row, len(incident) - 1)
    return np.where(last > 0, incident[row], NONE), np.where(last > 0, account[row], nobody)
