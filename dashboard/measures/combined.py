"""One statement for many measures: generated around the questions that list what each of them counts.

So a number on a page and the rows behind it are the same question, and a page of measures is one query.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from dashboard.measures.measure import Measure
from data.statement import Statement, read_statement

FOLDER = Path(__file__).parent
_NAMED = re.compile(r"\$(\w+)")
_NO_WHOLE = "NULL::DOUBLE"
# Days are the same days in every place; everything else adds up over places.
_SIZE = "CASE WHEN measure = 'exposure_days' THEN count(DISTINCT day) ELSE sum(value) END::DOUBLE"


def rows_statement(measure: Measure) -> Statement:
    """Return the question that lists what a measure counts."""
    return read_statement(FOLDER / "rows" / f"rows_{measure.name}.sql")


def exposure_statement(name: str) -> Statement:
    """Return the question for an exposure by day, region and country."""
    return read_statement(FOLDER / "exposures" / f"exposure_{name}.sql")


@lru_cache(maxsize=64)
def weekly_statement(measures: tuple[Measure, ...], *, by_country: bool) -> Statement:
    """Return the statement for each measure's value and whole by week and region (null: everywhere).

    Its rows are (measure, region, country, week, value, whole). Exposures come under the name
    `exposure_<name>` with their size as value. `by_country` adds rows for every country.
    """
    facts = [_facts(measure) for measure in measures]
    facts += [_exposure(name) for name in sorted({m.exposure for m in measures if m.exposure})]
    place = ", country" if by_country else ""
    grouped = "(measure, week), (measure, region, week)" + (", (measure, region, country, week)" * by_country)
    sql = (
        f"WITH facts AS ({_union(facts)}) "
        f"SELECT measure, region{place}, date_trunc('week', day)::DATE AS week, "
        f"{_SIZE} AS value, sum(whole)::DOUBLE AS whole "
        f"FROM facts GROUP BY GROUPING SETS ({grouped}) "
        # What belongs to no region stands under everywhere alone.
        "HAVING region IS NOT NULL OR grouping(region) = 1 "
        f"ORDER BY measure, region NULLS FIRST{place}, week"
    )
    return Statement("measures_by_week", "Each measure by week and region.", sql)


@lru_cache(maxsize=16)
def account_statement(measures: tuple[Measure, ...]) -> Statement:
    """Return the statement for each account's (measure, region, account_id, value, whole) in the window."""
    facts = _union(_facts(measure, account="account_id") for measure in measures)
    sql = (
        f"SELECT measure, region, account_id, sum(value)::DOUBLE AS value, sum(whole)::DOUBLE AS whole "
        f"FROM ({facts}) GROUP BY ALL ORDER BY ALL"
    )
    return Statement("measures_by_account", "Each measure by account.", sql)


@lru_cache(maxsize=16)
def listed_statement(measures: tuple[Measure, ...]) -> Statement:
    """Return the statement for every single (measure, region, value) in the window, sorted."""
    facts = _union(_facts(measure) for measure in measures)
    sql = f"SELECT measure, region, value FROM ({facts}) ORDER BY ALL"
    return Statement("measures_listed", "Each value of a measure.", sql)


def given(statement: Statement, parameters: Mapping[str, object]) -> dict[str, object]:
    """Return those of `parameters` that a statement names."""
    named = set(_NAMED.findall(statement.sql))
    return {name: value for name, value in parameters.items() if name in named}


def _facts(measure: Measure, account: str = "NULL::VARCHAR") -> str:
    whole = "of_all::DOUBLE" if measure.kind == "ratio" else _NO_WHOLE
    return (
        f"SELECT '{measure.name}' AS measure, region, country, counted_at::DATE AS day, "
        f"{account} AS account_id, counted::DOUBLE AS value, {whole} AS whole "
        f"FROM ({rows_statement(measure).sql})"
    )


def _exposure(name: str) -> str:
    return (
        f"SELECT 'exposure_{name}' AS measure, region, country, day, NULL::VARCHAR AS account_id, "
        f"exposure::DOUBLE AS value, {_NO_WHOLE} AS whole FROM ({exposure_statement(name).sql})"
    )


def _union(parts: Iterable[str]) -> str:
    return " UNION ALL ".join(parts)
