"""What of an account's rows is personal, and tokens in its place: the part of an erasure that the store sees.

The same value of the account gets the same token everywhere, so that what repeats still repeats; the secret
that tokens are made with is forgotten at once, so nobody can go back or guess. Which columns are personal is
declared with them (`data.declared.Column.personal`). Texts that the program wrote of the account have its
values replaced. A device or address that other accounts use as well stays with these; what is said of one
that nobody else uses (its kind, its network) goes over to the token. Statements are generated from the
declared tables; every value is a parameter.
"""

from __future__ import annotations

import secrets
from hashlib import sha256
from typing import Any

import duckdb

from data.contract import TABLES
from data.declared import Table
from data.enriched import ENRICHED_TABLES
from scoring.contract import SCORING_TABLES

# Where the account's own events stand, and with them what is personal.
STREAMS = ("transactions", "logins", "liveness_checks")
# Kinds of personal columns that get tokens, that are emptied, and in whose text values may stand.
VALUES = frozenset({"device", "ip", "client", "counterparty", "entity"})
EMPTIED = frozenset({"picture", "print"})
TEXT = "text"
# Tables of a value and not of an account: a row goes over to the token where nobody else uses the value.
_OF_VALUES = (
    ("devices", "device_id"),
    ("networks", "ip"),
    ("ip_numbers", "ip"),
    ("entity_risk", "entity"),
    ("signature_matches", "entity"),
)
ALL_TABLES = (*TABLES, *ENRICHED_TABLES, *SCORING_TABLES)


def replace_values(cursor: duckdb.DuckDBPyConnection, account_id: str) -> tuple[dict[str, int], int]:
    """Replace what is personal in every table, in the transaction of `cursor`.

    Returns how many values were replaced by table, and how many different values got a token.
    """
    shared = _gather(cursor, account_id)
    rows = {table.name: _in_table(cursor, table, account_id, list(shared)) for table in ALL_TABLES}
    for name, column in _OF_VALUES:
        alone = f'"{column}" = given AND NOT is_shared'
        rows[name] += _count(cursor, f'UPDATE {name} SET "{column}" = token FROM erased_values WHERE {alone}')
    # Lines of files that could not be taken are kept as they came.
    raw = 'UPDATE rejects SET "row" = NULL WHERE contains(CAST("row" AS VARCHAR), $1)'
    rows["rejects"] += _count(cursor, raw, [account_id])
    cursor.execute("DROP TABLE erased_values")
    return {name: count for name, count in rows.items() if count}, len(shared)


def _gather(cursor: duckdb.DuckDBPyConnection, account_id: str) -> dict[str, bool]:
    """Keep each value of the account's events with a token; answer the values and whether others use them."""
    columns = [
        f'SELECT CAST("{column.name}" AS VARCHAR) AS given, account_id FROM {table.name}'
        for table in TABLES
        if table.name in STREAMS
        for column in table.columns
        if column.personal in VALUES
    ]
    said = " UNION ALL ".join(columns)
    found = cursor.execute(
        f"WITH said AS ({said}) SELECT given, bool_or(account_id <> $1) FROM said "
        "WHERE given IN (SELECT given FROM said WHERE account_id = $1) GROUP BY given",
        [account_id],
    ).fetchall()
    # Money may go to another account of the house: its name is no personal datum of this one.
    accounts = {row[0] for row in cursor.execute("SELECT account_id FROM accounts").fetchall()}
    shared = {str(given): bool(is_shared) for given, is_shared in found if given not in accounts}
    secret = secrets.token_hex(32)
    cursor.execute(
        "CREATE OR REPLACE TEMP TABLE erased_values (given VARCHAR, token VARCHAR, is_shared BOOLEAN)"
    )
    for given, is_shared in shared.items():
        token = f"erased-{sha256(f'{secret}{given}'.encode()).hexdigest()[:16]}"
        cursor.execute("INSERT INTO erased_values VALUES ($1, $2, $3)", [given, token, is_shared])
    return shared


def _in_table(cursor: duckdb.DuckDBPyConnection, table: Table, account_id: str, values: list[str]) -> int:
    """Replace what is personal in the account's rows of one table and return how many values that were."""
    names = {column.name for column in table.columns}
    if "account_id" in names:
        own = f"{table.name}.account_id = $1"
    elif "event_id" in names and "region" not in names:
        events = " UNION ALL ".join(f"SELECT event_id FROM {name} WHERE account_id = $1" for name in STREAMS)
        own = f"{table.name}.event_id IN ({events})"
    else:
        return 0
    changed = 0
    for column in table.columns:
        if column.personal in VALUES:
            changed += _count(
                cursor,
                f'UPDATE {table.name} SET "{column.name}" = token FROM erased_values '
                f'WHERE {own} AND {table.name}."{column.name}" = given',
                [account_id],
            )
        elif column.personal in EMPTIED:
            emptied = (
                f'UPDATE {table.name} SET "{column.name}" = NULL WHERE {own} AND "{column.name}" IS NOT NULL'
            )
            changed += _count(cursor, emptied, [account_id])
        elif column.personal == TEXT and values:
            changed += _in_texts(cursor, f'{table.name} SET "{column.name}"', column.name, own, account_id)
    return changed


def _in_texts(cursor: duckdb.DuckDBPyConnection, setting: str, column: str, own: str, account_id: str) -> int:
    """Put tokens for the values into texts, the longest value first: one may stand within another."""
    asked = "SELECT given, token FROM erased_values ORDER BY length(given) DESC"
    changed = 0
    for given, token in cursor.execute(asked).fetchall():
        changed += _count(
            cursor,
            f'UPDATE {setting} = replace("{column}", $2, $3) WHERE {own} AND contains("{column}", $2)',
            [account_id, given, token],
        )
    return changed


def _count(cursor: duckdb.DuckDBPyConnection, sql: str, given: list[Any] | None = None) -> int:
    return int(cursor.execute(sql, given or []).fetchall()[0][0])
