"""Detectors of attacks in single frames, trained apart for presentation and injection, and their scales.

A signal's middle and spread differ more between cameras than between honest and false, so that each signal
may be put on the scale of bona fide frames of one place: a class of device among renders, an operator's own
honest checks among photographs. No attack takes part in a scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from benchmarks.face_folders import BONA_FIDE
from benchmarks.face_media import SHOT_AGAIN, Measured, joined
from data.world.media.attacks import SPECIES

SEED = 21
FARTHEST = 5.0
"""Beyond so many spreads from the middle a signal only says: far."""
WEIGHT_OF_RULE = 0.01
"""Inverse strength of the logistic regression's penalty; chosen on renders under other cameras."""
MISSING_SPREAD = 0.2
PRESENTATION = tuple(name for name in SPECIES if name.startswith("presentation"))
INJECTION = tuple(name for name in SPECIES if name.startswith("injection"))
Scores = NDArray[np.float64]
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scale:
    """Middle and spread (k,) of each signal among bona fide frames."""

    middle: Values
    spread: Values

    def of(self, values: Values) -> Values:
        """Return values (n, k) in spreads from the middle, at most FARTHEST; 0 where unknown."""
        return np.nan_to_num(np.clip((values - self.middle) / self.spread, -FARTHEST, FARTHEST))


def scale_of(honest: Values) -> Scale:
    """Return the scale of bona fide frames (n, k): median and 1.48 times the median distance from it.

    Where most frames have one value, the standard deviation stands in; where all have, 1.
    """
    known = np.where(np.isnan(honest).all(axis=0), 0.0, honest)
    middle = np.nanmedian(known, axis=0)
    spread = 1.4826 * np.nanmedian(np.abs(known - middle), axis=0)
    deviation = np.nanstd(known, axis=0)
    spread = np.where(spread > MISSING_SPREAD / 2 * deviation, spread, deviation)
    return Scale(middle, np.where(spread > 0, spread, 1.0))


def by_place(media: Measured) -> Measured:
    """Return frames whose signals are each on the scale of the bona fide frames of their place."""
    values = np.empty_like(media.values)
    for place in np.unique(media.place):
        rows = media.place == place
        values[rows] = scale_of(media.values[rows & ~media.is_attack]).of(media.values[rows])
    return media.holding(values)


def on_scale(media: Measured, honest: Values) -> Measured:
    """Return frames whose signals are on the scale of these bona fide frames."""
    return media.holding(scale_of(honest).of(media.values))


class Member(Protocol):
    """A fitted model that answers probabilities (n, 2), as scikit-learn's do."""

    def predict_proba(self, values: Values) -> Values:
        """Return the probability of bona fide and of attack."""


@dataclass(frozen=True, slots=True)
class Detector:
    """Models whose log odds are averaged into one score: over 0 is more like an attack."""

    members: tuple[Member, ...]

    def scores(self, values: Values) -> Scores:
        """Return the score (n,) of each frame."""
        odds = []
        for member in self.members:
            share = np.clip(member.predict_proba(values)[:, 1], 1e-6, 1 - 1e-6)
            odds.append(np.log(share / (1 - share)))
        return np.asarray(np.mean(odds, axis=0), np.float64)


@dataclass(frozen=True, slots=True)
class Pair:
    """The presentation detector and the injection detector, as the standards keep them apart."""

    presentation: Detector
    injection: Detector

    def scores(self, values: Values) -> dict[str, Scores]:
        """Return the scores of each detector, and the larger of both."""
        both = {
            "presentation detector": self.presentation.scores(values),
            "injection detector": self.injection.scores(values),
        }
        return both | {"larger of both": np.maximum(*both.values())}


def fit_pair(media: Measured, weight: Values | None = None) -> Pair:
    """Return both detectors of frames that are on one scale."""
    return Pair(fit(media, PRESENTATION, weight), fit(media, INJECTION, weight))


def fit(media: Measured, species: Sequence[str], weight: Values | None = None) -> Detector:
    """Return the detector of these species against bona fide; bona fide weigh as much as the attacks.

    Attacks of unknown kinds (species that the generator does not make) count as each detector's own.
    """
    unknown = ~np.isin(media.species, (BONA_FIDE, SHOT_AGAIN, *SPECIES))
    rows = ~media.is_attack | np.isin(media.species, species) | unknown
    chosen = media.where(rows)
    share = balanced(chosen.is_attack, np.ones(len(media.species)) if weight is None else weight, rows)
    regression = LogisticRegression(C=WEIGHT_OF_RULE, max_iter=400)
    trees = HistGradientBoostingClassifier(
        learning_rate=0.06,
        max_iter=150,
        max_leaf_nodes=4,
        min_samples_leaf=20,
        l2_regularization=5.0,
        max_features=0.3,
        random_state=SEED,
    )
    return Detector(tuple(one.fit(chosen.values, chosen.is_attack, share) for one in (regression, trees)))


def fit_old(media: Measured, weight: Values | None = None) -> Detector:
    """Return the old way: deeper trees, all species in one class, signals as they are."""
    share = balanced(media.is_attack, np.ones(len(media.species)) if weight is None else weight)
    trees = HistGradientBoostingClassifier(
        learning_rate=0.06,
        max_iter=300,
        max_leaf_nodes=10,
        min_samples_leaf=15,
        l2_regularization=2.0,
        max_features=0.3,
        random_state=SEED,
    )
    return Detector((trees.fit(media.values, media.is_attack, share),))


def balanced(attack: NDArray[np.bool_], weight: Values, rows: NDArray[np.bool_] | None = None) -> Values:
    """Return weights of the chosen rows where both labels weigh the same and the mean is 1."""
    given = weight if rows is None else weight[rows]
    whole = given.sum()
    sums = np.where(attack, given[attack].sum() / whole, given[~attack].sum() / whole)
    even = given * 0.5 / sums
    return np.asarray(even * len(even) / even.sum(), np.float64)


def heavier(media: Measured, added: Measured) -> tuple[Measured, Values]:
    """Return both joined, with weights by which both together weigh the same."""
    share = len(media.species) / max(len(added.species), 1)
    weight = np.concatenate([np.ones(len(media.species)), np.full(len(added.species), share)])
    return joined(media, added), weight
