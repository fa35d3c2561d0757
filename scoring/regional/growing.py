"""Growing: one challenger from the past, calibrated on events of its area that its trees had not seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from scoring.artefact import Model, library_versions, raw_scores
from scoring.calibration import Calibration, fit_calibration
from scoring.fitting import fingerprint, fit_trees
from scoring.frame import Frame
from scoring.made import Made, model_of
from scoring.recipe import Recipe
from scoring.regional.cards import write_regional_card
from scoring.regional.kinds import recipe_of
from scoring.regional.past import Past
from scoring.training import measure


@dataclass(frozen=True, slots=True)
class Wanted:
    """One challenger to be grown: for which area, of which kind, against which champion, and why now."""

    area: str
    kind: str
    parent: str
    why: str


def grow(past: Past, wanted: Wanted, champion: Recipe) -> Model:
    """Make a challenger as of the past's instant.

    Trees of the older part are calibrated and measured on the area's newer events; the same trees are then
    grown on both parts, as the champion's are. Only the line (slope, intercept) is of the area's events.
    """
    plan, recipe = past.plan, recipe_of(wanted.kind, champion)
    older = _frame_of(past, wanted, recipe, is_older_only=True)
    calibration, metrics = _calibrated(past, wanted, recipe, fit_trees(recipe, older))
    frame = _frame_of(past, wanted, recipe, is_older_only=False) if plan.is_regrown else older
    trees = fit_trees(recipe, frame)
    print_of = fingerprint(recipe, frame)
    version = f"fraud-{wanted.area.lower()}-{wanted.kind}-{plan.as_of:%Y-%m-%d}-{print_of[:8]}"
    lineage = {
        "parent": wanted.parent,
        "area": wanted.area,
        "kind": wanted.kind,
        "why": wanted.why,
        "rows": len(frame),
        "cases": past.cases.get(wanted.area, 0),
        "events": past.events.get(wanted.area, 0),
    }
    versions = library_versions()
    card = write_regional_card(version, plan, recipe, metrics, lineage)
    made = Made(version, frame, trees, calibration, print_of, versions, metrics, card, lineage)
    return model_of(plan, recipe, made)


def _frame_of(past: Past, wanted: Wanted, recipe: Recipe, *, is_older_only: bool) -> Frame:
    among = ~past.is_newer if is_older_only else np.ones(len(past.frame), dtype=np.bool_)
    rows = past.rows_of(wanted.area, wanted.kind, among)
    return past.frame.taken(rows).with_matrix(past.matrix_of(rows, wanted.area, recipe))


def _calibrated(past: Past, wanted: Wanted, recipe: Recipe, trees: Any) -> tuple[Calibration, dict[str, Any]]:
    """Answer the line and the measures of trees on the area's newer events, at their natural rate."""
    rows = np.flatnonzero(past.is_newer & (past.frame.region == wanted.area))
    raw = raw_scores(trees, past.matrix_of(rows, wanted.area, recipe))
    is_crime = past.frame.is_crime[rows]
    # Each innocent that was read stands for `every` of them.
    times = np.where(is_crime, 1, past.every)
    calibration = fit_calibration(raw, is_crime, times.astype(np.float64))
    natural = np.repeat(np.arange(len(rows)), times)
    held_out = past.frame.taken(rows[natural]).with_matrix(raw[natural][:, None])
    return calibration, {"held_out": measure(recipe, held_out, calibration)}
