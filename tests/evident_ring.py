"""A small ring by hand, for tests of cases and evidence: three accounts of two regions tied by one device.

R-1    A1 and A2 (Russia, cis) and A3 (Indonesia), found on 1 and alarmed on 3 September 2025
score  .95, one account confirmed, 900 left the ring, 50 are still in it
money  A1 sends 300 to A2 (inside), A2 withdraws 900 to 0xbad (out)
R-2    the pair A8 and A9, broken, never escalated
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from small_connections import Rows
from small_exchange import insert

from data.store import Store

SEPTEMBER = datetime(2025, 9, 1)


def _day(day: int) -> datetime:
    return SEPTEMBER.replace(day=day)


RINGS: Rows = [
    {"ring_id": "R-1", "region": "cis", "country": "RU", "pattern": "fan_in", "state": "active",
     "found_at": _day(1), "alarmed_at": _day(3), "accounts": 3, "confirmed_accounts": 1, "tie_kinds": 2,
     "score": 0.95, "highest_score": 0.97, "moved": Decimal(900), "moved_inside": Decimal(300),
     "at_risk": Decimal(50), "sentence": "Three accounts share a device"},
    {"ring_id": "R-2", "region": "cis", "country": "RU", "pattern": None, "state": "broken",
     "found_at": _day(1), "alarmed_at": _day(2), "accounts": 2, "confirmed_accounts": 2, "tie_kinds": 1,
     "score": 0.7, "highest_score": 0.7, "moved": Decimal(1), "moved_inside": Decimal(0),
     "at_risk": Decimal(0), "sentence": "A pair"},
]  # fmt: skip


def _member(ring: str, account: str, role: str, region: str, country: str) -> dict[str, Any]:
    return {
        "ring_id": ring, "account_id": account, "since": _day(1), "role": role, "role_sentence": role,
        "strength": 3.5, "region": region, "country": country, "received": Decimal(1), "sent": Decimal(2),
        "cashed_out": Decimal(3), "x": 0.0, "y": 0.0,
    }  # fmt: skip


MEMBERS: Rows = [
    _member("R-1", "A1", "collector", "cis", "RU"),
    _member("R-1", "A2", "cash_out", "cis", "RU"),
    _member("R-1", "A3", "mule", "south_east_asia", "ID"),
    _member("R-2", "A8", "member", "cis", "RU"),
    _member("R-2", "A9", "member", "cis", "RU"),
]
TIES: Rows = [
    {"ring_id": "R-1", "account_a": "A1", "account_b": other, "kind": "device", "artefact": "D1",
     "sharers": 3, "since": _day(1), "last_at": _day(5), "until": _day(28), "strength": 2.0,
     "sentence": "Both used the device D1, 3 accounts in all"}
    for other in ("A2", "A3")
]  # fmt: skip
TRANSFERS: Rows = [
    {"ring_id": "R-1", "event_id": "T1", "occurred_at": _day(4), "leg": "inside", "sender": "A1",
     "receiver": "A2", "amount": Decimal(300), "pattern_number": 1},
    {"ring_id": "R-1", "event_id": "T2", "occurred_at": _day(5), "leg": "out", "sender": "A2",
     "receiver": "0xbad", "amount": Decimal(900)},
]  # fmt: skip
PATTERNS: Rows = [
    {"ring_id": "R-1", "pattern_number": 1, "pattern": "fan_in", "first_at": _day(4), "last_at": _day(4),
     "accounts": 2, "transfers": 1, "amount": Decimal(300), "sentence": "A1 sends to A2"},
]  # fmt: skip
KEY_TIES: Rows = [
    {"ring_id": "R-1", "rank": 1, "kind": "device", "artefact": "D1", "accounts_held": 3,
     "accounts_left": 1, "sentence": "The device D1 holds all three"},
]  # fmt: skip
HISTORY: Rows = [
    {"ring_id": "R-1", "as_of": _day(day), "change": change, "accounts": 3, "joined": joined, "gone": 0,
     "known_bad": 0, "score": score}
    for day, change, joined, score in ((1, "found", 3, 0.3), (3, "alarmed", 0, 0.95))
]  # fmt: skip


def fill_ring(store: Store) -> None:
    """Write the two rings into a store that has the tables of scoring, whatever else is in it."""
    with store.writing() as cursor:
        for table, rows in (
            ("rings", RINGS),
            ("ring_members", MEMBERS),
            ("ring_ties", TIES),
            ("ring_transfers", TRANSFERS),
            ("ring_patterns", PATTERNS),
            ("ring_key_ties", KEY_TIES),
            ("ring_history", HISTORY),
        ):
            insert(cursor, table, rows)
