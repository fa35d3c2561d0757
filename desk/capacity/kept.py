"""What was worked out of capacity, read back: the experiment for any other setting, and how fresh it is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import numpy as np

from data.facts import read_fact
from data.statement import read_statement
from desk.capacity.desks import desks_of
from desk.capacity.experiment import Experiment, experiment_of
from desk.capacity.grading import graded
from desk.capacity.handling import Handling, Pool, pool_of
from desk.capacity.past import past_of
from desk.cases.state import KINDS, SEVERITIES
from desk.channels.model import Channels
from scoring.lab.evidence import Span

FACT = "capacity"
ALERTS = Path(__file__).with_name("kept_alerts.sql")
DURATIONS = Path(__file__).with_name("kept_durations.sql")


@dataclass(frozen=True, slots=True)
class Kept:
    """What was worked out: up to which event, by which configuration of channels, over which weeks."""

    watermark: datetime
    fingerprint: str
    span: Span

    def text(self) -> str:
        """Write it as the store keeps it."""
        return json.dumps(
            {
                "watermark": self.watermark.isoformat(),
                "fingerprint": self.fingerprint,
                "since": self.span.since.isoformat(),
                "until": self.span.until.isoformat(),
            }
        )


def kept_of(cursor: duckdb.DuckDBPyConnection) -> Kept | None:
    """Answer what was worked out last; None where nothing was."""
    text = read_fact(cursor, FACT)
    if text is None:
        return None
    told = json.loads(text)
    since, until, watermark = (datetime.fromisoformat(told[name]) for name in ("since", "until", "watermark"))
    return Kept(watermark, told["fingerprint"], Span(since, until))


def kept_experiment(cursor: duckdb.DuckDBPyConnection, kept: Kept, channels: Channels) -> Experiment:
    """Make the experiment again from what the store keeps: the same repetitions, under these channels."""
    desks = desks_of(channels)
    past = past_of(cursor.sql(read_statement(ALERTS).sql).to_arrow_table(), kept.span)
    alerts = graded(past, channels, {desk.channel: number for number, desk in enumerate(desks)})
    return experiment_of(past, alerts, _handling(cursor), desks)


def _handling(cursor: duckdb.DuckDBPyConnection) -> Handling:
    return Handling(_pool(cursor, "service"), _pool(cursor, "reaction"))


def _pool(cursor: duckdb.DuckDBPyConnection, part: str) -> Pool:
    rows = cursor.execute(read_statement(DURATIONS).sql, {"part": part}).fetchall()
    kinds = np.array([KINDS.index(row[0]) for row in rows], dtype=np.int64)
    ranks = np.array([SEVERITIES.index(row[1]) for row in rows], dtype=np.int64)
    return pool_of(kinds, ranks, np.array([row[2] for row in rows], dtype=np.float64))
