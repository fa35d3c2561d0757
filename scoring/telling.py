"""Telling: explanations of chosen events as rows for the tables `explanations` and `reasons`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.progress import Progress, Step
from scoring.calibration import Floats
from scoring.counterfactual import NOT_TO_BE_CHANGED, in_words, nearest_changes
from scoring.explanations import Explained, explain, explainer_of
from scoring.frame import matrix_of, numbers_of, pieces, words_of
from scoring.registry import InForce
from scoring.sayings import Sayings, named
from scoring.stages import as_decided
from scoring.telling_signals import SIGNAL_ROWS, signal_rows

FOLDER = Path(__file__).with_name("run")
# Rows explained between two reports of progress: about a second of work.
BATCH = 2_000

EXPLANATION_ROWS = pa.schema(
    [
        ("event_id", pa.string()),
        ("model_version", pa.string()),
        ("base_probability", pa.float64()),
        ("score", pa.float64()),
        ("is_sample", pa.bool_()),
        ("nearest_change", pa.string()),
    ]
)
REASON_ROWS = pa.schema(
    [
        ("event_id", pa.string()),
        ("occurred_at", pa.timestamp("us")),
        ("region", pa.string()),
        ("model", pa.string()),
        ("rank", pa.int32()),
        ("reason", pa.string()),
        ("feature", pa.string()),
        ("value", pa.float64()),
        ("normal", pa.float64()),
        ("contribution", pa.float64()),
        ("points", pa.float64()),
        ("sentence", pa.string()),
    ]
)
TOLD_ROWS = pa.schema([("event_key", pa.int64()), ("reason", pa.string()), ("sentence", pa.string())])


@dataclass(frozen=True, slots=True)
class Told:
    """Arrow tables of what is to be stored: explanations, reasons, strongest reasons, single signals."""

    explanations: pa.Table
    reasons: pa.Table
    strongest: pa.Table
    signals: pa.Table


def tell(cursor: duckdb.DuckDBPyConnection, in_force: list[InForce], events: int, progress: Progress) -> Told:
    """Explain the events of the temporary table `chosen`, of which there are `events`.

    `cursor` also holds `fresh`, the decisions just made.
    """
    parts: list[Told] = []
    done = 0
    for force in in_force:
        explainer, said = None, Sayings(force.recipe.features)
        statement = FOLDER / f"{force.recipe.model}_chosen.sql"
        for piece in pieces(cursor, statement, {"model_version": force.model.model_version}):
            explainer = explainer or explainer_of(force.model.trees)
            for start in range(0, piece.num_rows, BATCH):
                progress(Step("explain", done, events, "events"))
                batch = piece.slice(start, BATCH)
                parts.append(_tell_batch(force, explainer, said, batch))
                done += batch.num_rows
    progress(Step("explain", done, events, "events"))
    return Told(
        pa.concat_tables([EXPLANATION_ROWS.empty_table(), *(part.explanations for part in parts)]),
        pa.concat_tables([REASON_ROWS.empty_table(), *(part.reasons for part in parts)]),
        pa.concat_tables([TOLD_ROWS.empty_table(), *(part.strongest for part in parts)]),
        pa.concat_tables([SIGNAL_ROWS.empty_table(), *(part.signals for part in parts)]),
    )


def _tell_batch(force: InForce, explainer: Any, said: Sayings, batch: Any) -> Told:
    matrix = matrix_of(batch, force.recipe.names)
    if force.recipe.has_stages:
        matrix = as_decided(force.recipe, matrix, words_of(batch, "stage"))
    explained = explain(force.model, explainer, force.recipe.features, matrix)
    changes = _changes(force, matrix, explained, batch)
    rows = _reason_rows(force, explained, said, batch)
    row, group = np.arange(len(matrix)), headline(explained)
    feature = explained.feature[row, group]
    value, normal = explained.value[row, group], explained.normal[row, group]
    count = len(matrix)
    # Taken, and so copied: a column that came from DuckDB keeps the whole piece of features in memory.
    every = pa.array(np.arange(count))
    return Told(
        pa.table(
            {
                "event_id": batch.column("event_id").take(every),
                "model_version": pa.repeat(force.model.model_version, count),
                "base_probability": np.full(count, explained.base_probability),
                "score": explained.score,
                "is_sample": batch.column("is_sample").take(every),
                "nearest_change": pa.array(changes, pa.string()),
            },
            schema=EXPLANATION_ROWS,
        ),
        rows,
        pa.table(
            {
                "event_key": batch.column("event_key").take(every).cast(pa.int64()),
                "reason": named(explained.reasons, group),
                "sentence": pa.array(said.sentences(feature, value, normal), pa.string()),
            },
            schema=TOLD_ROWS,
        ),
        signal_rows(force, matrix, explained, said, batch),
    )


def headline(explained: Explained) -> NDArray[np.intp]:
    """Answer (n,) the reason to show first: the strongest in the direction of the score.

    The kind of event comes last: that a withdrawal is no trade tells an analyst nothing.
    """
    direction = np.where(explained.score >= explained.base_probability, 1.0, -1.0)
    strength = explained.points * direction[:, None]
    strength[:, np.isin(explained.reasons, NOT_TO_BE_CHANGED)] = -np.inf
    first: NDArray[np.intp] = strength.argmax(axis=1)
    return first


def _changes(force: InForce, matrix: Floats, explained: Explained, batch: Any) -> list[str | None]:
    """Answer the nearest change of each event of the batch in words; None for the allowed."""
    said: list[str | None] = [None] * len(matrix)
    flagged = np.flatnonzero(words_of(batch, "decision") != "allow")
    if not len(flagged):
        return said
    found = nearest_changes(
        force.model, force.recipe.features, matrix, explained, numbers_of(batch, "threshold"), flagged
    )
    for row, change in zip(flagged, found, strict=True):
        said[row] = None if change is None else in_words(change, float(explained.score[row]))
    return said


def _reason_rows(force: InForce, explained: Explained, said: Sayings, batch: Any) -> pa.Table:
    """Answer one row a reason that is not exactly nothing; every event keeps at least its first."""
    ranked = np.take_along_axis(explained.contribution, explained.order, axis=1)
    is_kept = ranked != 0
    is_kept[:, 0] = True
    row, rank = np.nonzero(is_kept)
    group = explained.order[row, rank]
    feature = explained.feature[row, group]
    value, normal = explained.value[row, group], explained.normal[row, group]
    taken = pa.array(row)
    return pa.table(
        {
            "event_id": batch.column("event_id").take(taken),
            "occurred_at": batch.column("occurred_at").take(taken),
            "region": batch.column("region").take(taken),
            "model": pa.repeat(force.recipe.model, len(row)),
            "rank": (rank + 1).astype(np.int32),
            "reason": named(explained.reasons, group),
            "feature": named(force.recipe.names, feature),
            "value": pa.array(value, from_pandas=True),
            "normal": pa.array(normal, from_pandas=True),
            "contribution": explained.contribution[row, group],
            "points": explained.points[row, group],
            "sentence": pa.array(said.sentences(feature, value, normal), pa.string()),
        },
        schema=REASON_ROWS,
    )
