"""The model of false claims: a logistic regression kept as its numbers, so that scoring needs no library.

    model = learned(described, is_false, as_of)       # scikit-learn fits it
    model.probability(matrix)                         # plain arithmetic afterwards, also at the desk
    told(described, model)                            # scores with their reasons

Where nothing is learned, or the rules do as well, the score is the share of the rule's points.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from data.errors import ModelError
from scoring.calibration import Bools, Floats, sigmoid
from scoring.claims.signals import MOST_POINTS, NAMES, Described, points_of
from scoring.explanations import NEARLY_NOTHING, rounded

RULES = "rules"
# With 17 signals and some dozens of false claims, a penalty this strong keeps signs what they should be.
_PENALTY = 0.3
# As many reasons as a person reads; none that moves the score by less than this.
_MOST_REASONS, _LEAST_POINTS = 5, 0.005


@dataclass(frozen=True, slots=True)
class ClaimModel:
    """What was learned as of an instant: of every signal its mean, spread and weight, and the base."""

    as_of: datetime
    learned_from: int
    false_claims: int
    mean: tuple[float, ...]
    spread: tuple[float, ...]
    weight: tuple[float, ...]
    base: float

    @property
    def version(self) -> str:
        """Its name: claims-2025-07-01."""
        return f"claims-{self.as_of:%Y-%m-%d}"

    def log_odds(self, matrix: Floats) -> Floats:
        """Return (n, signals) what each signal adds to the base, in log-odds."""
        added: Floats = (matrix - np.array(self.mean)) / np.array(self.spread) * np.array(self.weight)
        return added

    def probability(self, matrix: Floats) -> Floats:
        """Return (n,) how likely each claim is false."""
        return sigmoid(self.base + self.log_odds(matrix).sum(axis=1))

    def as_json(self) -> str:
        """Return the numbers as JSON, by the names of the signals."""
        held = {name: getattr(self, name) for name in ("mean", "spread", "weight")}
        return json.dumps({"signals": NAMES, "base": self.base, **held})


def read_model(as_of: datetime, learned_from: int, false_claims: int, weights: str) -> ClaimModel:
    """Return the model that `as_json` wrote. Raises ModelError where it was learned on other signals."""
    held = json.loads(weights)
    if tuple(held["signals"]) != NAMES:
        differing = sorted(set(held["signals"]) ^ set(NAMES))
        raise ModelError(
            "The model of false claims was learned on other signals.",
            possible=", ".join(differing) or "the same in another order",
            to_do="Run `watchfloor score`, which learns it anew.",
        )
    mean, spread, weight = (tuple(held[name]) for name in ("mean", "spread", "weight"))
    return ClaimModel(as_of, learned_from, false_claims, mean, spread, weight, held["base"])


def learned(described: Described, is_false: Bools, as_of: datetime) -> ClaimModel:
    """Fit a model on claims whose end was known before `as_of`."""
    # A second of import that only learning pays.
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    mean, spread = described.matrix.mean(axis=0), described.matrix.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    fitted = LogisticRegression(C=_PENALTY, max_iter=1_000).fit((described.matrix - mean) / spread, is_false)
    return ClaimModel(
        as_of,
        len(is_false),
        int(is_false.sum()),
        tuple(mean.tolist()),
        tuple(spread.tolist()),
        tuple(fitted.coef_[0].tolist()),
        float(fitted.intercept_[0]),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """The score of one claim: how likely it is false, by which model or the rules, and why, as JSON."""

    claim_id: str
    score: float
    scored_by: str
    reasons: str


def rule_scores(described: Described) -> Floats:
    """Return (n,) the share of the rule's points that each claim has."""
    shares: Floats = points_of(described).sum(axis=1) / MOST_POINTS
    return shares


def told(described: Described, model: ClaimModel | None) -> list[Told]:
    """Score claims with their reasons: by the model, or by the rules where there is none."""
    if model is None:
        points = points_of(described) / MOST_POINTS
        return _told(described, rule_scores(described), points, RULES)
    added = model.log_odds(described.matrix)
    score, start = model.probability(described.matrix), float(sigmoid(np.array([model.base]))[0])
    total = added.sum(axis=1)
    is_plain = np.abs(total) > NEARLY_NOTHING
    per = np.where(is_plain, (score - start) / np.where(is_plain, total, 1.0), start * (1 - start))
    return _told(described, score, added * per[:, None], model.version)


def _told(described: Described, score: Floats, points: Floats, scored_by: str) -> list[Told]:
    found = []
    kept = rounded(score)
    for row, claim_id in enumerate(described.claim_ids):
        order = np.argsort(-np.abs(points[row]), kind="stable")[:_MOST_REASONS]
        reasons = [
            {
                "reason": NAMES[signal],
                "points": round(float(points[row, signal]), 6),
                "sentence": described.sentence(row, int(signal)),
            }
            for signal in order
            if abs(points[row, signal]) >= _LEAST_POINTS
        ]
        found.append(Told(claim_id, float(kept[row]), scored_by, json.dumps(reasons)))
    return found
