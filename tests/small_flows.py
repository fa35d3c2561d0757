"""Flows of a small ring, written as (day, sender, receiver, amount): capitals are its accounts."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from scoring.rings.patterns import find_patterns

DAY = 86_400_000_000
# 1 March 2025, 00:00 UTC.
MARCH = 20_148 * DAY
Transfer = tuple[float, str | None, str | None, float | None]
TRANSFERS = pa.schema(
    [
        ("ring_id", pa.string()),
        ("event_id", pa.string()),
        ("t", pa.int64()),
        ("leg", pa.string()),
        ("sender", pa.string()),
        ("receiver", pa.string()),
        ("micro", pa.int64()),
    ]
)


def flow(*transfers: Transfer, ring: str = "R") -> pa.Table:
    """Answer the transfers of one ring; events are named E0, E1, ... in the order given."""
    rows = []
    for n, (day, sender, receiver, amount) in enumerate(transfers):
        rows.append(
            {
                "ring_id": ring,
                "event_id": f"E{n}",
                "t": MARCH + round(day * DAY),
                "leg": leg(sender, receiver),
                "sender": sender,
                "receiver": receiver,
                "micro": None if amount is None else round(amount * 1_000_000),
            }
        )
    return pa.Table.from_pylist(rows, schema=TRANSFERS)


def leg(sender: str | None, receiver: str | None) -> str:
    """Answer in, inside or out: accounts of the ring begin with a capital."""
    if sender is None or not sender[0].isupper():
        return "in"
    return "inside" if receiver is not None and receiver[0].isupper() else "out"


def shown(*transfers: Transfer) -> list[tuple[str, list[int]]]:
    """Answer the patterns found: the typology and the places of its transfers."""
    patterns, number = find_patterns(flow(*transfers))
    return [
        (row["pattern"], [n for n, of in enumerate(number.tolist()) if of == row["pattern_number"]])
        for row in patterns.to_pylist()
    ]


def sentences(*transfers: Transfer) -> list[str]:
    """Answer the sentences of the patterns found."""
    return [row["sentence"] for row in patterns_of(*transfers)]


def patterns_of(*transfers: Transfer) -> list[dict[str, Any]]:
    """Answer the rows of the patterns found."""
    return find_patterns(flow(*transfers))[0].to_pylist()
