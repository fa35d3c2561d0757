"""What of an account's money is known to come from crime, so that no more than that need be frozen.

    found = tainted(cursor, "A1", now)
    found.micro, found.balance_micro       # 40_000_000 of 100_000_000: two fifths of what is there
    found.by_source                        # (("confirmed", 30_000_000), ("ring", 10_000_000))

1. Money comes in by deposits and by transfers of other accounts. It is tainted where that event is confirmed
   as crime, where it came from a listed address, or from an account of a ring of which two are confirmed.
2. What leaves takes of each kind of money its share (the haircut, pro rata): 50 of 100, 40 of them tainted,
   takes 20 of those along. Trades change the asset and not whose the money is.
3. What left before anything came in that is known of is not owed: the rest cannot fall below nothing.
4. What policy blocked never moved, and what it stopped on its way out is still here.

Known means known at `now`: what comes out later taints later. Amounts are in the store's unit, in millionths.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from data.statement import read_statement

# By what an inflow is known as crime, and how a person says it.
SOURCES = {
    "confirmed": "came in by events that are confirmed as crime",
    "listed": "came from listed addresses",
    "ring": "came from accounts of a confirmed ring",
}
Flow = tuple[bool, int, str | None]


@dataclass(frozen=True, slots=True)
class Tainted:
    """What of an account's balance comes from crime, in millionths; the parts add up to `micro`."""

    micro: int
    balance_micro: int
    by_source: tuple[tuple[str, int], ...] = ()


def tainted(cursor: duckdb.DuckDBPyConnection, account_id: str, now: datetime) -> Tainted:
    """Return what is known at `now` of an account's money; nothing of an account without any."""
    asked = read_statement(Path(__file__).with_name("taint.sql")).sql
    return haircut(cursor.execute(asked, {"account_id": account_id, "now": now}).fetchall())


def haircut(flows: Iterable[Flow]) -> Tainted:
    """Return what is left of flows, in their order: is it an inflow, how much, and by what it is tainted.

    A share is rounded to the next millionth for each outflow, in favour of the customer.
    """
    balance = 0
    parts = dict.fromkeys(SOURCES, 0)
    for is_inflow, amount, source in flows:
        if is_inflow:
            balance += amount
            if source is not None:
                parts[source] += amount
            continue
        stays = max(balance - amount, 0)
        parts = {name: part * stays // balance if balance else 0 for name, part in parts.items()}
        balance = stays
    found = tuple((name, part) for name, part in parts.items() if part)
    return Tainted(sum(part for _, part in found), balance, found)
