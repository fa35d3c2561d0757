"""What the walk wrote down: changes of rings, stays of accounts, dated snapshots, and what was learned."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import numpy as np

from scoring.rings.identity import NONE
from scoring.rings.score import Described
from scoring.rings.ties import Floats, Ints

# Scores move a little every day as ties decay; a snapshot is written when one moved by a tenth.
_SCORE_STEPS = 10


@dataclass(frozen=True, slots=True)
class Change:
    """One row of `ring_history`, rings by number."""

    ring: int
    day: int
    change: str
    accounts: int
    joined: int
    gone: int
    known_bad: int
    score: float
    other: int


@dataclass(frozen=True, slots=True)
class Learning:
    """One row of `ring_models`."""

    day: int
    model: str
    examples: int
    positives: int
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Stays:
    """Which account was in which ring: first day and first day no longer, NONE: it still is.

    `strength` is what tied it to the others on its last day there, log-odds.
    """

    ring: Ints
    account: Ints
    since: Ints
    until: Ints
    strength: Floats


@dataclass(slots=True)
class Log:
    """Everything that the walk wrote down, in the order of days."""

    accounts: int
    changes: list[Change] = field(default_factory=list)
    learnings: list[Learning] = field(default_factory=list)
    snapshots: list[dict[str, np.ndarray]] = field(default_factory=list)
    _stays: list[Stays] = field(default_factory=list)
    _names: set[str] = field(default_factory=set)
    _ring: Ints = field(init=False)
    _since: Ints = field(init=False)
    _seen: np.ndarray = field(init=False)
    _strength: Floats = field(init=False)

    def __post_init__(self) -> None:
        """Begin with every account outside."""
        self._ring = np.full(self.accounts, NONE, dtype=np.int64)
        self._since = np.full(self.accounts, NONE, dtype=np.int64)
        self._seen = np.full((4, self.accounts), NONE, dtype=np.int64)
        self._strength = np.zeros(self.accounts)

    def extend(self, accounts: int) -> None:
        """Go on with more accounts; those there were keep their numbers."""
        fresh = accounts - self.accounts
        outside = np.full(fresh, NONE, dtype=np.int64)
        self._ring, self._since = np.append(self._ring, outside), np.append(self._since, outside)
        self._seen = np.concatenate([self._seen, np.full((4, fresh), NONE, dtype=np.int64)], axis=1)
        self._strength = np.append(self._strength, np.zeros(fresh))
        self.accounts = accounts

    def name(self, made_of: str) -> str:
        """Answer a ring's name that no other ring has."""
        for turn in range(1_000):
            name = "R-" + hashlib.sha256(f"{made_of}{turn or ''}".encode()).hexdigest()[:8]
            if name not in self._names:
                self._names.add(name)
                return name
        raise AssertionError("a thousand rings with one name")

    def change(
        self,
        day: int,
        ring: int,
        change: str,
        accounts: int,
        joined: int,
        gone: int,
        known_bad: int,
        score: float,
        other: int,
    ) -> None:
        """Write down what changed in a ring; `other` is the ring it split from or merged into."""
        shown = other if change in ("split", "merged") else NONE
        self.changes.append(Change(ring, day, change, accounts, joined, gone, known_bad, score, shown))

    def learned(self, day: int, model: str, examples: int, positives: int, fingerprint: str) -> None:
        """Write down what was learned on a day."""
        self.learnings.append(Learning(day, model, examples, positives, fingerprint))

    def stand(
        self, day: int, accounts: Ints, ring: Ints, community: Ints, described: Described, score: Floats
    ) -> None:
        """Write down who is in which ring on a day, with a snapshot of every account where that changed."""
        now = np.full(self.accounts, NONE, dtype=np.int64)
        now[accounts] = ring
        moved = np.flatnonzero(now != self._ring)
        left = moved[self._ring[moved] != NONE]
        until = np.full(len(left), day)
        self._stays.append(Stays(self._ring[left], left, self._since[left], until, self._strength[left]))
        self._since[moved] = np.where(now[moved] != NONE, day, NONE)
        self._ring = now
        self._strength[accounts] = described.strength
        seen = np.full((4, self.accounts), NONE, dtype=np.int64)
        seen[0, accounts] = ring
        seen[1, accounts] = described.accounts[community]
        seen[2, accounts] = described.known_bad[community]
        seen[3, accounts] = np.round(score[community] * _SCORE_STEPS).astype(np.int64)
        changed = np.flatnonzero((seen != self._seen).any(axis=0))
        self._seen = seen
        place = np.full(self.accounts, NONE, dtype=np.int64)
        place[accounts] = np.arange(len(accounts))
        self._snapshot(day, changed, place[changed], community, described, score)

    def _snapshot(
        self, day: int, changed: Ints, place: Ints, community: Ints, described: Described, score: Floats
    ) -> None:
        if not len(changed):
            return
        inside = place != NONE
        mine = community[place[inside]]
        columns = {
            "account": changed,
            "day": np.full(len(changed), day, dtype=np.int64),
            "ring": self._ring[changed],
            "since": self._since[changed],
        }
        values = {
            "score": score[mine],
            "accounts": described.accounts[mine].astype(np.float64),
            # The account's own label is no news about its ring.
            "known_bad": (described.known_bad[mine] - described.is_bad[place[inside]]).astype(np.float64),
            "strength": described.strength[place[inside]],
            "young_share": described.young[mine] / described.accounts[mine],
        }
        for name, value in values.items():
            column = np.full(len(changed), np.nan)
            column[inside] = value
            columns[name] = column
        self.snapshots.append(columns)

    def stays(self) -> Stays:
        """Answer all stays, ended ones first."""
        inside = np.flatnonzero(self._ring != NONE)
        until = np.full(len(inside), NONE)
        still = Stays(self._ring[inside], inside, self._since[inside], until, self._strength[inside])
        parts = [*self._stays, still]
        return Stays(*(np.concatenate([getattr(one, f) for one in parts]) for f in Stays.__slots__))
