"""From ties to communities: decayed strengths are added up a pair, weak pairs cut, what hangs together split.

1. A tie's strength halves every HALF_LIFE_DAYS after it was last seen; what speaks against stays.
2. Of several ties of one kind the strongest counts; kinds add up. A pair is kept above CUT on
   two kinds of tie, above ALONE on one, and only where its ties say at least LEAST.
3. Connected components are communities; one of SPLIT_FROM accounts or more is split by Louvain, alone, so
   that what happens in one component never changes another.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from sknetwork.clustering import Louvain

from scoring.rings.kinds import MICROSECONDS_A_DAY
from scoring.rings.ties import Floats, Ints, Ties, ends_of

# Rings pause for up to two months and come back with the same things.
HALF_LIFE_DAYS = 150.0
# Log-odds above which a pair on two kinds of tie is kept, one in thirteen: rings hide, one pair is no ring.
CUT = -2.5
# With one kind of tie alone a pair must be likelier than two in seven.
ALONE = -0.9
# Two accounts opened together are no ring by that: the ties themselves must say at least so much.
LEAST = 1.0
# Two accounts are a pair; two rings of the fewest accounts are the least that can be told apart.
FEWEST_ACCOUNTS = 3
SPLIT_FROM = 2 * FEWEST_ACCOUNTS
# Two parts are split where the ties between them are less than a fortieth of all.
RESOLUTION = 0.05


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs that are kept: their keys ascending, log-odds, the sum of what speaks for them, kinds of tie."""

    pair: Ints
    logit: Floats
    strength: Floats
    kinds: Ints


def kept_pairs(ties: Ties, strength: Floats, context: Floats, base: float, at: int) -> Pairs:
    """Answer the pairs that hold at `at` (microseconds), from ties and what each adds when last seen.

    `context` is what the pair of each tie adds by itself.
    """
    age = np.maximum(at - ties.last, 0) / MICROSECONDS_A_DAY
    now = np.where(strength > 0, strength * np.exp2(-age / HALF_LIFE_DAYS), strength)
    order = np.lexsort((ties.kind, ties.pair))
    pair, kind, now, context = ties.pair[order], ties.kind[order], now[order], context[order]
    if not len(pair):
        return Pairs(pair, now, now, kind)
    of_kind = np.flatnonzero(np.r_[True, (pair[1:] != pair[:-1]) | (kind[1:] != kind[:-1])])
    best = np.maximum.reduceat(now, of_kind)
    pair, context = pair[of_kind], context[of_kind]
    of_pair = np.flatnonzero(np.r_[True, pair[1:] != pair[:-1]])
    logit = base + np.add.reduceat(best, of_pair) + context[of_pair]
    speaking = np.add.reduceat((best > 0).astype(np.int64), of_pair)
    total = np.add.reduceat(np.maximum(best, 0), of_pair)
    is_kept = (logit >= np.where(speaking >= 2, CUT, ALONE)) & (total >= LEAST)
    return Pairs(pair[of_pair][is_kept], logit[is_kept], total[is_kept], speaking[is_kept])


class Communities:
    """Splits components and remembers how, since most of them are the same on the next day."""

    def __init__(self) -> None:
        """Begin with nothing remembered."""
        self._split: dict[bytes, Ints] = {}

    def of(self, pairs: Pairs) -> tuple[Ints, Ints]:
        """Answer the accounts that are in a community, ascending, and the number of each one's community."""
        one, other = ends_of(pairs.pair)
        accounts, place = np.unique(np.concatenate([one, other]), return_inverse=True)
        if not len(accounts):
            return accounts, accounts
        count, half = len(accounts), len(one)
        first, second = place[:half], place[half:]
        weight = np.maximum(pairs.logit - CUT, 0.05)
        graph = csr_matrix((weight, (first, second)), shape=(count, count))
        _, component = connected_components(graph, directed=False)
        community = self._split_large(component, graph, pairs, first)
        size = np.bincount(community)
        is_large = size[community] >= FEWEST_ACCOUNTS
        _, dense = np.unique(community[is_large], return_inverse=True)
        return accounts[is_large], dense

    def _split_large(self, component: Ints, graph: csr_matrix, pairs: Pairs, first: Ints) -> Ints:
        """Answer the community of each account: its component, or its part of a large one."""
        community = component.astype(np.int64)
        size = np.bincount(component)
        following = int(component.max()) + 1
        order = np.argsort(component, kind="stable")
        begins = np.concatenate([[0], np.cumsum(size)])
        edge_order = np.argsort(component[first], kind="stable")
        edge_begins = np.searchsorted(component[first][edge_order], np.arange(len(size) + 1))
        remembered: dict[bytes, Ints] = {}
        for number in np.flatnonzero(size >= SPLIT_FROM):
            members = order[begins[number] : begins[number + 1]]
            edges = np.sort(pairs.pair[edge_order[edge_begins[number] : edge_begins[number + 1]]])
            key = edges.tobytes()
            part = self._split.get(key)
            if part is None:
                part = _louvain(graph[members][:, members])
            remembered[key] = part
            community[members] = following + part
            following += int(part.max()) + 1
        self._split = remembered
        return community


def _louvain(graph: csr_matrix) -> Ints:
    whole = graph + graph.T
    found: Ints = Louvain(resolution=RESOLUTION, random_state=0).fit_predict(whole)
    return found.astype(np.int64)
