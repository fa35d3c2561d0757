"""What the page of one ring asks: why it is believed in, who is in it on a day, what it moves and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time

from dashboard import ask
from dashboard.tables import Asked

# More lines than these are a blot; the table below the drawing has all ties.
EDGES_DRAWN = 1500
# Beyond this a drawing has no room and a table no reader; the export has all, those in the ring come first.
MEMBERS_SHOWN = 1000
# Bands to single accounts can be told apart up to here; a larger ring is drawn by role.
ACCOUNTS_IN_FLOWS = 10
# Sources and destinations outside that are drawn by name; with the rest, and the roles, at most 24 nodes.
OUTSIDE_IN_FLOWS = 6


@dataclass(frozen=True, slots=True)
class Ring:
    """One ring as it stood on its last day; money in the store's unit, None where nothing is known."""

    ring_id: str
    region: str
    country: str | None
    pattern: str | None
    state: str
    found_at: datetime
    alarmed_at: datetime
    grew_at: datetime | None
    broken_at: datetime | None
    ended_at: datetime | None
    merged_into: str | None
    split_from: str | None
    accounts: int
    confirmed_accounts: int
    tie_kinds: int
    score: float
    highest_score: float
    moved: float | None
    moved_inside: float | None
    at_risk: float | None
    sentence: str | None


@dataclass(frozen=True, slots=True)
class Member:
    """One account of a ring: its time in it, its role, what it moved and its place in the drawing.

    `is_in` says whether it was in the ring on the day asked for; `state` and `frozen` are of today.
    """

    account_id: str
    is_in: bool
    role: str
    role_sentence: str | None
    since: datetime
    until: datetime | None
    received: float | None
    sent: float | None
    cashed_out: float | None
    state: str | None
    frozen: float | None
    confirmed_at: datetime | None
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Edge:
    """Two tied accounts: the strongest kind of tie between them and the strength of all, in log-odds."""

    account_a: str
    account_b: str
    kind: str
    strength: float


@dataclass(frozen=True, slots=True)
class KeyTie:
    """A shared thing that holds a ring together, and how many accounts hang together without it."""

    rank: int
    kind: str
    artefact: str | None
    accounts_held: int
    accounts_left: int
    sentence: str | None


@dataclass(frozen=True, slots=True)
class RingFlow:
    """Money from `source` to `target` on one leg (in, inside, out), in the store's unit.

    Outside, None stands for all the smaller ones and an empty name for those nobody knows.
    """

    leg: str
    source: str | None
    target: str | None
    amount: float
    transfers: int


@dataclass(frozen=True, slots=True)
class AccountRing:
    """A ring that an account is or was in."""

    ring_id: str
    since: datetime
    until: datetime | None
    role: str
    role_sentence: str | None
    state: str
    score: float


def ring(ring_id: str) -> Ring | None:
    """Answer one ring; None when there is none of that id."""
    rows = ask.answer("ring_of_id", ring=ring_id).to_pylist()
    return Ring(**rows[0]) if rows else None


def history_asked(ring_id: str) -> Asked:
    """Return the question of what changed in a ring."""
    return Asked("history_of_ring", {"ring": ring_id})


def members_asked(ring_id: str, as_of: datetime) -> Asked:
    """Return the question of the accounts that were ever in a ring, those in it on a day first."""
    return Asked("members_of_ring", {"ring": ring_id, "as_of": as_of})


def members(ring_id: str, as_of: datetime) -> tuple[Member, ...]:
    """Answer the accounts that were ever in a ring, MEMBERS_SHOWN at most; asked once with their table."""
    names = [field.name for field in fields(Member)]
    asked = members_asked(ring_id, as_of)
    rows, _ = ask.first(asked.name, MEMBERS_SHOWN, **asked.parameters)
    return tuple(Member(**row) for row in rows.select(names).to_pylist())


def days(found: Ring) -> tuple[date, ...]:
    """Answer the days on which the ring changed and accounts stood in it, the first one first.

    A ring that has ended has no account on its last day: it is shown as it stood before.
    """
    told = ask.answer("days_of_ring", ring=found.ring_id).column("as_of").to_pylist()
    return tuple(day.date() for day in told) or (found.found_at.date(),)


def day_shown(asked: str | None, offered: Sequence[date]) -> datetime:
    """Return the start of the day that the URL names where the ring changed on it, else of the last day."""
    named = {day.isoformat(): day for day in offered}
    return datetime.combine(named.get(asked or "", offered[-1]), time())


def ties_asked(ring_id: str, as_of: datetime) -> Asked:
    """Return the question of the ties of a ring on a day."""
    return Asked("ties_of_ring", {"ring": ring_id, "as_of": as_of})


def edges(ring_id: str, as_of: datetime) -> tuple[tuple[Edge, ...], int]:
    """Answer the pairs of accounts to draw on a day, and how many tied pairs there are in all."""
    rows = ask.answer("ring_edges", ring=ring_id, as_of=as_of, how_many=EDGES_DRAWN).to_pylist()
    found = tuple(Edge(row["account_a"], row["account_b"], row["kind"], row["strength"]) for row in rows)
    return found, int(rows[0]["pairs"]) if rows else 0


def key_ties_asked(ring_id: str) -> Asked:
    """Return the question of what holds a ring together."""
    return Asked("key_ties_of_ring", {"ring": ring_id})


def key_ties(ring_id: str) -> tuple[KeyTie, ...]:
    """Answer what holds a ring together, what holds most first."""
    return tuple(KeyTie(**row) for row in ask.answer("key_ties_of_ring", ring=ring_id).to_pylist())


def flows_asked(ring_id: str, accounts: int) -> Asked:
    """Return the question of the flows of a ring of so many accounts, as few bands as can be read."""
    return Asked(
        "flows_of_ring",
        {
            "ring": ring_id,
            "by_account": accounts <= ACCOUNTS_IN_FLOWS,
            "outside": OUTSIDE_IN_FLOWS,
        },
    )


def flows(ring_id: str, accounts: int) -> tuple[RingFlow, ...]:
    """Answer what flowed into, inside and out of a ring, by account or by role."""
    asked = flows_asked(ring_id, accounts)
    return tuple(RingFlow(**row) for row in ask.answer(asked.name, **asked.parameters).to_pylist())


def patterns_asked(ring_id: str) -> Asked:
    """Return the question of the patterns in a ring's flows."""
    return Asked("patterns_of_ring", {"ring": ring_id})


def transfers_asked(ring_id: str, *, leg: str | None = None, pattern: int | None = None) -> Asked:
    """Return the question of a ring's movements of money: all, of a leg, or those that show a pattern."""
    return Asked("transfers_of_ring", {"ring": ring_id, "leg": leg, "pattern": pattern})


def rings_of_account(account_id: str) -> tuple[AccountRing, ...]:
    """Answer the rings that an account is or was in, the one that it is in first."""
    rows = ask.answer("rings_of_account", account_id=account_id).to_pylist()
    return tuple(AccountRing(**row) for row in rows)
