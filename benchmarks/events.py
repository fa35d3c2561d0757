"""Generated events for measuring speed: columns written straight into a store, no file and no meaning.

The shape is that of the engine facts: 5 million events have 188,000 accounts, 150,000 devices, 100,000
networks, shared instants, labels that become known a week later.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.contract import table as contract_table
from data.store import Store

_FIRST = np.datetime64("2025-01-01T00:00:00", "us")
_MICROSECONDS = 300 * 86_400 * 1_000_000
_COUNTRIES = ("ID", "SG", "DE", "BR", "NG", "US", "IN", "KZ", "JP", "AE", "GB", "VN")


def fill_store(store: Store, events: int, seed: int) -> None:
    """Write about `events` events (70 % transactions, 28 % logins, 2 % checks) and what they refer to."""
    rng = np.random.default_rng(seed)
    accounts, devices, networks = (max(events // share, 10) for share in (27, 33, 50))
    common = _common(rng, events, accounts, devices, networks)
    first, second = int(events * 0.70), int(events * 0.98)
    _insert(store, "accounts", _accounts(rng, accounts))
    _insert(store, "networks", _networks(rng, networks))
    _insert(store, "devices", _devices(rng, devices))
    _insert(store, "transactions", _transactions(rng, common.slice(0, first), accounts))
    _insert(store, "logins", _logins(rng, common.slice(first, second - first)))
    _insert(store, "liveness_checks", _checks(rng, common.slice(second)))
    _insert(store, "labels", _labels(rng, common.slice(0, first)))


def _common(rng: np.random.Generator, events: int, accounts: int, devices: int, networks: int) -> pa.Table:
    account = (rng.beta(0.6, 2.0, events) * accounts).astype(np.int64)
    # One event in thirty shares its second with others; ties are what frames must get right.
    times = rng.integers(0, _MICROSECONDS, events)
    times = np.where(rng.random(events) < 1 / 30, times // 1_000_000 * 1_000_000, times)
    device = np.where(rng.random(events) < 0.9, account * 7 % devices, rng.integers(0, devices, events))
    network = np.where(rng.random(events) < 0.7, account * 13 % networks, rng.integers(0, networks, events))
    return pa.table(
        {
            "event_id": _names("e", np.arange(events)),
            "ingest_seq": np.arange(events),
            "account_id": _names("a", account),
            "occurred_at": _FIRST + times.astype("timedelta64[us]"),
            "device_id": _names("d", device),
            "ip": _addresses(network),
        }
    )


def _transactions(rng: np.random.Generator, common: pa.Table, accounts: int) -> pa.Table:
    size = common.num_rows
    kind = rng.choice(["deposit", "withdrawal", "internal_transfer", "trade"], size, p=[0.3, 0.3, 0.1, 0.3])
    amount = np.round(np.exp(rng.normal(5, 1.5, size)), 6)
    counterparty = (rng.beta(0.4, 3.0, size) * accounts).astype(np.int64)
    other_side = pa.array(_names("c", counterparty), mask=kind == "trade")
    table = common.append_column("kind", pa.array(kind)).append_column("counterparty", other_side)
    table = table.append_column("amount", pa.array(amount)).append_column(
        "asset", pa.array(rng.choice(["USDT", "BTC", "ETH"], size))
    )
    return table.append_column("status", pa.array(np.full(size, "settled")))


def _logins(rng: np.random.Generator, common: pa.Table) -> pa.Table:
    size = common.num_rows
    kind = rng.choice(["login", "password_change", "factor_change"], size, p=[0.96, 0.02, 0.02])
    outcome = rng.choice(["success", "failure", "locked"], size, p=[0.93, 0.06, 0.01])
    factor = rng.choice(["password", "sms", "totp", "passkey"], size)
    table = common.append_column("kind", pa.array(kind)).append_column("outcome", pa.array(outcome))
    return table.append_column("factor", pa.array(factor))


def _checks(rng: np.random.Generator, common: pa.Table) -> pa.Table:
    size = common.num_rows
    outcome = rng.choice(["pass", "fail"], size, p=[0.9, 0.1])
    table = common.append_column("vendor_outcome", pa.array(outcome))
    return table.append_column("media_score", pa.array(rng.random(size)))


def _accounts(rng: np.random.Generator, size: int) -> pa.Table:
    opened = _FIRST - rng.integers(0, 700 * 86_400, size).astype("timedelta64[s]")
    countries = rng.choice(_COUNTRIES, size)
    names = _names("a", np.arange(size))
    return pa.table(
        {"account_id": names, "opened_at": opened.astype("datetime64[us]"), "kyc_country": countries}
    )


def _networks(rng: np.random.Generator, size: int) -> pa.Table:
    kinds = rng.choice(
        ["residential", "mobile", "vpn", "datacentre", "tor"], size, p=[0.5, 0.4, 0.05, 0.04, 0.01]
    )
    return pa.table(
        {"ip": _addresses(np.arange(size)), "country": rng.choice(_COUNTRIES, size), "kind": kinds}
    )


def _devices(rng: np.random.Generator, size: int) -> pa.Table:
    names = _names("d", np.arange(size))
    return pa.table(
        {"device_id": names, "is_emulator": rng.random(size) < 0.01, "is_rooted": rng.random(size) < 0.02}
    )


def _labels(rng: np.random.Generator, common: pa.Table) -> pa.Table:
    chosen = common.take(pa.array(np.flatnonzero(rng.random(common.num_rows) < 0.01)))
    known = chosen["occurred_at"].to_numpy() + np.timedelta64(7, "D")
    return pa.table(
        {
            "label_id": chosen["event_id"],
            "event_id": chosen["event_id"],
            "account_id": chosen["account_id"],
            "outcome": np.full(chosen.num_rows, "confirmed"),
            "known_at": known,
        }
    )


def _names(prefix: str, numbers: NDArray[np.int64]) -> NDArray[np.str_]:
    return np.char.add(prefix, numbers.astype(str))


def _addresses(numbers: NDArray[np.int64]) -> NDArray[np.str_]:
    parts = [(numbers >> shift & 255).astype(str) for shift in (16, 8, 0)]
    text = np.full(len(numbers), "10", dtype="U15")
    for part in parts:
        text = np.char.add(np.char.add(text, "."), part)
    return text


def _insert(store: Store, name: str, rows: pa.Table) -> None:
    declared = contract_table(name)
    known = set(rows.column_names)
    columns = [rows[c] if c in known else pa.nulls(rows.num_rows) for c in declared.names]
    with store.writing() as cursor:
        cursor.from_arrow(pa.table(columns, names=list(declared.names))).insert_into(name)
