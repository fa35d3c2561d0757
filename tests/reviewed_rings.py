"""The rings of the reviewed exchange, by hand. Q2 is counted as known on 31 July, Q3 on 31 October.

ring   where     alarmed   ended     accounts in Q2, Q3   third crime   left it
R1     Russia    10 May    -         2, 3                 15 April      100 in Q2, 200 in Q3
R2     Kazakh.   15 July   20 Sep.   -, 3                 24 June       10 in Q2 before its alarm, 300 in Q3
R3     Indon.    2 June    1 July    3, -                 only two      -
R4     Kazakh.   5 Oct.    -         -, -                 none          77 in Q2, alarmed too late; 1000 in Q3
R5     unknown   1 July    -         -, 4                 8 July        -
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from small_connections import Rows

RUSSIA = {"region": "cis", "country": "RU"}
KAZAKHSTAN = {"region": "cis", "country": "KZ"}
INDONESIA = {"region": "south_east_asia", "country": "ID"}
UNKNOWN = {"region": "unknown", "country": None}


def _day(month: int, day: int) -> datetime:
    return datetime(2025, month, day)


RINGS: Rows = [
    {"ring_id": "R1", "alarmed_at": _day(5, 10), "state": "active", **RUSSIA},
    {"ring_id": "R2", "alarmed_at": _day(7, 15), "state": "ended", "ended_at": _day(9, 20), **KAZAKHSTAN},
    {"ring_id": "R3", "alarmed_at": _day(6, 2), "state": "ended", "ended_at": _day(7, 1), **INDONESIA},
    {"ring_id": "R4", "alarmed_at": _day(10, 5), "state": "active", **KAZAKHSTAN},
    {"ring_id": "R5", "alarmed_at": _day(7, 1), "state": "active", **UNKNOWN},
]


def _members(ring: str, accounts: str, since: datetime, until: datetime | None = None) -> Rows:
    return [
        {"ring_id": ring, "account_id": account, "since": since, "until": until}
        for account in accounts.split()
    ]


RING_MEMBERS: Rows = [
    *_members("R1", "A1 A2", _day(5, 1)),
    *_members("R1", "K1", _day(8, 1)),
    *_members("R2", "K2 K3", _day(7, 10), _day(9, 20)),
    # Came, left and came back: one account.
    *_members("R2", "K4", _day(7, 10), _day(8, 1)),
    *_members("R2", "K4", _day(8, 9), _day(9, 20)),
    # Left on the day of the alarm, before it.
    *_members("R2", "K9", _day(7, 10), _day(7, 15)),
    *_members("R3", "I1 I2 I3", _day(6, 1), _day(7, 1)),
    *_members("R4", "K5 K6 K7", _day(10, 1)),
    *_members("R5", "U1 U2 U3 U4", _day(7, 1)),
]


def _moved(event: str, ring: str, sender: str, at: datetime, amount: int, leg: str = "out") -> dict[str, Any]:
    moved = {"ring_id": ring, "event_id": event, "occurred_at": at, "leg": leg, "sender": sender}
    return moved | {"receiver": "0xbad", "amount": Decimal(amount)}


RING_TRANSFERS: Rows = [
    _moved("V1", "R1", "A1", _day(5, 20), 100),
    _moved("V2", "R1", "A2", _day(8, 4), 200),
    _moved("V3", "R1", "A1", _day(8, 5), 50, leg="inside"),
    _moved("V4", "R1", "0xin", _day(8, 6), 60, leg="in"),
    _moved("V5", "R2", "K2", _day(6, 28), 10),
    _moved("V6", "R2", "K3", _day(9, 1), 300),
    _moved("V7", "R4", "K5", _day(6, 20), 77),
    _moved("V8", "R4", "K5", _day(9, 25), 1000),
]


def _label(account: str, start: date, number: int, outcome: str = "confirmed") -> dict[str, Any]:
    """A label that says that an account took part in crime `number` of a quarter, each a week later."""
    incident = f"{start}-{number}"
    said = {"account_id": account, "incident_id": incident, "outcome": outcome}
    return {"label_id": f"{incident}-{account}", **said}


Q2, Q3 = date(2025, 4, 1), date(2025, 7, 1)
LABELS: Rows = [
    # On 1, 8, 15 and 22 April; the third is of two accounts, and one denied crime is none.
    *(_label(account, Q2, number) for account, number in (("A1", 0), ("A2", 1), ("A1", 2), ("A2", 2))),
    _label("A1", Q2, 3),
    _label("A2", Q2, 4, outcome="false_positive"),
    # On 10, 17 and 24 June.
    *(_label(account, Q2, number) for account, number in (("K2", 10), ("K3", 11), ("K4", 12))),
    *(_label(account, Q2, number) for account, number in (("I1", 5), ("I2", 6))),
    # On 24 June, 1 and 8 July.
    *(_label("U1", start, number) for start, number in ((Q2, 12), (Q3, 0), (Q3, 1))),
]
