"""The own past: how surprising each reason usually is for the account at hand.

A market maker's pace is rare among peers every day, and so says nothing about today. What counts is by how
much a reason's surprise exceeds what is usual for this account; an account without a past has only peers.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scoring.anomaly.surprise import MILLION, Millionths
from scoring.calibration import Floats

DAYS = 90
# One event's worth of the peers' mean: measured, one finds more incidents than three or ten.
PRIOR = 1
# Sum of the strongest reasons only: an account that is a little unusual in twenty ways is a large customer.
STRONGEST = 5


def usual(
    account: NDArray[np.int64], at: NDArray[np.datetime64], surprise: Millionths, typical: Millionths
) -> Floats:
    """Answer (n, g) what is usual for each event's account: the mean over its 90 days before, in millionths.

    Rows are in any order; `typical` (n, g) is what is usual among peers, worth PRIOR events. Windows are
    [t - 90 days, t): neither the event itself nor another of the same instant counts.
    """
    order = np.lexsort((at, account))
    who = account[order].astype(np.int64)
    when = at[order].astype("datetime64[us]").astype(np.int64)
    sums = np.vstack([np.zeros((1, surprise.shape[1]), dtype=np.int64), surprise[order].cumsum(axis=0)])
    begin, end = _window(who, when)
    past = np.empty_like(surprise)
    past[order] = sums[end] - sums[begin]
    count = np.empty(len(account), dtype=np.int64)
    count[order] = end - begin
    found: Floats = (past + PRIOR * typical) / (count[:, None] + PRIOR)
    return found


def _window(who: NDArray[np.int64], when: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Answer for rows sorted by account and time the first and the end of their 90 days before."""
    rows = np.arange(len(who))
    if not len(who):
        return rows, rows
    is_new = np.r_[True, (who[1:] != who[:-1]) | (when[1:] != when[:-1])]
    end = np.maximum.accumulate(np.where(is_new, rows, 0))
    # Account and second in one number: 31 bits of accounts, 32 of seconds.
    second = (when - when.min()) // MILLION
    key = (who << 32) + second
    first_of_account = np.searchsorted(who, who, side="left")
    begin = np.maximum(first_of_account, np.searchsorted(key, key - DAYS * 86_400, side="left"))
    return np.minimum(begin, end), end


def excess(surprise: Millionths, own: Floats) -> Floats:
    """Answer (n, g) by how much each reason surprises more than usual, in nats; never below nothing."""
    found: Floats = np.maximum(0.0, surprise - own) / MILLION
    return found


def total(excess: Floats) -> Floats:
    """Answer (n,) the sum of each event's STRONGEST reasons."""
    ordered = np.sort(excess, axis=1)[:, -STRONGEST:]
    found: Floats = np.zeros(len(excess))
    for column in ordered.T:
        found += column
    return found
