"""Key ties: the smallest set of shared things without which a ring falls apart.

A ring has fallen apart when its largest part that is still connected holds fewer than half of its accounts,
or fewer than three (which is no ring).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import pyarrow as pa

from scoring.rings.columns import rows_of, table_of
from scoring.rings.flow_words import counted, several

KEY_TIES = pa.schema(
    [
        ("ring_id", pa.string()),
        ("rank", pa.int32()),
        ("kind", pa.string()),
        ("artefact", pa.string()),
        ("accounts_held", pa.int32()),
        ("accounts_left", pa.int32()),
        ("sentence", pa.string()),
    ]
)
FEWEST_ACCOUNTS = 3
# All sets of up to three of the fifteen strongest are 575 looks at a ring: exact, and fast enough. A ring
# that four things still hold is not told in a sentence; the rest is found one by one.
SEARCHED = 15
EXACT_SIZE = 3
# Of direct ties (money, invitation, lockstep) the artefact is an account they hang on, or the other one.
DIRECT = ("transfer", "referral", "lockstep")
_SAYS = {
    "device": "Device {0} holds {1} together",
    "network": "Network address {0} holds {1} together",
    "gateway": "Hiding gateway {0} holds {1} together",
    "payout": "Payout address {0} holds {1} together",
    "source": "Source address {0} holds {1} together",
    "liveness": "Liveness template {0} holds {1} together",
    "transfer": "Money sent to and from {0} holds {1} together",
    "referral": "The invitations of {0} hold {1} together",
    "lockstep": "Acting at the same times as {0} holds {1} together",
}

Edge = tuple[int, int]
Tie = tuple[str, str, str, str | None, float | None]


@dataclass(frozen=True, slots=True, eq=False)
class _Thing:
    """What is shared: its kind and name, the accounts it ties, and the strength of all its ties.

    `links` are a spanning forest of its ties: as many as accounts, and they connect what the ties connect.
    """

    kind: str
    artefact: str
    accounts: frozenset[int]
    links: tuple[Edge, ...]
    strength: float


def key_ties(ties: pa.Table) -> pa.Table:
    """Answer KEY_TIES of all rings, sorted by ring and rank.

    `ties`: ring_id, account_a, account_b, kind, artefact, strength, in any order. A direct tie (transfer,
    referral, lockstep) hangs on its artefact where that is one of its two accounts, else on the account of
    the two that has more direct ties of the kind. The search is exact for sets of up to three among the
    fifteen things that tie most accounts (then the strongest). Where no such set is enough it is greedy:
    one by one the thing of the fifteen that leaves the smallest largest part; such a set breaks the ring
    too, but may not be the smallest. A ring that has fallen apart already has no rows.
    """
    rows = []
    for ring_id, names, things in _rings(ties):
        chosen = _smallest(len(names), things)
        gone: set[int] = set()
        for rank, place in enumerate(sorted(things.index(thing) for thing in chosen), start=1):
            thing = things[place]
            gone.add(place)
            kept = [other for n, other in enumerate(things) if n not in gone]
            left = _largest(_united(_alone(len(names)), kept))
            rows.append(
                (
                    ring_id,
                    rank,
                    thing.kind,
                    thing.artefact,
                    len(thing.accounts),
                    left,
                    _sentence(thing, names, left, rank),
                )
            )
    return table_of(rows, KEY_TIES)


def _smallest(accounts: int, things: Sequence[_Thing]) -> list[_Thing]:
    """Answer the smallest set whose removal breaks the ring; of equal sets the one that leaves least."""
    if _is_apart(_largest(_united(_alone(accounts), things)), accounts):
        return []
    strongest = things[:SEARCHED]
    kept = _united(_alone(accounts), things[SEARCHED:])
    for size in range(1, EXACT_SIZE + 1):
        tried = [
            (_largest(_united(kept, [t for t in strongest if t not in gone])), n, gone)
            for n, gone in enumerate(combinations(strongest, size))
        ]
        best = min(tried, key=lambda one: one[:2], default=None)
        if best is not None and _is_apart(best[0], accounts):
            return list(best[2])
    return _greedy(accounts, things)


def _greedy(accounts: int, things: Sequence[_Thing]) -> list[_Thing]:
    """Answer things taken one by one, each time the one that leaves the smallest largest part."""
    gone: list[_Thing] = []
    rest = list(things)
    left = accounts
    while rest and not _is_apart(left, accounts):
        looked_at = rest[:SEARCHED]
        kept = _united(_alone(accounts), rest[SEARCHED:])
        tried = [
            (_largest(_united(kept, [t for t in looked_at if t is not without])), n)
            for n, without in enumerate(looked_at)
        ]
        left, place = min(tried)
        gone.append(rest.pop(place))
    return gone


def _is_apart(left: int, accounts: int) -> bool:
    return left < FEWEST_ACCOUNTS or 2 * left < accounts


def _alone(accounts: int) -> list[int]:
    """Answer the forest of accounts (each with its parent) in which nothing ties any two."""
    return list(range(accounts))


def _united(forest: Sequence[int], things: Iterable[_Thing]) -> list[int]:
    """Answer a copy of a forest in which what the things tie stands in one tree."""
    parent = list(forest)
    for thing in things:
        for a, b in thing.links:
            parent[_root(parent, a)] = _root(parent, b)
    return parent


def _root(parent: list[int], account: int) -> int:
    while parent[account] != account:
        parent[account] = parent[parent[account]]
        account = parent[account]
    return account


def _largest(forest: list[int]) -> int:
    """Answer how many accounts the largest tree of a forest has."""
    return max(Counter(_root(forest, account) for account in range(len(forest))).values(), default=0)


def _rings(ties: pa.Table) -> Iterator[tuple[str, list[str], list[_Thing]]]:
    """Answer each ring's id, its accounts in order, and its things, what ties most accounts first."""
    columns = ("ring_id", "account_a", "account_b", "kind", "artefact", "strength")
    by_ring: dict[str, list[Tie]] = defaultdict(list)
    for ring_id, a, b, kind, artefact, strength in rows_of(ties, *columns):
        if a != b:
            by_ring[ring_id].append((a, b, kind, artefact, strength))
    for ring_id in sorted(by_ring):
        rows = by_ring[ring_id]
        names = sorted({account for tie in rows for account in tie[:2]})
        yield ring_id, names, _things(rows, {name: n for n, name in enumerate(names)})


def _things(rows: Sequence[Tie], number: dict[str, int]) -> list[_Thing]:
    degree: dict[tuple[str, str], int] = defaultdict(int)
    for a, b, kind, _, _ in rows:
        degree[kind, a] += 1
        degree[kind, b] += 1
    pairs: dict[tuple[str, str], set[Edge]] = defaultdict(set)
    strength: dict[tuple[str, str], list[float]] = defaultdict(list)
    for a, b, kind, artefact, weight in rows:
        name = artefact
        if name is None or (kind in DIRECT and name not in (a, b)):
            name = min((a, b), key=lambda account: (-degree[kind, account], account))
        pairs[kind, name].add((min(number[a], number[b]), max(number[a], number[b])))
        strength[kind, name].append(weight or 0.0)
    things = [
        _Thing(
            kind,
            name,
            frozenset(account for pair in tied for account in pair),
            _spanning(len(number), tied),
            sum(sorted(strength[kind, name])),
        )
        for (kind, name), tied in pairs.items()
    ]
    return sorted(things, key=lambda t: (-len(t.accounts), -round(t.strength, 9), t.kind, t.artefact))


def _spanning(accounts: int, pairs: Collection[Edge]) -> tuple[Edge, ...]:
    """Answer a forest of `pairs` that connects what they all connect."""
    parent = _alone(accounts)
    links = []
    for a, b in sorted(pairs):
        if _root(parent, a) != _root(parent, b):
            parent[_root(parent, a)] = _root(parent, b)
            links.append((a, b))
    return tuple(links)


def _sentence(thing: _Thing, names: Sequence[str], left: int, rank: int) -> str:
    held = [names[account] for account in sorted(thing.accounts) if names[account] != thing.artefact]
    itself = "it and " if len(held) < len(thing.accounts) else ""
    held_words = f"{itself}{counted(len(held), 'account')} ({several(held)})"
    says = _SAYS.get(thing.kind, "{0} holds {1} together").format(thing.artefact, held_words)
    without = "without it" if rank == 1 else "without it and those above"
    return f"{says}; {without} the largest part left has {counted(left, 'account')}."
