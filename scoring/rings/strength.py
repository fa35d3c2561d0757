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
# More unconfirmed pairs than this add time, hardly knowledge: the full demonstration has 70,000 in all.
MOST_UNCONFIRMED = 400_000
# Ties in one matrix of 50 doubles each: 200 MB.
_PIECE = 500_000
# The golden ratio of 2^64: products with it spread evenly (Knuth, The Art of Computer Programming 3, 6.4).
_MIXING = 0x9E3779B97F4A7C15
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
    raw_base: float
    share_read: float
    examples: int
    positives: int
    fingerprint: str

    @property
    def base(self) -> float:
        """The log-odds without any tie, as if every unconfirmed pair had been read."""
        return self.raw_base + float(np.log(self.share_read))

    def adds(self, ties: Ties, lockstep: Floats) -> Floats:
        """Answer of each tie the raw score with it and its context, less that of the context; and that.

        Most pairs have the same context, so each is asked for once; many ties are asked for in pieces, since
        their matrix would not fit.
        """
        first, place = _distinct(lockstep)
        if len(ties) <= _PIECE:
            asked = np.concatenate([_matrix(ties, lockstep), _context(lockstep[first])])
            raw, context = np.split(self._raw(asked), [len(ties)])
        else:
            starts = range(0, len(ties), _PIECE)
            rows = [np.arange(start, min(start + _PIECE, len(ties))) for start in starts]
            raw = np.concatenate([self._raw(_matrix(ties.where(r), lockstep[r])) for r in rows])
            context = self._raw(_context(lockstep[first]))
        return np.stack([raw - context[place], context[place] - self.raw_base], axis=1)

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
    """Learn strengths from the pairs of `ties`; answer None where too few were confirmed, or were not.

    `lockstep` is (n, 2), the context of each tie's pair.
    """
    if not len(ties):
        return None
    wanted, share_read = _wanted(np.unique(ties.pair), known)
    rows = np.isin(ties.pair, wanted)
    matrix, pairs = _by_pair(ties.where(rows), lockstep[rows])
    is_positive, _ = known.judge(pairs)
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
        share_read,
        len(is_positive),
        positives,
        made_of,
    )


def _wanted(pairs: Ints, known: Known) -> tuple[Ints, float]:
    """Answer the pairs to learn from, and the share of unconfirmed ones among them that is read.

    All confirmed pairs, none that are open, and of the others about MOST_UNCONFIRMED, drawn by their key.
    """
    is_positive, is_open = known.judge(pairs)
    others = pairs[~is_positive & ~is_open]
    share = min(1.0, MOST_UNCONFIRMED / max(len(others), 1))
    if share < 1.0:
        drawn = others.astype(np.uint64) * np.uint64(_MIXING)
        others = others[drawn < np.uint64(int(share * 2**64))]
    return np.union1d(pairs[is_positive], others), share


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


def _distinct(lockstep: Floats) -> tuple[Ints, Ints]:
    """Answer the first row of each context, and of each row the place of its context among them."""
    # Openings are at most 90 days apart here, so both numbers fit in one.
    _, first, place = np.unique(
        lockstep[:, 0] + 1_000.0 * lockstep[:, 1], return_index=True, return_inverse=True
    )
    return first, place


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
