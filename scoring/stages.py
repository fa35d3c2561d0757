"""Two stages, one answer: what is cheap is asked first, media only where they could change the decision.

1. One model. Its first stage is the same trees with the late features not known (NaN), which training has
   shown them on a copy of every event.
2. A band of first-stage scores says where late features are read. Below it hardly an attack is found that
   they would have stopped; above it the check is turned away whatever they say.
3. What was not read stays unknown to the score, to its reasons and to any replay.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from scoring.artefact import Model
from scoring.calibration import Bools, Floats
from scoring.explanations import rounded
from scoring.frame import Frame, Words, stacked
from scoring.recipe import Recipe

# Of all attacks, the share that may pass because media were not looked at; paid for by three in four honest
# people who are not kept waiting for them.
MOST_SKIPPED = 0.01
# The median honest check must not wait for media, with room for a quarter that differs from the last.
LEAST_SPARED = 0.75
CAPTURE, MEDIA, NO_MEDIA = "capture", "media", "no media"


@dataclass(frozen=True, slots=True)
class Band:
    """First-stage scores from `low` to before `high` for which late features are read."""

    low: float
    high: float

    def reads(self, cheap: Floats) -> Bools:
        """Answer (n,) for which first-stage scores the late features are read."""
        inside: Bools = (cheap >= self.low) & (cheap < self.high)
        return inside


@dataclass(frozen=True, slots=True)
class Staged:
    """Scores (n,) of both stages together, the matrix as it was decided on, and how far was looked."""

    score: Floats
    cheap: Floats
    matrix: Floats
    stage: Words


def late_columns(recipe: Recipe) -> list[int]:
    """Answer the positions of the features that only the second stage reads."""
    return [position for position, feature in enumerate(recipe.features) if feature.is_late]


def without_late(recipe: Recipe, matrix: Floats) -> Floats:
    """Answer a copy of feature rows (n, features) in which late features are not known."""
    hidden = matrix.copy()
    hidden[:, late_columns(recipe)] = np.nan
    return hidden


def taught_both(recipe: Recipe, frame: Frame) -> Frame:
    """Answer `frame` with a copy of every event whose late features are known, in which they are not."""
    late = late_columns(recipe)
    if not late:
        return frame
    known = np.flatnonzero(~np.isnan(frame.matrix[:, late]).all(axis=1))
    copy = frame.taken(known)
    return stacked(frame, copy.with_matrix(without_late(recipe, copy.matrix)))


def score_by(model: Model, matrix: Floats) -> Floats:
    """Answer calibrated, rounded scores (n,) of feature rows."""
    return rounded(model.calibration.probability(model.raw(matrix)))


def both_scores(recipe: Recipe, model: Model, matrix: Floats) -> Floats:
    """Answer (n, 2): the score of the first stage, and with everything read."""
    return np.stack([score_by(model, without_late(recipe, matrix)), score_by(model, matrix)], axis=1)


def in_stages(recipe: Recipe, model: Model, band: Band | None, matrix: Floats) -> Staged:
    """Score feature rows (n, features) the way a live check is: late features only inside the band."""
    if band is None:
        score = score_by(model, matrix)
        return Staged(score, score, matrix, np.full(len(matrix), None, dtype=object))
    late = late_columns(recipe)
    hidden = without_late(recipe, matrix)
    cheap = score_by(model, hidden)
    reads = band.reads(cheap)
    is_there = ~np.isnan(matrix[:, late]).all(axis=1)
    is_read = reads & is_there
    score = cheap.copy()
    score[is_read] = score_by(model, matrix[is_read])
    stage = np.where(is_read, MEDIA, np.where(reads, NO_MEDIA, CAPTURE)).astype(object)
    return Staged(score, cheap, np.where(is_read[:, None], matrix, hidden), stage)


def as_decided(recipe: Recipe, matrix: Floats, stage: Words) -> Floats:
    """Answer feature rows as they were decided on: late features only where they were read."""
    return np.where((stage == MEDIA)[:, None], matrix, without_late(recipe, matrix))


def band_of(cheap: Floats, full: Floats, is_bad: Bools, stop: float, certain: float) -> Band:
    """Answer the band for scores (n,) of both stages on past checks.

    `low` is the highest first-stage score below which the full score stops (`stop` or more) at most
    MOST_SKIPPED of all attacks that the first stage passes; it never keeps more than 1 - LEAST_SPARED of
    the honest waiting. `high` is where the full score too is never under `certain`.
    """
    lost = np.sort(cheap[is_bad & (full >= stop) & (cheap < stop)])
    allowed = int(MOST_SKIPPED * is_bad.sum())
    low = float(lost[allowed]) if len(lost) > allowed else stop
    if (~is_bad).any():
        low = max(low, float(np.quantile(cheap[~is_bad], LEAST_SPARED)))
    doubted = cheap[full < certain]
    high = float(doubted.max()) if len(doubted) else certain
    # A hair above, so that the check that gave the limit is still read.
    return Band(round(low, 9), round(max(low, high, certain) + 1e-9, 9))


def band_in(document: dict[str, Any]) -> Band | None:
    """Answer the band that a policy document names; None where its model has one stage."""
    said = document.get("media")
    return Band(said["from"], said["to"]) if said else None
