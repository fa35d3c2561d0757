"""What training made, put together as the model that is kept: the same for champions and challengers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scoring.artefact import Model
from scoring.calibration import Calibration
from scoring.explanations import base_of
from scoring.fitting import normals_of
from scoring.frame import Frame
from scoring.planning import Plan
from scoring.recipe import Recipe


@dataclass(frozen=True, slots=True)
class Made:
    """The trees of a plan with the rows that grew them, their line, and what is written about them.

    `fingerprint` is of the rows, `versions` are the libraries'; `lineage` is empty for a champion.
    """

    model_version: str
    frame: Frame
    trees: Any
    calibration: Calibration
    fingerprint: str
    versions: dict[str, str]
    metrics: dict[str, Any]
    card: str
    lineage: Mapping[str, Any] = field(default_factory=dict)


def model_of(plan: Plan, recipe: Recipe, made: Made) -> Model:
    """Answer the model that scores from the plan's instant on."""
    return Model(
        model_version=made.model_version,
        model=recipe.model,
        features=recipe.names,
        trees=made.trees,
        calibration=made.calibration,
        base=base_of(made.trees),
        normals=normals_of(made.frame),
        valid_from=plan.as_of,
        trained_as_of=plan.as_of,
        window_from=plan.window_from,
        window_to=plan.window_to,
        unseen_from=plan.unseen_from,
        is_split_by_account=plan.is_by_account,
        fingerprint=made.fingerprint,
        versions=made.versions,
        metrics=made.metrics,
        card=made.card,
        lineage=dict(made.lineage),
    )
