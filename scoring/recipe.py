"""A recipe: what one of the two models is made of and how its trees are grown."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scoring.features import Feature

FOLDER = Path(__file__).with_name("training")


@dataclass(frozen=True, slots=True)
class Trees:
    """Settings of the gradient boosting; see the module that chose them for the evidence."""

    rounds: int
    learning_rate: float
    leaves: int
    depth: int
    least_in_leaf: int
    l2: float
    share_of_features: float


@dataclass(frozen=True, slots=True)
class Recipe:
    """One model: its streams, features, trees, and the fewest cases of crime it can be trained on.

    `is_regrown`: after measuring, the trees are grown again on all events that are old enough.
    """

    model: str
    streams: tuple[str, ...]
    features: tuple[Feature, ...]
    trees: Trees
    fewest_cases: int
    is_regrown: bool
    purpose: str
    limits: str

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the features, in order."""
        return tuple(feature.name for feature in self.features)

    @property
    def has_stages(self) -> bool:
        """Whether some of its features are read only where they could change the decision."""
        return any(feature.is_late for feature in self.features)

    @property
    def rows(self) -> Path:
        """The statement that reads its events with features and truth."""
        return FOLDER / f"{self.model}_rows.sql"
