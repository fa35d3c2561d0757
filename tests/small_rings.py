"""Three rings by hand, and one of October: the numbers that tests of Rings expect come from here.

    R-1   cis               alarm 10 August, stands: A1 collects, A2 and A3 are mules, B4 cashes out since
                            15 September; B0 left on 20 August. In 900, inside 600, out 550 (50 in October)
    R-2   South-East Asia   alarm 5 May, broken 20 July, stands: C1, C2, C3. Out 100 on 10 May
    R-3   cis               alarm 10 April, merged into R-2 on 15 June: E1, E2, E3. Out 40 on 12 April
    R-4   cis               alarm 10 October, its accounts confirmed the day before: F1, F2, F3

So at the end of Q3 two rings stand, one of them broken, with 4 + 3 accounts; at the end of Q2 one stood.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from small_connections import Rows
from small_exchange import NOW, insert

from data.store import Store

FOUND = datetime(2025, 8, 1)
LEFT = datetime(2025, 8, 20)
GREW = datetime(2025, 9, 15)


def fill_rings(store: Store) -> None:
    """Write the rings into a store that holds the small exchange."""
    with store.writing() as cursor:
        for table, rows in (
            ("rings", RINGS),
            ("ring_history", HISTORY),
            ("ring_members", MEMBERS),
            ("ring_ties", TIES),
            ("ring_transfers", TRANSFERS),
            ("ring_patterns", PATTERNS),
            ("ring_key_ties", KEY_TIES),
            ("ring_days", ring_days()),
        ):
            insert(cursor, table, rows)


def _ring(name: str, region: str, found: datetime, alarmed: datetime, **known: Any) -> dict[str, Any]:
    standing = {
        "ring_id": name,
        "region": region,
        "country": None,
        "pattern": None,
        "state": "active",
        "found_at": found,
        "alarmed_at": alarmed,
        "grew_at": found,
        "broken_at": None,
        "ended_at": None,
        "merged_into": None,
        "split_from": None,
        "accounts": 3,
        "confirmed_accounts": 0,
        "tie_kinds": 1,
        "score": 0.6,
        "highest_score": 0.6,
        "moved": Decimal(0),
        "moved_inside": Decimal(0),
        "at_risk": Decimal(0),
        "sentence": "3 accounts use one device.",
    }
    return standing | known


RINGS: Rows = [
    _ring("R-1", "cis", FOUND, datetime(2025, 8, 10), country="RU", pattern="fan_in", grew_at=GREW,
          accounts=4, confirmed_accounts=1, tie_kinds=3, score=0.9, highest_score=0.95, moved=Decimal(550),
          moved_inside=Decimal(600), at_risk=Decimal(350),
          sentence="4 accounts share a device, a payout address and a referral."),
    _ring("R-2", "south_east_asia", datetime(2025, 5, 1), datetime(2025, 5, 5), state="broken",
          broken_at=datetime(2025, 7, 20), confirmed_accounts=2, score=0.7, moved=Decimal(100),
          at_risk=Decimal(20)),
    _ring("R-3", "cis", datetime(2025, 4, 5), datetime(2025, 4, 10), state="ended",
          ended_at=datetime(2025, 6, 15), merged_into="R-2", moved=Decimal(40)),
    _ring("R-4", "cis", datetime(2025, 10, 8), datetime(2025, 10, 10), state="broken",
          broken_at=datetime(2025, 10, 9)),
]  # fmt: skip


def _change(
    ring: str, at: datetime, change: str, accounts: int, joined: int, gone: int, score: float
) -> dict[str, Any]:
    return {
        "ring_id": ring,
        "as_of": at,
        "change": change,
        "accounts": accounts,
        "joined": joined,
        "gone": gone,
        "known_bad": 0,
        "score": score,
        "other_ring_id": "R-2" if change == "merged" else None,
    }


HISTORY: Rows = [
    _change("R-1", FOUND, "found", 4, 4, 0, 0.4),
    _change("R-1", datetime(2025, 8, 10), "alarmed", 4, 0, 0, 0.6),
    _change("R-1", LEFT, "shrank", 3, 0, 1, 0.6),
    _change("R-1", GREW, "grew", 4, 1, 0, 0.9),
    _change("R-2", datetime(2025, 5, 1), "found", 3, 3, 0, 0.7),
    _change("R-3", datetime(2025, 4, 5), "found", 3, 3, 0, 0.6),
    _change("R-3", datetime(2025, 6, 15), "merged", 0, 0, 3, 0.6),
]


def _member(ring: str, account: str, role: str, since: datetime, **known: Any) -> dict[str, Any]:
    number = sum(map(ord, account)) % 7
    here = {
        "ring_id": ring,
        "account_id": account,
        "since": since,
        "until": None,
        "role": role,
        "role_sentence": f"{account} acts as {role}.",
        "strength": 2.0,
        "region": "cis",
        "country": "RU",
        "received": Decimal(0),
        "sent": Decimal(0),
        "cashed_out": Decimal(0),
        "confirmed_at": None,
        "x": number / 7,
        "y": -number / 7,
    }
    return here | known


MEMBERS: Rows = [
    _member("R-1", "A1", "collector", FOUND, received=Decimal(900), sent=Decimal(600),
            confirmed_at=datetime(2025, 9, 20, 8)),
    _member("R-1", "A2", "mule", FOUND, received=Decimal(400), cashed_out=Decimal(350)),
    _member("R-1", "A3", "mule", FOUND),
    _member("R-1", "B0", "member", FOUND, until=LEFT),
    _member("R-1", "B4", "cash_out", GREW, received=Decimal(200), cashed_out=Decimal(200)),
    *(_member("R-2", name, "member", datetime(2025, 5, 1),
              confirmed_at=datetime(2025, 7, 20) if name != "C3" else None) for name in ("C1", "C2", "C3")),
    *(_member("R-3", name, "member", datetime(2025, 4, 5), until=datetime(2025, 6, 15))
      for name in ("E1", "E2", "E3")),
    *(_member("R-4", name, "member", datetime(2025, 10, 8)) for name in ("F1", "F2", "F3")),
]  # fmt: skip


def _tie(
    ring: str, a: str, b: str, kind: str, artefact: str, since: datetime, strength: float = 2.0, **known: Any
) -> dict[str, Any]:
    words = {"sharers": 3, "until": None, "last_at": since, "sentence": f"{a} and {b}: {artefact}."}
    where = {"ring_id": ring, "account_a": a, "account_b": b, "kind": kind, "artefact": artefact}
    return where | words | {"since": since, "strength": strength} | known


_JULY = datetime(2025, 7, 30, 10)
TIES: Rows = [
    _tie("R-1", "A1", "A2", "device", "D1", _JULY, 3.0),
    _tie("R-1", "A1", "A3", "device", "D1", _JULY, 3.0),
    _tie("R-1", "A2", "A3", "device", "D1", _JULY, 3.0),
    _tie("R-1", "A1", "A2", "referral", "A1", _JULY, 1.0),
    _tie("R-1", "A1", "B0", "network", "10.0.0.1", _JULY, 1.5, until=LEFT),
    _tie("R-1", "A3", "B4", "payout", "0xpay", datetime(2025, 9, 14, 9), 4.0),
    _tie("R-2", "C1", "C2", "device", "D7", datetime(2025, 4, 20)),
    _tie("R-2", "C2", "C3", "device", "D7", datetime(2025, 4, 20)),
    _tie("R-3", "E1", "E2", "lockstep", "E1", datetime(2025, 4, 1)),
]


def _moved(
    ring: str,
    event: str,
    at: datetime,
    leg: str,
    sender: str | None,
    receiver: str,
    amount: int,
    **known: Any,
) -> dict[str, Any]:
    who = {"ring_id": ring, "event_id": event, "occurred_at": at, "leg": leg, "pattern_number": None}
    return who | {"sender": sender, "receiver": receiver, "amount": Decimal(amount)} | known


TRANSFERS: Rows = [
    _moved("R-1", "M1", datetime(2025, 8, 5), "in", "0xvictim", "A1", 600, pattern_number=1),
    _moved("R-1", "M2", datetime(2025, 9, 10), "in", None, "A1", 300, pattern_number=1),
    _moved("R-1", "M3", datetime(2025, 9, 11), "inside", "A1", "A2", 400),
    _moved("R-1", "M4", datetime(2025, 9, 12), "out", "A2", "0xmix", 350),
    _moved("R-1", "M5", datetime(2025, 9, 16), "inside", "A1", "B4", 200),
    _moved("R-1", "M6", datetime(2025, 9, 17), "out", "B4", "0xmix", 150),
    _moved("R-1", "M7", datetime(2025, 10, 5), "out", "B4", "0xmix", 50),
    _moved("R-2", "M8", datetime(2025, 5, 10), "out", "C1", "0xfar", 100),
    _moved("R-3", "M9", datetime(2025, 4, 12), "out", "E1", "0xfar", 40),
]
PATTERNS: Rows = [
    {
        "ring_id": "R-1",
        "pattern_number": 1,
        "pattern": "fan_in",
        "first_at": datetime(2025, 8, 5),
        "last_at": datetime(2025, 9, 10),
        "accounts": 1,
        "transfers": 2,
        "amount": Decimal(900),
        "sentence": "2 sources pay into A1.",
    }
]


def _key_tie(rank: int, kind: str, artefact: str, held: int, left: int) -> dict[str, Any]:
    who = {"ring_id": "R-1", "rank": rank, "kind": kind, "artefact": artefact, "accounts_held": held}
    return who | {"accounts_left": left, "sentence": f"{artefact} holds {held} accounts."}


KEY_TIES: Rows = [_key_tie(1, "device", "D1", 3, 2), _key_tie(2, "payout", "0xpay", 2, 1)]


def ring_days() -> Rows:
    """A row for each region and day on which a ring stood."""
    rows: dict[tuple[date, str], dict[str, Any]] = {}
    for ring in RINGS:
        day, last = ring["alarmed_at"].date(), (ring["ended_at"] or NOW).date()
        while day < last:
            here = rows.setdefault(
                (day, ring["region"]), {"day": day, "region": ring["region"], "standing": 0, "accounts": 0}
            )
            here["standing"] += 1
            here["accounts"] += ring["accounts"]
            day += timedelta(days=1)
    return [{**row, "alarmed": 0, "broken": 0, "ended": 0} for row in rows.values()]
