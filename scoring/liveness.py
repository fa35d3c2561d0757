"""The liveness model: how likely an identity check is an attack, from capture, media, re-use and context."""

from __future__ import annotations

from typing import Any

import numpy as np

from scoring.calibration import Bools, Floats
from scoring.features import LIVENESS_FEATURES
from scoring.frame import Words
from scoring.quality import proportion
from scoring.recipe import Recipe, Trees

TREES = Trees(
    rounds=150, learning_rate=0.06, leaves=8, depth=4, least_in_leaf=20, l2=5.0, share_of_features=0.5
)

LIVENESS = Recipe(
    model="liveness",
    streams=("liveness",),
    features=LIVENESS_FEATURES,
    trees=TREES,
    fewest_cases=40,
    # Its thresholds stand on honest people, which only events with ripe labels can name: those are kept
    # from the trees.
    is_regrown=False,
    purpose="Ranks identity checks by the probability that no living person is in front of a real camera.",
    limits="Signals of single frames hardly see a good face swap: what carries the decision there is the "
    "camera, re-use of media and context. An attack species that was never labelled is not measured; "
    "injections are reported beside presentations, never mixed with them.",
)


def attack_errors(score: Floats, is_attack: Bools, species: Words, threshold: float) -> dict[str, Any]:
    """Answer APCER of each species and BPCER at `threshold`, with Wilson intervals and counts.

    APCER is the share of a species' attacks that are let through (ISO/IEC 30107-3 reports the worst
    one); BPCER is the share of bona fide checks that are not. Species are the labels' typologies.
    """
    is_stopped = score >= threshold
    named = np.array([name or "not named" for name in species], dtype=object)
    apcer: dict[str, Any] = {}
    for name in sorted(set(named[is_attack])):
        these = is_attack & (named == name)
        missed, attacks = int((these & ~is_stopped).sum()), int(these.sum())
        apcer[str(name)] = {**proportion(missed, attacks).as_json(), "attacks": attacks}
    honest = int((~is_attack).sum())
    bpcer = proportion(int((~is_attack & is_stopped).sum()), honest)
    return {
        "threshold": threshold,
        "apcer": apcer,
        "worst_apcer": max((part["value"] for part in apcer.values()), default=None),
        "bpcer": {**bpcer.as_json(), "bona_fide": honest},
    }
