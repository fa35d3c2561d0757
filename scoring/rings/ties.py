"""Ties between pairs of accounts, as arrays: what is shared, since when, and what describes it."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from scoring.rings.kinds import WIDTH

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# Two account numbers in one 64-bit key: a pair is one number.
_SHIFT = 32


@dataclass(frozen=True, slots=True)
class Ties:
    """One entry a tie: `pair` (see `pairs_of`), kind, the shared thing, since and last (microseconds UTC).

    `features` is (n, WIDTH) float32, NaN beyond the features of the tie's kind or where not known; `thing`
    numbers what is shared over all kinds: a later tie of the same thing replaces the earlier ones.
    """

    pair: Ints
    kind: Ints
    thing: Ints
    since: Ints
    last: Ints
    features: NDArray[np.float32]

    def __len__(self) -> int:
        """How many ties."""
        return len(self.pair)

    def where(self, rows: Flags | Ints) -> Ties:
        """Answer the ties that a mask or an index chooses."""
        return Ties(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})


def no_ties() -> Ties:
    """Answer none."""
    none = np.empty(0, dtype=np.int64)
    return Ties(none, none, none, none, none, np.empty((0, WIDTH), dtype=np.float32))


def joined(parts: list[Ties]) -> Ties:
    """Answer the ties of all parts, in their order."""
    if len(parts) == 1:
        return parts[0]
    columns = {f.name: np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Ties)}
    return Ties(**columns)


def pairs_of(one: Ints, other: Ints) -> Ints:
    """Answer the key of each pair of account numbers, the same whichever comes first."""
    first, second = np.minimum(one, other), np.maximum(one, other)
    return (first << _SHIFT) | second


def ends_of(pair: Ints) -> tuple[Ints, Ints]:
    """Answer the smaller and the larger account number of each pair."""
    return pair >> _SHIFT, pair & ((1 << _SHIFT) - 1)


def padded(columns: list[NDArray[np.floating]]) -> NDArray[np.float32]:
    """Answer the columns side by side as (n, WIDTH), NaN to the right."""
    out = np.full((len(columns[0]), WIDTH), np.nan, dtype=np.float32)
    for number, column in enumerate(columns):
        out[:, number] = column
    return out
