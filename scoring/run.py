"""Scoring: every event gets its score, decision and reasons, once, by the model in force at its time.

Events that were scored before keep what they were served, unless all is to be scored again. Everything
is computed first and written in one transaction: a reader sees the state before or the state after.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from data.contract import comment_statements
from data.home import Home
from data.progress import Progress, Step
from data.statement import read_statement
from data.store import Store
from scoring.calibration import Bools
from scoring.contract import EXPLANATIONS, REASONS, SCORED
from scoring.explanations import rounded
from scoring.frame import first_row, matrix_of, numbers_of, pieces, words_of
from scoring.planning import GROWING_BUCKETS, watermark_of
from scoring.policies import policy_of_model, store_policies
from scoring.policy import DECISIONS, Occasion, Policy, decide
from scoring.prepare import prepare
from scoring.recipe import Recipe
from scoring.registry import InForce, models_in_force
from scoring.rollups import build_rollups
from scoring.telling import Told, tell
from scoring.threads import on_all_cores
from scoring.training import RECIPES

FOLDER = Path(__file__).with_name("run")
# The random sample of each quarter and model: enough for a global view, at about 3,000 explained a second.
SAMPLE = {"share": 0.01, "fewest": 1_000, "most": 5_000}

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
    ]
)


def score(
    store: Store,
    home: Home,
    progress: Progress,
    again: bool = False,  # noqa: FBT001 - the signature that all rooms agreed on
    recipes: Sequence[Recipe] = RECIPES,
) -> int:
    """Score the events that have no decision yet, or all with `again`; answer how many were scored.

    Raises ModelError when there is no model, or one cannot be used; nothing is written then.
    """
    prepare(store, progress)
    in_force = models_in_force(store, home, recipes)
    cursor = store.cursor()
    try:
        policies = _policies(cursor, in_force, progress, again=again)
        fresh = _score_all(cursor, in_force, policies, progress, again=again)
        cursor.register("fresh", fresh)
        told = tell(cursor, in_force, _choose(cursor), progress)
        _write(store, fresh, told, policies, progress)
    finally:
        cursor.close()
    return int(fresh.num_rows)


def _policies(
    cursor: duckdb.DuckDBPyConnection, in_force: list[InForce], progress: Progress, *, again: bool
) -> list[Policy]:
    """Answer the policy of each model in force, stored or made."""
    policies: list[Policy] = []
    for force in in_force:
        progress(Step("policy", len(policies), len(in_force), "policies", force.model.model_version))
        policies.append(policy_of_model(cursor, force, is_new=again))
    progress(Step("policy", len(policies), len(policies), "policies"))
    return policies


def _score_all(
    cursor: duckdb.DuckDBPyConnection,
    in_force: list[InForce],
    policies: list[Policy],
    progress: Progress,
    *,
    again: bool,
) -> pa.Table:
    """Answer one row of FRESH_ROWS for every event that has no decision yet."""
    total = _events_of(cursor, [stream for force in in_force for stream in force.recipe.streams], again=again)
    parts: list[pa.Table] = []
    done = 0
    for force, policy in zip(in_force, policies, strict=True):
        for part in _score_model(cursor, force, policy, again=again):
            parts.append(part)
            done += part.num_rows
            progress(Step("score", done, total, "events", force.model.model_version))
    progress(Step("score", done, done, "events"))
    return pa.concat_tables([FRESH_ROWS.empty_table(), *parts]).unify_dictionaries()


def _events_of(cursor: duckdb.DuckDBPyConnection, streams: list[str], *, again: bool) -> int:
    found = first_row(
        cursor, read_statement(FOLDER / "events_to_score.sql").sql, {"streams": streams, "again": again}
    )
    return int(found[0]) if found else 0


def _score_model(
    cursor: duckdb.DuckDBPyConnection, force: InForce, policy: Policy, *, again: bool
) -> Iterator[pa.Table]:
    """Yield the decisions of one model, a piece of events at a time."""
    given: dict[str, Any] = {"since": force.since, "until": force.until, "again": again}
    rows = pieces(cursor, FOLDER / f"{force.recipe.model}_unscored.sql", given)

    def decided(piece: Any) -> pa.Table:
        raw = force.model.raw(matrix_of(piece, force.recipe.names))
        at = Occasion(
            score=rounded(force.model.calibration.probability(raw)),
            region=words_of(piece, "region"),
            kind=words_of(piece, "kind"),
            amount=numbers_of(piece, "amount"),
            is_known_bad=piece.column("is_known_bad").to_numpy(zero_copy_only=False),
        )
        decision, threshold = decide(policy, at)
        return pa.table(
            {
                # A copy: a column that came from DuckDB keeps the whole piece of features in memory.
                "event_key": np.array(piece.column("event_key"), dtype=np.int64),
                "model": _word(force.recipe.model, len(raw)),
                "model_version": _word(force.model.model_version, len(raw)),
                "score": at.score,
                "threshold": threshold,
                "decision": pa.DictionaryArray.from_arrays(pa.array(decision), pa.array(DECISIONS)),
                "policy_version": _word(policy.policy_version, len(raw)),
                "is_in_training": _is_in_training(force, piece),
            },
            schema=FRESH_ROWS,
        )

    yield from on_all_cores(decided, (piece for piece in rows if piece.num_rows))


def _word(word: str, rows: int) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, dtype=np.int8)), pa.array([word]))


def _is_in_training(force: InForce, piece: Any) -> Bools:
    """Answer (n,) whether the model's trees or calibration may have seen an event's truth."""
    times = piece.column("occurred_at").to_numpy(zero_copy_only=False)
    is_inside: Bools = times < np.datetime64(force.model.window_to)
    if force.model.is_split_by_account:
        is_inside &= numbers_of(piece, "account_bucket") <= GROWING_BUCKETS[1]
    return is_inside


def _choose(cursor: duckdb.DuckDBPyConnection) -> int:
    """Write the temporary table `chosen` of fresh events to explain; answer how many."""
    sql = "CREATE OR REPLACE TEMP TABLE chosen AS " + read_statement(FOLDER / "sample.sql").sql
    cursor.execute(sql, SAMPLE)
    found = first_row(cursor, "SELECT count(*) FROM chosen")
    return int(found[0]) if found else 0


def _write(store: Store, fresh: pa.Table, told: Told, policies: list[Policy], progress: Progress) -> None:
    """Swap in the new tables and rollups, all in one transaction."""
    with store.writing() as cursor:
        cursor.register("fresh", fresh)
        cursor.register("told", told.strongest)
        cursor.register("fresh_explanations", told.explanations)
        cursor.register("fresh_reasons", told.reasons)
        store_policies(cursor, policies)
        for done, table in enumerate((SCORED, EXPLANATIONS, REASONS)):
            progress(Step("store", done, 3, "tables", table.name))
            cursor.execute(read_statement(FOLDER / f"{table.name}.sql").sql)
            for comment in comment_statements(table):
                cursor.execute(comment)
        progress(Step("store", 3, 3, "tables"))
        build_rollups(cursor, watermark_of(cursor), progress)
