"""The history of rings: one step a day, each with what was known at its start and nothing later.

A step takes in yesterday's evidence, cuts the graph anew, names its communities, scores them, and writes
down what changed. Strengths and scores are learned again at the start of every month.
"""

from __future__ import annotations

import json
from copy import copy
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from scoring.rings.evidence import Evidence
from scoring.rings.graph import Communities
from scoring.rings.identity import NONE, name_communities
from scoring.rings.kinds import MICROSECONDS_A_DAY
from scoring.rings.log import Log
from scoring.rings.score import ALARM, UNLEARNED, Described, describe, fit_scorer
from scoring.rings.shared import no_uses, together
from scoring.rings.sources import Sources
from scoring.rings.ties import Ints

# In a store's first weeks everything is new: who shares a hub looks like the only ones who do, and a
# household that lives side by side like a ring that just met.
WARM_UP_DAYS = 35
# A candidate counts as an example once its labels had time to arrive.
_MATURE_DAYS = 30
# Strengths are learned again once there are so many times the confirmed pairs.
_WORTH_LEARNING = 1.3


@dataclass(slots=True)
class Ring:
    """A ring of the walk, by number: what is known of it so far. Days are days since 1970; NONE: not yet."""

    name: str
    found: int
    split_from: int
    accounts: Ints
    score: float = 0.0
    highest: float = 0.0
    alarmed: int = NONE
    grew: int = NONE
    broken: int = NONE
    ended: int = NONE
    merged_into: int = NONE
    known_bad: int = 0


@dataclass(slots=True)
class Examples:
    """Candidates as they were when they changed, to learn scores from: features, accounts, day."""

    features: list[np.ndarray] = field(default_factory=list)
    accounts: list[Ints] = field(default_factory=list)
    day: list[int] = field(default_factory=list)


class Walk:
    """The walk over the days of a store."""

    def __init__(self, sources: Sources) -> None:
        """Begin before the first day."""
        self.sources = sources
        self.evidence = Evidence(sources.people.opened, sources.people.country)
        self.rings: list[Ring] = []
        self.log = Log(len(sources.account_ids))
        self._communities = Communities()
        self._scorer = UNLEARNED
        self._pairs_learned = 0
        self._early = no_uses()
        self._examples = Examples()
        self._last_ring = np.full(len(sources.account_ids), NONE, dtype=np.int64)

    def go_on(self, sources: Sources, day: int) -> None:
        """Go on from `day` with more of the same sources: what was there has kept its numbers."""
        self.sources = sources
        people = sources.people
        self.evidence.extend(people.opened, people.country)
        self.log.extend(len(sources.account_ids))
        fresh = len(sources.account_ids) - len(self._last_ring)
        self._last_ring = np.concatenate([self._last_ring, np.full(fresh, NONE, dtype=np.int64)])
        # What one account had used alone tied nobody, until a second came now.
        self._early = sources.before(day - 1, self.evidence.sharing.things)

    def without_sources(self) -> Walk:
        """Answer a walk to be kept: the same without its sources, which are read anew."""
        kept = copy(self)
        del kept.sources
        return kept

    def step(self, day: int) -> None:
        """Take in the evidence of the day before and write down how rings stand at the start of `day`."""
        uses, direct = self.sources.of_day(day - 1)
        self.evidence.add(together(self._early, uses), direct)
        self._early = no_uses()
        begins = self.sources.first_day + WARM_UP_DAYS
        is_first_of_month = (date(1970, 1, 1) + timedelta(days=day)).day == 1
        if is_first_of_month or day == begins:
            self.evidence.count(day * MICROSECONDS_A_DAY)
        if is_first_of_month:
            self._learn(day)
        if day >= begins:
            self._stand(day)

    def _learn(self, day: int) -> None:
        at = day * MICROSECONDS_A_DAY
        known = self.sources.confirmed.by(at)
        learned = None
        if len(known.pairs) >= _WORTH_LEARNING * self._pairs_learned:
            learned = self.evidence.learn(known)
        if learned is not None:
            self._pairs_learned = len(known.pairs)
            self.log.learned(day, "ties", learned.examples, learned.positives, learned.fingerprint)
        examples = self._examples
        mature = [n for n, when in enumerate(examples.day) if when <= day - _MATURE_DAYS]
        if not mature:
            return
        share = np.array([self._share_confirmed(examples.accounts[n], at) for n in mature])
        features = np.stack([examples.features[n] for n in mature])
        scorer = fit_scorer(features, share >= 0.5)
        if scorer.pipeline is not None:
            self._scorer = scorer
            self.log.learned(day, "rings", scorer.examples, scorer.positives, scorer.fingerprint)

    def _share_confirmed(self, accounts: Ints, at: int) -> float:
        return float((self.sources.people.confirmed[accounts] < at).mean())

    def _stand(self, day: int) -> None:
        at = day * MICROSECONDS_A_DAY
        pairs, passed_on = self.evidence.kept(at)
        accounts, community = self._communities.of(pairs)
        described = describe(accounts, community, pairs, passed_on, self.sources.people, at)
        score = self._scorer.score(described.features)
        standing = np.array([n for n, ring in enumerate(self.rings) if ring.ended == NONE], dtype=np.int64)
        size = np.array([len(ring.accounts) for ring in self.rings], dtype=np.int64)
        named = name_communities(accounts, community, self._last_ring, standing, size, len(self.rings))
        order = np.argsort(community, kind="stable")
        ends = np.cumsum(described.accounts)
        for number in range(len(ends)):
            mine = accounts[order[ends[number] - described.accounts[number] : ends[number]]]
            self._write(
                day, int(named.ring[number]), int(named.split_from[number]), mine, number, described, score
            )
        today = set(named.ring.tolist())
        for number in standing.tolist():
            if number not in today:
                self._end(day, number, named.merged.get(number, NONE))
        ring_of = named.ring[community] if len(community) else community
        self._last_ring[accounts] = ring_of
        self.log.stand(day, accounts, ring_of, community, described, score)

    def _write(
        self,
        day: int,
        number: int,
        split_from: int,
        accounts: Ints,
        place: int,
        described: Described,
        score: np.ndarray,
    ) -> None:
        """Write down how one community stands: a new ring, or what changed in one that stood or had ended."""
        known_bad, now = int(described.known_bad[place]), float(score[place])
        is_new = number == len(self.rings)
        if is_new:
            self.rings.append(Ring(self._name(accounts, day), day, split_from, accounts[:0]))
        ring = self.rings[number]
        # All left when it ended: a ring that comes back is found again.
        is_found = is_new or ring.ended != NONE
        joined, gone = _moved(ring.accounts[:0] if is_found else ring.accounts, accounts)
        changes = []
        if is_found:
            changes.append("split" if split_from != NONE else "found")
        elif joined or gone:
            changes.append("grew" if joined and not gone else "shrank" if gone and not joined else "changed")
        ring.grew = day if joined else ring.grew
        ring.ended = ring.merged_into = NONE
        ring.accounts, ring.score, ring.known_bad = accounts, now, known_bad
        ring.highest = max(ring.highest, now)
        if ring.alarmed == NONE and now >= ALARM:
            ring.alarmed = day
            changes.append("alarmed")
        if ring.broken == NONE and 2 * known_bad >= len(accounts):
            ring.broken = day
            changes.append("broken")
        for change in changes:
            self.log.change(day, number, change, len(accounts), joined, gone, known_bad, now, split_from)
        if changes:
            self._examples.features.append(described.features[place])
            self._examples.accounts.append(accounts)
            self._examples.day.append(day)

    def _end(self, day: int, number: int, merged_into: int) -> None:
        ring = self.rings[number]
        ring.ended, ring.merged_into = day, merged_into
        change = "ended" if merged_into == NONE else "merged"
        self.log.change(
            day, number, change, 0, 0, len(ring.accounts), ring.known_bad, ring.score, merged_into
        )

    def _name(self, accounts: Ints, day: int) -> str:
        """Answer a name that the same evidence gives again: from its first two accounts and the day."""
        made_of = json.dumps([self.sources.account_ids[n] for n in accounts[:2].tolist()] + [day])
        return self.log.name(made_of)


def _moved(before: Ints, now: Ints) -> tuple[int, int]:
    """Answer how many accounts came and how many left; both are ascending."""
    if len(before) == len(now) and bool((before == now).all()):
        return 0, 0
    common = len(np.intersect1d(before, now, assume_unique=True))
    return len(now) - common, len(before) - common
