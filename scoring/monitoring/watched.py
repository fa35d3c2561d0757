"""What is watched: every scored event with its week, area, hidden inputs and truth, in temporary tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from data.statement import read_statement
from scoring.fraud import FRAUD
from scoring.liveness import LIVENESS
from scoring.planning import RIPE_SHARE, delay_of, know_truth

SQL = Path(__file__).with_name("sql")
# Of each area's week; at 1,500 chance moves population stability by .012 at most, a tenth of its limit.
SAMPLED_A_WEEK = 1_500


def delays_of(cursor: duckdb.DuckDBPyConnection, watermark: datetime) -> dict[str, timedelta]:
    """Answer within which time nine in ten labels come, by model, and write the temporary table `truth`."""
    know_truth(cursor, watermark, watermark)
    return {recipe.model: delay_of(cursor, recipe, RIPE_SHARE) for recipe in (FRAUD, LIVENESS)}


def watch(cursor: duckdb.DuckDBPyConnection, watermark: datetime, delays: Mapping[str, timedelta]) -> None:
    """Write the temporary tables `watched` and `inputs_by_day` of `cursor`; needs `truth`."""
    given = {
        "fraud_ripe": watermark - delays["fraud"],
        "liveness_ripe": watermark - delays["liveness"],
        "sampled_a_week": SAMPLED_A_WEEK,
    }
    cursor.execute(read_statement(SQL / "watched.sql").sql, given)
    cursor.execute(read_statement(SQL / "inputs_by_day.sql").sql)
