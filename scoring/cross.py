"""Cross scoring: what each model with its policy would have flagged in every quarter, not only its own.

A count of detections can fall because there is less to detect or because the model became another one.
The same events scored by both tell the two apart. A systematic sample is enough, since only shares are
compared. A model has learned from labels of the quarters before its own, so it finds more there than it
would have found at the time: whoever reads these counts says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import duckdb
import pyarrow as pa

from data.progress import Progress, Step
from data.statement import read_statement
from scoring.deciding import FRESH_ROWS, Events, decisions
from scoring.frame import first_row
from scoring.planning import watermark_of
from scoring.policy import Policy
from scoring.registry import InForce

COUNTED = Path(__file__).with_name("run") / "crossed.sql"
# In a quarter of a full year of trade that is some 70,000 events and 3,500 flagged ones: a share is known
# within four per cent of itself.
OF_HUNDRED = 10


def cross_score(
    cursor: duckdb.DuckDBPyConnection,
    in_force: Sequence[InForce],
    policies: Sequence[Policy],
    progress: Progress,
) -> pa.Table:
    """Answer the rows of `cross_scored`: counts by quarter, region and model over the sampled events.

    Only models for everywhere are crossed, each over all events, also those that a promoted model serves.
    """
    found = first_row(cursor, "SELECT min(occurred_at) FROM spine")
    first = found[0] if found else None
    until = watermark_of(cursor) + timedelta(microseconds=1)
    parts: list[pa.Table] = []
    champions = [pair for pair in zip(in_force, policies, strict=True) if pair[0].area is None]
    for done, (force, policy) in enumerate(champions):
        progress(Step("cross", done, len(champions), "models", force.model.model_version))
        events = Events(first or force.since, until, is_again=True, of_hundred=OF_HUNDRED, is_everywhere=True)
        parts.extend(decisions(cursor, force, policy, events))
    progress(Step("cross", len(champions), len(champions), "models"))
    cursor.register("sampled", pa.concat_tables([FRESH_ROWS.empty_table(), *parts]).unify_dictionaries())
    crossed = cursor.sql(read_statement(COUNTED).sql).to_arrow_table()
    cursor.unregister("sampled")
    return crossed
