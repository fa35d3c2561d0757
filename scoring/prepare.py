"""Preparing: the spine, re-used media, rings and features, built when what they come from changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from data.errors import ModelError
from data.facts import read_fact, write_fact
from data.progress import Progress, Step
from data.statement import read_statement
from data.store import Store
from scoring.areas import write_areas
from scoring.contract import SCORING_TABLES
from scoring.features import FRAUD_FEATURES, LIVENESS_FEATURES, build_features
from scoring.media.measuring import measure_media
from scoring.media.own_model import load_own_model
from scoring.media.reuse import RADII, build_reuse
from scoring.rings.build import build_rings
from scoring.spine import build_spine

INPUTS = Path(__file__).with_name("run") / "inputs.sql"
SETTING = "features_built_from"


def prepare(store: Store, progress: Progress) -> None:
    """Bring spine, matches of media, rings and both tables of features up to date with the store's rows.

    Raises ModelError when there is no event at all.
    """
    store.create(SCORING_TABLES)
    with store.writing() as cursor:
        write_areas(cursor)
    measure_media(store, progress, load_own_model(store.path.parent))
    now = _inputs(store)
    with store.writing() as cursor:
        events = cursor.execute(
            "SELECT (SELECT count(*) FROM transactions) + (SELECT count(*) FROM logins)"
            " + (SELECT count(*) FROM liveness_checks)"
        ).fetchone()
        known = read_fact(cursor, SETTING)
    if not events or not events[0]:
        raise ModelError(
            "There are no events to score.",
            where=str(store.path),
            possible="transactions, logins or identity checks",
            to_do="Run `watchfloor load FILES --map mapping.toml`, or `watchfloor demo`.",
        )
    if known == now:
        progress(Step("features", events[0], events[0], "events", "nothing changed since they were built"))
        return
    build_spine(store, progress)
    with store.writing() as cursor:
        build_reuse(cursor, progress)
        build_rings(cursor, progress, store.beside("rings.state"))
    build_features(store, progress)
    with store.writing() as cursor:
        write_fact(cursor, SETTING, now)


def _inputs(store: Store) -> str:
    cursor = store.cursor()
    try:
        found = cursor.execute(read_statement(INPUTS).sql).fetchone()
    finally:
        cursor.close()
    names = [feature.name + feature.formula for feature in (*FRAUD_FEATURES, *LIVENESS_FEATURES)]
    return hashlib.sha256(repr((found, names, RADII)).encode()).hexdigest()
