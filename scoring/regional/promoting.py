"""Promoting: the rows that put a challenger in force, let its share grow, or take it back; what they need.

Who may do so and with whose approval is the desk's affair (`desk/promotions.py`); here stands what is allowed
at all, whoever asks: a challenger that is shown to be worse never serves, and one that the rule does not
promote only with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from data.errors import ModelError
from data.statement import read_statement
from scoring.frame import first_row
from scoring.regional.rule import PROMOTE

SQL = Path(__file__).with_name("sql")
# One in ten first: enough to see a fault, little enough to bear it; then half; then all.
STEPS_OF_SHARE = (10, 50, 100)
PROMOTED, GROWN, ROLLED_BACK = "promoted", "grown", "rolled_back"


@dataclass(frozen=True, slots=True)
class Serving:
    """Which promoted model serves an area now, and what percentage of its accounts; 0: none any more."""

    area: str
    model_version: str
    share_percent: int
    valid_from: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """A challenger as the rule sees it."""

    model_version: str
    area: str
    verdict: str
    is_worse: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Promotion:
    """A row of `promotions` before it is written."""

    area: str
    model_version: str
    valid_from: datetime
    share_percent: int
    kind: str
    proposed_by: str
    approved_by: str | None
    approval_id: str


def serving_now(cursor: duckdb.DuckDBPyConnection, area: str) -> Serving | None:
    """Answer what the newest promotion of an area says; None where nothing was ever promoted."""
    found = first_row(cursor, read_statement(SQL / "serving.sql").sql, {"area": area})
    return Serving(*found) if found else None


def standing_of(cursor: duckdb.DuckDBPyConnection, model_version: str) -> Standing:
    """Answer how a challenger stands. Raises ModelError when it is none, or was not judged yet."""
    found = first_row(cursor, read_statement(SQL / "standing.sql").sql, {"model_version": model_version})
    if found is None:
        raise ModelError(
            f"There is no judged challenger {model_version}.",
            where="the tables challengers and verdicts",
            possible="a challenger whose shadow was compared",
            to_do="Run `watchfloor retrain` first; it compares what has matured.",
        )
    return Standing(*found)


def next_share(serving: Serving | None, model_version: str) -> int:
    """Answer the next step of share for a challenger: the first where another or none serves."""
    if serving is None or serving.model_version != model_version or serving.share_percent == 0:
        return STEPS_OF_SHARE[0]
    higher = [step for step in STEPS_OF_SHARE if step > serving.share_percent]
    if not higher:
        raise ModelError(
            f"{model_version} serves all accounts of its area already.",
            where="promotions",
            possible="roll back, or another challenger",
            to_do="There is nothing left to grow.",
        )
    return higher[0]


def refuse_unfit(standing: Standing, reason: str) -> None:
    """Raise ModelError where a challenger must not serve: it is worse, or the rule says no without a reason.

    `reason` is the approver's, for going against the rule.
    """
    if standing.is_worse:
        raise ModelError(
            f"{standing.model_version} is shown to be worse than the champion; it cannot be promoted.",
            where=standing.sentence,
            possible="a challenger that is not shown to be worse",
            to_do="Keep the champion, or retrain the area.",
        )
    if standing.verdict != PROMOTE and not reason.strip():
        raise ModelError(
            f"The rule does not promote {standing.model_version}.",
            where=standing.sentence,
            possible="a reason of the approver for going against the rule",
            to_do="Say why in the approval, or keep the champion.",
        )


def write_promotion(cursor: duckdb.DuckDBPyConnection, row: Promotion, now: datetime) -> None:
    """Append a promotion; runs in the caller's transaction.

    Raises ModelError when it would reach back: what was decided stays decided.
    """
    serving = serving_now(cursor, row.area)
    if row.valid_from < now or (serving is not None and row.valid_from < serving.valid_from):
        raise ModelError(
            f"A promotion cannot begin at {row.valid_from:%Y-%m-%d %H:%M}: that is past.",
            where=f"area {row.area}",
            possible=f"from {now:%Y-%m-%d %H:%M} on",
            to_do="Let it begin now or later.",
        )
    cursor.execute(
        "INSERT INTO promotions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            row.area,
            row.model_version,
            row.valid_from,
            row.share_percent,
            row.kind,
            row.proposed_by,
            row.approved_by,
            row.approval_id,
            now,
        ],
    )
