"""Patterns: the typologies of the field, named in the flows of rings, with the transfers that show them.

1. A transfer counts once however often it is given; without amount or to oneself it shows nothing.
2. What one account pays another in the same amount at the same distance again and again is a standing
   order (wage, rent) and shows nothing either.
3. In each ring cycles are looked for first, then scatter-gathers, chains of peels, and last fans, since
   each of them contains what the next looks for. What shows one pattern is free for no other.
4. A ring's patterns are numbered by what went through them, the largest first.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from scoring.rings.cycles import find_cycles
from scoring.rings.fans import find_fans
from scoring.rings.flow import DAY, UNKNOWN, Flow, Found, in_order
from scoring.rings.peel_chains import find_peel_chains
from scoring.rings.scatter_gather import find_scatter_gathers

Ints = NDArray[np.int64]

PATTERNS = pa.schema(
    [
        ("ring_id", pa.string()),
        ("pattern_number", pa.int32()),
        ("pattern", pa.string()),
        ("first_at", pa.timestamp("us")),
        ("last_at", pa.timestamp("us")),
        ("accounts", pa.int32()),
        ("transfers", pa.int32()),
        ("amount", pa.decimal128(18, 6)),
        ("sentence", pa.string()),
    ]
)
FINDERS = (find_cycles, find_scatter_gathers, find_peel_chains, find_fans)
NONE = -1

# A wage or a rent: the same amount to the cent or nearly, at least three times, at a steady distance that
# no launderer waits for (99 % of their steps are over in four days).
_STANDING_TIMES = 3
_STANDING_SPREAD = 0.02
_STANDING_REST = 6 * DAY
_STANDING_UNSTEADY = 0.25


def find_patterns(transfers: pa.Table) -> tuple[pa.Table, Ints]:
    """Answer PATTERNS of all rings, sorted by ring and number, and per input row its number or -1.

    `transfers`: ring_id, event_id (string), t (int64, microseconds UTC), leg (in, inside, out), sender,
    receiver (string, null: not known), micro (int64, millionths of the store's unit), in any order. The
    same event twice in a ring is one transfer, and both rows get its number.
    """
    number = np.full(transfers.num_rows, NONE, dtype=np.int64)
    rows: list[dict[str, Any]] = []
    for ring_id, flow, places in _flows(transfers):
        for n, found in enumerate(_found(flow), start=1):
            rows.append(_row(ring_id, n, flow, found))
            for i in found.transfers:
                number[places[i]] = n
    return _table(rows), number


def _found(flow: Flow) -> list[Found]:
    """Answer all patterns of one ring, the largest first."""
    free = {i for i in range(len(flow)) if flow.is_whole(i)} - _standing(flow)
    found: list[Found] = []
    for find in FINDERS:
        new = find(flow, free)
        free.difference_update(i for pattern in new for i in pattern.transfers)
        found += new
    return sorted(found, key=lambda f: (-f.micro, f.transfers))


def _standing(flow: Flow) -> set[int]:
    """Answer the transfers that are standing orders."""
    pairs: dict[tuple[int, int], list[int]] = {}
    for i in range(len(flow)):
        pairs.setdefault((flow.sender[i], flow.receiver[i]), []).append(i)
    standing: set[int] = set()
    for same in pairs.values():
        if len(same) < _STANDING_TIMES:
            continue
        amounts = [flow.micro[i] for i in same]
        rests = np.diff([flow.t[i] for i in same])
        is_alike = max(amounts) - min(amounts) <= _STANDING_SPREAD * max(amounts)
        if is_alike and rests.min() >= _STANDING_REST and rests.std() <= _STANDING_UNSTEADY * rests.mean():
            standing.update(same)
    return standing


def _flows(transfers: pa.Table) -> Iterator[tuple[str, Flow, list[list[int]]]]:
    """Answer each ring's id, its flow, and for each transfer of the flow the rows that give it."""
    column = {name: transfers.column(name).to_pylist() for name in transfers.column_names}
    names, giver, taker = _accounts(column["sender"], column["receiver"])
    given = [micro is not None and micro > 0 for micro in column["micro"]]
    useful = [
        row
        for row in range(transfers.num_rows)
        if given[row] and (giver[row] != taker[row] or giver[row] == UNKNOWN)
    ]
    useful.sort(
        key=lambda r: (
            column["ring_id"][r],
            column["t"][r],
            column["event_id"][r],
            giver[r],
            taker[r],
            column["leg"][r],
            column["micro"][r],
        )
    )
    start = 0
    while start < len(useful):
        ring_id = column["ring_id"][useful[start]]
        end = start
        while end < len(useful) and column["ring_id"][useful[end]] == ring_id:
            end += 1
        places = _once(useful[start:end], column["event_id"])
        rows = [same[0] for same in places]
        flow = in_order(
            names,
            [column["t"][row] for row in rows],
            [column["micro"][row] for row in rows],
            [giver[row] for row in rows],
            [taker[row] for row in rows],
            [column["leg"][row] for row in rows],
        )
        yield ring_id, flow, places
        start = end


def _accounts(
    senders: list[str | None], receivers: list[str | None]
) -> tuple[list[str], list[int], list[int]]:
    """Answer all names in order, and each row's sender and receiver by number among them."""
    names = sorted({name for name in (*senders, *receivers) if name is not None})
    number: dict[str | None, int] = {name: n for n, name in enumerate(names)}
    number[None] = UNKNOWN
    return names, [number[name] for name in senders], [number[name] for name in receivers]


def _once(rows: list[int], event_id: list[str]) -> list[list[int]]:
    """Answer the rows of each event, in the order of their first."""
    places: dict[str, list[int]] = {}
    for row in rows:
        places.setdefault(event_id[row], []).append(row)
    return list(places.values())


def _row(ring_id: str, number: int, flow: Flow, found: Found) -> dict[str, Any]:
    times = [flow.t[i] for i in found.transfers]
    sides = {side[i] for i in found.transfers for side in (flow.sender, flow.receiver)}
    return {
        "ring_id": ring_id,
        "pattern_number": number,
        "pattern": found.pattern,
        "first_at": min(times),
        "last_at": max(times),
        "accounts": len(sides),
        "transfers": len(found.transfers),
        "amount": Decimal(found.micro).scaleb(-6),
        "sentence": found.sentence,
    }


def _table(rows: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=PATTERNS)
