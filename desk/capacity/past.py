"""The alerts of the past as they came, and those that would have come at another alert budget.

    past = read_past(cursor, span, progress)
    past.alerts_at(TODAY)              # (n,) which of them are alerts at the budget of today

The policies that decided then decide again with another threshold of a hold: the one at which a multiple of
the share of events reaches it, per model version, as scores of two versions are on two scales. Alerts of
rules and of other models than fraud stay. Crime that no budget reaches is kept too: it is missed at each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.progress import Progress, Step
from data.statement import read_statement
from desk.capacity.setting import BUDGETS, NEVER, TODAY
from desk.cases.state import KINDS
from scoring.calibration import Bools, Floats
from scoring.lab.draft import Draft, threshold_at
from scoring.lab.evidence import RIPE, Evidence, Integers, Span, Times, read_evidence
from scoring.lab.outcomes import WEEK, monday
from scoring.planning import watermark_of
from scoring.policy import HOLD, Policy

FRAUD_ALERTS = Path(__file__).with_name("fraud_alerts.sql")
OTHER_ALERTS = Path(__file__).with_name("other_alerts.sql")
AREAS = Path(__file__).with_name("areas_of_past.sql")
WEEKS = 13


@dataclass(frozen=True, slots=True)
class Past:
    """n alerts, and crime that was none, of all channels in the order of time.

    `came_at` is naive UTC; `place` is the first of BUDGETS at which it is an alert (NEVER: at none);
    `account` and `event` are ids, `score` and `amount` NaN where there is none; `severity` and `loss` as
    intake graded it, None and NaN where it was no alert; `crime` known by now, `is_ripe` whether silence
    means honest, `value` of crime about to leave.
    """

    span: Span
    came_at: Times
    region: NDArray[np.object_]
    kind: NDArray[np.object_]
    account: NDArray[np.object_]
    event: NDArray[np.object_]
    score: Floats
    amount: Floats
    event_kind: NDArray[np.object_]
    decision: NDArray[np.object_]
    severity: NDArray[np.object_]
    loss: Floats
    place: Integers
    crime: Bools
    is_ripe: Bools
    value: Floats

    def __len__(self) -> int:
        """How many."""
        return len(self.came_at)

    def alerts_at(self, place: int) -> Bools:
        """Answer (n,) which are alerts at a budget by its place."""
        found: Bools = self.place <= place
        return found

    def table(self) -> pa.Table:
        """Answer the columns as an Arrow table."""
        return pa.table({name: getattr(self, name) for name in COLUMNS})


COLUMNS = tuple(field.name for field in fields(Past) if field.name != "span")


def span_of(now: datetime) -> Span:
    """Answer the newest 13 whole weeks of which the truth is known: they end 30 days ago or before."""
    until = monday(now - RIPE)
    return Span(until - WEEKS * WEEK, until)


def read_past(cursor: duckdb.DuckDBPyConnection, span: Span, progress: Progress) -> Past:
    """Read and decide all areas again."""
    areas = [str(row[0]) for row in cursor.execute(read_statement(AREAS).sql, _given(span)).fetchall()]
    parts = []
    for number, area in enumerate(areas):
        progress(Step("Decide again", number, len(areas), "areas"))
        parts.append(_of_area(cursor, area, span))
    parts.append(_others(cursor, span))
    progress(Step("Decide again", len(areas), len(areas), "areas"))
    return past_of(pa.concat_tables(parts), span)


def past_of(rows: pa.Table, span: Span) -> Past:
    """Make the past of an Arrow table with its columns, in any order of rows."""
    ordered = rows.sort_by([("came_at", "ascending"), ("event", "ascending")])
    columns: dict[str, Any] = {name: _column(ordered, name) for name in COLUMNS}
    columns["came_at"] = columns["came_at"].astype("datetime64[us]")
    return Past(span=span, **columns)


def _column(rows: pa.Table, name: str) -> Any:
    return rows.column(name).to_numpy()


def _given(span: Span) -> dict[str, datetime]:
    return {"since": span.since, "until": span.until}


def _of_area(cursor: duckdb.DuckDBPyConnection, area: str, span: Span) -> pa.Table:
    """Answer the fraud model's alerts at any budget, and the crime in one area."""
    evidence = read_evidence(cursor, area, span, watermark_of(cursor))
    place = first_places(evidence)
    rows = np.flatnonzero((place < NEVER) | (evidence.loss > 0))
    kept = evidence.taken(rows)
    chosen = pa.table(
        {
            "event_key": kept.key,
            "place": place[rows],
            "crime": kept.crime,
            "is_ripe": kept.is_ripe,
            "value": kept.loss,
        }
    )
    cursor.register("chosen", chosen)
    found = cursor.sql(read_statement(FRAUD_ALERTS).sql).to_arrow_table()
    cursor.unregister("chosen")
    return found.select(COLUMNS)


def _others(cursor: duckdb.DuckDBPyConnection, span: Span) -> pa.Table:
    """Answer the alerts of the other models, which no budget of the fraud model moves."""
    ripe = watermark_of(cursor) - RIPE
    given = {**_given(span), "ripe": ripe, "kinds": list(KINDS)}
    return cursor.sql(read_statement(OTHER_ALERTS).sql, params=given).to_arrow_table().select(COLUMNS)


def first_places(evidence: Evidence) -> Integers:
    """Answer (n,) the place of the first budget at which each event is an alert; NEVER where at none."""
    place = np.full(len(evidence), NEVER, dtype=np.int64)
    drafts = [_drafts(evidence, number) for number in range(len(evidence.policies))]
    touched = np.flatnonzero(_touched(evidence, drafts))
    few = evidence.taken(touched)
    for budget in reversed(range(len(BUDGETS))):
        if budget == TODAY:
            alerts = few.served >= HOLD
        else:
            policies = [
                one[budget].laid_over(policy) for one, policy in zip(drafts, evidence.policies, strict=True)
            ]
            alerts = few.decided(policies).decision >= HOLD
        place[touched[alerts]] = budget
    return place


def _touched(evidence: Evidence, drafts: Sequence[Sequence[Draft]]) -> Bools:
    """Answer (n,) the events that any budget may not allow."""
    lowest = np.array([min(draft.hold for draft in one) for one in drafts])
    touched: Bools = (evidence.occasion.score >= lowest[evidence.policy]) | (evidence.served >= HOLD)
    return touched


def _drafts(evidence: Evidence, number: int) -> tuple[Draft, ...]:
    """Answer a draft for each budget under one of the policies that decided."""
    policy: Policy = evidence.policies[number]
    now = Draft.of(policy, evidence.area)
    score = evidence.occasion.score[evidence.policy == number]
    share = float((score >= now.hold).mean()) if len(score) else 0.0
    return tuple(now if budget == 1.0 else _at(now, score, budget * share) for budget in BUDGETS)


def _at(now: Draft, score: Floats, share: float) -> Draft:
    hold = threshold_at(score, share)
    return replace(now, hold=hold, step_up=min(now.step_up, hold), block=max(now.block, hold))


def weeks_in(span: Span) -> int:
    """Answer how many whole weeks a span has."""
    return int((span.until - span.since) / timedelta(days=7))
