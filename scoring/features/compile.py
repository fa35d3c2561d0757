"""From declarations to SQL: flags of rows, one query an entity, one projection of all features.

Principle:
1. Every event is a *moment* of numbers; what becomes known later (labels, taints) are *facts*, rows of
   the same shape with a time of their own and no event.
2. Each entity is one query: moments and facts whose key is known, partitioned by it, ordered by time,
   each aggregate a strict frame [t - w, t). A null key would make one giant partition, so it is left out.
3. A feature is arithmetic on the aggregates, joined by the event's number.

Only names that are declared in Python become SQL here; no value from data or from a person does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scoring.features.aggregates import Aggregate
from scoring.features.comparisons import PLACE_BASE, TravelSpeed
from scoring.features.declaration import Feature
from scoring.features.subjects import ENTITIES, ROW_SETS, Condition, Entity, Rows, Window

# Integers where they fit, so that the widest intermediate tables of 5 million events stay in memory.
_TYPES = {"count": "INTEGER", "distinct": "INTEGER", "sum": "DOUBLE", "max": "BIGINT", "min": "BIGINT"}


def moments_sql() -> str:
    """Build the statement that makes the table `moments` from the view `described_events`."""
    flags = [f"{_flag(rows)} AS {rows.flag}" for rows in ROW_SETS]
    return (
        "CREATE OR REPLACE TEMP TABLE moments AS\nSELECT *,\n  "
        + ",\n  ".join(flags)
        + "\nFROM described_events"
    )


def aggregates_of(features: Iterable[Feature]) -> dict[Entity, list[Aggregate]]:
    """Answer the different aggregates of all features, by entity, each once and in order of declaration."""
    wanted = dict.fromkeys(aggregate for feature in features for aggregate in feature.aggregates)
    by_entity = {entity: [a for a in wanted if a.entity == entity] for entity in ENTITIES}
    return {entity: found for entity, found in by_entity.items() if found}


def entity_sql(entity: Entity, aggregates: Sequence[Aggregate]) -> str:
    """Build the statement that makes the table `of_<entity>`: event_key and one column an aggregate."""
    outputs = ",\n  ".join(f"{_finished(a)} AS {a.name}" for a in aggregates)
    expressions = ",\n    ".join(f"{_expression(a)} AS {a.name}" for a in aggregates)
    return (
        f"CREATE OR REPLACE TEMP TABLE of_{entity.name} AS\n"
        f"SELECT event_key,\n  {outputs}\nFROM (\n"
        f"  SELECT event_key, t,\n    {expressions}\n"
        f"  FROM (\n{_source(entity, aggregates)}\n  )\n  WINDOW {_windows(entity, aggregates)}\n)\n"
        "WHERE event_key IS NOT NULL"
    )


def features_sql(
    features: Sequence[Feature], streams: Sequence[str], source: str, table: str, *, new: bool
) -> str:
    """Build the statement that adds to `table` the features of events $first to before $end.

    `source` is the relation with the events' own columns; `streams` are those that the table is about.
    """
    entities = aggregates_of(features)
    joins = [f"LEFT JOIN of_{entity.name} USING (event_key)" for entity in entities]
    joins += [_journey(feature) for feature in features if isinstance(feature.measure, TravelSpeed)]
    columns = ",\n  ".join(f"CAST({feature.formula} AS DOUBLE) AS {feature.name}" for feature in features)
    wanted = ", ".join(f"'{stream}'" for stream in streams)
    start = f"CREATE OR REPLACE TABLE {table} AS" if new else f"INSERT INTO {table}"
    return (
        f"{start}\nSELECT event_id, event_key,\n  {columns}\nFROM {source}\n" + "\n".join(joins) + "\n"
        f"WHERE event_key >= $first AND event_key < $end AND stream IN ({wanted})\nORDER BY event_key"
    )


def _flag(rows: Rows) -> str:
    if rows.fact != "event":
        return "FALSE"
    return " AND ".join(_condition(c) for c in rows.where) or "TRUE"


def _condition(condition: Condition) -> str:
    values = ", ".join(str(v).upper() if isinstance(v, bool) else f"'{v}'" for v in condition.values)
    if condition.is_excluded:
        return f"coalesce({condition.column} NOT IN ({values}), TRUE)"
    return f"coalesce({condition.column} IN ({values}), FALSE)"


def _source(entity: Entity, aggregates: Sequence[Aggregate]) -> str:
    columns = [a.column for a in aggregates if a.column != "t"]
    values = list(dict.fromkeys(c for c in columns if c not in entity.keys))
    flags = list(dict.fromkeys(a.rows for a in aggregates))
    known = " AND ".join(f"{key} IS NOT NULL" for key in entity.keys)
    keys = [*entity.keys]
    events = ", ".join(["event_key", "t", *keys, *values, *(rows.flag for rows in flags)])
    moments = f"    SELECT {events} FROM moments WHERE {known}"
    facts = sorted({rows.fact for rows in flags} - {"event"})
    if not facts:
        return moments
    nothing = [f"NULL AS {column}" for column in values]
    told = [f"fact = '{rows.fact}'" if rows.fact != "event" else "FALSE" for rows in flags]
    wanted = ", ".join(f"'{fact}'" for fact in facts)
    later = ", ".join(["NULL", "t", *keys, *nothing, *told])
    return f"{moments}\n    UNION ALL\n    SELECT {later} FROM facts WHERE {known} AND fact IN ({wanted})"


def _expression(aggregate: Aggregate) -> str:
    function = "count" if aggregate.function == "distinct" else aggregate.function
    inner = f"DISTINCT {aggregate.column}" if aggregate.function == "distinct" else aggregate.column
    # The first time of all is the same for the whole partition; whether it was before is asked afterwards.
    over = "whole" if _is_first(aggregate) else f"w_{aggregate.window.name}"
    return f"{function}({inner}) FILTER (WHERE {aggregate.rows.flag}) OVER {over}"


def _finished(aggregate: Aggregate) -> str:
    value = (
        f"CASE WHEN {aggregate.name} < t THEN {aggregate.name} END"
        if _is_first(aggregate)
        else aggregate.name
    )
    if aggregate.function == "sum":
        value = f"coalesce({value}, 0)"
    return f"CAST({value} AS {_TYPES[aggregate.function]})"


def _is_first(aggregate: Aggregate) -> bool:
    return aggregate.function == "min" and aggregate.column == "t" and aggregate.window.length is None


def _windows(entity: Entity, aggregates: Sequence[Aggregate]) -> str:
    order = f"PARTITION BY {', '.join(entity.keys)} ORDER BY t RANGE BETWEEN"
    framed = dict.fromkeys(a.window for a in aggregates if not _is_first(a))
    lines = [f"w_{w.name} AS ({order} {_reach(w)} PRECEDING AND 1 PRECEDING)" for w in framed]
    if any(_is_first(a) for a in aggregates):
        lines.append(f"whole AS ({order} UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)")
    return ",\n    ".join(lines)


def _reach(window: Window) -> str:
    return "UNBOUNDED" if window.length is None else str(window.length)


def _journey(feature: Feature) -> str:
    place = feature.aggregates[0].name
    return f"LEFT JOIN distances ON from_country = {place} % {PLACE_BASE} AND to_country = country"
