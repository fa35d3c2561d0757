"""The past cases that a trainee may be drilled with, and how the trainee did so far.

    drawn = draw_cases(candidates(cursor, actor.name, seen, now), record(records, actor.name), seed)

A case counts once its truth is ripe: closed for RIPE, every event of it known by the newest conclusive label,
not by the desk's first word. It is never a live case, nor about an account or ring that has one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
from sqlalchemy import select

from data.statement import read_statement
from desk.drills.drawing import NO_CRIME, Candidate, Trained
from desk.drills.marking import LEAST_CASES
from desk.drills.state import Chosen, Pace, state_of_row
from desk.drills.steps import DRILL_STEPS
from desk.records import Records

# 19 of 20 labels of the demonstration are known within 33 days of the event, nine of ten within 25.
RIPE = timedelta(days=30)
# Cases that a colleague must have closed to be compared with.
EXPERIENCED = 20


def candidates(
    cursor: duckdb.DuckDBPyConnection, trainee: str, seen: Sequence[str], now: datetime
) -> list[Candidate]:
    """Return every past case that may be drawn for a trainee, but those of `seen`; `now` is the data's."""
    statement = read_statement(Path(__file__).with_name("candidates.sql"))
    parameters = {
        "ripe_at": now - RIPE,
        "now": now,
        "trainee": trainee,
        "seen": list(seen) or [""],
        "experienced": EXPERIENCED,
        "least": LEAST_CASES,
    }
    return [
        _candidate(row) for row in cursor.sql(statement.sql, params=parameters).to_arrow_table().to_pylist()
    ]


def _candidate(row: dict[str, Any]) -> Candidate:
    quartiles = row["quartiles"]
    pace = None if quartiles is None else Pace(int(row["pace_cases"]), *(round(one, 1) for one in quartiles))
    chosen = Chosen(
        row["case_id"],
        row["subject_kind"],
        row["subject_id"],
        row["kind"],
        row["opened_at"],
        row["truth"],
        row["typology"],
        row["known_at"],
        row["desk_outcome"],
        row["desk_typology"],
        row["desk_seconds"],
        pace,
    )
    return Candidate(chosen, row["margin"], bool(row["was_contradicted"]), bool(row["was_long"]))


def seen_by(records: Records, trainee: str) -> list[str]:
    """Return the cases of every drill that a trainee began, however it ended."""
    asked = select(DRILL_STEPS).where(DRILL_STEPS.c.trainee == trainee, DRILL_STEPS.c.action == "started")
    with records.reading() as connection:
        return [one.case_id for row in connection.execute(asked) for one in state_of_row(row).cases]


def record(records: Records, trainee: str) -> dict[str, Trained]:
    """Return how a trainee did so far, by typology; innocent customers under `none`, skipped as wrong."""
    asked = select(DRILL_STEPS).where(DRILL_STEPS.c.trainee == trainee, DRILL_STEPS.c.case_id.is_not(None))
    found: dict[str, Trained] = {}
    with records.reading() as connection:
        for row in connection.execute(asked):
            name = row.truth_typology or NO_CRIME
            before = found.get(name, Trained())
            is_right = bool(row.is_right) and row.is_typology_right is not False
            found[name] = Trained(before.answered + 1, before.right + is_right)
    return found
