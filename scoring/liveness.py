"""The liveness model: how likely an identity check is an attack, from capture, media, re-use and context."""

from __future__ import annotations

from scoring.features import LIVENESS_FEATURES
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
