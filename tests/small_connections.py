"""Who is connected in the small exchange: ties of accounts, what is known of both ends, and corridors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

Rows = Sequence[Mapping[str, Any]]
# The withdrawal of A1 that was frozen is the last event that ties anybody to anything.
LAST_TIE = datetime(2025, 10, 30, 3)


def _tie(kind: str, entity: str, account: str, events: int, flagged: int) -> dict[str, Any]:
    return {
        "entity_kind": kind,
        "entity": entity,
        "account_id": account,
        "events": events,
        "flagged": flagged,
        "amount": Decimal(0),
        "first_seen": datetime(2025, 9, 1),
        "last_seen": LAST_TIE,
    }


TIES: Rows = [
    _tie("counterparty", "0xbad", "A1", 1, 1),
    _tie("device", "D1", "A1", 5, 1),
    _tie("device", "D1", "A2", 1, 1),
    _tie("ip", "10.0.0.1", "A1", 5, 1),
]
ENTITIES: Rows = [
    {
        "entity_kind": "counterparty",
        "entity": "0xbad",
        "accounts": 1,
        "events": 1,
        "flagged": 1,
        "confirmed": 0,
        "signature": "phishing (list)",
        "description": None,
    },
    {
        "entity_kind": "device",
        "entity": "D1",
        "accounts": 2,
        "events": 6,
        "flagged": 2,
        "confirmed": 1,
        "signature": None,
        "description": "Android, app",
    },
    {
        "entity_kind": "ip",
        "entity": "10.0.0.1",
        "accounts": 1,
        "events": 5,
        "flagged": 1,
        "confirmed": 0,
        "signature": None,
        "description": "Russia",
    },
]
CORRIDORS: Rows = [
    {
        "day": date(2025, 8, 1),
        "region": "cis",
        "country": "RU",
        "from_country": "RU",
        "to_country": "AE",
        "events": 40,
        "flagged": 10,
        "amount": Decimal(4000),
    },
    {
        "day": date(2025, 8, 2),
        "region": "cis",
        "country": "RU",
        "from_country": "RU",
        "to_country": "RU",
        "events": 90,
        "flagged": 30,
        "amount": Decimal(9000),
    },
    {
        "day": date(2025, 8, 3),
        "region": "cis",
        "country": "KZ",
        "from_country": "NL",
        "to_country": "KZ",
        "events": 100,
        "flagged": 2,
        "amount": Decimal(5000),
    },
]


def _of_all(tie: Mapping[str, Any]) -> dict[str, Any]:
    found = next(one for one in ENTITIES if one["entity"] == tie["entity"])
    told = {name: found[name] for name in ("confirmed", "signature", "description")}
    return {**told, **{f"{name}_of_all": found[name] for name in ("accounts", "events", "flagged")}}


TOLD_TIES: Rows = [{**tie, **_of_all(tie)} for tie in TIES]
# The last 30 days begin on 1 October. A1: five trades of 100 before, the first 272 days earlier; then a
# withdrawal of 900 to 0xbad and a login. A2: one identity check, within the 30 days.
HABITS: Rows = [
    {
        "account_id": "A1",
        "weeks_before": 272 / 7,
        "out_now": Decimal(900),
        "largest_before": Decimal(100),
        "largest_now": Decimal(900),
        "amount_before": Decimal(500),
        "amount_now": Decimal(900),
        "events_before": 5,
        "events_now": 2,
        "devices_before": 1,
        "devices_now": 1,
        "countries_before": 1,
        "countries_now": 1,
        "counterparties_before": 0,
        "counterparties_now": 1,
        "hours_before": [10] * 5,
        "hours_now": [3, 23],
    },
    {
        "account_id": "A2",
        "weeks_before": 1.0,
        "events_before": 0,
        "events_now": 1,
        "devices_before": 0,
        "devices_now": 1,
        "countries_before": 0,
        "countries_now": 1,
        "counterparties_before": 0,
        "counterparties_now": 0,
        "hours_now": [12],
    },
]
