"""Who shares a thing with whom, kept up day by day: only things that were used are looked at again.

The state holds each thing's accounts with first use, last use and count. A day's uses are merged into it,
and the ties of the touched things are made anew; the others stand as they are. One large step gives the
same ties as many small ones, since a tie depends on nothing but the uses of its thing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.rings.kinds import KINDS, MICROSECONDS_A_DAY
from scoring.rings.ties import Floats, Ints, Ties, no_ties, padded, pairs_of

_SHIFT = 32


@dataclass(frozen=True, slots=True)
class Uses:
    """One entry a thing and account: kind, number of the thing, account, first and last use, how many."""

    kind: Ints
    thing: Ints
    account: Ints
    first: Ints
    last: Ints
    count: Ints

    def where(self, rows: Ints) -> Uses:
        """Answer the entries that an index chooses."""
        return Uses(*(getattr(self, name)[rows] for name in self.__slots__))


def no_uses() -> Uses:
    """Answer none."""
    none = np.empty(0, dtype=np.int64)
    return Uses(none, none, none, none, none, none)


def together(some: Uses, more: Uses) -> Uses:
    """Answer the entries of both."""
    if not len(some.thing):
        return more
    return Uses(*(np.concatenate([getattr(some, name), getattr(more, name)]) for name in Uses.__slots__))


class Sharing:
    """The uses of all things until now, sorted by thing and account."""

    def __init__(self, opened: Ints) -> None:
        """Begin with nothing; `opened` is when each account was opened, microseconds UTC."""
        self.opened = opened
        empty = np.empty(0, dtype=np.int64)
        self._key, self._kind, self._first, self._last, self._count = empty, empty, empty, empty, empty

    def add(self, uses: Uses) -> tuple[Ints, Ties]:
        """Merge uses and answer the things they touched, ascending, with all ties of those things."""
        if not len(uses.thing):
            return np.empty(0, dtype=np.int64), no_ties()
        self._merge(uses)
        touched = np.unique(uses.thing)
        return touched, self._ties_of(touched)

    @property
    def things(self) -> Ints:
        """The things of which uses are known, ascending."""
        return np.unique(self._key >> _SHIFT)

    def _merge(self, uses: Uses) -> None:
        key = np.concatenate([self._key, (uses.thing << _SHIFT) | uses.account])
        # The state is sorted already, and a stable sort merges two sorted runs in one pass.
        order = np.argsort(key, kind="stable")
        key = key[order]
        starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
        self._key = key[starts]
        self._kind = np.concatenate([self._kind, uses.kind])[order][starts]
        self._first = np.minimum.reduceat(np.concatenate([self._first, uses.first])[order], starts)
        self._last = np.maximum.reduceat(np.concatenate([self._last, uses.last])[order], starts)
        self._count = np.add.reduceat(np.concatenate([self._count, uses.count])[order], starts)

    def _ties_of(self, touched: Ints) -> Ties:
        begins = np.searchsorted(self._key, touched << _SHIFT)
        ends = np.searchsorted(self._key, (touched + 1) << _SHIFT)
        most = np.array([kind.most for kind in KINDS])[self._kind[np.minimum(begins, len(self._key) - 1)]]
        size = ends - begins
        is_tying = (size > 1) & (size <= most)
        begins, size = begins[is_tying], size[is_tying]
        if not len(begins):
            return no_ties()
        row, other = _all_pairs(begins, size)
        sharers = np.repeat(size, size * (size - 1) // 2)
        return self._described(row, other, sharers)

    def _described(self, row: Ints, other: Ints, sharers: Ints) -> Ties:
        account, beside = self._key[row] & 0xFFFFFFFF, self._key[other] & 0xFFFFFFFF
        first, second = self._first[row], self._first[other]
        since = np.maximum(first, second)
        last = np.maximum(self._last[row], self._last[other])
        together = np.minimum(self._last[row], self._last[other]) - since
        age, beside_age = first - self.opened[account], second - self.opened[beside]
        features = padded(
            [
                sharers.astype(np.float64),
                np.maximum(self._count[row], self._count[other]).astype(np.float64),
                np.minimum(self._count[row], self._count[other]).astype(np.float64),
                _days(together),
                _days(np.abs(first - second)),
                _days(np.maximum(age, beside_age)),
                _days(np.minimum(age, beside_age)),
            ]
        )
        thing = self._key[row] >> _SHIFT
        return Ties(pairs_of(account, beside), self._kind[row], thing, since, last, features)


def _all_pairs(begins: Ints, size: Ints) -> tuple[Ints, Ints]:
    """Answer all pairs of rows inside each group [begin, begin + size), group by group."""
    rows: list[Ints] = []
    others: list[Ints] = []
    places: list[Ints] = []
    for count in np.unique(size):
        mine = np.flatnonzero(size == count)
        one, two = np.triu_indices(count, 1)
        rows.append((begins[mine][:, None] + one).ravel())
        others.append((begins[mine][:, None] + two).ravel())
        places.append(np.repeat(mine, len(one)))
    order = np.argsort(np.concatenate(places), kind="stable")
    return np.concatenate(rows)[order], np.concatenate(others)[order]


def _days(microseconds: Ints) -> Floats:
    return microseconds / MICROSECONDS_A_DAY
