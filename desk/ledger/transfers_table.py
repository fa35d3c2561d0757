"""The table of transfers: one row moves one amount, and carries the account's seven balances after it.

A row takes from one place what it gives to another, so it is both entries at once, and no row can make or
lose money; `ledger_entries` shows the two apart. (account, asset, version) is there once: of two who move
money of one account at the same instant, the database lets one in. What the database itself refuses: a row
that changes or goes, one that does not follow from the row before, a balance on the wrong side of zero,
balances that do not add up to zero, and money that moves without an approval that was used up for it.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Connection,
    Index,
    Integer,
    String,
    Table,
    Text,
    column,
    event,
    table,
)

from data.statement import read_statement
from desk.append_only import refuse_changes, refuse_rows
from desk.ledger.buckets import BUCKETS, SOURCES
from desk.ledger.permitted import refuse_unapproved
from desk.transactional import TRANSACTIONAL, acted

_ONE_OF = ", ".join(repr(name) for name in BUCKETS)
LEDGER_TRANSFERS = Table(
    "ledger_transfers",
    TRANSACTIONAL,
    *acted("transfer"),
    Column("transfer_id", String, nullable=False, unique=True, comment="The transfer: T-4f0a91c2de07."),
    Column("account_id", String, nullable=False, comment="Whose money."),
    Column("asset", String, nullable=False, comment="In which asset, by ticker."),
    Column("version", Integer, nullable=False, comment="How many transfers of this account and asset."),
    Column("source", String, nullable=False, comment="From which place."),
    Column("target", String, nullable=False, comment="To which place."),
    Column("amount_micro", BigInteger, nullable=False, comment="How much, in millionths."),
    *(
        Column(f"{name}_micro", BigInteger, nullable=False, comment=f"What is {name} after it, millionths.")
        for name in BUCKETS
    ),
    Column("object_kind", String, nullable=False, comment="Because of what: freeze or recovery."),
    Column("object_id", String, nullable=False, comment="Which one."),
    Column("approval_id", String, comment="The approval that it used up."),
    Column("reason", Text, nullable=False, comment="The words of whoever did it."),
    CheckConstraint("amount_micro > 0", name="moves_something"),
    CheckConstraint("source <> target", name="moves_somewhere"),
    CheckConstraint(f"source IN ({_ONE_OF}) AND target IN ({_ONE_OF})", name="known_places"),
    CheckConstraint(" + ".join(f"{name}_micro" for name in BUCKETS) + " = 0", name="sums_to_zero"),
    CheckConstraint(
        " AND ".join(f"{name}_micro {'<=' if name in SOURCES else '>='} 0" for name in BUCKETS),
        name="on_the_right_side_of_zero",
    ),
    CheckConstraint("version > 0", name="transfers_counted_from_one"),
    CheckConstraint("approval_id IS NOT NULL OR role = 'system'", name="people_have_an_approval"),
    Index("each_transfer_once", "account_id", "asset", "version", unique=True),
    Index("each_approval_moves_once", "approval_id", unique=True),
    Index("transfers_by_object", "object_kind", "object_id"),
    comment="Every movement of stopped or mistaken money, one row a transfer, with the balances after it.",
    sqlite_autoincrement=True,
)
refuse_changes(
    LEDGER_TRANSFERS, "account_id = NEW.account_id AND asset = NEW.asset AND version = NEW.version"
)


def _change(bucket: str) -> str:
    """Return in SQL by how much a new row changes a balance."""
    gains, loses = "WHEN NEW.target THEN NEW.amount_micro", "WHEN NEW.source THEN -NEW.amount_micro"
    return f"CASE '{bucket}' {gains} {loses} ELSE 0 END"


_DOES_NOT = "ledger_transfers goes on from the balances before: this row does not"
_FIRST = " AND ".join(f"NEW.{name}_micro = {_change(name)}" for name in BUCKETS)
refuse_rows(LEDGER_TRANSFERS, "beginning", f"NEW.version = 1 AND NOT ({_FIRST})", _DOES_NOT)
_NEXT = " AND ".join(f"NEW.{name}_micro = before.{name}_micro + {_change(name)}" for name in BUCKETS)
refuse_rows(
    LEDGER_TRANSFERS,
    "break",
    "NEW.version > 1 AND NOT EXISTS (SELECT 1 FROM ledger_transfers AS before "
    "WHERE before.account_id = NEW.account_id AND before.asset = NEW.asset "
    f"AND before.version = NEW.version - 1 AND {_NEXT})",
    _DOES_NOT,
)
refuse_unapproved(LEDGER_TRANSFERS)
_CREATE_VIEWS = tuple(
    read_statement(Path(__file__).with_name(f"{name}.sql")).sql for name in ("ledger_now", "ledger_entries")
)
LEDGER_NOW = table("ledger_now", *(column(each.name, each.type) for each in LEDGER_TRANSFERS.columns))


@event.listens_for(LEDGER_TRANSFERS, "after_create")
def _create_views(_table: Table, connection: Connection, **_: object) -> None:
    for statement in _CREATE_VIEWS:
        connection.exec_driver_sql(statement)
