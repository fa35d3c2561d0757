"""What is watched: every scored event with its week, area, hidden inputs and truth, in temporary tables."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb

from data.statement import read_statement
from scoring.fraud import FRAUD
from scoring.liveness import LIVENESS
from scoring.planning import RIPE_SHARE, delay_of, know_truth
from scoring.recipe import Recipe

SQL = Path(__file__).with_name("sql")
# Of each area's week; at 1,500 chance moves population stability by .012 at most, a tenth of its limit.
SAMPLED_A_WEEK = 1_500


def watch(cursor: duckdb.DuckDBPyConnection, watermark: datetime) -> None:
    """Write the temporary tables `truth`, `watched` and `inputs_by_day` of `cursor`."""
    know_truth(cursor, watermark, watermark)
    fraud, liveness = (_ripe(cursor, recipe, watermark) for recipe in (FRAUD, LIVENESS))
    given = {"fraud_ripe": fraud, "liveness_ripe": liveness, "sampled_a_week": SAMPLED_A_WEEK}
    cursor.execute(read_statement(SQL / "watched.sql").sql, given)
    cursor.execute(read_statement(SQL / "inputs_by_day.sql").sql)


def _ripe(cursor: duckdb.DuckDBPyConnection, recipe: Recipe, watermark: datetime) -> datetime:
    return watermark - delay_of(cursor, recipe, RIPE_SHARE)
