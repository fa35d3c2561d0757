"""The experiment again from what the store keeps: the same alerts and draws, for other settings."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np

from data.statement import read_statement
from desk.capacity.desks import desks_of
from desk.capacity.experiment import Experiment, experiment_of
from desk.capacity.grading import graded
from desk.capacity.handling import Handling, Pool, pool_of
from desk.capacity.kept import Kept
from desk.capacity.past import past_of
from desk.cases.state import KINDS, SEVERITIES
from desk.channels.model import Channels

ALERTS = Path(__file__).with_name("kept_alerts.sql")
DURATIONS = Path(__file__).with_name("kept_durations.sql")


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
