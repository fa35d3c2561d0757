"""The statements of the desk's measures: generated around the questions that list what each of them counts.

    by_week(DESK_MEASURES)                # each measure as a whole and by week
    parts("severity")                     # the table by part of a cut
    listed(measure, "severity")           # the rows behind one number, of a part or of all

One statement answers all measures of a window, and the rows behind a number are the same question again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dashboard.measures.desk.declared import BY_NAME
from dashboard.measures.desk.desk_measure import DeskMeasure
from data.statement import Statement, read_statement
from desk.actors import PROGRAM

HOUR = "hour(timezone(coalesce(zone, 'UTC'), timezone('UTC', counted_at)))"
_WEEK = "date_trunc('week', counted_at)::DATE"
# The zone of a case's channel; one that is configured no more counts in UTC.
_ZONES = " LEFT JOIN (SELECT channel, zone FROM desk_channels) USING (channel)"


@dataclass(frozen=True, slots=True)
class Cut:
    """A way to part the desk's work: how a person says it, its SQL over the rows, whose number of parts."""

    title: str
    sql: str
    is_of_people: bool = False


# A case of several regions stands in a part of its own, so that parts add up.
CUTS = {
    "channel": Cut("Channel", "channel"),
    "region": Cut(
        "Region", "CASE WHEN len(regions) > 1 THEN 'several' ELSE coalesce(regions[1], 'unknown') END"
    ),
    "typology": Cut("Typology", "coalesce(typology, 'none')"),
    "kind": Cut("Kind", "kind"),
    "severity": Cut("Severity", "severity"),
    "hour": Cut("Local hour", f"lpad({HOUR}::VARCHAR, 2, '0')"),
    "analyst": Cut("Analyst", f"coalesce(nullif(analyst, '{PROGRAM}'), 'nobody')", is_of_people=True),
}


def _value(name: str, column: str = "counted") -> str:
    return f"any_value({column}) FILTER (WHERE measure = '{name}')"


def _ratio(name: str) -> str:
    return f"{_value(name)} / nullif({_value(name, 'of_all')}, 0)"


def _middle(name: str, column: str = "middle") -> str:
    return f"CASE WHEN {_value(name, 'rows')} >= $fewest THEN {_value(name, column)} END"


# The columns of the table by part.
_COLUMNS = {
    "opened": _value("desk_opened"),
    "disposed": _value("desk_disposed"),
    "alerts_per_case": _ratio("desk_alerts_per_case"),
    "false_per_true": _ratio("desk_false_per_true"),
    "false_share": _ratio("desk_false_share"),
    "first_looks": _value("desk_first_look", "rows"),
    "first_look_minutes": _middle("desk_first_look"),
    "disposition_hours": _middle("desk_disposition"),
    "disposition_hours_most": _middle("desk_disposition", "most"),
    "looked_in_time": _ratio("desk_looked_in_time"),
    "disposed_in_time": _ratio("desk_disposed_in_time"),
    "breached": f"{_value('desk_disposed_in_time', 'of_all')} - {_value('desk_disposed_in_time')}",
    "live": _value("desk_age", "rows"),
    "age_hours": _middle("desk_age"),
    "reopened": _value("desk_reopened"),
    "reviewed": _value("desk_agreement", "of_all"),
    "agreement": _ratio("desk_agreement"),
}
_TABLED = tuple(name for name in BY_NAME if any(f"'{name}'" in sql for sql in _COLUMNS.values()))
_HERE = Path(__file__).parent
# What the rows of most measures read, found once: a statement's own names hide the tables of the store.
_SEEN = ", ".join(
    f"{table} AS MATERIALIZED ({read_statement(_HERE / f'seen_{name}.sql').sql})"
    for table, name in (("desk_steps", "steps"), ("desk_cases", "cases"))
)
_PLACE = "($region IS NULL OR list_contains(regions, $region)) AND ($channel IS NULL OR channel = $channel)"


@lru_cache(maxsize=8)
def by_week(measures: tuple[DeskMeasure, ...]) -> Statement:
    """Return the statement of measures in a window: as a whole (week is null) and by week.

    Its rows are (measure, week, counted, of_all, rows, middle, most): `counted` and `of_all` make the number,
    `middle` and `most` (the 90th percentile) that of medians.
    """
    each = _union(
        f"SELECT '{one.name}' AS measure, {_WEEK} AS week, {_number_of(one)} {_from(one)} "
        "GROUP BY GROUPING SETS ((), (week))"
        for one in measures
    )
    sql = f"WITH {_SEEN} {each} ORDER BY measure, week NULLS FIRST"
    return Statement("desk_measures", "The measures of the desk, as a whole and by week.", sql)


@lru_cache(maxsize=16)
def parts(cut: str) -> Statement:
    """Return the statement of the table by part of a cut, one row a part, most cases first.

    A middle of fewer than `$fewest` is null; the number that it is of stands beside it.
    """
    each = _union(
        f"SELECT '{name}' AS measure, {CUTS[cut].sql} AS part, {_number_of(BY_NAME[name])} "
        f"{_from(BY_NAME[name], cut)} GROUP BY part"
        for name in _TABLED
    )
    columns = ", ".join(f"{sql} AS {name}" for name, sql in _COLUMNS.items())
    sql = (
        f"WITH {_SEEN}, numbers AS ({each}) "
        f"SELECT part, {columns} FROM numbers GROUP BY part ORDER BY opened DESC NULLS LAST, part"
    )
    return Statement("desk_parts", f"The measures of the desk by {CUTS[cut].title.lower()}.", sql)


@lru_cache(maxsize=64)
def listed(measure: DeskMeasure, cut: str, *, shows_people: bool) -> Statement:
    """Return the question for the rows behind a measure, those of `$part` of a cut or all, newest first."""
    people = "*" if shows_people else "* EXCLUDE (analyst)"
    each = " EXCLUDE (analyst, of_each)" if measure.kind == "per" else ""
    people = people if shows_people or not each else f"*{each}"
    sql = (
        f"SELECT {people} FROM ({measure.rows.sql}){_ZONES} "
        f"WHERE {_PLACE} AND ($part IS NULL OR {CUTS[cut].sql} = $part) "
        "ORDER BY counted_at DESC, case_id"
    )
    return Statement(measure.rows.name, measure.rows.sentence, sql)


@lru_cache(maxsize=16)
def values(measure: DeskMeasure) -> Statement:
    """Return the statement for every single value of a measure that is the middle of a list."""
    sql = f"SELECT counted::DOUBLE AS counted FROM ({measure.rows.sql}) WHERE {_PLACE} ORDER BY 1"
    return Statement("desk_values", "Each value behind the middle of a list.", sql)


def _from(measure: DeskMeasure, cut: str = "") -> str:
    return f"FROM ({measure.rows.sql}){_ZONES if cut == 'hour' else ''} WHERE {_PLACE}"


def _number_of(measure: DeskMeasure) -> str:
    """Return the columns of a measure's number: counted, of_all, rows, middle and most (90th percentile)."""
    whole = {"ratio": "sum(of_all)", "per": "count(DISTINCT of_each)"}.get(measure.kind, "NULL")
    middles = ("median(counted)", "quantile_cont(counted, 0.9)") if measure.is_middle else ("NULL", "NULL")
    named = zip((whole, *middles), ("of_all", "middle", "most"), strict=True)
    doubles = ", ".join(f"({sql})::DOUBLE AS {name}" for sql, name in named)
    return f"sum(counted)::DOUBLE AS counted, count(*) AS rows, {doubles}"


def _union(parts: Iterable[str]) -> str:
    return " UNION ALL ".join(parts)
