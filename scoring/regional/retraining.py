"""Retraining: challengers of one area or of all, as of one instant, kept with their lineage."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from data.errors import ModelError
from data.home import Home
from data.progress import Progress, Step
from data.statement import read_statement
from data.store import Store
from scoring.artefact import Model, save_model
from scoring.frame import first_row
from scoring.fraud import FRAUD
from scoring.planning import watermark_of
from scoring.recipe import Recipe
from scoring.regional.growing import Wanted, grow
from scoring.regional.kinds import KINDS
from scoring.regional.past import SQL, Past, read_past
from scoring.threads import on_all_cores

# A quarter of them, some 38, calibrates and measures: a slope needs 20 (`scoring/calibration.py`), and a
# share of 38 is known within 16 points. With fewer a challenger could neither be trusted nor be judged.
FEWEST_CASES = 150


@dataclass(frozen=True, slots=True)
class Retrained:
    """What came of retraining one area: the versions made, none where it is thin, and a sentence."""

    area: str
    as_of: datetime
    why: str
    cases: int
    needed: int
    versions: tuple[str, ...]
    sentence: str


def retrain(
    store: Store,
    home: Home,
    progress: Progress,
    why: Mapping[str, str],
    as_of: datetime | None = None,
    *,
    champion: Recipe = FRAUD,
    needed: int = FEWEST_CASES,
) -> list[Retrained]:
    """Grow every kind of challenger for each area of `why` (why it is retrained, by area); answer what came.

    `as_of` is the instant whose knowledge is used; the store's last event unless given. Raises ModelError
    for an area or an instant that is not there, and where there is no champion or no past to learn from.
    """
    cursor = store.cursor()
    try:
        moment = _moment(cursor, as_of)
        _check_areas(areas_there(cursor), why)
        parent = champion_at(cursor, moment)
        progress(Step("past", 0, None, "events", f"what was known at {moment:%Y-%m-%d}"))
        past = read_past(cursor, champion, moment)
    finally:
        cursor.close()
    progress(Step("past", len(past.frame), len(past.frame), "events"))
    wanted = [
        Wanted(area, kind, parent, why[area])
        for area in sorted(why)
        for kind in KINDS
        if past.cases.get(area, 0) >= needed
    ]
    models = _grown(past, wanted, champion, progress)
    done = [_said(past, area, why[area], needed, models) for area in sorted(why)]
    _keep(store, home, models, done)
    return done


def champion_at(cursor: duckdb.DuckDBPyConnection, at: datetime) -> str:
    """Answer the version of the champion in force at an instant. Raises ModelError when there is none."""
    found = first_row(cursor, read_statement(SQL / "champion_at.sql").sql, {"at": at})
    if found is None or found[0] is None:
        raise ModelError(
            "There is no champion to challenge.",
            where="the table model_versions",
            possible="one fraud model for each quarter that has enough labels",
            to_do="Run `watchfloor train` first.",
        )
    return str(found[0])


def areas_there(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    """Answer the areas of the store's events, by name."""
    return [area for (area,) in cursor.execute(read_statement(SQL / "areas_there.sql").sql).fetchall()]


def _moment(cursor: duckdb.DuckDBPyConnection, as_of: datetime | None) -> datetime:
    now = watermark_of(cursor)
    if as_of is not None and as_of > now:
        raise ModelError(
            f"Nothing is known yet of {as_of:%Y-%m-%d %H:%M}.",
            where="--as-of",
            possible=f"an instant up to the store's last event, {now:%Y-%m-%d %H:%M}",
            to_do="Name an earlier day, or leave it out.",
        )
    return as_of or now


def _check_areas(there: Sequence[str], why: Mapping[str, str]) -> None:
    missing = sorted(set(why) - set(there))
    if missing:
        raise ModelError(
            f"There is no area {missing[0]!r}.",
            where="--region",
            possible=", ".join(there),
            to_do="Name one of those.",
        )


def _grown(
    past: Past, wanted: Sequence[Wanted], champion: Recipe, progress: Progress
) -> dict[tuple[str, str], Model]:
    """Answer the models by area and kind, each core busy with one of them."""
    models: dict[tuple[str, str], Model] = {}
    grown = on_all_cores(lambda one: grow(past, one, champion), wanted)
    for one, model in zip(wanted, grown, strict=True):
        models[one.area, one.kind] = model
        progress(Step("challengers", len(models), len(wanted), "models", f"{one.area}: {one.kind}"))
    return models


def _said(past: Past, area: str, why: str, needed: int, models: Mapping[tuple[str, str], Model]) -> Retrained:
    versions = tuple(model.model_version for (of, _), model in models.items() if of == area)
    cases = past.cases.get(area, 0)
    sentence = (
        f"{len(versions)} challengers as of {past.plan.as_of:%Y-%m-%d}, from {cases:,} cases"
        if versions
        else f"thin: {cases:,} cases of {needed:,} needed; the global model serves"
    )
    return Retrained(area, past.plan.as_of, why, cases, needed, versions, sentence)


def _keep(
    store: Store, home: Home, models: Mapping[tuple[str, str], Model], done: Sequence[Retrained]
) -> None:
    """Write the models' files and rows; one of the same name takes the place of the old."""
    saved = [(model, *save_model(model, home.models)) for model in models.values()]
    with store.writing() as cursor:
        for model, path, file_hash in saved:
            cursor.execute("DELETE FROM challengers WHERE model_version = ?", [model.model_version])
            said = model.lineage
            cursor.execute(
                "INSERT INTO challengers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    model.model_version,
                    said["area"],
                    said["kind"],
                    said["parent"],
                    model.trained_as_of,
                    model.window_from,
                    model.window_to,
                    said["rows"],
                    said["cases"],
                    model.fingerprint,
                    path.name,
                    file_hash,
                    json.dumps(model.metrics),
                    model.card,
                ],
            )
        for one in done:
            cursor.execute("DELETE FROM retrainings WHERE area = ? AND as_of = ?", [one.area, one.as_of])
            cursor.execute(
                "INSERT INTO retrainings VALUES (?, ?, ?, ?, ?, ?, ?)",
                [one.area, one.as_of, one.why, one.cases, one.needed, len(one.versions), one.sentence],
            )
