"""Which of today's communities is which ring: names are kept while rings grow, shrink, split and merge.

A community is the ring that most of its accounts were last in. Where two communities come of one ring, the
one with more of its accounts keeps the name and the other is split off; where two rings are one community,
the one that brings more accounts gives its name and the other has merged into it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.rings.ties import Ints

NONE = -1
# A community takes over a ring's name with at least two of its accounts, and a third of the smaller of both.
_FEWEST_COMMON = 2
_LEAST_SHARE = 1 / 3


@dataclass(frozen=True, slots=True)
class Named:
    """The ring of each community, which of them are new, and what they came off; NONE: nothing.

    `merged` maps rings that were taken in today to the ring that took them.
    """

    ring: Ints
    split_from: Ints
    merged: dict[int, int]


def name_communities(
    accounts: Ints, community: Ints, last_ring: Ints, standing: Ints, ring_size: Ints, following: int
) -> Named:
    """Name the communities 0, 1, ...; new rings get numbers from `following` on.

    `last_ring` is the ring that each account of the store was last in, `standing` the rings of yesterday,
    `ring_size` how many accounts each ring last had.
    """
    count = int(community.max(initial=-1)) + 1
    size = np.bincount(community, minlength=count)
    was = last_ring[accounts]
    before = was != NONE
    pairs, common = np.unique(np.stack([community[before], was[before]]), axis=1, return_counts=True)
    ring = np.full(count, NONE, dtype=np.int64)
    origin = np.full(count, NONE, dtype=np.int64)
    taken: dict[int, int] = {}
    # The largest overlap first; among equals the older ring, then the first community.
    for row in np.lexsort((pairs[0], pairs[1], -common)):
        mine, old, both = int(pairs[0, row]), int(pairs[1, row]), int(common[row])
        smaller = min(int(size[mine]), int(ring_size[old]))
        if both < _FEWEST_COMMON or both < _LEAST_SHARE * smaller:
            continue
        if ring[mine] == NONE and old not in taken:
            ring[mine] = old
            taken[old] = mine
        elif ring[mine] == NONE and origin[mine] == NONE:
            origin[mine] = old
    is_new = ring == NONE
    ring[is_new] = following + np.arange(int(is_new.sum()))
    return Named(
        ring, np.where(is_new, origin, NONE), _merged(pairs, common, ring, standing, ring_size, taken)
    )


def _merged(
    pairs: Ints, common: Ints, ring: Ints, standing: Ints, ring_size: Ints, taken: dict[int, int]
) -> dict[int, int]:
    """Answer for rings that stood yesterday and have no community now where most of their accounts are."""
    gone = set(standing.tolist()) - set(taken)
    merged: dict[int, int] = {}
    for mine, old, both in zip(*pairs.tolist(), common.tolist(), strict=True):
        if old in gone and 2 * both >= ring_size[old]:
            merged[old] = int(ring[mine])
    return merged
