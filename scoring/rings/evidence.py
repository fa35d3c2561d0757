"""Everything that ties accounts, kept up day by day: ties, what each adds, and what labels said by then."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.rings.graph import Pairs, kept_pairs
from scoring.rings.kinds import MICROSECONDS_A_DAY, TRANSFER
from scoring.rings.shared import Sharing, Uses
from scoring.rings.strength import Known, Learned, Rarity, Strengths, learn, rarity
from scoring.rings.ties import Flags, Floats, Ints, Ties, ends_of, joined, no_ties


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Pairs of accounts confirmed in one incident and when the later became known; accounts and when."""

    pair: Ints
    pair_known: Ints
    account: Ints
    account_known: Ints

    def by(self, as_of: int) -> Known:
        """Answer what was known before `as_of`, microseconds UTC."""
        return Known(self.pair[self.pair_known < as_of], self.account[self.account_known < as_of])


class Evidence:
    """The ties known so far, with what each adds by the strengths in force."""

    def __init__(self, opened: Ints, country: Ints) -> None:
        """Begin without a tie; `opened` and `country` are of every account by its number, as in `People`."""
        self._opened, self._country = opened, country
        self._sharing = Sharing(opened)
        self._shared, self._direct = no_ties(), no_ties()
        self._shared_adds, self._direct_adds = np.empty((0, 2)), np.empty((0, 2))
        self.strengths: Strengths = rarity(0)

    def add(self, uses: Uses, direct: Ties) -> None:
        """Take in new uses of shared things and new ties by transfer, referral or liveness."""
        touched, ties = self._sharing.add(uses)
        self._shared, self._shared_adds = self._replaced(self._shared, self._shared_adds, touched, ties)
        things = np.unique(direct.thing)
        direct = direct.where(~_is_of_hub(direct))
        self._direct, self._direct_adds = self._replaced(self._direct, self._direct_adds, things, direct)

    def learn(self, known: Known) -> Learned | None:
        """Learn strengths from what is tied and known, and use them from now on; None: too few pairs."""
        ties = self.ties
        found = learn(ties, self._lockstep(ties), known)
        if found is not None:
            self.strengths = found
            self._shared_adds = self._adds(self._shared)
            self._direct_adds = self._adds(self._direct)
        return found

    def count(self, at: int) -> None:
        """Let rarity, where nothing was learned yet, count the accounts opened before `at` and no later."""
        if isinstance(self.strengths, Rarity):
            self.strengths = rarity(int((self._opened < at).sum()))
            self._shared_adds = self._adds(self._shared)
            self._direct_adds = self._adds(self._direct)

    @property
    def ties(self) -> Ties:
        """All ties so far, decayed ones too."""
        return joined([self._shared, self._direct])

    @property
    def strength(self) -> Floats:
        """What each of `ties` adds when last seen, log-odds."""
        return np.concatenate([self._shared_adds[:, 0], self._direct_adds[:, 0]])

    @property
    def context(self) -> Floats:
        """What the context of the pair of each of `ties` adds, log-odds."""
        return np.concatenate([self._shared_adds[:, 1], self._direct_adds[:, 1]])

    def kept(self, at: int) -> tuple[Pairs, Floats]:
        """Answer the pairs that hold at `at`, and of each the largest share that was passed on."""
        ties = self.ties
        pairs = kept_pairs(ties, self.strength, self.context, self.strengths.base, at)
        passed = np.zeros(len(pairs.pair))
        sent = np.flatnonzero(ties.kind == TRANSFER.number)
        if len(pairs.pair) and len(sent):
            place = np.minimum(np.searchsorted(pairs.pair, ties.pair[sent]), len(pairs.pair) - 1)
            found = pairs.pair[place] == ties.pair[sent]
            np.maximum.at(passed, place[found], ties.features[sent[found], 0])
        return pairs, passed

    def _replaced(self, old: Ties, adds: Floats, touched: Ints, new: Ties) -> tuple[Ties, Floats]:
        if not len(touched):
            return old, adds
        is_touched = np.zeros(int(max(old.thing.max(initial=0), touched[-1])) + 1, dtype=np.bool_)
        is_touched[touched] = True
        stays = ~is_touched[old.thing]
        return joined([old.where(stays), new]), np.concatenate([adds[stays], self._adds(new)])

    def _adds(self, ties: Ties) -> Floats:
        if not len(ties):
            return np.empty((0, 2))
        lockstep = self._lockstep(ties)
        return self.strengths.adds(ties, lockstep)

    def _lockstep(self, ties: Ties) -> Floats:
        one, other = ends_of(ties.pair)
        apart = np.abs(self._opened[one] - self._opened[other]) / MICROSECONDS_A_DAY
        # Accounts opened more than a quarter apart are all alike.
        here, there = self._country[one], self._country[other]
        is_abroad = np.where((here < 0) | (there < 0), np.nan, here != there)
        return np.stack([np.minimum(apart, 90.0), is_abroad], axis=1)


def _is_of_hub(direct: Ties) -> Flags:
    """Answer which ties are transfers from or to an account that dealt with too many in those days."""
    senders, receivers = (direct.features[:, TRANSFER.features.index(n)] for n in ("senders", "receivers"))
    is_of_hub: Flags = (direct.kind == TRANSFER.number) & (np.maximum(senders, receivers) > TRANSFER.most)
    return is_of_hub
