"""How long honest people wait for the media of their identity check, before and after the two stages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from data.statement import read_statement

LATENCY = Path(__file__).with_name("rollups") / "check_latency.sql"


@dataclass(frozen=True, slots=True)
class Latency:
    """Percentiles in milliseconds over `checks` honest checks on one road.

    `road` is always media (as before), two stages (as decided), or cheap only (no check's media were read).
    """

    road: str
    checks: int
    p50: float
    p95: float
    p99: float


def latency_of_honest(cursor: duckdb.DuckDBPyConnection, since: datetime, until: datetime) -> list[Latency]:
    """Answer the three roads over the same honest checks of [since, until); none where none was timed."""
    rows = cursor.execute(read_statement(LATENCY).sql, {"since": since, "until": until}).fetchall()
    return [Latency(*row) for row in rows]
