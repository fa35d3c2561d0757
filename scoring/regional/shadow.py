"""Shadow: challengers score what the champion decides, and it where they decide; nothing is done with it.

All events are read once, whatever the number of areas and models. Events that a model has a shadow score of
are not scored again: a challenger never changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from data.home import Home
from data.progress import Progress, Step
from data.statement import read_statement
from data.store import Store
from scoring.artefact import Model, load_model
from scoring.calibration import Bools
from scoring.frame import Words, matrix_of, numbers_of, pieces, words_of
from scoring.fraud import FRAUD
from scoring.recipe import Recipe
from scoring.regional.kinds import recipe_of
from scoring.regional.past import SQL
from scoring.registry import InForce, models_in_force
from scoring.stages import score_by
from scoring.threads import on_all_cores

ROWS = pa.schema(
    [
        ("event_key", pa.int64()),
        ("model_version", pa.dictionary(pa.int8(), pa.string())),
        ("score", pa.float64()),
    ]
)
EVER = datetime(1, 1, 1)


@dataclass(frozen=True, slots=True)
class Challenger:
    """A challenger of the store with its model; events up to `newest` have a shadow score by it."""

    area: str
    kind: str
    parent: str
    recipe: Recipe
    model: Model
    newest: int


def challengers_of(
    cursor: duckdb.DuckDBPyConnection, home: Home, champion: Recipe = FRAUD, as_of: datetime = EVER
) -> list[Challenger]:
    """Load every challenger as of `as_of` or later, by area, time and kind, each checked against its hash."""
    rows = cursor.execute(read_statement(SQL / "challengers.sql").sql, {"as_of": as_of}).fetchall()
    found = []
    for _, area, kind, parent, _, artefact, file_hash, newest in rows:
        recipe = recipe_of(kind, champion)
        model = load_model(home.models / artefact, file_hash, recipe.names)
        found.append(Challenger(area, kind, parent, recipe, model, newest))
    return found


def shadow(
    store: Store, home: Home, progress: Progress, champion: Recipe = FRAUD, as_of: datetime = EVER
) -> int:
    """Score in shadow what was not yet, by every challenger as of `as_of` or later; answer how many."""
    cursor = store.cursor()
    try:
        parts = _by_challengers(cursor, challengers_of(cursor, home, champion, as_of), progress)
        parts += _by_champions(cursor, models_in_force(store, home, (champion,)))
    finally:
        cursor.close()
    fresh = pa.concat_tables([ROWS.empty_table(), *parts]).unify_dictionaries()
    with store.writing() as writer:
        writer.register("fresh_shadow", fresh)
        writer.execute("INSERT INTO shadow_scores FROM fresh_shadow")
        writer.unregister("fresh_shadow")
    progress(Step("shadow", fresh.num_rows, fresh.num_rows, "scores"))
    return int(fresh.num_rows)


def _by_challengers(
    cursor: duckdb.DuckDBPyConnection, challengers: Sequence[Challenger], progress: Progress
) -> list[pa.Table]:
    if not challengers:
        return []
    given = {
        "since": min(one.model.valid_from for one in challengers),
        "after": min(one.newest for one in challengers),
        "areas": sorted({one.area for one in challengers}),
    }
    parts: list[pa.Table] = []
    done = 0
    every = (piece for piece in pieces(cursor, SQL / "to_shadow.sql", given) if piece.num_rows)
    for scored in on_all_cores(lambda piece: _scored(piece, challengers), every):
        parts += scored
        done += sum(part.num_rows for part in scored)
        progress(Step("shadow", done, None, "scores"))
    return parts


def _scored(piece: Any, challengers: Sequence[Challenger]) -> list[pa.Table]:
    """Answer the ROWS of one piece of events, a table for each challenger that scores any of them."""
    area = words_of(piece, "area")
    key = numbers_of(piece, "event_key").astype(np.int64)
    at = piece.column("occurred_at").to_numpy(zero_copy_only=False)
    parts = []
    for one in challengers:
        is_wanted = _wanted(one, area, at) & (key > one.newest)
        if is_wanted.any():
            rows = piece.filter(pa.array(is_wanted))
            parts.append(_table(one.model, key[is_wanted], rows, one.recipe))
    return parts


def _wanted(one: Challenger, area: Words, at: Any) -> Bools:
    is_wanted: Bools = (area == one.area) & (at >= np.datetime64(one.model.valid_from))
    return is_wanted


def _table(model: Model, key: Any, rows: Any, recipe: Recipe) -> pa.Table:
    score = score_by(model, matrix_of(rows, recipe.names))
    name = pa.DictionaryArray.from_arrays(
        pa.array(np.zeros(len(score), dtype=np.int8)), pa.array([model.model_version])
    )
    return pa.table({"event_key": key, "model_version": name, "score": score}, schema=ROWS)


def _by_champions(cursor: duckdb.DuckDBPyConnection, in_force: Sequence[InForce]) -> list[pa.Table]:
    """Answer what the champions would have said of events that promoted models decided."""
    champions = [force for force in in_force if force.area is None]
    parts = []
    for piece in pieces(cursor, SQL / "champion_unseen.sql", {}):
        at = piece.column("occurred_at").to_numpy(zero_copy_only=False)
        for force in champions:
            is_its = (at >= np.datetime64(force.since)) & (at < np.datetime64(force.until))
            if is_its.any():
                rows = piece.filter(pa.array(is_its))
                key = numbers_of(rows, "event_key").astype(np.int64)
                parts.append(_table(force.model, key, rows, force.recipe))
    return parts
