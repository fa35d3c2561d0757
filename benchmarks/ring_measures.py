"""How well groups of accounts that a program formed agree with true rings, counted in pairs of accounts.

1. Two accounts form a true pair when both committed crimes of one true ring, whatever its size; rings of
   fewer than FEWEST_ACCOUNTS are nobody's to find and count nothing in recall.
2. An account may be in several true rings, but in one group at most.
3. The adjusted Rand index needs one ring an account: the one of which it committed most crimes.
4. Intervals come from a bootstrap over true rings; a group rises and falls with the true ring that holds
   most of its accounts, or alone where none does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from scoring.quality import REPETITIONS, Interval

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

FEWEST_ACCOUNTS = 3
NONE = -1


@dataclass(frozen=True, slots=True)
class TrueRings:
    """Who belongs together: one entry a true ring and account of it, `crimes` how many it committed there.

    `account` are numbers below `accounts`, `ring` numbers below `len(typology)`.
    """

    accounts: int
    account: Ints
    ring: Ints
    crimes: Ints
    typology: NDArray[np.object_]

    @property
    def size(self) -> Ints:
        """How many accounts each ring has."""
        return np.bincount(self.ring, minlength=len(self.typology))

    def main(self) -> Ints:
        """Answer of each account the ring of which it committed most crimes, the first among equals."""
        order = np.lexsort((-self.ring, self.crimes))
        found = np.full(self.accounts, NONE, dtype=np.int64)
        found[self.account[order]] = self.ring[order]
        return found

    def of(self, wanted: Flags) -> TrueRings:
        """Answer the rings that a mask chooses, with their numbers."""
        rows = wanted[self.ring]
        return TrueRings(self.accounts, self.account[rows], self.ring[rows], self.crimes[rows], self.typology)


@dataclass(frozen=True, slots=True)
class Counts:
    """Pairs a cluster of the bootstrap: `right` of `grouped` in its groups, `found` of `true` in its ring.

    The `main` ones and `accounts` count the same with one ring an account, for the Rand index.
    """

    right: Floats
    grouped: Floats
    found: Floats
    true: Floats
    right_main: Floats
    grouped_main: Floats
    true_main: Floats
    accounts: Floats


@dataclass(frozen=True, slots=True)
class Agreement:
    """Pairwise precision and recall and the adjusted Rand index, each with its 95 % interval."""

    precision: Interval
    recall: Interval
    adjusted_rand: Interval


def agreement(truth: TrueRings, group: Ints, wanted: Flags, *, is_whole: bool = True) -> Agreement:
    """Compare groups (of each account its number, or NONE) with the true rings that `wanted` chooses.

    Pairs that belong to one true ring that is not wanted count neither for nor against. With `is_whole`
    every other grouped pair counts, else only those that touch an account of a wanted ring.
    """
    return measured(counts(truth, group, wanted, is_whole=is_whole))


def counts(truth: TrueRings, group: Ints, wanted: Flags, *, is_whole: bool) -> Counts:
    """Count the pairs of each cluster: true rings first, then groups that no true ring explains."""
    is_wanted = np.zeros(truth.accounts, dtype=np.bool_)
    is_wanted[truth.of(wanted).account] = True
    groups = int(group.max(initial=NONE)) + 1
    cluster = _clusters(truth, group, groups)
    total = len(truth.typology) + groups
    right, grouped = np.zeros(total), np.zeros(total)
    is_touching = np.zeros(groups, dtype=np.bool_)
    order = np.argsort(group, kind="stable")
    begins = np.searchsorted(group[order], np.arange(groups + 1))
    table = _membership(truth)
    for number in range(groups):
        members = order[begins[number] : begins[number + 1]]
        is_touching[number] = is_whole or is_wanted[members].any()
        if is_touching[number]:
            hits, pairs = _pairs_in(table[members], wanted, is_wanted[members], is_whole=is_whole)
            right[cluster[number]] += hits
            grouped[cluster[number]] += pairs
    found, true = _recalled(truth, group, wanted, total)
    return Counts(
        right,
        grouped,
        found,
        true,
        *_partitions(truth, group, wanted, cluster, is_touching, is_whole=is_whole),
    )


def _partitions(
    truth: TrueRings, group: Ints, wanted: Flags, cluster: Ints, is_touching: Flags, *, is_whole: bool
) -> tuple[Floats, Floats, Floats, Floats]:
    """Answer pairs of one ring and group, of one group, of one ring, and accounts, by cluster.

    Counted are accounts of wanted rings that are large enough, and whoever else was grouped; without those
    of other rings when `is_whole`, since such a group is right.
    """
    main, total = truth.main(), len(truth.typology) + len(cluster)
    is_mine, is_large = np.append(wanted, False)[main], np.append(truth.size >= FEWEST_ACCOUNTS, False)[main]
    is_grouped = np.append(is_touching, False)[group]
    joins = is_grouped & (is_mine | (main == NONE)) if is_whole else is_grouped
    rows = np.flatnonzero((is_mine & is_large) | joins)
    main, group = main[rows], np.where(is_grouped[rows], group[rows], NONE)
    both = (main != NONE) & (group != NONE)
    cells, held = np.unique(np.stack([group[both], main[both]]), axis=1, return_counts=True)
    right = np.bincount(cluster[cells[0]], _pairs(held), total).astype(np.float64)
    sizes = np.bincount(group[group != NONE], minlength=len(cluster))
    grouped = np.bincount(cluster, _pairs(sizes), total).astype(np.float64)
    true = np.zeros(total)
    true[: len(truth.typology)] = _pairs(np.bincount(main[main != NONE], minlength=len(truth.typology)))
    accounts = np.bincount(np.where(main != NONE, main, np.append(cluster, 0)[group]), minlength=total)
    return right, grouped, true, accounts.astype(np.float64)


def _pairs_in(table: csr_matrix, wanted: Flags, is_wanted: Flags, *, is_whole: bool) -> tuple[float, float]:
    """Answer the pairs of one group that are right, and all that count."""
    count = table.shape[0]
    together = _linked(table)
    if is_whole:
        mine = _linked(table[:, np.flatnonzero(wanted)])
        beside = len(np.setdiff1d(together, mine))
        return float(len(mine)), float(_pairs(np.array(count)) - beside)
    touching = _pairs(np.array(count)) - _pairs(np.array(count - is_wanted.sum()))
    touched = together[is_wanted[together // count] | is_wanted[together % count]]
    return float(len(touched)), float(touching)


def _linked(table: csr_matrix) -> Ints:
    """Answer the pairs of rows that have a column in common, as row * rows + other row."""
    one, other = (table @ table.T).nonzero()
    return np.sort((one.astype(np.int64) * table.shape[0] + other)[one < other])


def _membership(truth: TrueRings) -> csr_matrix:
    ones = np.ones(len(truth.account), dtype=np.int32)
    return csr_matrix((ones, (truth.account, truth.ring)), shape=(truth.accounts, len(truth.typology)))


def _clusters(truth: TrueRings, group: Ints, groups: int) -> Ints:
    """Answer of each group the true ring that holds most of its accounts, or a number of its own."""
    rings = len(truth.typology)
    of_row = group[truth.account]
    inside = of_row != NONE
    pairs, held = np.unique(np.stack([of_row[inside], truth.ring[inside]]), axis=1, return_counts=True)
    cluster = rings + np.arange(groups)
    order = np.lexsort((-pairs[1], held))
    cluster[pairs[0][order]] = pairs[1][order]
    return cluster


def _recalled(truth: TrueRings, group: Ints, wanted: Flags, total: int) -> tuple[Floats, Floats]:
    """Answer of each wanted ring large enough the pairs that stand in one group, and all its pairs."""
    size = truth.size
    is_large = wanted & (size >= FEWEST_ACCOUNTS)
    true, found = np.zeros(total), np.zeros(total)
    true[: len(size)] = np.where(is_large, _pairs(size), 0.0)
    rows = is_large[truth.ring] & (group[truth.account] != NONE)
    pairs, held = np.unique(
        np.stack([truth.ring[rows], group[truth.account[rows]]]), axis=1, return_counts=True
    )
    np.add.at(found, pairs[0], _pairs(held))
    return found, true


def measured(counted: Counts) -> Agreement:
    """Answer the measures of counted pairs, each with its interval."""
    return Agreement(
        bootstrapped(lambda w: share(w @ counted.right, w @ counted.grouped), len(counted.right)),
        bootstrapped(lambda w: share(w @ counted.found, w @ counted.true), len(counted.right)),
        bootstrapped(lambda w: _adjusted_rand(counted, w), len(counted.right)),
    )


def bootstrapped(measure: Callable[[Floats], float], clusters: int, seed: int = 1) -> Interval:
    """Answer a measure of Poisson-weighted clusters with its 95 % interval."""
    rng = np.random.default_rng(seed)
    point = measure(np.ones(clusters))
    draws = [measure(rng.poisson(1.0, clusters).astype(np.float64)) for _ in range(REPETITIONS)]
    low, high = np.nanquantile(draws, [0.025, 0.975])
    return Interval(point, min(float(low), point), max(float(high), point))


def share(part: Any, whole: Any) -> float:
    """Answer part / whole; zero where there is nothing."""
    return float(part / whole) if whole else 0.0


def _adjusted_rand(counted: Counts, weight: Floats) -> float:
    return rand_of_pairs(
        float(weight @ counted.right_main),
        float(weight @ counted.grouped_main),
        float(weight @ counted.true_main),
        float(weight @ counted.accounts),
    )


def rand_of_pairs(both: float, grouped: float, true: float, accounts: float) -> float:
    """Answer the adjusted Rand index from pairs: in both partitions, in one, in the other, and accounts."""
    total = _pairs(np.array(accounts))
    by_chance = share(grouped * true, float(total))
    most = (grouped + true) / 2
    return share(both - by_chance, most - by_chance)


def _pairs(count: Ints | Floats) -> Floats:
    pairs: Floats = count * (count - 1) / 2.0
    return pairs
