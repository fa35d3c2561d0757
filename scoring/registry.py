"""The register of models: what was trained, and which one is in force for an event."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from data.errors import ModelError
from data.home import Home
from data.statement import read_statement
from data.store import Store
from scoring.artefact import Model, load_model, save_model
from scoring.recipe import Recipe
from scoring.regional.kinds import recipe_of

IN_FORCE = Path(__file__).with_name("run") / "models_in_force.sql"
PROMOTED = Path(__file__).with_name("run") / "models_promoted.sql"
EVER_AFTER = datetime(9999, 1, 1)


@dataclass(frozen=True, slots=True)
class InForce:
    """A model with the half-open span of event times that it scores.

    A promoted model serves one `area`: of that span, the events that `promotions` gives to it. A model for
    everywhere has no area, and scores what no promoted model serves.
    """

    recipe: Recipe
    model: Model
    since: datetime
    until: datetime
    area: str | None = None


def register(store: Store, home: Home, model: Model) -> None:
    """Write a model's file and its row; from then on it is in force for its span of time.

    The newest row of a `valid_from` is the one in force; older ones stay, for decisions that they served.
    """
    path, file_hash = save_model(model, home.models)
    with store.writing() as cursor:
        cursor.execute("DELETE FROM model_versions WHERE model_version = ?", [model.model_version])
        cursor.execute(
            "INSERT INTO model_versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                model.model_version,
                model.model,
                model.valid_from,
                model.trained_as_of,
                model.window_from,
                model.window_to,
                path.name,
                file_hash,
                json.dumps(model.metrics),
                model.card,
            ],
        )


def models_in_force(store: Store, home: Home, recipes: Sequence[Recipe]) -> list[InForce]:
    """Load every model in force, each checked against its hash, features and library.

    Events before a recipe's first model are scored by that first one. Models promoted for an area come last.
    Raises ModelError when there is no model at all, or one cannot be used.
    """
    cursor = store.cursor()
    try:
        rows = cursor.execute(read_statement(IN_FORCE).sql).fetchall()
        promoted = cursor.execute(read_statement(PROMOTED).sql).fetchall()
    finally:
        cursor.close()
    found = [
        InForce(recipe, load_model(home.models / artefact, file_hash, recipe.names), since, until)
        for recipe in recipes
        for name, artefact, file_hash, since, until in rows
        if name == recipe.model
    ]
    if not found:
        raise ModelError(
            "There is no model to score with.",
            where=str(home.models),
            possible="one model for each quarter that has enough labels",
            to_do="Run `watchfloor train` first.",
        )
    regional = [
        InForce(own, load_model(home.models / artefact, file_hash, own.names), since, EVER_AFTER, area)
        for recipe in recipes
        if recipe.model == "fraud"
        for area, kind, artefact, file_hash, since in promoted
        for own in [recipe_of(kind, recipe)]
    ]
    return found + regional
