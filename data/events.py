"""Events checked in bulk: the SQL that turns a source's rows into rows of the contract, or into faults."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from data.checks import Check, Subject, check_of
from data.contract import SIGNATURES, Column, Table
from data.errors import SourceError
from data.listed import ADDED
from data.mapping_rules import MADE_KEYS, near
from data.mapping_types import ColumnSource, Condition, TableMapping
from data.parameters import Parameters
from data.sources import RECORD, Source, quoted

# Separates the parts of a row in the text that its made key is the hash of; null has its own mark.
_UNIT_SEPARATOR, _NULL_MARK = "\x1f", "\x1e"


@dataclass(frozen=True, slots=True)
class Checked:
    """The query that answers one file's checked rows for one table.

    Its columns: `record`, the table's filled columns (and its key), `fault_column`, `fault_reason`, and
    `offset_<name>` for every time in text, which says whether it names its own zone.
    """

    sql: str
    parameters: dict[str, Any]
    columns: tuple[str, ...]
    zoned: tuple[str, ...]
    is_key_made: bool


def checked_rows(source: Source, declared: Table, mapping: TableMapping, clock: datetime) -> Checked:
    """Build the query over `source`. Raises SourceError when the mapping names columns it lacks."""
    _check_names(source, mapping)
    parameters = Parameters(source.parameters)
    checks = [
        _check(declared.column(name), wanted, source, mapping, clock, parameters)
        for name, wanted in mapping.columns.items()
    ]
    checks += [
        _check_constant(declared.column(name), word, mapping, clock, parameters)
        for name, word in mapping.constants.items()
    ]
    columns = (*mapping.columns, *mapping.constants)
    is_made = declared.key in MADE_KEYS and declared.key not in columns
    sql = _query(source, declared, mapping, checks, parameters, is_made=is_made)
    zoned = tuple(check.name for check in checks if check.has_offset) if mapping.time_zone is None else ()
    filled = (declared.key, *columns) if is_made else columns
    filled = (*filled, *ADDED) if declared is SIGNATURES else filled
    return Checked(sql, parameters.used_in(sql), filled, zoned, is_made)


def _query(
    source: Source,
    declared: Table,
    mapping: TableMapping,
    checks: list[Check],
    parameters: Parameters,
    *,
    is_made: bool,
) -> str:
    """Return the three layers: raw values, typed values, faults."""
    of_whole = _whole_row_fault(source, parameters)
    raws = [f"{quoted(RECORD)} AS record", f"{of_whole} AS fault_row"]
    raws += [f"{check.raw} AS raw_{check.name}" for check in checks]
    typed = [f"{check.value} AS value_{check.name}" for check in checks]
    faults = [f"CASE WHEN fault_row IS NULL THEN {check.fault} END AS fault_{check.name}" for check in checks]
    faults += [f"{check.has_offset} AS offset_{check.name}" for check in checks if check.has_offset]
    final = ["record", *(f"value_{name} AS {name}" for name in (*mapping.columns, *mapping.constants))]
    if is_made:
        final.append(f"{_made_key(declared, mapping, parameters)} AS {declared.key}")
    named = " ".join(f"WHEN fault_{check.name} IS NOT NULL THEN '{check.name}'" for check in checks)
    final.append(f"CASE {named} END AS fault_column" if checks else "CAST(NULL AS VARCHAR) AS fault_column")
    reasons = ", ".join(["fault_row", *(f"fault_{check.name}" for check in checks)])
    final.append(f"nullif(concat_ws('; also: ', {reasons}), '') AS fault_reason")
    final += [f"offset_{check.name}" for check in checks if check.has_offset]
    meant = conditions_hold(mapping.where, source.columns, parameters)
    return (
        f"SELECT {', '.join(final)} FROM (SELECT *, {', '.join(faults or ['NULL AS no_fault'])} FROM ("
        f"SELECT *, {', '.join(typed)} FROM (SELECT {', '.join(raws)} FROM ({source.sql}) AS source "
        f"WHERE {meant}) AS raws) AS typed) AS faulted"
    )


def _whole_row_fault(source: Source, parameters: Parameters) -> str:
    if source.kind != "jsonl":
        return "CAST(NULL AS VARCHAR)"
    said = parameters.text(
        "the line is not a JSON object; possible: one object a line; to do: correct the line"
    )
    return f'CASE WHEN "#json" IS NULL OR json_type("#json") <> \'OBJECT\' THEN {said} END'


def _made_key(declared: Table, mapping: TableMapping, parameters: Parameters) -> str:
    """Return the hash of the row's content, the same in every run and every version of DuckDB."""
    null = parameters.text(_NULL_MARK)
    names = sorted((*mapping.columns, *mapping.constants))
    parts = ", ".join(
        f"{parameters.text(name)}, coalesce(CAST(value_{name} AS VARCHAR), {null})" for name in names
    )
    return f"md5(concat_ws({parameters.text(_UNIT_SEPARATOR)}, {parameters.text(declared.name)}, {parts}))"


def _check(
    declared: Column,
    wanted: ColumnSource,
    source: Source,
    mapping: TableMapping,
    clock: datetime,
    parameters: Parameters,
) -> Check:
    source_type = source.columns[wanted.column]
    raw, source_type = _raw(declared, wanted, source_type, mapping, parameters)
    if wanted.only_where:
        raw = f"CASE WHEN {conditions_hold(wanted.only_where, source.columns, parameters)} THEN {raw} END"
    if declared.type == "TIMESTAMP" and _is_number(source_type) and not wanted.unit:
        raise SourceError(
            f"{declared.name} is a time, and the column {wanted.column!r} holds numbers.",
            where=str(source.path),
            possible='unit = "s", "ms", "us" or "ns" for numbers since 1970-01-01 UTC',
            to_do=f'Write {declared.name} = {{ column = "{wanted.column}", unit = "s" }} in the mapping.',
        )
    subject = Subject(declared, replace(wanted), source_type, raw, mapping.time_zone or "UTC", clock)
    return check_of(subject, parameters)


def _check_constant(
    declared: Column, word: str, mapping: TableMapping, clock: datetime, parameters: Parameters
) -> Check:
    """Return the check of a word of the mapping, which must be what a file's must be."""
    raw, time_zone = parameters.text(word), mapping.time_zone or "UTC"
    subject = Subject(declared, ColumnSource(declared.name), "VARCHAR", raw, time_zone, clock)
    return check_of(subject, parameters)


def _raw(
    declared: Column, wanted: ColumnSource, source_type: str, mapping: TableMapping, parameters: Parameters
) -> tuple[str, str]:
    """Return the file's value and its type: native where that needs no reading, else text without blanks."""
    column = quoted(wanted.column)
    if wanted.unit == "number":
        return _numbered_address(column), "VARCHAR"
    words = mapping.values.get(declared.name, {})
    is_same = source_type.startswith(("TIMESTAMP", "DATE")) and declared.type == "TIMESTAMP"
    is_same |= _is_number(source_type) and declared.type != "VARCHAR"
    is_same |= source_type == "BOOLEAN" and declared.type == "BOOLEAN"
    if is_same and not words and not mapping.empty and not wanted.format:
        return column, source_type
    text = f"nullif(trim(CAST({column} AS VARCHAR)), '')"
    if mapping.empty:
        text = f"CASE WHEN NOT list_contains({parameters.add(list(mapping.empty))}, {text}) THEN {text} END"
    if words:
        cases = " ".join(f"WHEN {parameters.text(a)} THEN {parameters.text(b)}" for a, b in words.items())
        text = f"CASE {text} {cases} ELSE {text} END"
    return text, "VARCHAR"


def _is_number(source_type: str) -> bool:
    return source_type.startswith(("DOUBLE", "FLOAT", "DECIMAL")) or source_type.endswith(("INT", "INTEGER"))


def _numbered_address(column: str) -> str:
    """Return an IPv4 address written as a number (732758368, also 732758368.8) with its four parts."""
    whole = f"TRY_CAST(floor(TRY_CAST({column} AS DOUBLE)) AS UINTEGER)"
    parts = [f"(({whole} >> {shift}) & 255)" for shift in (24, 16, 8, 0)]
    spelled = " || '.' || ".join(f"CAST({part} AS VARCHAR)" for part in parts)
    return f"coalesce({spelled}, nullif(trim(CAST({column} AS VARCHAR)), ''))"


def conditions_hold(
    conditions: tuple[Condition, ...], columns: dict[str, str], parameters: Parameters
) -> str:
    """Return the SQL that is true in rows where each column is one of its words; true without conditions."""
    clauses = []
    for name, words in conditions:
        if _is_number(columns[name]) and all(isinstance(w, int | float) for w in words):
            value = f"CAST({quoted(name)} AS DOUBLE)"
            clauses.append(f"list_contains({parameters.add([float(w) for w in words])}, {value})")
        else:
            texts = [str(w).lower() if isinstance(w, bool) else str(w) for w in words]
            clauses.append(f"list_contains({parameters.add(texts)}, CAST({quoted(name)} AS VARCHAR))")
    return " AND ".join(f"coalesce({clause}, false)" for clause in clauses) or "true"


def _check_names(source: Source, mapping: TableMapping) -> None:
    """Raise SourceError when the mapping names a column that the file does not have."""
    named = [wanted.column for wanted in mapping.columns.values()]
    named += [name for wanted in mapping.columns.values() for name, _ in wanted.only_where]
    named += [name for name, _ in mapping.where]
    possible = tuple(source.columns)
    missing = sorted({name for name in named if name not in possible})
    if missing:
        hints = " ".join(dict.fromkeys(filter(None, (near(name, possible) for name in missing))))
        raise SourceError(
            f"The mapping of {mapping.table} names {', '.join(map(repr, missing))}, "
            f"which the file does not have. {hints}".strip(),
            where=str(source.path),
            possible=", ".join(possible),
            to_do="Correct the mapping, or the header of the file; nothing was loaded from it.",
        )
