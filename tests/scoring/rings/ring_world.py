"""A small exchange with farms, households and everybody's hubs: what tests of the rings' engine read.

Times are days (floats) after START, 1 January 2025. Take `Exchange` to write one by hand, `busy` for one with
rings enough to learn from, and `rings_of` or `built` for what the engine makes of it. An account's name says
what it is: `farm3-1` is of the third farm, `family-2` of a household.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from data.contract import table as contract_table
from data.progress import silent
from data.store import Store
from scoring.rings.build import build_rings
from scoring.spine import build_spine

START = datetime(2025, 1, 1)
Row = dict[str, Any]
DAYS = 150


def moment(day: float) -> datetime:
    """Answer a time by its days after START, to the second."""
    return START + timedelta(seconds=round(day * 86_400))


@dataclass
class Exchange:
    """Rows for the tables of a store, written one by one."""

    transactions: list[Row] = field(default_factory=list)
    logins: list[Row] = field(default_factory=list)
    accounts: list[Row] = field(default_factory=list)
    labels: list[Row] = field(default_factory=list)
    networks: list[Row] = field(default_factory=list)

    def opens(self, account: str, day: float, **known: Any) -> None:
        """Open an account."""
        self.accounts.append({"account_id": account, "opened_at": moment(day), "kyc_country": "DE"} | known)

    def signs_in(self, account: str, day: float, device: str | None, ip: str | None = None) -> None:
        """Sign an account in from a device and a network address."""
        row = {"account_id": account, "occurred_at": moment(day), "kind": "login", "outcome": "success"}
        self.logins.append(row | {"device_id": device, "ip": ip})

    def moves(self, account: str, day: float, kind: str, amount: float, other: str | None) -> None:
        """Move money by deposit, withdrawal or internal_transfer."""
        row = {"account_id": account, "occurred_at": moment(day), "kind": kind, "amount": amount}
        self.transactions.append(row | {"counterparty": other, "status": "settled"})

    def confirms(self, account: str, day: float | None, incident: str | None) -> None:
        """Confirm an account as crime, known on a day."""
        known = None if day is None else moment(day)
        label = {"label_id": f"l{len(self.labels)}", "account_id": account, "outcome": "confirmed"}
        self.labels.append(label | {"known_at": known, "incident_id": incident})

    def before(self, day: float, *, with_accounts: bool = True) -> Exchange:
        """Answer the same exchange as it was known at the start of a day."""
        end = moment(day)

        def known(rows: list[Row], name: str) -> list[Row]:
            return [row for row in rows if row[name] is not None and row[name] < end]

        return Exchange(
            known(self.transactions, "occurred_at"),
            known(self.logins, "occurred_at"),
            known(self.accounts, "opened_at") if with_accounts else [],
            known(self.labels, "known_at"),
            self.networks,
        )

    def fill(self, store: Store) -> None:
        """Write everything into the tables of a store, in the order of time."""
        number = 0
        for stream in (self.transactions, self.logins):
            for row in stream:
                number += 1
                row.setdefault("event_id", f"e{number:06}")
                row.setdefault("ingest_seq", number)
        for name in ("transactions", "logins", "accounts", "labels", "networks"):
            rows: list[Row] = getattr(self, name)
            declared = contract_table(name)
            if rows:
                columns = {column: [row.get(column) for row in rows] for column in declared.names}
                with store.writing() as cursor:
                    cursor.from_arrow(pa.table(columns)).insert_into(name)


def built(store: Store, exchange: Exchange) -> int:
    """Fill the store, build its rings, and answer how many."""
    exchange.fill(store)
    return rebuilt(store)


def rebuilt(store: Store) -> int:
    """Build the rings of a store anew and answer how many."""
    build_spine(store, silent)
    with store.writing() as cursor:
        return build_rings(cursor, silent)


def rows(store: Store, sql: str) -> list[tuple[Any, ...]]:
    """Answer the rows of a question."""
    cursor = store.cursor()
    try:
        return cursor.execute(sql).fetchall()
    finally:
        cursor.close()


def kinds_in_rings(store: Store) -> set[str]:
    """Answer what kinds of account are in a ring that raised an alarm: farm, family, ..."""
    found = rows(store, "SELECT DISTINCT regexp_extract(account_id, '^[a-z]+') FROM ring_members")
    return {name for (name,) in found}


def busy(seed: int = 0, *, farms: int = 60, strangers: int = 260, days: int = DAYS) -> Exchange:
    """Strangers, households, friends who pay each other, and farms of five, most of them confirmed later."""
    rng = np.random.default_rng(seed)
    exchange = Exchange()
    _strangers(exchange, rng, strangers, days)
    for number in range(30):
        household(exchange, f"home{number}", days, rng, size=2 + number % 3)
    for number in range(farms):
        farm(exchange, f"farm{number}", 4 + number * (days - 20) / farms, rng, is_confirmed=number % 8 > 0)
    return exchange


def _strangers(exchange: Exchange, rng: np.random.Generator, count: int, days: int) -> None:
    for number in range(count):
        name = f"own{number}"
        opened = float(rng.uniform(-200, days - 10))
        exchange.opens(name, opened)
        for day in np.sort(rng.uniform(max(opened, 0), days, 12)).tolist():
            exchange.signs_in(name, day, f"d-{name}", f"i-{name}")
        if number % 4 == 0:
            day = float(rng.uniform(max(opened, 0), days))
            exchange.moves(name, day, "internal_transfer", 25.0, f"home{number % 30}-0")


def household(
    exchange: Exchange,
    name: str,
    days: float,
    rng: np.random.Generator,
    *,
    size: int = 4,
    opened: float = -90,
) -> None:
    """Add people who share one device and one address from the first day to the last."""
    for number in range(size):
        account = f"{name}-{number}"
        exchange.opens(account, opened - 40.0 * number)
        for day in np.arange(max(opened, 0) + 0.1 * number, days, 4.0).tolist():
            exchange.signs_in(account, day + float(rng.uniform(0, 0.5)), f"d-{name}", f"i-{name}")


def farm(
    exchange: Exchange, name: str, day: float, rng: np.random.Generator, *, is_confirmed: bool, size: int = 5
) -> None:
    """Add accounts opened in one day on one device, that pay one of them, which cashes out to one address."""
    for number in range(size):
        account, opened = f"{name}-{number}", day + 0.2 * number
        exchange.opens(account, opened)
        for later in (0.01, 1.0, 2.0, 3.0):
            exchange.signs_in(account, opened + later, f"d-{name}", f"i-{name}-{number % 2}")
        amount = round(float(rng.uniform(100, 900)), 2)
        exchange.moves(account, opened + 2.1, "deposit", amount, f"0xin-{name}")
        if number:
            exchange.moves(account, opened + 2.3, "internal_transfer", amount * 0.9, f"{name}-0")
        exchange.moves(account, opened + 3.2, "withdrawal", amount, f"0xout-{name}")
        if is_confirmed:
            exchange.confirms(account, day + 12 + number, f"crime-{name}")
