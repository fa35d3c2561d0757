"""Training: one model at the start of each calendar quarter, each as it could have been made then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import duckdb
import numpy as np

from data.errors import ModelError
from data.home import Home
from data.progress import Progress, Step
from data.statement import read_statement
from data.store import Store
from scoring.artefact import Model, library_versions, raw_scores
from scoring.attack_errors import Tried, attack_errors, named
from scoring.calibration import Calibration, Floats, fit_calibration
from scoring.cards import write_card
from scoring.explanations import rounded
from scoring.fitting import (
    FEWEST_CASES,
    MOST_HELD_OUT,
    MOST_ROWS,
    fingerprint,
    fit_trees,
    thinned,
)
from scoring.frame import Frame, first_row, joined, read_frame
from scoring.fraud import FRAUD
from scoring.liveness import LIVENESS
from scoring.made import Made, model_of
from scoring.planning import Plan, know_truth, make_plans, watermark_of
from scoring.policy import ALERT_BUDGET, LIVENESS_BUDGET
from scoring.prepare import prepare
from scoring.quality import Judged, at_budget, average_precision, calibration_error
from scoring.recipe import FOLDER, Recipe
from scoring.registry import register
from scoring.selective.selecting import know_selection
from scoring.stages import taught_both
from scoring.threads import on_all_cores

RECIPES = (FRAUD, LIVENESS)


def train(
    store: Store,
    home: Home,
    progress: Progress,
    as_of: datetime | None = None,
    recipes: Sequence[Recipe] = RECIPES,
) -> list[str]:
    """Train every model that the labels allow and answer their versions, oldest first.

    By default one a calendar quarter start; with `as_of`, one of each recipe as of that instant. Raises
    ModelError when no model of any recipe can be trained, with the counts and what to do.
    """
    prepare(store, progress)
    trained: list[str] = []
    refusals: list[ModelError] = []
    for recipe in recipes:
        try:
            trained += _train_recipe(store, home, progress, recipe, as_of)
        except ModelError as refusal:
            refusals.append(refusal)
            progress(Step(f"train {recipe.model}", 0, 0, "models", refusal.what))
    if not trained and refusals:
        raise refusals[0]
    return trained


def _train_recipe(
    store: Store, home: Home, progress: Progress, recipe: Recipe, as_of: datetime | None
) -> list[str]:
    cursor = store.cursor()
    versions: list[str] = []
    try:
        plans = make_plans(cursor, recipe, as_of)
        for plan in plans:
            detail = f"as of {plan.as_of:%Y-%m-%d}: {plan.cases:,} cases of crime"
            progress(Step(f"train {recipe.model}", len(versions), len(plans), "models", detail))
            model = fit(cursor, plan)
            register(store, home, model)
            versions.append(model.model_version)
    finally:
        cursor.close()
    progress(Step(f"train {recipe.model}", len(plans), len(plans), "models"))
    return versions


def fit(cursor: duckdb.DuckDBPyConnection, plan: Plan) -> Model:
    """Make the model of `plan` from the store behind `cursor`.

    Trees of the older part are calibrated and measured on the newer part; then the same trees are grown
    on both parts where the recipe says so, since crime moves: on unseen quarters of the demonstration the
    average precision of fraud rose from .664, .686, .600 to .691, .708, .640. The line of the first
    calibration is kept. Both are grown at once, each on a core of its own.
    """
    recipe = plan.recipe
    know_truth(cursor, plan.as_of, watermark_of(cursor))
    know_selection(cursor, plan.as_of)
    thin = thinned if plan.is_by_account else unchanged
    keep = _kept_of_a_million(cursor, plan)
    frames = [thin(read_frame(cursor, recipe.rows, plan.growing(keep), recipe.names))]
    if plan.is_regrown:
        newer = read_frame(cursor, recipe.rows, plan.held_out(keep, keeps_crime=True), recipe.names)
        frames.append(joined(frames[0], newer))
    grown = list(on_all_cores(lambda part: fit_trees(recipe, taught_both(recipe, part)), frames))
    natural = plan.held_out(_measured_of_a_million(cursor, plan), keeps_crime=False)
    whole = thin(read_frame(cursor, recipe.rows, natural, recipe.names, _raw_by(grown[0])))
    calibration = fit_calibration(whole.matrix[:, 0], whole.is_crime)
    frame, trees = frames[-1], grown[-1]
    print_of = fingerprint(recipe, frame)
    version = f"{recipe.model}-{plan.as_of:%Y-%m-%d}-{print_of[:8]}"
    metrics = {"held_out": measure(recipe, whole, calibration)}
    versions = library_versions()
    card = write_card(version, plan, metrics, versions, len(frame))
    made = Made(version, frame, trees, calibration, print_of, versions, metrics, card)
    return model_of(plan, recipe, made)


def _raw_by(trees: Any) -> Callable[[Floats], Floats]:
    """Answer what makes raw scores (n, 1) of a matrix."""
    return lambda matrix: raw_scores(trees, matrix)[:, None]


def unchanged(frame: Frame) -> Frame:
    """Answer `frame` itself."""
    return frame


def _kept_of_a_million(cursor: duckdb.DuckDBPyConnection, plan: Plan) -> int:
    """Answer how many of a million innocent events are read, so that about MOST_ROWS grow the trees."""
    until = plan.window_to if plan.is_regrown else plan.growing(0)["until"]
    rows, _ = _supply_of(cursor, plan, plan.window_from, until)
    return min(1_000_000, max(1, 1_000_000 * MOST_ROWS // max(rows, 1)))


def _measured_of_a_million(cursor: duckdb.DuckDBPyConnection, plan: Plan) -> int:
    """Answer how many of a million held-out events, crime or not, calibrate and measure the trees.

    About MOST_HELD_OUT, but never so few that fewer than FEWEST_CASES of crime remain.
    """
    if plan.is_by_account:
        return 1_000_000
    rows, cases = _supply_of(cursor, plan, plan.cut, plan.window_to)
    share = max(MOST_HELD_OUT / max(rows, 1), FEWEST_CASES / max(cases, 1))
    return min(1_000_000, round(1_000_000 * share))


def _supply_of(
    cursor: duckdb.DuckDBPyConnection, plan: Plan, since: datetime, until: datetime
) -> tuple[int, int]:
    """Answer how many events the plan's streams hold in [since, until), and how many of them are crime."""
    given = {"streams": list(plan.recipe.streams), "since": since, "until": until}
    found = first_row(cursor, read_statement(FOLDER / "events_and_cases.sql").sql, given)
    return (int(found[0]), int(found[1])) if found else (0, 0)


def measure(recipe: Recipe, frame: Frame, calibration: Calibration) -> dict[str, Any]:
    """Measure calibrated scores on `frame`, whose matrix (n, 1) holds raw scores the trees had not seen."""
    score = rounded(calibration.probability(frame.matrix[:, 0]))
    judged = Judged(score, frame.is_crime, frame.account, frame.amount)
    rate = float(frame.is_crime.mean())
    # Liveness spends its budget on honest people; attacks come on top of it.
    share = ALERT_BUDGET if recipe.model == "fraud" else min(1.0, rate + LIVENESS_BUDGET["step_up"])
    bought = at_budget(judged, share)
    found: dict[str, Any] = {
        "events": len(judged),
        "cases": int(frame.is_crime.sum()),
        "rate": rate,
        "average_precision": average_precision(judged).as_json(),
        "budget": round(share, 5),
        "precision_at_budget": bought.precision.as_json(),
        "recall_at_budget": bought.recall.as_json(),
        "value_detection": bought.value_detection.as_json(),
        "calibration_error": round(calibration_error(judged), 6),
    }
    if recipe.model == "liveness":
        honest = score[~frame.is_crime]
        threshold = float(np.quantile(honest, 1 - LIVENESS_BUDGET["step_up"])) if len(honest) else 1.0
        tried = Tried(frame.is_crime, named(frame.typology), frame.account)
        found["attacks"] = attack_errors(tried, score, threshold)
    return found
