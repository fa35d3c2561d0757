"""What the store knows of stopped money that the ledger does not: stops of policy, orders, and appeals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from data.facts import read_fact
from data.mapping_types import DEFAULT_MONEY_UNIT
from data.statement import read_statement

_SQL = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Stop:
    """An event whose money policy stopped, and what became known of it.

    `decision` is hold or freeze; `ended_at` is when it was let go by the earlier system, None: it was not.
    """

    event_id: str
    account_id: str
    asset: str
    region: str
    country: str | None
    amount_micro: int
    placed_at: datetime
    decision: str
    truth: str | None
    confirmed_at: datetime | None
    ended_at: datetime | None
    case_id: str | None


@dataclass(frozen=True, slots=True)
class Order:
    """An authority's freeze order that was executed before there was a ledger."""

    request_id: str
    account_id: str
    region: str
    country: str | None
    amount_micro: int
    received_at: datetime
    answered_at: datetime
    agency: str | None
    is_secret: bool = False


@dataclass(frozen=True, slots=True)
class Appeal:
    """What a customer objected to, when, and what came of it; `outcome` is granted, upheld or None."""

    event_id: str
    appeal_id: str
    filed_at: datetime
    ended_at: datetime | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """All of it, each in the order of time; appeals by their event. `unit` is what orders are made in."""

    now: datetime
    unit: str
    stops: Sequence[Stop]
    orders: Sequence[Order]
    appeals: Mapping[str, Sequence[Appeal]]


def find(cursor: duckdb.DuckDBPyConnection) -> Found | None:
    """Return what the ledger does not hold; None in a store without events."""
    now = cursor.execute("SELECT max(last_seen) FROM account_risk").fetchall()[0][0]
    if now is None:
        return None
    unit = read_fact(cursor, "money_unit") or DEFAULT_MONEY_UNIT
    appeals: dict[str, list[Appeal]] = defaultdict(list)
    for appeal in _read(cursor, "past_appeals", Appeal, now=now):
        appeals[appeal.event_id].append(appeal)
    return Found(
        now,
        unit,
        _read(cursor, "new_stops", Stop, unit=unit),
        _read(cursor, "new_orders", Order, now=now),
        appeals,
    )


def _read(cursor: duckdb.DuckDBPyConnection, name: str, kind: Any, **given: object) -> list[Any]:
    """Return the answer to a question of this room, one value of `kind` a row; columns go by name."""
    answer = cursor.execute(read_statement(_SQL / f"{name}.sql").sql, given)
    names = [column[0] for column in answer.description or ()]
    assert names == [field.name for field in fields(kind)], f"{name}.sql answers {names}"
    return [kind(*row) for row in answer.fetchall()]
