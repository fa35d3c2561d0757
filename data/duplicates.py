"""What is already known: rows whose id was seen before, the same (known) or with other content (rejected).

1. Made keys get an occurrence number among identical rows, so that two equal transfers stay two.
2. The first row of an id, in the store or else in the file, is the authority.
3. Every other row of that id is compared with it: equal is known, different is rejected, both named.
4. Event ids are unique over all three streams: an id that another stream holds is rejected.
"""

from __future__ import annotations

from typing import Any

import duckdb

from data.contract import EVENT_TABLES, Table

CREATE_VERDICTS = "CREATE TEMP TABLE verdicts (record BIGINT, reason VARCHAR)"


def number_repeats(key: str) -> str:
    """Return the SQL that adds '-2', '-3', ... to the made key of the second, third, ... identical row."""
    repeated = f"SELECT {key} FROM staged WHERE fault_reason IS NULL GROUP BY {key} HAVING count(*) > 1"
    numbered = (
        f"SELECT record, row_number() OVER (PARTITION BY {key} ORDER BY record) AS occurrence FROM staged "
        f"WHERE fault_reason IS NULL AND {key} IN ({repeated})"
    )
    return (
        f"UPDATE staged SET {key} = {key} || '-' || CAST(occurrence AS VARCHAR) "
        f"FROM ({numbered}) AS numbered "
        "WHERE staged.record = numbered.record AND occurrence > 1"
    )


def judge(cursor: duckdb.DuckDBPyConnection, declared: Table, columns: tuple[str, ...]) -> None:
    """Fill `verdicts` with every sound row of `staged` that is not new; a null reason means known.

    `columns` are those that the mapping fills; only they are compared with what the store has.
    """
    content = tuple(name for name in columns if name != declared.key)
    cursor.execute(CREATE_VERDICTS)
    if declared in EVENT_TABLES:
        for other in EVENT_TABLES:
            if other is not declared:
                cursor.execute(_against_stream(other))
    cursor.execute(_against_store(declared, content))
    repeated = _repeated(declared, content)
    cursor.execute(repeated)


def _difference(content: tuple[str, ...], here: str, there: str) -> str:
    """Return the SQL of a text that names the columns that differ with both values; empty where equal."""
    parts = [
        f"CASE WHEN {here}.{name} IS DISTINCT FROM {there}.{name} THEN '{name} ' || "
        f"coalesce(left(CAST({here}.{name} AS VARCHAR), 60), 'nothing') || ' against ' || "
        f"coalesce(left(CAST({there}.{name} AS VARCHAR), 60), 'nothing') END"
        for name in content
    ]
    return f"concat_ws(', ', {', '.join(parts)})" if parts else "''"


def _verdict(declared: Table, where: str) -> str:
    """Return the SQL of the reason, from the columns `key`, `difference`; null where nothing differs."""
    return (
        f"CASE WHEN difference <> '' THEN 'the {declared.key} ''' || left(key, 80) || ''' is already ' || "
        f"{where} || ' with other content (' || difference || '); "
        "possible: rows never change, one id is one row; "
        "to do: give a different row its own id, or correct the file' END"
    )


def _against_store(declared: Table, content: tuple[str, ...]) -> str:
    key = declared.key
    compared = (
        f"SELECT staged.record, staged.{key} AS key, {_difference(content, 'staged', 'kept')} AS difference, "
        "(SELECT path FROM files WHERE files.file_id = kept.file_id) AS path "
        # What enrichment found has no file, and gives way to a user's file.
        f"FROM staged JOIN {declared.name} AS kept ON staged.{key} = kept.{key} AND kept.file_id IS NOT NULL "
        "WHERE staged.fault_reason IS NULL AND staged.record NOT IN (SELECT record FROM verdicts)"
    )
    where = "'in the store (' || path || ')'"
    return f"INSERT INTO verdicts SELECT record, {_verdict(declared, where)} FROM ({compared}) AS compared"


def _against_stream(other: Table) -> str:
    reason = (
        f"'the event_id ''' || left(staged.event_id, 80) || ''' is already in {other.name}; "
        "possible: an event_id is unique over transactions, logins and liveness_checks; "
        "to do: add a prefix to the ids of one stream'"
    )
    return (
        f"INSERT INTO verdicts SELECT DISTINCT staged.record, {reason} FROM staged JOIN {other.name} AS kept "
        f"ON staged.event_id = kept.event_id WHERE staged.fault_reason IS NULL"
    )


def _repeated(declared: Table, content: tuple[str, ...]) -> str:
    key = declared.key
    judged = "record NOT IN (SELECT record FROM verdicts)"
    firsts = (
        f"SELECT {key} AS first_key, min(record) AS first_record FROM staged "
        f"WHERE fault_reason IS NULL AND {judged} GROUP BY {key} HAVING count(*) > 1"
    )
    compared = (
        f"SELECT staged.record, staged.{key} AS key, first_record, "
        f"{_difference(content, 'staged', 'kept')} AS difference "
        f"FROM staged JOIN ({firsts}) AS firsts ON staged.{key} = first_key JOIN staged AS kept "
        f"ON kept.record = first_record "
        f"WHERE staged.fault_reason IS NULL AND staged.record <> first_record AND staged.{judged}"
    )
    where = "'in this file (its row ' || CAST(first_record AS VARCHAR) || ')'"
    return f"INSERT INTO verdicts SELECT record, {_verdict(declared, where)} FROM ({compared}) AS compared"


def take_statement(declared: Table, columns: tuple[str, ...]) -> str:
    """Return the SQL that moves every new, sound row of `staged` into its table, in the file's order."""
    names = ", ".join(columns)
    return (
        f"INSERT INTO {declared.name} ({names}, ingest_seq, file_id) "
        f"SELECT {names}, $base + record, $file_id FROM staged "
        "WHERE fault_reason IS NULL AND record NOT IN (SELECT record FROM verdicts) ORDER BY record"
    )


def arrivals_statement(tables: tuple[Table, ...]) -> str:
    """Return the SQL that answers the last number of arrival over all tables that have one."""
    parts = [f"SELECT max(ingest_seq) AS last FROM {t.name}" for t in tables if "ingest_seq" in t.names]
    return f"SELECT coalesce(max(last), 0) FROM ({' UNION ALL '.join(parts)}) AS arrivals"


def counted(cursor: duckdb.DuckDBPyConnection, sql: str, parameters: dict[str, Any] | None = None) -> int:
    """Return the one number that `sql` answers."""
    rows = cursor.execute(sql, parameters or {}).fetchall()
    return int(rows[0][0]) if rows else 0
