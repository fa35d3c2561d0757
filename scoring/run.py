"""Scoring: every event gets its score, decision and reasons, once, by the model in force at its time.

Events that were scored before keep what they were served, unless all is to be scored again. Everything
is computed first and written in one transaction: a reader sees the state before or the state after.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from data.contract import comment_statements
from data.home import Home
from data.progress import Progress, Step
from data.statement import read_statement
from data.store import Store
from scoring.amendments import InTime, in_time, rollouts_begun
from scoring.anomaly.find import find_anomalies
from scoring.contract import CROSS_SCORED, EXPLANATIONS, POLICY_ACTS, REASONS, SCORED, UNKNOWN_SPECIES
from scoring.cross import cross_score
from scoring.deciding import FRESH_ROWS, Events, decisions
from scoring.frame import first_row
from scoring.fraud import FRAUD
from scoring.liveness_tables import CHECK_SIGNALS, CHECK_STAGES
from scoring.monitoring.build import build_monitoring
from scoring.planning import watermark_of
from scoring.policies import policy_of_model, store_policies
from scoring.policy import Policy
from scoring.prepare import prepare
from scoring.recipe import Recipe
from scoring.registry import InForce, models_in_force
from scoring.rollups import build_rollups
from scoring.telling import Told, tell
from scoring.training import RECIPES
from scoring.unknown_species import try_unknown_species

FOLDER = Path(__file__).with_name("run")
# The random sample of each quarter and model: enough for a global view, at about 3,000 explained a second.
SAMPLE = {"share": 0.01, "fewest": 1_000, "most": 5_000}
WRITTEN = (
    SCORED,
    EXPLANATIONS,
    REASONS,
    CROSS_SCORED,
    POLICY_ACTS,
    CHECK_STAGES,
    CHECK_SIGNALS,
    UNKNOWN_SPECIES,
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
        found = {
            "fresh_signals": told.signals,
            "crossed": cross_score(cursor, in_force, [own[0].policy for own in policies], progress),
            "tested_species": try_unknown_species(cursor, in_force, progress, again=again),
        }
        _write(
            store, fresh, told, found, [at.policy for own in policies for at in own], progress, again=again
        )
    finally:
        cursor.close()
    return int(fresh.num_rows)


def _policies(
    cursor: duckdb.DuckDBPyConnection, in_force: list[InForce], progress: Progress, *, again: bool
) -> list[list[InTime]]:
    """Answer for each model in force the policies that decide with it, oldest first.

    The first is its own, stored or made; the others are what roll-outs made of it.
    """
    policies: list[list[InTime]] = []
    rollouts = rollouts_begun(cursor)
    for force in in_force:
        progress(Step("policy", len(policies), len(in_force), "policies", force.model.model_version))
        own = policy_of_model(cursor, force, is_new=again)
        # Roll-outs change what happens to money; identity checks have no areas of their own.
        begun = rollouts if force.recipe.model == FRAUD.model else []
        policies.append(in_time(own, begun, force.since, force.until))
    progress(Step("policy", len(policies), len(policies), "policies"))
    return policies


def _score_all(
    cursor: duckdb.DuckDBPyConnection,
    in_force: list[InForce],
    policies: list[list[InTime]],
    progress: Progress,
    *,
    again: bool,
) -> pa.Table:
    """Answer one row of FRESH_ROWS for every event that has no decision yet."""
    total = _events_of(cursor, [stream for force in in_force for stream in force.recipe.streams], again=again)
    parts: list[pa.Table] = []
    done = 0
    for force, own in zip(in_force, policies, strict=True):
        for part in _decided_in_time(cursor, force, own, again=again):
            parts.append(part)
            done += part.num_rows
            progress(Step("score", done, total, "events", force.model.model_version))
    progress(Step("score", done, done, "events"))
    return pa.concat_tables([FRESH_ROWS.empty_table(), *parts]).unify_dictionaries()


def _decided_in_time(
    cursor: duckdb.DuckDBPyConnection, force: InForce, own: list[InTime], *, again: bool
) -> Iterator[pa.Table]:
    for at in own:
        yield from decisions(cursor, force, at.policy, Events(at.since, at.until, is_again=again))


def _events_of(cursor: duckdb.DuckDBPyConnection, streams: list[str], *, again: bool) -> int:
    found = first_row(
        cursor, read_statement(FOLDER / "events_to_score.sql").sql, {"streams": streams, "again": again}
    )
    return int(found[0]) if found else 0


def _choose(cursor: duckdb.DuckDBPyConnection) -> int:
    """Write the temporary table `chosen` of fresh events to explain; answer how many."""
    sql = "CREATE OR REPLACE TEMP TABLE chosen AS " + read_statement(FOLDER / "sample.sql").sql
    cursor.execute(sql, SAMPLE)
    found = first_row(cursor, "SELECT count(*) FROM chosen")
    return int(found[0]) if found else 0


def _write(
    store: Store,
    fresh: pa.Table,
    told: Told,
    found: dict[str, pa.Table],
    policies: list[Policy],
    progress: Progress,
    *,
    again: bool,
) -> None:
    """Swap in the new tables and rollups, all in one transaction; `found` by the name its statement reads."""
    with store.writing() as cursor:
        cursor.register("fresh", fresh)
        cursor.register("told", told.strongest)
        cursor.register("fresh_explanations", told.explanations)
        cursor.register("fresh_reasons", told.reasons)
        for name, table in found.items():
            cursor.register(name, table)
        store_policies(cursor, policies)
        for done, written in enumerate(WRITTEN):
            progress(Step("store", done, len(WRITTEN), "tables", written.name))
            cursor.execute(read_statement(FOLDER / f"{written.name}.sql").sql)
            for comment in comment_statements(written):
                cursor.execute(comment)
        progress(Step("store", len(WRITTEN), len(WRITTEN), "tables"))
        watermark = watermark_of(cursor)
        build_rollups(cursor, watermark, progress)
        find_anomalies(cursor, progress, again=again)
        build_monitoring(cursor, watermark, progress)
