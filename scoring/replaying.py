"""Replaying: scores and decisions of past events computed again, by the model and policy that decided then.

    table = replayed(cursor, home.models, ["A1"], [17, 23])      # REPLAYED_ROWS, one row an event

What goes in are the stored features of each event, the model's file (refused when its hash is not the one
that was written), and the stored policy. A score is the same only when all of its 64 bits are.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from data.errors import ModelError, WatchfloorError
from data.statement import read_statement
from scoring.artefact import load_model
from scoring.deciding import occasion_of
from scoring.frame import matrix_of
from scoring.fraud import FRAUD
from scoring.liveness import LIVENESS
from scoring.policies import read_policy
from scoring.policy import DECISIONS, decide
from scoring.recipe import Recipe
from scoring.regional.kinds import recipe_of
from scoring.stages import band_in, in_stages

FOLDER = Path(__file__).with_name("run")
REPLAYED_ROWS = pa.schema(
    [
        ("event_id", pa.string()),
        ("model_version", pa.string()),
        ("policy_version", pa.string()),
        ("score", pa.float64()),
        ("score_again", pa.float64()),
        ("decision", pa.string()),
        ("decision_again", pa.string()),
        ("is_bit_equal", pa.bool_()),
        ("why_not", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class _Batch:
    """Events that one model and one policy decided on, with everything that a decision needs."""

    recipe: Recipe
    model_version: str
    policy_version: str
    rows: Any


def replayed(
    cursor: duckdb.DuckDBPyConnection, models: Path, accounts: Sequence[str], keys: Sequence[int]
) -> pa.Table:
    """Answer REPLAYED_ROWS of the events `keys` of `accounts`; `why_not` says why one has no score again."""
    files = {
        row[0]: row[1:] for row in cursor.execute(read_statement(FOLDER / "model_files.sql").sql).fetchall()
    }
    parts = [REPLAYED_ROWS.empty_table()]
    for batch in _batches(cursor, {"accounts": list(accounts), "keys": list(keys)}):
        try:
            again = _again(cursor, models, files, batch)
        except WatchfloorError as error:
            again = ([None] * batch.rows.num_rows, [None] * batch.rows.num_rows, str(error).splitlines()[0])
        parts.append(_told(batch, *again))
    return pa.concat_tables(parts)


def _batches(cursor: duckdb.DuckDBPyConnection, given: dict[str, Any]) -> Iterator[_Batch]:
    for recipe in (FRAUD, LIVENESS):
        sql = read_statement(FOLDER / f"{recipe.model}_replayed.sql").sql
        table = cursor.sql(sql, params=given).to_arrow_table().combine_chunks()
        pairs = table.select(["model_version", "policy_version"]).to_pylist()
        starts = [n for n, pair in enumerate(pairs) if n == 0 or pair != pairs[n - 1]]
        for start, end in pairwise([*starts, len(pairs)]):
            rows = table.slice(start, end - start).combine_chunks().to_batches()[0]
            yield _Batch(recipe, pairs[start]["model_version"], pairs[start]["policy_version"], rows)


def _again(
    cursor: duckdb.DuckDBPyConnection, models: Path, files: dict[str, Any], batch: _Batch
) -> tuple[list[Any], list[Any], str | None]:
    """Answer scores and decisions computed again. Raises ModelError or PolicyError where they cannot be."""
    if batch.model_version not in files:
        raise ModelError(f"The model {batch.model_version} is not in the register.")
    _, kind, artefact, file_hash = files[batch.model_version]
    recipe = recipe_of(kind, batch.recipe) if kind else batch.recipe
    model = load_model(models / artefact, file_hash, recipe.names)
    policy = read_policy(cursor, batch.policy_version)
    staged = in_stages(recipe, model, band_in(policy.document), matrix_of(batch.rows, recipe.names))
    decided = decide(policy, occasion_of(batch.recipe, staged.score, batch.rows))
    return staged.score.tolist(), [DECISIONS[code] for code in decided.decision], None


def _told(batch: _Batch, scores: list[Any], decisions: list[Any], why_not: str | None) -> pa.Table:
    rows = batch.rows
    stored = rows.column("score").to_pylist()
    columns = {
        "event_id": rows.column("event_id").to_pylist(),
        "model_version": [batch.model_version] * rows.num_rows,
        "policy_version": [batch.policy_version] * rows.num_rows,
        "score": stored,
        "score_again": scores,
        "decision": rows.column("decision").to_pylist(),
        "decision_again": decisions,
        "is_bit_equal": [_bits(one) == _bits(other) for one, other in zip(stored, scores, strict=True)],
        "why_not": [why_not] * rows.num_rows,
    }
    return pa.table(columns, schema=REPLAYED_ROWS)


def _bits(number: float | None) -> bytes | None:
    return None if number is None else struct.pack("<d", number)
