"""Past cases by hand, for tests of training shifts: an account, an alert, a disposition and a label each.

    fill(store, [past(1, "mule"), past(2), past(3, "mule", desk="false_positive")])

Case `C-p01` is about account `P01`, opened on 2 June 2025 at noon for its event `PE01` (a withdrawal of 500
to the address `PX01` from the device `PD01`), taken by Kim at the opening and closed by her after 10 minutes.
The label came 5 days later from a partner. Device `PD01` was used by `PQ01` before, who was confirmed 20 days
later, and by `PR01` only afterwards. An hour after the opening 777,777 left the account.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import duckdb
import pyarrow as pa

from data.store import Store
from desk.cases.reading import Told
from desk.cases.state import CaseState

FIRST = datetime(2025, 6, 1, 12)
HANDLED = timedelta(minutes=10)
# What the points of the three reasons are, of each case.
POINTS = {"new device": 0.5, "large amount": 0.2, "old account": -0.3}
LATER_AMOUNT = 777_777


@dataclass(frozen=True, slots=True)
class Past:
    """One past case: its number, what it was, what the desk said, who, how it stands, and when known."""

    number: int
    typology: str | None
    desk: str | None
    by: str
    status: str
    known_after: timedelta
    opened_at: datetime

    @property
    def case_id(self) -> str:
        """Its id."""
        return f"C-p{self.number:02d}"


def past(
    number: int,
    typology: str | None = None,
    *,
    desk: str | None = None,
    by: str = "Kim",
    status: str = "closed",
    known_after: timedelta = timedelta(days=5),
    opened_at: datetime | None = None,
) -> Past:
    """Return a past case; without a typology of an innocent customer, and as the desk said unless told."""
    said = desk or ("confirmed" if typology else "false_positive")
    opened = opened_at or FIRST + timedelta(days=number)
    return Past(number, typology, said if status == "closed" else None, by, status, known_after, opened)


def ten_and_more() -> list[Past]:
    """Return eight innocent customers and twelve crimes of three typologies."""
    kinds = ("mule", "bonus_abuse", "account_takeover")
    return [*(past(n) for n in range(1, 9)), *(past(n, kinds[n % 3]) for n in range(9, 21))]


def fill(store: Store, cases: Sequence[Past]) -> None:
    """Write past cases into a store that has its tables."""
    tables: Mapping[str, list[dict[str, Any]]] = {
        "accounts": [row for one in cases for row in _accounts(one)],
        "scored": [row for one in cases for row in _scored(one)],
        "reasons": [row for one in cases for row in _reasons(one)],
        "labels": [row for one in cases for row in _labels(one)],
        "ties_by_account": [_tie(one, "P", 0) for one in cases],
        "ties_by_entity": [
            _tie(one, who, hours) for one in cases for who, hours in (("P", 0), ("PQ", -24), ("PR", 1))
        ],
        "desk_alerts": [_alert(one) for one in cases],
        # Numbered up to zero: a copy of records that hold nothing yet.
        "desk_steps": [
            row for place, one in enumerate(cases) for row in _steps(one, 3 * (place - len(cases)))
        ],
        "desk_cases": [_last(one) for one in cases],
    }
    with store.writing() as cursor:
        for name, rows in tables.items():
            _insert(cursor, name, rows)


def _insert(cursor: duckdb.DuckDBPyConnection, name: str, rows: list[dict[str, Any]]) -> None:
    cursor.register("given", pa.Table.from_pylist(rows))
    cursor.execute(f"INSERT INTO {name} BY NAME SELECT * FROM given")
    cursor.unregister("given")


def _named(one: Past, letters: str) -> str:
    return f"{letters}{one.number:02d}"


def _accounts(one: Past) -> list[dict[str, Any]]:
    since = one.opened_at - timedelta(days=400)
    return [
        {
            "account_id": _named(one, who),
            "opened_at": since,
            "kyc_country": "KZ",
            "customer_type": "individual",
        }
        for who in ("P", "PQ", "PR")
    ]


def _scored(one: Past) -> list[dict[str, Any]]:
    def event(letters: str, hours: float, amount: float, score: float, decision: str) -> dict[str, Any]:
        return {
            "event_id": _named(one, letters),
            "stream": "transactions",
            "kind": "withdrawal",
            "outcome": "settled",
            "account_id": _named(one, "P"),
            "occurred_at": one.opened_at + timedelta(hours=hours),
            "amount": amount,
            "asset": "USDT",
            "counterparty": _named(one, "PX"),
            "device_id": _named(one, "PD"),
            "ip": f"10.9.8.{one.number}",
            "region": "cis",
            "country": "KZ",
            "network_country": "KZ",
            "model": "fraud",
            "score": score,
            "threshold": 0.2,
            "decision": decision,
        }

    return [
        event("PB", -48, 40, 0.01, "allow"),
        event("PE", 0, 500, 0.4, "hold"),
        event("PL", 1, LATER_AMOUNT, 0.9, "block"),
    ]


def _reasons(one: Past) -> list[dict[str, Any]]:
    return [
        {
            "event_id": _named(one, "PE"),
            "occurred_at": one.opened_at,
            "region": "cis",
            "model": "fraud",
            "rank": rank,
            "reason": reason,
            "feature": reason,
            "points": points,
            "sentence": f"It was a case of {reason}.",
        }
        for rank, (reason, points) in enumerate(POINTS.items(), start=1)
    ]


def _labels(one: Past) -> list[dict[str, Any]]:
    def label(letters: str, who: str, days: timedelta, typology: str | None) -> dict[str, Any]:
        return {
            "label_id": f"label-{_named(one, letters)}",
            "event_id": _named(one, letters),
            "account_id": _named(one, who),
            "outcome": "confirmed" if typology else "false_positive",
            "typology": typology,
            "occurred_at": one.opened_at,
            "known_at": one.opened_at + days,
            "source": "partner",
        }

    if one.status != "closed":
        return []
    return [
        label("PE", "P", one.known_after, one.typology),
        label("PO", "PQ", timedelta(days=20), "mule"),
        label("PN", "PR", timedelta(days=20), "mule"),
    ]


def _tie(one: Past, who: str, hours: float) -> dict[str, Any]:
    return {
        "entity_kind": "device",
        "entity": _named(one, "PD"),
        "account_id": _named(one, who),
        "events": 1,
        "flagged": 0,
        "first_seen": one.opened_at + timedelta(hours=hours),
        "last_seen": one.opened_at + timedelta(hours=hours),
    }


def _alert(one: Past) -> dict[str, Any]:
    return {
        "number": 1 - one.number,
        "alert_id": f"fraud:{_named(one, 'PE')}",
        "case_id": one.case_id,
        "kind": "fraud",
        "account_id": _named(one, "P"),
        "event_id": _named(one, "PE"),
        "raised_at": one.opened_at,
        "score": 0.4,
        "amount": 500,
        "expected_loss": 200,
        "severity": "medium",
        "decision": "hold",
        "region": "cis",
        "country": "KZ",
        "sentence": "It was a case of new device.",
    }


def _state(one: Past) -> dict[str, Any]:
    return {
        "case_id": one.case_id,
        "subject_kind": "account",
        "subject_id": _named(one, "P"),
        "channel": "cis",
        "kind": "fraud",
        "severity": "medium",
        "expected_loss": 200,
        "alerts": 1,
        "opened_at": one.opened_at,
        "status": "open",
        "level": 0,
        "paused_seconds": 0,
        "second_look": False,
        "reopened": 0,
    }


def _last(one: Past) -> dict[str, Any]:
    closed = {
        "status": one.status,
        "outcome": one.desk,
        "typology": (one.typology or "mule") if one.desk == "confirmed" else None,
        "closed_at": one.opened_at + HANDLED,
        "closed_by": one.by,
    }
    return _state(one) | {"version": 3} | (closed if one.status == "closed" else {})


def _steps(one: Past, number: int) -> list[dict[str, Any]]:
    done = one.opened_at + HANDLED
    told = [
        ("opened", "Watchfloor", one.opened_at, _state(one)),
        ("taken", one.by, one.opened_at, _state(one)),
        ("disposed" if one.status == "closed" else "noted", one.by, done, _last(one)),
    ]
    return [
        state
        | {
            "number": number + version,
            "version": version,
            "done_at": when,
            "recorded_at": FIRST,
            "actor": actor,
            "role": "analyst",
            "action": action,
            "reason": "",
            "details": "{}",
        }
        for version, (action, actor, when, state) in enumerate(told, start=1)
    ]


def told(cases: Sequence[Past], case_id: str) -> list[Told]:
    """Return the first step of a case as the records tell it."""
    return [
        Told(
            1, one.opened_at, FIRST, "Watchfloor", "system", "opened", "", {}, None,
            CaseState(
                one.case_id, 1, "account", _named(one, "P"), ("cis",), "cis", "fraud", "medium",
                200_000_000, 1, one.opened_at,
            ),
        )
        for one in cases
        if one.case_id == case_id
    ]  # fmt: skip
