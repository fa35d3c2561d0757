"""Lists of known bad addresses, networks and devices, from CSV, Parquet or JSON lines into `signatures`.

A list has the columns `category`, `source` and perhaps `listed_at` (UTC), and says what is bad in one of
these forms: `address`; `cidr`; `ip_from` and `ip_to`; `device_id`; or `kind` and `value`. Other columns are
not read. One assertion (what, category, source) is one row; the same again, in any list, is already known.

How to use signatures at a time: `enrich` compares them with everything that the events name and keeps the
matches in `signature_matches`, by the names as the events write them. So, for an event at `occurred_at`:

    LEFT JOIN signature_matches AS match
      ON match.entity_kind = 'counterparty' AND match.entity = event.counterparty   -- or 'ip', 'device'
      AND (match.listed_at IS NULL OR match.listed_at < event.occurred_at)

An address may match several rows: aggregate. 0x... and bech32 addresses match in any case of letters.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from data.contract import SIGNATURES
from data.errors import SourceError
from data.listed import complete_signatures
from data.progress import Progress, Step
from data.rejects import Malformed, malformed_csv
from data.sources import RECORD, Source, open_source, quoted
from data.statement import SQL, read_statement
from data.store import Store
from data.taking import Arrival, LoadResult, take_staged, taken_before

_COLUMNS = ("signature_id", "kind", "value", "category", "source", "listed_at", "ip_from", "ip_to")
# What a list's columns say it lists: the columns of each form, and the kind of its rows ('' in the column).
_FORMS = (
    (("kind", "value"), ""),
    (("address",), "address"),
    (("cidr",), "network"),
    (("ip_from", "ip_to"), "network"),
    (("device_id",), "device"),
)


def import_signatures(
    store: Store, path: Path, progress: Progress, *, is_synthetic: bool = False, clock: datetime | None = None
) -> LoadResult:
    """Load one list, whole or not at all; the same list twice adds nothing.

    `clock` is the wall clock in naive UTC, after which nothing can have been listed. Run `enrich` after
    it. Raises SourceError when the file is none of the forms or cannot be read.
    """
    now = clock or datetime.now(UTC).replace(tzinfo=None)
    name = f"Import {path.name}"
    progress(Step(name, 0, None))
    with store.writing() as cursor, open_source(cursor, path) as source:
        with path.open("rb") as file:
            content_hash = hashlib.file_digest(file, "sha256").hexdigest()
        result = taken_before(cursor, path, content_hash, SIGNATURES.name)
        if result is not None:
            return result
        malformed = _stage(cursor, source, now)
        arrival = Arrival(content_hash, is_synthetic, now)
        result = take_staged(cursor, source, SIGNATURES, _COLUMNS, malformed, arrival)
    progress(Step(name, result.rows_read, result.rows_read, detail=result.in_words))
    return result


def _stage(cursor: duckdb.DuckDBPyConnection, source: Source, now: datetime) -> list[Malformed]:
    """Fill the temporary table `staged` with the checked rows; answer the lines that are no rows."""
    columns, kind = _form(source)
    statement = _listed_statement(source, columns, kind)
    cursor.execute(statement, source.parameters)
    malformed = malformed_csv(cursor, source)
    parameters = {"clock": now, "value_column": "-".join(columns) if kind else "value"}
    cursor.execute(read_statement(SQL / "stage_signatures.sql").sql, parameters)
    complete_signatures(cursor)
    return malformed


def _form(source: Source) -> tuple[tuple[str, ...], str]:
    """Answer the columns that say what is listed, and the kind of all rows. Raises SourceError."""
    found = [(columns, kind) for columns, kind in _FORMS if set(columns) <= set(source.columns)]
    missing = [name for name in ("category", "source") if name not in source.columns]
    if len(found) == 1 and not missing:
        return found[0]
    what = f"has no column {' and no column '.join(missing)}" if missing else ""
    if len(found) != 1:
        forms = " and ".join(", ".join(columns) for columns, _ in found)
        what = f"says in two ways what is listed ({forms})" if found else "does not say what is listed"
    raise SourceError(
        f"The list of signatures {what}.",
        where=f"{source.path}: {', '.join(source.columns)}",
        possible="category, source, and one of: address; cidr; ip_from, ip_to; device_id; kind, value",
        to_do="Rename the columns in the first line; nothing was imported from it.",
    )


def _listed_statement(source: Source, columns: tuple[str, ...], kind: str) -> str:
    """Return the SQL of the temporary table `listed`: the record's number, and its values as text."""
    texts = {name: f"nullif(trim(CAST({quoted(name)} AS VARCHAR)), '')" for name in source.columns}
    value = " || '-' || ".join(texts[name] for name in columns) if kind else texts["value"]
    named = f"'{kind}'" if kind else texts["kind"]
    listed_at = texts.get("listed_at", "CAST(NULL AS VARCHAR)")
    return (
        f"CREATE OR REPLACE TEMP TABLE listed AS SELECT {quoted(RECORD)} AS record, {named} AS kind, "
        f"{value} AS value, {texts['category']} AS category, {texts['source']} AS source, "
        f"{listed_at} AS listed_at FROM ({source.sql}) AS source"
    )
