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
        self.sharing = Sharing(opened)
        self.ties = no_ties()
        # Of each tie what it adds when last seen, and what the context of its pair adds, log-odds.
        self._adds = np.empty((0, 2))
        self.strengths: Strengths = rarity(0)

    def extend(self, opened: Ints, country: Ints) -> None:
        """Go on with more accounts; those there were keep their numbers."""
        self._opened, self._country = opened, country
        self.sharing.opened = opened

    def add(self, uses: Uses, direct: Ties) -> None:
        """Take in new uses of shared things and new ties by transfer, referral or liveness."""
        touched, shared = self.sharing.add(uses)
        touched = np.concatenate([touched, direct.thing])
        if not len(touched):
            return
        new = joined([shared, direct.where(~_is_of_hub(direct))])
        is_touched = np.zeros(int(max(self.ties.thing.max(initial=0), touched.max())) + 1, dtype=np.bool_)
        is_touched[touched] = True
        stays = ~is_touched[self.ties.thing]
        self.ties = joined([self.ties.where(stays), new])
        self._adds = np.concatenate([self._adds[stays], self._added_by(new)])

    def learn(self, known: Known) -> Learned | None:
        """Learn strengths from what is tied and known, and use them from now on; None: too few pairs."""
        found = learn(self.ties, self._lockstep(self.ties), known)
        if found is not None:
            self.strengths = found
            self._adds = self._added_by(self.ties)
        return found

    def count(self, at: int) -> None:
        """Let rarity, where nothing was learned yet, count the accounts opened before `at` and no later."""
        if isinstance(self.strengths, Rarity):
            self.strengths = rarity(int((self._opened < at).sum()))
            self._adds = self._added_by(self.ties)

    @property
    def strength(self) -> Floats:
        """What each of `ties` adds when last seen, log-odds."""
        return self._adds[:, 0]

    @property
    def context(self) -> Floats:
        """What the context of the pair of each of `ties` adds, log-odds."""
        return self._adds[:, 1]

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

    def _added_by(self, ties: Ties) -> Floats:
        return self.strengths.adds(ties, self._lockstep(ties)) if len(ties) else np.empty((0, 2))

    def _lockstep(self, ties: Ties) -> Floats:
        one, other = ends_of(ties.pair)
        apart = np.abs(self._opened[one] - self._opened[other]) / MICROSECONDS_A_DAY
        here, there = self._country[one], self._country[other]
        is_abroad = np.where((here < 0) | (there < 0), np.nan, here != there)
        # Accounts opened more than a quarter apart are all alike.
        return np.stack([np.minimum(apart, 90.0), is_abroad], axis=1)


def _is_of_hub(direct: Ties) -> Flags:
    """Answer which ties are transfers from or to an account that dealt with too many in those days."""
    senders, receivers = (direct.features[:, TRANSFER.features.index(n)] for n in ("senders", "receivers"))
    is_of_hub: Flags = (direct.kind == TRANSFER.number) & (np.maximum(senders, receivers) > TRANSFER.most)
    return is_of_hub
