"""Surprise: how rare values are among their peers, minus log of their tail's share, in whole millionths.

    surprise(x) = -ln( (number of peers at least as strange as x + 1) / (number of peers + 1) )

A value that is not known surprises nobody. Millionths are whole numbers, so that sums over them are exact and
do not depend on what else is summed: an event's score never changes by a later one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scoring.calibration import Floats
from scoring.explanations import groups_of
from scoring.features import Feature

Millionths = NDArray[np.int64]
Leaders = NDArray[np.int16]
# Peers of an event; 5,000 tell one in a thousand within a seventh of itself, and cost half as much as all.
MOST_PEERS = 5_000
MILLION = 1_000_000


def peers_among(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Answer at most MOST_PEERS of the rows, evenly spread over their order."""
    if len(rows) <= MOST_PEERS:
        return rows
    return rows[np.linspace(0, len(rows) - 1, MOST_PEERS).astype(np.int64)]


class Tail:
    """One signal of some peers (m,), sorted once; NaN is not known."""

    def __init__(self, peers: Floats, *, is_little_strange: bool) -> None:
        """Sort the peers so that the strange end comes last."""
        self._sign = -1.0 if is_little_strange else 1.0
        self._known = np.sort(self._sign * peers[~np.isnan(peers)])
        self._peers = len(peers)
        # One logarithm a possible count, not one an event.
        shares = (np.arange(len(peers) + 1) + 1.0) / (len(peers) + 1.0)
        self._surprise = np.round(-np.log(shares) * MILLION).astype(np.int64)

    def surprise(self, values: Floats) -> Millionths:
        """Answer (n,) the surprise of `values` (n,) among the peers."""
        count = len(self._known) - np.searchsorted(self._known, self._sign * values, side="left")
        found: Millionths = self._surprise[np.where(np.isnan(values), self._peers, count)]
        return found

    @property
    def typical(self) -> int:
        """The mean surprise of the peers themselves."""
        rows = np.arange(len(self._known))
        is_new = np.r_[True, self._known[1:] != self._known[:-1]][: len(rows)]
        # The first of equals: as many peers as from there to the end are at least as strange.
        count = len(rows) - np.maximum.accumulate(np.where(is_new, rows, 0))
        return int(self._surprise[count].sum()) // max(1, self._peers)

    @property
    def median(self) -> float:
        """The middle one of the known peers; NaN where none is."""
        return float(np.median(self._known) * self._sign) if len(self._known) else float("nan")


class Reasons:
    """Surprise by named reason: the mean over the reason's signals, so that twins do not count twice."""

    def __init__(self, features: Sequence[Feature], strange_when_little: Sequence[bool]) -> None:
        """Group `features`; `strange_when_little` says of each which end is the strange one."""
        self.features = tuple(features)
        self.names, group = groups_of(features)
        self._group = group.argmax(axis=1)
        self._signals = np.bincount(self._group, minlength=len(self.names))
        self._little = tuple(strange_when_little)

    def tails(self, peers: Floats) -> list[Tail]:
        """Answer the tail of each signal of the peers (m, f)."""
        return [
            Tail(column, is_little_strange=little)
            for column, little in zip(peers.T, self._little, strict=True)
        ]

    def surprises(self, tails: Sequence[Tail], values: Floats) -> tuple[Millionths, Leaders]:
        """Answer (n, g) each reason's surprise of feature rows (n, f), and the feature that leads it.

        Of equally surprising features the first leads.
        """
        shape = (len(self.names), len(values))
        total, most = np.zeros(shape, dtype=np.int64), np.full(shape, -1, dtype=np.int64)
        leader = np.zeros(shape, dtype=np.int16)
        columns = zip(tails, self._group, values.T, strict=True)
        for position, (tail, group, column) in enumerate(columns):
            mine = tail.surprise(column)
            total[group] += mine
            leader[group] = np.where(mine > most[group], position, leader[group])
            np.maximum(most[group], mine, out=most[group])
        found: Millionths = total.T // self._signals
        return found, leader.T

    def typical(self, tails: Sequence[Tail]) -> Millionths:
        """Answer (g,) what is usual among the peers."""
        total = np.zeros(len(self.names), dtype=np.int64)
        for tail, group in zip(tails, self._group, strict=True):
            total[group] += tail.typical
        found: Millionths = total // self._signals
        return found
