"""Deciding: events in, scores and decisions out, by one model with its policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from scoring.calibration import Bools, Floats
from scoring.frame import Words, matrix_of, numbers_of, pieces, words_of
from scoring.fraud import FRAUD
from scoring.planning import GROWING_BUCKETS
from scoring.policy import DECISIONS, Codes, Occasion, Policy, decide
from scoring.recipe import Recipe
from scoring.registry import InForce
from scoring.stages import band_in, in_stages
from scoring.threads import on_all_cores
from scoring.verification import signs_of

FOLDER = Path(__file__).with_name("run")

FRESH_ROWS = pa.schema(
    [
        ("event_key", pa.int64()),
        ("model", pa.dictionary(pa.int8(), pa.string())),
        ("model_version", pa.dictionary(pa.int8(), pa.string())),
        ("score", pa.float64()),
        ("threshold", pa.float64()),
        ("decision", pa.dictionary(pa.int8(), pa.string())),
        ("policy_version", pa.dictionary(pa.int8(), pa.string())),
        ("is_in_training", pa.bool_()),
        ("by_score", pa.dictionary(pa.int8(), pa.string())),
        ("act", pa.dictionary(pa.int8(), pa.string())),
        ("probability", pa.float64()),
        ("cheap_score", pa.float64()),
        ("stage", pa.dictionary(pa.int32(), pa.string())),
    ]
)


@dataclass(frozen=True, slots=True)
class Events:
    """Which events of a model's streams: [since, until), those without a decision or (`is_again`) all.

    `of_hundred` below 100 takes a systematic sample. `is_everywhere`: also what a promoted model serves.
    """

    since: datetime
    until: datetime
    is_again: bool
    of_hundred: int = 100
    is_everywhere: bool = False


def decisions(
    cursor: duckdb.DuckDBPyConnection, force: InForce, policy: Policy, events: Events
) -> Iterator[pa.Table]:
    """Yield FRESH_ROWS of one model and policy, a piece of events at a time."""
    given: dict[str, Any] = {
        "since": events.since,
        "until": events.until,
        "again": events.is_again,
        "of_hundred": events.of_hundred,
    }
    band = band_in(policy.document)
    is_fraud = force.recipe.model == FRAUD.model
    if is_fraud:
        served_by = force.model.model_version if force.area else None
        given |= {"served_by": served_by, "is_everywhere": events.is_everywhere}
    rows = pieces(cursor, FOLDER / f"{force.recipe.model}_unscored.sql", given)

    def decided_rows(piece: Any) -> pa.Table:
        staged = in_stages(force.recipe, force.model, band, matrix_of(piece, force.recipe.names))
        at = occasion_of(force.recipe, staged.score, piece)
        decided = decide(policy, at)
        return pa.table(
            {
                # A copy: a column that came from DuckDB keeps the whole piece of features in memory.
                "event_key": np.array(piece.column("event_key"), dtype=np.int64),
                "model": _word(force.recipe.model, piece.num_rows),
                "model_version": _word(force.model.model_version, piece.num_rows),
                "score": at.score,
                "threshold": decided.threshold,
                "decision": _step(decided.decision),
                "policy_version": _word(policy.policy_version, piece.num_rows),
                "is_in_training": _is_in_training(force, piece),
                "by_score": _step(decided.by_score),
                "act": _words(decided.act),
                "probability": pa.array(decided.probability, from_pandas=True),
                "cheap_score": pa.array(staged.cheap, mask=np.full(piece.num_rows, band is None)),
                "stage": pa.array(staged.stage, pa.string()).dictionary_encode(),
            },
            schema=FRESH_ROWS,
        )

    yield from on_all_cores(decided_rows, (piece for piece in rows if piece.num_rows))


def occasion_of(recipe: Recipe, score: Floats, piece: Any) -> Occasion:
    """Read from a batch of events what a policy looks at beside their scores (n,)."""
    is_fraud = recipe.model == FRAUD.model
    return Occasion(
        score=score,
        region=words_of(piece, "region"),
        kind=words_of(piece, "kind"),
        amount=numbers_of(piece, "amount"),
        is_known_bad=piece.column("is_known_bad").to_numpy(zero_copy_only=False),
        signs=signs_of(piece) if is_fraud else None,
        draw=numbers_of(piece, "draw") if is_fraud else None,
    )


def _word(word: str, rows: int) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, dtype=np.int8)), pa.array([word]))


def _step(codes: Codes) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(DECISIONS))


def _words(words: Words) -> pa.DictionaryArray:
    """Answer words (n,) as a dictionary whose codes fit the schema."""
    found = pa.array(words, pa.string()).dictionary_encode()
    return pa.DictionaryArray.from_arrays(found.indices.cast(pa.int8()), found.dictionary)


def _is_in_training(force: InForce, piece: Any) -> Bools:
    """Answer (n,) whether the model's trees or calibration may have seen an event's truth."""
    times = piece.column("occurred_at").to_numpy(zero_copy_only=False)
    is_inside: Bools = times < np.datetime64(force.model.window_to)
    if force.model.is_split_by_account:
        is_inside &= numbers_of(piece, "account_bucket") <= GROWING_BUCKETS[1]
    return is_inside
