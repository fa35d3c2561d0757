"""The nearest change: the fewest reasons that, set to normal, would have had an event allowed.

1. Candidates are the reasons that push an event up the most; the others cannot bring it down.
2. Each candidate alone is set to what is normal among the allowed, and the event is scored again.
3. Where none suffices, the best one stays changed and a second is tried, then a third (greedy).
All flagged events go through the trees together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.media_signals import SIGNALS
from scoring.artefact import Model
from scoring.calibration import Bools, Floats
from scoring.explanations import Explained, groups_of, rounded
from scoring.features import Feature
from scoring.features import reasons as named
from scoring.threads import on_all_cores

# What the event would have been like, reason by reason, had that reason been as usual.
AS_USUAL = {
    **{signal.reason: f"a usual {signal.reason}" for signal in SIGNALS},
    named.AMOUNT: "a usual amount",
    named.AMOUNT_AGAINST_PAST: "an amount like this customer's earlier ones",
    named.ACTIVITY: "a usual pace of activity",
    named.FAST_IN_AND_OUT: "money that stays as long as usual",
    named.MANY_COUNTERPARTIES: "as few counterparties as usual",
    named.UNDER_LIMITS: "no amounts just under limits",
    named.ROUND_TRIP: "no money going back to its sender",
    named.NEW_COUNTERPARTY: "a known counterparty",
    named.BUSY_COUNTERPARTY: "a counterparty of usual activity",
    named.BAD_COUNTERPARTY: "a counterparty without a bad record",
    named.SILENCE: "no long silence before",
    named.UNUSUAL_HOUR: "a usual hour",
    named.YOUNG_ACCOUNT: "an account of usual age",
    named.OWN_RECORD: "a usual record of its own",
    named.CREDENTIALS: "no recent change of credentials",
    named.FAILED_SIGN_INS: "no failed sign-ins",
    named.NEW_DEVICE: "a known device",
    named.SHARED_DEVICE: "a device of one's own",
    named.ALTERED_DEVICE: "an unaltered device",
    named.BAD_DEVICE: "a device without a bad record",
    named.NEW_PLACE: "a known network and country",
    named.TRAVEL: "no impossible travel",
    named.MASKED_NETWORK: "an open network",
    named.SHARED_NETWORK: "a network of usual traffic",
    named.BAD_NETWORK: "a network without a bad record",
    named.RING: "no ring around the account",
    named.CAMERA: "a real camera",
    named.FRAMES: "usual timing of frames",
    named.MOVEMENT: "usual responses to the prompts",
    named.MEDIA: "usual media",
    named.ATTEMPTS: "a usual number of attempts",
    named.REUSE: "media that no other customer had shown",
}
# Nobody can be told to have done something else altogether.
NOT_TO_BE_CHANGED = (named.KIND,)
# A sentence with more than three conditions is no longer an answer.
MOST_REASONS = 3
# Beyond the eight strongest pushes, a single one has never been enough.
CANDIDATES = 8
# Rows tried at a time by a core, each with all its candidates: together what its cache holds.
BLOCK = 250


@dataclass(frozen=True, slots=True)
class NearestChange:
    """The reasons to set to normal and the score that the event would have had then."""

    reasons: tuple[str, ...]
    score: float


def nearest_changes(
    model: Model,
    features: Sequence[Feature],
    matrix: Floats,
    explained: Explained,
    threshold: Floats,
    flagged: NDArray[np.intp],
) -> list[NearestChange | None]:
    """Answer for each `flagged` row of (n, f) the nearest change that brings it under its `threshold` (n,).

    None where up to MOST_REASONS reasons do not suffice.
    """
    _, group = groups_of(features)
    members = group.astype(bool).T
    is_fixed = np.isin(explained.reasons, NOT_TO_BE_CHANGED)
    push = np.where(is_fixed, 0.0, explained.contribution[flagged])
    matrix, threshold, score = matrix[flagged], threshold[flagged], explained.score[flagged]
    normal = np.array(model.normals)
    changed = np.zeros(push.shape, dtype=np.bool_)
    for _ in range(MOST_REASONS):
        open_rows = np.flatnonzero(score >= threshold)
        if not len(open_rows):
            break
        best, reached = _best_change(
            model, matrix[open_rows], changed[open_rows], push[open_rows], members, normal
        )
        is_found = best >= 0
        changed[open_rows[is_found], best[is_found]] = True
        score[open_rows[is_found]] = reached[is_found]
    return [
        NearestChange(tuple(np.array(explained.reasons)[changed[row]]), float(score[row]))
        if score[row] < threshold[row] and changed[row].any()
        else None
        for row in range(len(matrix))
    ]


def _best_change(
    model: Model, matrix: Floats, changed: Bools, push: Floats, members: Bools, normal: Floats
) -> tuple[np.ndarray[tuple[int], np.dtype[np.intp]], Floats]:
    """Answer for each row the one further group whose change lowers the score most, -1 for none."""
    rows = len(matrix)
    allowed = np.where(changed | (push <= 0), -np.inf, push)
    count = min(CANDIDATES, allowed.shape[1])
    candidates = np.argsort(-allowed, axis=1, kind="stable")[:, :count]
    is_real = np.isfinite(np.take_along_axis(allowed, candidates, axis=1))
    before = np.where(changed @ members, normal, matrix)

    def tried(some: slice) -> Floats:
        row, place = np.nonzero(is_real[some])
        raised = np.where(members[candidates[some][row, place]], normal, before[some][row])
        return rounded(model.calibration.probability(model.raw(raised)))

    reached = np.full((rows, count), np.inf)
    blocks = [slice(start, start + BLOCK) for start in range(0, rows, BLOCK)]
    reached[is_real] = np.concatenate(list(on_all_cores(tried, blocks)))
    position = reached.argmin(axis=1)
    row = np.arange(rows)
    score = reached[row, position]
    best = np.where(np.isfinite(score), candidates[row, position], -1)
    return best, score


def in_words(change: NearestChange, score: float) -> str:
    """Say a nearest change in one sentence: 'With a known device, it would have been allowed (...).'."""
    named = [AS_USUAL.get(reason, f"usual {reason}") for reason in change.reasons]
    listed = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
    scores = f"score {_short(change.score)} instead of {_short(score)}"
    return f"With {listed}, it would have been allowed ({scores})."


def _short(score: float) -> str:
    return f"{score:.2f}" if score >= 0.005 else f"{score:.1g}"
