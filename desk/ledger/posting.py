"""Posting: the one way in which money moves in the ledger, within the transaction of the act that moves it.

    with records.writing() as connection:
        post(connection, [Transfer("A1", "USDT", "available", "held", 5_000_000, "freeze", "F-1", ...)])
    balances(records, "A1")              # {"USDT": Balances(available=-5000000, held=5000000, ...)}

Each transfer is a line of the audit log that holds the hash of its row: who changes a row is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, tuple_

from desk.actors import Actor, require
from desk.audit import Entry, record_all
from desk.canonical import digest, row_hash
from desk.ledger.buckets import BUCKETS, Balances
from desk.ledger.permitted import require_permitted
from desk.ledger.transfers_table import LEDGER_NOW, LEDGER_TRANSFERS
from desk.records import Records
from desk.transactional import AT_ONCE, clock_of, take_turn

Key = tuple[str, str]
# SQLite takes at most 32,766 values, and a pair is two.
_PAIRS_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Transfer:
    """One amount that goes from one place of an account to another, because of a freeze or a recovery.

    `at` is the data's now, naive UTC; `amount_micro` in millionths of the store's unit.
    """

    account_id: str
    asset: str
    source: str
    target: str
    amount_micro: int
    object_kind: str
    object_id: str
    actor: Actor
    at: datetime
    reason: str
    approval_id: str | None = None


def post(connection: Connection, transfers: Sequence[Transfer]) -> list[str]:
    """Move money, in the order of `transfers`, and return the ids of the rows; all of it or nothing.

    Raises LedgerError for a way that is not there, more than there is, nothing, or what nobody approved in
    this transaction; ActorError when nobody acts; RuntimeError outside `records.writing()`.
    """
    for actor in {transfer.actor for transfer in transfers}:
        require(actor)
    take_turn(connection)
    require_permitted(connection, transfers)
    standing = _standing(connection, {(each.account_id, each.asset) for each in transfers})
    recorded_at = clock_of(connection)()
    rows, entries = [], []
    for transfer in transfers:
        key = (transfer.account_id, transfer.asset)
        version, before = standing.get(key, (0, Balances()))
        after = before.moved(transfer.source, transfer.target, transfer.amount_micro)
        standing[key] = version + 1, after
        row = _row(transfer, version + 1, after, recorded_at)
        rows.append(row)
        entries.append(_entry(transfer, row, before, after))
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(insert(LEDGER_TRANSFERS), rows[start : start + AT_ONCE])
    record_all(connection, entries)
    return [row["transfer_id"] for row in rows]


def balances(records: Records, account_id: str) -> Mapping[str, Balances]:
    """Return what an account has in each asset that the ledger knows of it."""
    with records.reading() as connection:
        asked = select(LEDGER_NOW).where(LEDGER_NOW.c.account_id == account_id)
        return {row.asset: balances_of(row) for row in connection.execute(asked)}


def balances_of(row: Any) -> Balances:
    """Return the balances that a row of `ledger_transfers` or `ledger_now` carries."""
    return Balances(*(getattr(row, f"{name}_micro") for name in BUCKETS))


def transfer_hash(row: Mapping[str, Any]) -> str:
    """Return the hash by which the audit log knows a row of the ledger: of all its columns but its number."""
    return row_hash(row)


def _standing(connection: Connection, keys: Iterable[Key]) -> dict[Key, tuple[int, Balances]]:
    found: dict[Key, tuple[int, Balances]] = {}
    wanted = sorted(keys)
    pair = tuple_(LEDGER_NOW.c.account_id, LEDGER_NOW.c.asset)
    for start in range(0, len(wanted), _PAIRS_AT_ONCE):
        for row in connection.execute(
            select(LEDGER_NOW).where(pair.in_(wanted[start : start + _PAIRS_AT_ONCE]))
        ):
            found[row.account_id, row.asset] = row.version, balances_of(row)
    return found


def _row(transfer: Transfer, version: int, after: Balances, recorded_at: datetime) -> dict[str, Any]:
    said = f"{transfer.account_id} {transfer.asset} {version}"
    return {
        "at": transfer.at,
        "recorded_at": recorded_at,
        "actor": transfer.actor.name,
        "role": transfer.actor.role,
        "transfer_id": f"T-{digest(said)[:16]}",
        "account_id": transfer.account_id,
        "asset": transfer.asset,
        "version": version,
        "source": transfer.source,
        "target": transfer.target,
        "amount_micro": transfer.amount_micro,
        **{f"{name}_micro": getattr(after, name) for name in BUCKETS},
        "object_kind": transfer.object_kind,
        "object_id": transfer.object_id,
        "approval_id": transfer.approval_id,
        "reason": transfer.reason.strip(),
    }


def _entry(transfer: Transfer, row: dict[str, Any], before: Balances, after: Balances) -> Entry:
    return Entry(
        transfer.actor,
        "moved",
        "transfer",
        row["transfer_id"],
        transfer.at,
        before=asdict(before),
        after={**asdict(after), "hash": transfer_hash(row)},
        reason=transfer.reason,
        approval_id=transfer.approval_id,
    )
