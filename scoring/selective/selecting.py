"""Selecting the rows that a training may learn from, where decisions have hidden outcomes.

- A blocked event without a label is left out: nobody saw what it would have become.
- An explored event with a label counts min(1 / probability, MOST_COPIES) times, for the blocked that it
  stands for; without a label yet it is left out too.
- A blocked event with a label counts once, like every other event.

Weights are copies of rows: `sample_weight` makes scikit-learn 1.9 sort each column 255 times to bin it.
Where nothing was decided before, nothing changes.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb

from data.statement import read_statement

SELECTION = Path(__file__).with_name("selection.sql")
# A full weight of 20 on a hundred events lets chance grow trees; a simulation found 5 best (model-facts.md).
MOST_COPIES = 5


def know_selection(cursor: duckdb.DuckDBPyConnection, as_of: datetime) -> int:
    """Write the temporary table `selection` (event_id, copies) of `cursor` and answer how many rows it has.

    Only events that do not count once are in it. `truth` must be there (`planning.know_truth`); decisions
    on events after `as_of` do not exist.
    """
    given = {"as_of": as_of, "most_copies": MOST_COPIES}
    cursor.execute(read_statement(SELECTION).sql, given)
    found = cursor.execute("SELECT count(*) FROM selection").fetchall()
    return int(found[0][0])


def select_all(cursor: duckdb.DuckDBPyConnection) -> None:
    """Write the temporary table `selection` of `cursor` without rows: every event counts once."""
    cursor.execute("CREATE OR REPLACE TEMP TABLE selection (event_id VARCHAR, copies BIGINT)")
