"""What a mapping file must hold to: its keys, the contract's names, and options that fit their column."""

from __future__ import annotations

import codecs
import math
import re
from difflib import get_close_matches
from typing import Any
from zoneinfo import available_timezones

from data.contract import TABLES, Column, Table
from data.errors import MappingError
from data.mapping_types import (
    DEFAULT_ENCODING,
    DEFAULT_MONEY_UNIT,
    TIME_UNITS,
    ColumnSource,
    Condition,
    Mapping,
    TableMapping,
)

# Tables that a mapping may fill.
FILLABLE = tuple(t.name for t in TABLES if t.loadable)
# Keys that are made from the row's content where the file has none.
MADE_KEYS = ("event_id", "label_id", "signature_id")

_TOP_KEYS = ("synthetic", "money_unit", "time_zone", "encoding", "table")
_TABLE_KEYS = (
    "table",
    "files",
    "where",
    "columns",
    "constants",
    "values",
    "encoding",
    "delimiter",
    "time_zone",
    "empty",
)
_COLUMN_KEYS = ("column", "plus", "only_where", "format", "unit", "divide_by")
_SECONDS = {"second": 1.0, "minute": 60.0, "hour": 3_600.0, "day": 86_400.0, "week": 604_800.0}
# Further than that nothing becomes known; DuckDB's times end in the year 294247.
_LONGEST_SECONDS = 100 * 366 * 86_400.0
# What DuckDB's strptime reads (its documentation of date formats).
_FORMAT = re.compile(r"([^%]|%-[dmyHIMSj]|%[aAwdbBmyYHIpMSfngzZjUWcxXGuV%])*")
_SPAN = re.compile(r"^(\d+(?:\.\d+)?)\s*(second|minute|hour|day|week)s?$")


def near(word: str, possible: tuple[str, ...]) -> str:
    """Return 'Did you mean x?' when a word in `possible` is near `word`, else nothing."""
    found = get_close_matches(word.lower(), [p.lower() for p in possible], n=1, cutoff=0.6)
    return f"Did you mean {next(p for p in possible if p.lower() == found[0])}?" if found else ""


def mapping_from_document(document: dict[str, Any], where: str) -> Mapping:
    """Turn a parsed mapping file into a Mapping. Raises MappingError at the first thing wrong."""
    _only_keys(document, _TOP_KEYS, where)
    blocks = document.get("table")
    if not isinstance(blocks, list) or not blocks:
        raise MappingError(
            "The mapping fills no table.",
            where=where,
            possible=f"[[table]] blocks, each with table = one of {', '.join(FILLABLE)}",
            to_do="Add a [[table]] block, or let `watchfloor map FILES` propose one.",
        )
    defaults = {key: document[key] for key in ("time_zone", "encoding") if key in document}
    if not all(isinstance(block, dict) for block in blocks):
        raise _wrong_shape("table", "[[table]] blocks", where)
    tables = tuple(
        _table(defaults | block, f"{where}, [[table]] {n}") for n, block in enumerate(blocks, start=1)
    )
    money_unit = _text(document, "money_unit", where, DEFAULT_MONEY_UNIT)
    if not money_unit.strip():
        raise _wrong_shape("money_unit", 'the name of a unit, such as "USDT"', where)
    return Mapping(
        tables,
        money_unit=money_unit,
        is_synthetic=_flag(document, "synthetic", where),
    )


def _table(block: dict[str, Any], where: str) -> TableMapping:
    _only_keys(block, _TABLE_KEYS, where)
    declared = _declared(block, where)
    where = f"{where} ({declared.name})"
    sections = {name: _section(block, name, where) for name in ("columns", "constants", "values", "where")}
    for name in (*sections["columns"], *sections["constants"], *sections["values"]):
        _contract_column(declared, name, where)
    columns = {n: _column(declared.column(n), v, f"{where}, {n}") for n, v in sections["columns"].items()}
    constants = {n: _constant(n, v, where) for n, v in sections["constants"].items()}
    _no_column_twice(columns, constants, where)
    _required(declared, (*columns, *constants), where)
    return TableMapping(
        table=declared.name,
        files=_texts(block, "files", where),
        columns=columns,
        constants=constants,
        values=_words(declared, sections["values"], constants, where),
        where=_conditions(sections["where"], where),
        encoding=_encoding(block, where),
        delimiter=_delimiter(block, where),
        time_zone=_time_zone(block, where),
        empty=_texts(block, "empty", where) if "empty" in block else (),
    )


def _declared(block: dict[str, Any], where: str) -> Table:
    name = _text(block, "table", where, "")
    if name not in FILLABLE:
        raise MappingError(
            f"The contract has no table {name!r}. {near(name, FILLABLE)}".strip(),
            where=where,
            possible=", ".join(FILLABLE),
            to_do="Set table = to one of them.",
        )
    return next(t for t in TABLES if t.name == name)


def _contract_column(declared: Table, name: str, where: str) -> None:
    possible = tuple(c.name for c in declared.mapped)
    if name not in possible:
        raise MappingError(
            f"The table {declared.name} has no column {name!r} to fill. {near(name, possible)}".strip(),
            where=where,
            possible=", ".join(possible),
            to_do="The contract's column stands left of the equals sign, the file's column right of it.",
        )


def _column(declared: Column, value: Any, where: str) -> ColumnSource:
    if isinstance(value, str):
        return ColumnSource(value)
    if not isinstance(value, dict) or not isinstance(value.get("column"), str):
        raise MappingError(
            f"{declared.name} does not say which column of the file it is.",
            where=where,
            possible=f'{declared.name} = "the_column" or {declared.name} = {{ column = "the_column", ... }}',
            to_do="Write it in one of these two ways.",
        )
    _only_keys(value, _COLUMN_KEYS, where)
    _fits(declared, value, where)
    return ColumnSource(
        column=value["column"],
        plus_seconds=_span(value["plus"], where) if "plus" in value else 0.0,
        only_where=_conditions(_section(value, "only_where", where), where),
        format=_format(value, where),
        unit=_text(value, "unit", where, ""),
        divide_by=_divisor(value, where),
    )


def _fits(declared: Column, value: dict[str, Any], where: str) -> None:
    is_time = declared.type == "TIMESTAMP"
    is_number = declared.type.startswith(("DECIMAL", "DOUBLE"))
    units = tuple(TIME_UNITS) if is_time else ("number",) if declared.name == "ip" else ()
    wrong: list[str] = [key for key in ("plus", "format") if key in value and not is_time]
    wrong += ["divide_by"] if "divide_by" in value and not is_number else []
    wrong += ["unit"] if "unit" in value and value["unit"] not in units else []
    if wrong:
        raise MappingError(
            f"{declared.name} cannot take {wrong[0]} = {value[wrong[0]]!r}.",
            where=where,
            possible="plus and format for times, unit = "
            + ", ".join(TIME_UNITS)
            + ' for times and "number" for ip, divide_by for amounts',
            to_do="Remove the option or correct it.",
        )


def _span(value: Any, where: str) -> float:
    found = _SPAN.match(str(value).strip())
    if not found:
        raise MappingError(
            f"{value!r} is not a span of time.",
            where=where,
            possible='a number and seconds, minutes, hours, days or weeks: "7 days"',
            to_do="Write plus = that way.",
        )
    seconds = float(found[1]) * _SECONDS[found[2]]
    if seconds > _LONGEST_SECONDS:
        raise _wrong_shape(f"plus = {value!r}", "a span of up to a hundred years", where)
    return seconds


def _format(value: dict[str, Any], where: str) -> str:
    pattern = _text(value, "format", where, "")
    if not _FORMAT.fullmatch(pattern):
        possible = "%Y-%m-%d %H:%M:%S, %d.%m.%Y; %f fractions, %z offsets, %p AM and PM, %% a percent sign"
        raise _wrong_shape(f"format = {pattern!r}", possible, where)
    return pattern


def _delimiter(block: dict[str, Any], where: str) -> str:
    delimiter = _text(block, "delimiter", where, "")
    if len(delimiter) > 1 or delimiter in ('"', "\n", "\r", "\0"):
        raise _wrong_shape("delimiter", 'one character that is no quote: ",", ";", "|" or "\\t"', where)
    return delimiter


def _divisor(value: dict[str, Any], where: str) -> float:
    divisor = value.get("divide_by", 1.0)
    if isinstance(divisor, bool) or not isinstance(divisor, int | float) or not 0 < divisor < math.inf:
        raise MappingError(
            f"divide_by = {divisor!r} is not a number above zero.",
            where=where,
            possible="100 where the file counts cents",
            to_do="Correct it.",
        )
    return float(divisor)


def _words(
    declared: Table, section: dict[str, Any], constants: dict[str, str], where: str
) -> dict[str, dict[str, str]]:
    """Return the file's words for each column, after checking that they lead to words of the contract."""
    for name, words in section.items():
        if not isinstance(words, dict):
            raise _wrong_shape(f"values.{name}", "the file's words, each with the contract's", where)
    translated = {name: {_word(k): _word(v) for k, v in words.items()} for name, words in section.items()}
    meant = {name: set(words.values()) for name, words in translated.items()}
    for name, constant in constants.items():
        meant.setdefault(name, set()).add(constant)
    for name, words in meant.items():
        possible = declared.column(name).values
        for word in sorted(words - set(possible)) if possible else ():
            raise MappingError(
                f"{name} cannot be {word!r}. {near(word, possible)}".strip(),
                where=where,
                possible=", ".join(possible),
                to_do="Right of the equals sign stands the contract's word.",
            )
    return translated


def _required(declared: Table, filled: tuple[str, ...], where: str) -> None:
    missing = [
        c.name for c in declared.mapped if c.required and c.name not in filled and c.name not in MADE_KEYS
    ]
    if missing:
        raise MappingError(
            f"The table {declared.name} needs {', '.join(missing)}, "
            f"and nothing fills {'it' if len(missing) == 1 else 'them'}.",
            where=where,
            possible="a column of the file below [table.columns], or one word below [table.constants]",
            to_do="Add what is missing.",
        )


def _no_column_twice(columns: dict[str, ColumnSource], constants: dict[str, str], where: str) -> None:
    for name in columns.keys() & constants.keys():
        raise MappingError(
            f"{name} is both a column and a constant.",
            where=where,
            possible="one of the two",
            to_do="Remove it from [table.columns] or from [table.constants].",
        )


def _conditions(section: dict[str, Any], where: str) -> tuple[Condition, ...]:
    wanted = {name: tuple(v) if isinstance(v, list) else (v,) for name, v in section.items()}
    for name, values in wanted.items():
        if not values or any(isinstance(value, dict | list) for value in values):
            raise _wrong_shape(f"The condition on {name}", "a value, or a list of values", where)
    return tuple(wanted.items())


def _constant(name: str, value: Any, where: str) -> str:
    if isinstance(value, dict | list):
        raise _wrong_shape(f"constants.{name}", "one value, the same for every row", where)
    return _word(value)


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _encoding(block: dict[str, Any], where: str) -> str:
    name = _text(block, "encoding", where, DEFAULT_ENCODING)
    try:
        # Codecs of bytes (hex, zip) have a name too; encoding a text tells them apart.
        "".encode(name)
        return codecs.lookup(name).name
    except (LookupError, ValueError) as error:
        raise MappingError(
            f"There is no encoding {name!r}.",
            where=where,
            possible="utf-8, windows-1252, latin-1, utf-16, gb18030, shift_jis, ...",
            to_do="Set encoding = to the one the file was written in.",
        ) from error


def _time_zone(block: dict[str, Any], where: str) -> str | None:
    zone = _text(block, "time_zone", where, "")
    if zone and zone not in available_timezones():
        raise MappingError(
            f"There is no time zone {zone!r}. {near(zone, tuple(sorted(available_timezones())))}".strip(),
            where=where,
            possible="names of the IANA database: UTC, Asia/Jakarta, Europe/Berlin",
            to_do="Set time_zone = to one of them.",
        )
    return zone or None


def _only_keys(block: dict[str, Any], possible: tuple[str, ...], where: str) -> None:
    for key in block:
        if key not in possible:
            raise MappingError(
                f"The mapping has a key {key!r} that means nothing here. {near(key, possible)}".strip(),
                where=where,
                possible=", ".join(possible),
                to_do="Correct or remove it.",
            )


def _section(block: dict[str, Any], name: str, where: str) -> dict[str, Any]:
    section = block.get(name, {})
    if not isinstance(section, dict):
        raise _wrong_shape(name, "a table of names and values", where)
    return section


def _text(block: dict[str, Any], name: str, where: str, default: str) -> str:
    value = block.get(name, default)
    if not isinstance(value, str):
        raise _wrong_shape(name, "a text in quotes", where)
    return value


def _texts(block: dict[str, Any], name: str, where: str) -> tuple[str, ...]:
    value = block.get(name)
    if not isinstance(value, list) or not value or not all(isinstance(v, str) for v in value):
        raise _wrong_shape(name, 'a list of texts, such as ["transfers*.parquet"]', where)
    return tuple(value)


def _flag(block: dict[str, Any], name: str, where: str) -> bool:
    value = block.get(name, False)
    if not isinstance(value, bool):
        raise _wrong_shape(name, "true or false", where)
    return value


def _wrong_shape(name: str, possible: str, where: str) -> MappingError:
    return MappingError(f"{name} has the wrong shape.", where=where, possible=possible, to_do="Correct it.")
