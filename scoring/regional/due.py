"""Due: which areas call for retraining, and why: a quarter began, labels came, or drift was raised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import duckdb

from data.statement import read_statement
from scoring.frame import first_row
from scoring.fraud import FRAUD
from scoring.planning import know_truth, quarter_starts, watermark_of
from scoring.regional.judging import maturity_of
from scoring.regional.past import SQL

# A quarter more cases than at the last time narrow an interval by a tenth; fewer than fifty are noise.
MORE_CASES = 0.25
FEWEST_MORE_CASES = 50
# A drift that was raised calls once; retraining every day would chase it.
LEAST_APART = timedelta(days=14)
# Six weeks of an area's events hold some hundred cases where there is crime enough to learn from at all.
LEAST_SHADOW = timedelta(days=42)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an area: its last retraining, cases known then and now, its last alarm of drift."""

    area: str
    last: datetime | None
    cases_then: int
    cases_now: int
    alarm: str | None = None
    raised_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """An area that calls for retraining, why, and as of which instant."""

    area: str
    why: str
    as_of: datetime


def due(known: Sequence[Known], quarter: datetime | None, now: datetime) -> list[Due]:
    """Answer the areas that are due at `now`; `quarter` is the start of the present calendar quarter."""
    found = [_due(one, quarter, now) for one in known]
    return [one for one in found if one is not None]


def _due(one: Known, quarter: datetime | None, now: datetime) -> Due | None:
    if one.last is None:
        return Due(one.area, "it was never trained for itself", quarter or now)
    if quarter is not None and one.last < quarter:
        return Due(one.area, f"a quarter began on {quarter:%Y-%m-%d}", quarter)
    if now - one.last < LEAST_APART:
        return None
    if one.raised_at is not None and one.raised_at > one.last:
        return Due(one.area, f"monitoring raised {one.alarm} on {one.raised_at:%Y-%m-%d}", now)
    more = one.cases_now - one.cases_then
    if more >= max(FEWEST_MORE_CASES, MORE_CASES * one.cases_then):
        return Due(one.area, f"{more:,} cases became known since {one.last:%Y-%m-%d}", now)
    return None


def due_now(cursor: duckdb.DuckDBPyConnection) -> list[Due]:
    """Answer the areas of the store that are due at its last event."""
    now = watermark_of(cursor)
    return due(known_of(cursor, now), quarter_of(cursor, now), now)


def known_of(cursor: duckdb.DuckDBPyConnection, now: datetime) -> list[Known]:
    """Read what is known of each area at `now`, alarms of monitoring among it."""
    rows = cursor.execute(read_statement(SQL / "due_facts.sql").sql, {"now": now}).fetchall()
    raised = cursor.execute(read_statement(SQL / "alarms.sql").sql, {"now": now}).fetchall()
    alarms = {area: (kind, at) for area, kind, at in raised}
    return [
        Known(area, last, then, count, *alarms.get(area, (None, None))) for area, last, then, count in rows
    ]


def quarter_of(cursor: duckdb.DuckDBPyConnection, now: datetime) -> datetime | None:
    """Answer the start of the calendar quarter of `now`; None where the store begins after it."""
    found = first_row(cursor, "SELECT min(occurred_at) FROM spine")
    starts = quarter_starts(found[0], now) if found and found[0] else []
    return starts[-1] if starts else None


def judged_instant(cursor: duckdb.DuckDBPyConnection) -> datetime | None:
    """Answer the newest midnight whose shadow can be judged today; None where the store is too short for any.

    Its shadow is LEAST_SHADOW long in matured events. An older model would be judged on more of them, but
    would know less of what came since.
    """
    now = watermark_of(cursor)
    found = first_row(cursor, "SELECT min(occurred_at) FROM spine")
    know_truth(cursor, now, now)
    instant = now - maturity_of(cursor, FRAUD, now) - LEAST_SHADOW
    midnight = instant.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight if found and found[0] and midnight - found[0] >= LEAST_SHADOW else None
