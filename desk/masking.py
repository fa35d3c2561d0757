"""What each reader sees of the store: a schema of views beside it, with tokens for personal data.

    readers = Readers(store, key_in(home.path))
    readers.narrow(cursor, reader, version, desk_version)      # its questions see the reader's tables only

For each reader there is a schema `readers.as_...` in a database in memory, attached beside the store: it
holds one view a table that the reader may read, and nothing else. A view leaves out secret rows, and shows
a token where a column is personal: what it is, and 12 digits of a keyed hash. The same value has the same
token everywhere, so joins, different counts and links to it go on working; without the home's key nobody can
go back or guess. Views of the store are made anew upon these views. Why: docs/decisions/0021.
"""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Mapping
from hashlib import md5
from pathlib import Path

import duckdb

from data.statement import read_statement
from data.store import Store
from desk.actors import SEE_PERSONAL, SEE_SECRET
from desk.reads import READS, Read, Reader, rights_beside, rights_needed

ATTACHED = "readers"
KEY_NAME = "mask.key"
# 48 bits: two of a million values share a token in one store of 560.
DIGITS = 12
_TEXTS = read_statement(Path(__file__).with_name("texts_to_mask.sql")).sql
_KNOWN = read_statement(Path(__file__).with_name("known_values.sql")).sql


def key_in(home: Path) -> str:
    """Return the secret that the tokens of a home are made with, as hexadecimal; it is made at first use."""
    path = home / "keys" / KEY_NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        key = secrets.token_hex(32)
        file.write(key)
    return key


def token(key: str, kind: str, given: str) -> str:
    """Return the token that stands for a value, as the views show it."""
    return f"{kind}-{md5(f'{key}{given}'.encode(), usedforsecurity=False).hexdigest()[:DIGITS]}"


class Readers:
    """The schemas of a store, each made when it is first needed and again when the store's tables changed."""

    def __init__(self, store: Store, key: str) -> None:
        self._store = store
        self._key = key
        self._lock = threading.RLock()
        self._version: object = None
        self._desk_version: object = None
        self._made: set[Reader] = set()
        self._named: tuple[object, Mapping[str, frozenset[str]]] = (None, {})

    def narrow(
        self, cursor: duckdb.DuckDBPyConnection, reader: Reader, version: object, desk_version: object
    ) -> None:
        """Have `cursor` see what `reader` may read at these versions of the store, and nothing else."""
        if reader.is_everything:
            return
        with self._lock:
            is_old = self._version != version or reader not in self._made
            if is_old or self._desk_version != desk_version:
                self._renew(reader, version, desk_version)
        cursor.execute(f"SET search_path = '{ATTACHED}.{reader.name}'")

    def needed(self, sql: str, version: object) -> frozenset[str]:
        """Return the rights that change the answer to `sql`; it may name views and macros of the store."""
        with self._lock:
            if self._named[0] != version:
                cursor = self._store.cursor()
                try:
                    self._named = (version, rights_beside(_definitions(cursor)))
                finally:
                    cursor.close()
            beside = self._named[1]
        return rights_needed(sql, beside)

    def _renew(self, reader: Reader, version: object, desk_version: object) -> None:
        cursor = self._store.cursor()
        try:
            if not _is_attached(cursor):
                cursor.execute(f"ATTACH ':memory:' AS {ATTACHED}")
            # At once, so that nobody reads a text that is not looked through yet.
            cursor.execute("BEGIN TRANSACTION")
            if self._version != version:
                self._made = set()
                for made in _common(self._key):
                    cursor.execute(made)
            if reader not in self._made:
                _make_schema(cursor, reader)
            _mask_texts(cursor)
            cursor.execute("COMMIT")
        finally:
            cursor.close()
        self._made.add(reader)
        self._version, self._desk_version = version, desk_version


def _make_schema(cursor: duckdb.DuckDBPyConnection, reader: Reader) -> None:
    """Make the views of one reader: of tables, then the store's macros, then its own views upon these."""
    name = cursor.execute("SELECT current_database()").fetchall()[0][0]
    schema, main = f"{ATTACHED}.{reader.name}", f'"{name}".main'
    there, views = _columns(cursor, name), _views(cursor, name)
    mine = [read for read in READS.values() if reader.may(read.right)]
    macros = _macros(cursor, name)
    cursor.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
    cursor.execute(f"CREATE SCHEMA {schema}")
    cursor.execute(f"SET search_path = '{schema}'")
    for read in mine:
        if read.name in there and read.name not in views:
            cursor.execute(view_of(read, there[read.name], reader, schema, main))
    for macro in macros:
        cursor.execute(f"CREATE MACRO {schema}.{macro}")
    for read in mine:
        if read.name in views:
            cursor.execute(f"CREATE VIEW {schema}.{read.name} AS {views[read.name]}")
    cursor.execute(f"SET search_path = '{name}.main'")


def view_of(read: Read, columns: list[str], reader: Reader, schema: str, main: str) -> str:
    """Return the SQL of the view of one table for one reader."""
    personal = {} if reader.may(SEE_PERSONAL) else dict(read.personal)
    is_open = reader.may(SEE_SECRET)
    instead = {} if is_open else dict(read.without)
    shown = ", ".join(
        f'{instead[name]} AS "{name}"' if name in instead else _shown(name, personal.get(name, ""))
        for name in columns
    )
    joined = "".join(
        f' LEFT JOIN {ATTACHED}.main.texts AS "{name}_said" '
        f'ON "{name}_said".text = CAST(t."{name}" AS VARCHAR)'
        for name in columns
        if personal.get(name) == "text"
    )
    joined += "" if is_open else read.joined.format(main=main)
    secret = "" if is_open else read.secret
    left_out = f" WHERE ({secret.format(main=main)}) IS NOT TRUE" if secret else ""
    return (
        f"CREATE VIEW {schema}.{read.name} AS SELECT {shown} FROM {main}.{read.name} AS t{joined}{left_out}"
    )


def _shown(name: str, kind: str) -> str:
    """Return what the view shows of a column, by the kind of personal data that it holds."""
    column = f't."{name}"'
    if not kind:
        return column
    return f'{_TOKENS[kind].format(c=column, name=name)} AS "{name}"'


# How each kind of personal column is shown; {c} is the column, {name} its name. A value is shown by the same
# token wherever it stands: those of one column of mixed kinds go by the column beside it that says which.
_MASK = ATTACHED + ".main.mask"
_OWN = "{c} IN (SELECT account_id FROM " + ATTACHED + ".main.own_accounts)"
_ADDRESS = f"{_MASK}('address', {{c}})"
_PARTY = f"CASE WHEN {_OWN} THEN {{c}} ELSE {_ADDRESS} END"
_TOKENS = {
    "device": f"{_MASK}('device', {{c}})",
    "ip": f"{_MASK}('ip', {{c}})",
    "client": f"{_MASK}('client', {{c}})",
    "picture": f"{_MASK}('picture', {{c}})",
    "print": f"{_MASK}('print', {{c}})",
    "listed": f"{_MASK}('listed', {{c}})",
    "mail": f"{_MASK}('mail', {{c}})",
    "phone": f"{_MASK}('phone', {{c}})",
    "memo": f"{_MASK}('memo', {{c}})",
    "hash": f"{_MASK}('transfer', {{c}})",
    "address": _ADDRESS,
    "party": _PARTY,
    "counterparty": f"CASE WHEN t.kind = 'internal_transfer' THEN {{c}} ELSE {_ADDRESS} END",
    "entity": (
        f"CASE t.entity_kind WHEN 'counterparty' THEN {_PARTY} ELSE {_MASK}(t.entity_kind, {{c}}) END"
    ),
    "named": f"CASE t.kind WHEN 'address' THEN {_ADDRESS} ELSE {_MASK}(t.kind, {{c}}) END",
    "tie": (
        "CASE WHEN t.kind IN ('transfer', 'referral') THEN {c} "
        f"WHEN t.kind = 'device' THEN {_MASK}('device', {{c}}) "
        f"WHEN t.kind = 'network' THEN {_MASK}('ip', {{c}}) "
        f"WHEN t.kind = 'gateway' THEN {_MASK}('ip', split_part({{c}}, '@', 1)) || '@' || "
        "split_part({c}, '@', 2) "
        f"ELSE {_PARTY} END"
    ),
    "text": 'coalesce("{name}_said".masked, CAST({c} AS VARCHAR))',
    "hidden": "NULL",
}


def _common(key: str) -> tuple[str, ...]:
    """Return the statements that make what the views of every reader share."""
    schema = f"{ATTACHED}.main"
    return (
        f"CREATE OR REPLACE MACRO {schema}.mask(kind, given) AS "
        f"CASE WHEN given IS NULL THEN NULL "
        f"ELSE kind || '-' || left(md5('{key}' || CAST(given AS VARCHAR)), {DIGITS}) END",
        f"CREATE OR REPLACE TABLE {schema}.texts (text VARCHAR, masked VARCHAR)",
        f"CREATE OR REPLACE TABLE {schema}.looked_at (hash UBIGINT)",
        f"CREATE OR REPLACE TABLE {schema}.own_accounts AS SELECT account_id FROM accounts",
        _KNOWN,
    )


def _mask_texts(cursor: duckdb.DuckDBPyConnection) -> None:
    """Look through the texts that came since, and keep those that name personal data, with tokens instead."""
    cursor.execute("CREATE OR REPLACE TEMP TABLE told_texts (text VARCHAR)")
    for read in READS.values():
        for column, kind in read.personal:
            if kind == "text":
                cursor.execute(
                    f'INSERT INTO told_texts SELECT DISTINCT CAST("{column}" AS VARCHAR) FROM {read.name} '
                    f'WHERE "{column}" IS NOT NULL'
                )
    cursor.execute(_TEXTS)
    cursor.execute(f"INSERT INTO {ATTACHED}.main.texts BY NAME SELECT text, masked FROM masked_texts")
    cursor.execute(f"INSERT INTO {ATTACHED}.main.looked_at SELECT DISTINCT hash(text) FROM told_texts")
    cursor.execute("DROP TABLE told_texts")
    cursor.execute("DROP TABLE masked_texts")


def _is_attached(cursor: duckdb.DuckDBPyConnection) -> bool:
    named = cursor.execute("SELECT database_name FROM duckdb_databases()").fetchall()
    return (ATTACHED,) in named


def _columns(cursor: duckdb.DuckDBPyConnection, database: str) -> dict[str, list[str]]:
    """Return the columns of every table and view of the store."""
    there: dict[str, list[str]] = {}
    asked = (
        "SELECT table_name, column_name FROM duckdb_columns() "
        "WHERE database_name = $name AND schema_name = 'main' ORDER BY table_name, column_index"
    )
    for table, column in cursor.execute(asked, {"name": database}).fetchall():
        there.setdefault(table, []).append(column)
    return there


def _views(cursor: duckdb.DuckDBPyConnection, database: str) -> dict[str, str]:
    """Return what each view of the store selects."""
    asked = "SELECT view_name, sql FROM duckdb_views() WHERE database_name = $name AND NOT internal"
    return {
        view: sql.split(" AS ", 1)[1].rstrip(";")
        for view, sql in cursor.execute(asked, {"name": database}).fetchall()
    }


def _macros(cursor: duckdb.DuckDBPyConnection, database: str) -> list[str]:
    """Return the name, parameters and text of each macro of the store, in the order of their making."""
    asked = (
        "SELECT function_name, function_type, parameters, macro_definition FROM duckdb_functions() "
        "WHERE database_name = $name AND schema_name = 'main' AND NOT internal ORDER BY function_oid"
    )
    return [
        f"{name}({', '.join(parameters)}) AS {'TABLE ' if kind == 'table_macro' else ''}{definition}"
        for name, kind, parameters, definition in cursor.execute(asked, {"name": database}).fetchall()
    ]


def _definitions(cursor: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return the text of each view and macro of the store by its name."""
    name = cursor.execute("SELECT current_database()").fetchall()[0][0]
    macros = {text.split("(", 1)[0]: text for text in _macros(cursor, name)}
    return {**_views(cursor, name), **macros}
