"""How strong a tie is: log-odds that two accounts so tied belong to one ring, and how they are learned.

1. One boosted model sees a pair's ties, one column group a kind. Trees never mix two kinds, so its answer is
   a sum: a base, and of each kind what it adds. That part is the tie's strength.
2. It is learned from labels known by then: pairs confirmed in one incident against all other tied pairs; two
   accounts confirmed in different incidents may be of one ring or not, and are left out.
3. With too few such pairs, rarity stands in: how unlikely it is that two strangers share so rare a thing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from scoring.rings.kinds import KINDS, LOCKSTEP, SHARED_KINDS, TRANSFER, YOUNG_DAYS
from scoring.rings.ties import Flags, Floats, Ints, Ties

# Fewer confirmed pairs, or fewer others to tell them from, say more of chance than of rings.
FEWEST_PAIRS = 200
_TREES = {
    "max_iter": 120,
    "learning_rate": 0.1,
    "max_leaf_nodes": 15,
    "l2_regularization": 1.0,
    "random_state": 0,
}
_WIDTHS = [len(kind.features) for kind in KINDS]
_BEGINS = np.concatenate([[0], np.cumsum(_WIDTHS)])
_COLUMNS = int(_BEGINS[-1])
# Rarity assumes that of the pairs of a ring about so many share a thing of a kind, and that one in so many
# pairs of strangers belongs to one ring.
_SHARE_IN_RINGS = 0.3
_PARTNERS = 4.0
# Of about three hundred transfers between customers one is inside a ring.
_PLAIN_TRANSFER = -5.7


class Strengths(Protocol):
    """What answers how strong ties are."""

    @property
    def base(self) -> float:
        """The log-odds of two accounts without any tie."""
        ...

    def adds(self, ties: Ties, lockstep: Floats) -> Floats:
        """Answer (n, 2): the log-odds that each tie adds, and that the context of its pair adds.

        `lockstep` is (n, 2), the context: days between the openings of both accounts, and 1 where their
        countries differ, NaN where one is not known.
        """
        ...


@dataclass(frozen=True, slots=True)
class Learned:
    """Strengths by a model whose trees read one kind of tie each, and the context."""

    trees: Any
    base: float
    examples: int
    positives: int
    fingerprint: str

    def adds(self, ties: Ties, lockstep: Floats) -> Floats:
        """Answer of each tie the raw score with it and its context, less that of the context; and that."""
        both = np.concatenate([_matrix(ties, lockstep), _context(lockstep)])
        raw, context = np.split(self._raw(both), 2)
        return np.stack([raw - context, context - self.base], axis=1)

    def _raw(self, matrix: Floats) -> Floats:
        raw: Floats = self.trees.decision_function(matrix)
        return raw


@dataclass(frozen=True, slots=True)
class Rarity:
    """Strengths from how rare such a tie is, for stores with too few labels.

    The chance that a stranger is among the few who share a thing with somebody is sharers / accounts. What
    two accounts used side by side for weeks is a household, and ties no ring.
    """

    accounts: int
    base: float

    def adds(self, ties: Ties, lockstep: Floats) -> Floats:
        """Answer log(share in rings / chance); of transfers the surprise; and nothing for the context.

        Accounts opened together are no tie without labels that say so.
        """
        kind, features = ties.kind, ties.features
        others = np.maximum(features[:, 0] - 1.0, 1.0)
        rare = np.log(_SHARE_IN_RINGS * self.accounts / others)
        is_shared = np.isin(kind, [k.number for k in SHARED_KINDS])
        together = features[:, SHARED_KINDS[0].features.index("together")]
        rare = np.where(is_shared & (together > 14.0), 0.0, rare)
        found = np.where(kind == TRANSFER.number, _surprise(features, self.accounts), rare)
        return np.stack([found.astype(np.float64), np.zeros(len(lockstep))], axis=1)


def rarity(accounts: int) -> Rarity:
    """Answer strengths for so many accounts and too few labels; fewer than five count as five."""
    accounts = max(accounts, 5)
    return Rarity(accounts, float(np.log(_PARTNERS / accounts)))


def learn(ties: Ties, lockstep: Floats, known: Known) -> Learned | None:
    """Learn strengths from the pairs of `ties`; None where too few of them, or all but a few, were confirmed.

    `lockstep` is (n, 2), the context of each tie's pair.
    """
    if not len(ties):
        return None
    matrix, pairs = _by_pair(ties, lockstep)
    is_positive, is_open = known.judge(pairs)
    rows = is_positive | ~is_open
    matrix, is_positive = matrix[rows], is_positive[rows]
    positives = int(is_positive.sum())
    if min(positives, len(is_positive) - positives) < FEWEST_PAIRS:
        return None
    context = list(range(int(_BEGINS[LOCKSTEP.number]), _COLUMNS))
    groups = [
        [*range(int(_BEGINS[kind.number]), int(_BEGINS[kind.number + 1])), *context]
        for kind in KINDS
        if kind != LOCKSTEP
    ]
    # A store may have no tie of a kind at all, and trees refuse a column without a single value.
    known_of = np.where(np.isnan(matrix).all(axis=0), 0.0, matrix)
    trees = HistGradientBoostingClassifier(**_TREES, interaction_cst=groups).fit(known_of, is_positive)
    nothing = np.full((1, _COLUMNS), np.nan)
    made_of = hashlib.sha256(matrix.tobytes() + is_positive.tobytes()).hexdigest()
    return Learned(
        trees,
        float(trees.decision_function(nothing)[0]),
        len(is_positive),
        positives,
        made_of,
    )


@dataclass(frozen=True, slots=True)
class Known:
    """What labels said by a time: the pairs confirmed in one incident, and the accounts confirmed at all."""

    pairs: Ints
    accounts: Ints

    def judge(self, pairs: Ints) -> tuple[Flags, Flags]:
        """Answer which pairs were confirmed together, and which are open: both confirmed, but apart."""
        is_together = np.isin(pairs, self.pairs)
        is_bad = np.isin(pairs >> 32, self.accounts) & np.isin(pairs & 0xFFFFFFFF, self.accounts)
        return is_together, is_bad & ~is_together


def _matrix(ties: Ties, lockstep: Floats) -> Floats:
    """Answer (n, columns): each tie in the columns of its kind, the context at the end, NaN elsewhere."""
    out = _context(lockstep)
    for kind in KINDS[:-1]:
        mine = ties.kind == kind.number
        begin, width = int(_BEGINS[kind.number]), len(kind.features)
        out[mine, begin : begin + width] = ties.features[mine, :width]
    return out


def _context(lockstep: Floats) -> Floats:
    out = np.full((len(lockstep), _COLUMNS), np.nan)
    out[:, int(_BEGINS[LOCKSTEP.number]) :] = lockstep
    return out


def _by_pair(ties: Ties, lockstep: Floats) -> tuple[Floats, Ints]:
    """Answer one row a pair with the rarest tie of each kind, and the pairs."""
    # The tie with the fewest sharers speaks for its kind; among equals the one made soonest.
    order = np.lexsort((ties.since, ties.features[:, 0], ties.kind, ties.pair))
    pair, kind = ties.pair[order], ties.kind[order]
    is_first = np.r_[True, (pair[1:] != pair[:-1]) | (kind[1:] != kind[:-1])]
    chosen = order[is_first]
    wide = _matrix(ties.where(chosen), lockstep[chosen])
    pairs, row = np.unique(ties.pair[chosen], return_inverse=True)
    out = np.full((len(pairs), _COLUMNS), np.nan)
    filled_row, filled_column = np.nonzero(~np.isnan(wide))
    out[row[filled_row], filled_column] = wide[filled_row, filled_column]
    return out, pairs


def _surprise(features: Any, accounts: int) -> Floats:
    """Answer what transfers add, log-odds: more if passed on, gathered, or between young accounts.

    With the base of any store a transfer that has none of that stands at `_PLAIN_TRANSFER`.
    """
    named = {name: features[:, number] for number, name in enumerate(TRANSFER.features)}
    # Of transfers between customers, about one in thirty is passed on, one in eighty has three senders.
    said = 3.4 * (named["passed_on"] >= 0.6) + 1.8 * (named["is_passed_from"] == 1)
    said = said + np.where(named["senders"] >= 3, 4.4, np.where(named["senders"] >= 2, 2.6, 0.0))
    said = said + 2.3 * (named["younger"] < YOUNG_DAYS)
    surprise: Floats = said + _PLAIN_TRANSFER + np.log(accounts / _PARTNERS)
    return surprise
