"""Audits: each month a stratified random sample of all events, reviewed whether flagged or not.

1. A stratum is what the event itself says: its stream and kind, the band of its amount, and whether the
   account never dealt with that counterparty before. Nothing of it knows the truth.
2. Every stratum of a month gives at least `FEWEST` events, odd ones more than their share.
3. The design probability is what was taken over what there was, exactly: weights sum to the events.
4. The review takes days and errs a little; the sample of October would come after the window.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from data.world.calendar import DAY, HOUR, MONTH_STARTS
from data.world.columns import (
    KINDS,
    LOGIN,
    NONE,
    ONBOARDING,
    SUCCESS,
    TRANSFER,
    WITHDRAWAL,
    Checks,
    Flags,
    Floats,
    Ints,
    Logins,
    Rng,
    Transactions,
    rank_within,
)
from data.world.labels import CONFIRMED, FALSE_POSITIVE, INCONCLUSIVE, LABEL_OUTCOMES
from data.world.names import record_ids
from data.world.records.known import Known
from data.world.truth import event_names
from data.world.writing import times, words

SHARE = 0.0066  # of the events of audited months; of all events about 0.6 %
FEWEST = 2
REVIEW_DAYS = (2.0, 12.0)
MISSED = 0.08  # of crime's events: taken for honest, or left open
CONDEMNED = 0.001  # of honest ones
LEFT_OPEN = 0.015
BANDS_USDT = (1_000.0, 10_000.0)
_BANDS = ("small", "medium", "large")
_LOGINS = ("login", "login_failed", "login_change")
_CHECKS = ("check_onboarding", "check_later")
STRATA = (
    *(f"{kind}_{band}{new}" for kind in KINDS for band in _BANDS for new in ("", "_new")),
    *_LOGINS,
    *_CHECKS,
)
# How much likelier than a plain event one of a stratum is drawn: where money can be lost, and rarely seen.
_ODD = {"withdrawal_large_new": 12.0, "withdrawal_medium_new": 7.0, "withdrawal_small_new": 4.0}
_ODD |= {"withdrawal_large": 4.0, "withdrawal_medium": 2.0, "internal_transfer_large_new": 8.0}
_ODD |= {"internal_transfer_medium_new": 5.0, "internal_transfer_small_new": 3.0, "deposit_large": 2.0}
_ODD |= {"login_change": 5.0, "check_onboarding": 4.0, "check_later": 4.0}
_WEIGHTS: Floats = np.array([_ODD.get(stratum, 0.7) for stratum in STRATA])


def audit_table(known: Known, rng: Rng) -> pa.Table:
    """Return the audited events as the contract's columns."""
    happened, months = known.happened, len(MONTH_STARTS) - 2
    month = np.searchsorted(MONTH_STARTS, happened.at, side="right") - 1
    cell = month * len(STRATA) + strata(known)
    there = np.bincount(cell, minlength=(months + 1) * len(STRATA))[: months * len(STRATA)]
    taken = _sample_sizes(there.reshape(months, len(STRATA))).ravel()
    order = np.lexsort((rng.random(len(cell)), cell))
    order = order[cell[order] < len(there)]
    event = order[rank_within(cell[order]) < taken[cell[order]]]
    probability = (taken / np.maximum(there, 1))[cell[event]]
    drawn = MONTH_STARTS[month[event] + 1] + 6 * HOUR
    reviewed = drawn + (rng.uniform(*REVIEW_DAYS, len(event)) * DAY).astype(np.int64)
    return pa.table(
        {
            "audit_id": record_ids("audits", np.arange(len(event))),
            "event_id": event_names(happened, event),
            "stratum": words(STRATA, cell[event] % len(STRATA)),
            "probability": pa.array(probability),
            "drawn_at": times(drawn),
            "reviewed_at": times(reviewed),
            "outcome": words(LABEL_OUTCOMES, _verdicts(happened.incident[event] != NONE, rng)),
        }
    )


def strata(known: Known) -> Ints:
    """Return the stratum of every event, in the order of Happened."""
    history = known.history
    return np.concatenate(
        [_of_transactions(history.transactions), _of_logins(history.logins), _of_checks(history.checks)]
    )


def _sample_sizes(there: Ints) -> Ints:
    """Return how many events to draw of each month (rows) and stratum (columns), at most all."""
    wanted = there * _WEIGHTS
    share = SHARE * there.sum(axis=1) / wanted.sum(axis=1)
    drawn = np.maximum(np.round(wanted * share[:, None]).astype(np.int64), FEWEST)
    taken: Ints = np.minimum(drawn, there)
    return taken


def _of_transactions(moved: Transactions) -> Ints:
    band = np.searchsorted(np.array(BANDS_USDT) * 1e6, moved.micro, side="right")
    new = np.isin(moved.kind, (WITHDRAWAL, TRANSFER)) & _is_first(moved)
    return (moved.kind * len(_BANDS) + band) * 2 + new


def _is_first(moved: Transactions) -> Flags:
    """Mark the first transaction of each account with each counterparty; the rows are in order of time."""
    order = np.lexsort((moved.counterparty, moved.account))
    account, other = moved.account[order], moved.counterparty[order]
    first = np.zeros(len(order), dtype=np.bool_)
    first[order] = np.r_[True, (account[1:] != account[:-1]) | (other[1:] != other[:-1])][: len(order)]
    return first


def _of_logins(signed: Logins) -> Ints:
    kind = np.where(signed.kind != LOGIN, 2, np.where(signed.outcome != SUCCESS, 1, 0))
    return STRATA.index(_LOGINS[0]) + kind


def _of_checks(checks: Checks) -> Ints:
    kind = np.where(checks.purpose != ONBOARDING, 1, 0)
    return STRATA.index(_CHECKS[0]) + kind


def _verdicts(is_crime: Flags, rng: Rng) -> Ints:
    draw = rng.random(len(is_crime))
    honest = np.where(draw < CONDEMNED + LEFT_OPEN, INCONCLUSIVE, FALSE_POSITIVE)
    honest = np.where(draw < CONDEMNED, CONFIRMED, honest)
    crime = np.where(draw < MISSED / 2, INCONCLUSIVE, np.where(draw < MISSED, FALSE_POSITIVE, CONFIRMED))
    return np.where(is_crime, crime, honest)
