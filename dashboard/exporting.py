"""What `export` and `doctor` ask of an open store: a whole table or answer as a file, and findings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import duckdb

from dashboard import ask, owner
from dashboard.reader import narrow, reading_as, refuse, worded
from data.contract import TABLES
from data.doctor import diagnose
from data.enriched import ENRICHED_TABLES
from data.errors import WatchfloorError
from data.export import export_query
from data.store import Store
from desk.projection_tables import DESK_TABLES
from desk.reads import Reader
from scoring.contract import SCORING_TABLES

# Every table that is declared, in the order in which it is filled.
DECLARED = (*TABLES, *ENRICHED_TABLES, *SCORING_TABLES, *DESK_TABLES)
# What is in the store beside the declared tables and worth taking away.
GENERATED = ("fraud_features", "liveness_features", "freezes")
Value = str | int | float | date | datetime | None


class ExportError(WatchfloorError):
    """What was to be exported is not there."""


def names() -> tuple[str, ...]:
    """Return everything that can be exported: declared tables, generated ones, then questions."""
    return (*(table.name for table in DECLARED), *GENERATED, *sorted(ask.questions()))


def export(one: Reader, what: str, path: Path, given: Mapping[str, str]) -> int:
    """Write a whole table, or the whole answer to a question, to `path`; return the number of rows.

    `one` is what whoever asks may read. `given` are the question's parameters as text. Raises ExportError
    when `what` is neither, RightError where it takes a right that is not held.
    """
    if what not in names():
        raise ExportError(
            f"There is no table or question called {what!r}.",
            possible=", ".join(names()),
            to_do="Choose one of these: watchfloor export NAME --to FILE.csv",
        )
    is_question = what in ask.questions()
    sql = ask.question(what).sql if is_question else f'SELECT * FROM "{what}"'
    parameters = {name: parsed(value) for name, value in given.items()} if is_question else {}
    with reading_as(one), owner.store().cursor() as cursor:
        narrow(cursor, sql)
        try:
            return export_query(cursor, worded(sql), parameters, path)
        except duckdb.CatalogException as error:
            refuse(one, error)
            raise


def parsed(text: str) -> Value:
    """Read a parameter as a person writes it: `null`, a whole number, a number, a date, a time, else text."""
    if text == "null":
        return None
    for read in (int, float, date.fromisoformat, datetime.fromisoformat):
        try:
            return read(text)
        except ValueError:
            continue
    return text


def findings(store: Store) -> str:
    """Return what the doctor finds, one paragraph a finding."""
    found = diagnose(store)
    told = [f"{finding.weight}: {finding.what}\n  {finding.to_do}".rstrip() for finding in found]
    return "\n\n".join(told) or "Nothing is missing or odd."
