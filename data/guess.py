"""Which column of a file a column of the contract is likely to be, by name and by what its values are."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from data.contract import Column
from data.samples import SampledColumn, SampledFile
from data.vocabulary import COLUMN_WORDS, TIME_FORMATS, VERDICT_WORDS, bare

# Seconds since 1970 of 2009 and of 2100, the times that events can have.
_EARLIEST, _LATEST = 1_230_768_000, 4_102_444_800
_SCALES = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}
_ISO = re.compile(r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|UTC|[+-]\d{2}(:?\d{2})?)?)?$")
_IP = re.compile(r"^(\d{1,3}(\.\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)$")
_COUNTRY = re.compile(r"^[A-Za-z]{2,3}$")
# Most of the sample must fit: files have odd rows, and those are what rejects are for.
_SHARE = 0.9


@dataclass(frozen=True, slots=True)
class Guess:
    """A column of the file, and how far down its name stands among the words for it (0 is surest)."""

    column: SampledColumn
    rank: int


def guess_column(declared: Column, sampled: SampledFile, used: set[str]) -> Guess | None:
    """Return the best unused column of `sampled` for `declared`, whose name and values fit; else None."""
    words = (bare(declared.name), *COLUMN_WORDS.get(declared.name, ()))
    found = [
        Guess(column, words.index(bare(name)))
        for name, column in sampled.columns.items()
        if name not in used and bare(name) in words and fits(declared, column)
    ]
    return min(found, key=lambda guess: guess.rank, default=None)


def fits(declared: Column, column: SampledColumn) -> bool:
    """Answer whether the sampled values can be values of `declared`; a column without values can be any."""
    if not column.values:
        return True
    if declared.type == "TIMESTAMP":
        return is_time(column)
    if declared.type.startswith(("DECIMAL", "DOUBLE", "INTEGER", "BIGINT")):
        return _most(column, lambda text: number(text) is not None)
    if declared.name == "ip":
        return _most(column, lambda text: bool(_IP.match(text))) or is_address_number(column)
    if declared.name in ("kyc_country", "country"):
        return _most(column, lambda text: bool(_COUNTRY.match(text)))
    if declared.name in ("event_id", "label_id"):
        return column.is_unique
    return bool(column.words) if declared.values else True


def verdict_of(sampled: SampledFile) -> SampledColumn | None:
    """Return the column that says whether a row is crime: a known name with two to four words."""
    for word in VERDICT_WORDS:
        for name, column in sampled.columns.items():
            if bare(name) == word and 1 <= len(column.values) <= 4 and _is_verdict(column):
                return column
    return None


def _is_verdict(column: SampledColumn) -> bool:
    known = {"0", "1", "true", "false", "fraud", "illicit", "scam", "licit", "genuine", "ok"}
    known |= {"confirmed", "false_positive", "inconclusive", "legitimate", "-1"}
    return all(word.lower() in known for word in column.values)


def is_time(column: SampledColumn) -> bool:
    """Answer whether the values are times, in a form that the load can read."""
    if column.type.startswith(("TIMESTAMP", "DATE")):
        return True
    return _most(column, lambda text: bool(_ISO.match(text))) or bool(
        epoch_unit(column) or time_format(column)
    )


def epoch_unit(column: SampledColumn) -> str:
    """Return s, ms, us or ns where the values are numbers that count time since 1970; else nothing."""
    if column.type.startswith(("TIMESTAMP", "DATE")) or not column.values:
        return ""
    for unit, scale in _SCALES.items():
        if _most(column, partial(_lies_in, low=_EARLIEST * scale, high=_LATEST * scale)):
            return unit
    return ""


def time_format(column: SampledColumn) -> str:
    """Return the pattern that every value has, where DuckDB would not read it by itself; else nothing."""
    if column.type != "VARCHAR" or not column.values or _most(column, lambda text: bool(_ISO.match(text))):
        return ""
    return next((form for form in TIME_FORMATS if all(_has_format(text, form) for text in column.values)), "")


def is_address_number(column: SampledColumn) -> bool:
    """Answer whether the values are IPv4 addresses written as numbers (above 0.255.255.255)."""
    return _most(column, lambda text: (n := number(text)) is not None and 1 << 24 <= n < 1 << 32)


def number(text: str) -> float | None:
    """Return the number that `text` writes, or None."""
    try:
        return float(text)
    except ValueError:
        return None


def _lies_in(text: str, low: float, high: float) -> bool:
    found = number(text)
    return found is not None and low <= found <= high


def _has_format(text: str, form: str) -> bool:
    try:
        # Only whether it fits is asked; the zone is the mapping's.
        datetime.strptime(text, form)  # noqa: DTZ007
    except ValueError:
        return False
    return True


def _most(column: SampledColumn, holds: Callable[[str], bool]) -> bool:
    return sum(map(holds, column.values)) >= _SHARE * len(column.values) > 0
