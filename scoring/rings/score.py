"""The score of a candidate: a calibrated probability, from what its accounts and ties are like together.

Learned from earlier candidates and the labels known by then: positive is a candidate of which half of the
accounts have been confirmed. With too few of them the mean log-odds of its pairs stands in.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from scoring.rings.graph import Pairs
from scoring.rings.kinds import MICROSECONDS_A_DAY, YOUNG_DAYS
from scoring.rings.ties import Flags, Floats, Ints, ends_of

FEATURES = (
    "accounts",
    "density",
    "mean_logit",
    "least_logit",
    "kinds",
    "centre",
    "young_share",
    "age_spread",
    "known_bad_share",
    "passed_on",
    "countries",
)
ALARM = 0.5
# Of fewer candidates than this that turned out to be rings nothing is learned.
FEWEST_RINGS = 40
# Nobody has said yet that such ties are crime: households share devices too.
_DOUBT = 2.0
_MEAN_LOGIT = FEATURES.index("mean_logit")


@dataclass(frozen=True, slots=True)
class People:
    """What scores need of every account, by its number: opening, first confirmation (microseconds), country.

    `confirmed` is the largest integer where nothing was confirmed; `country` numbers countries, -1 unknown.
    """

    opened: Ints
    confirmed: Ints
    country: Ints


@dataclass(frozen=True, slots=True)
class Described:
    """Candidates 0, 1, ...: FEATURES as (n, features), accounts, and those confirmed and young among them."""

    features: Floats
    accounts: Ints
    known_bad: Ints
    young: Ints
    # Of each account in a candidate, what ties it to the others, and whether it was confirmed itself.
    strength: Floats
    is_bad: Flags


def describe(
    accounts: Ints, community: Ints, pairs: Pairs, passed_on: Floats, people: People, at: int
) -> Described:
    """Describe the candidates at `at`; `passed_on` is of each pair the largest share that was passed on."""
    count = int(community.max(initial=-1)) + 1
    size = np.bincount(community, minlength=count)
    one, other = ends_of(pairs.pair)
    first, second = _place(accounts, one), _place(accounts, other)
    is_inside = (first >= 0) & (second >= 0)
    is_inside[is_inside] = community[first[is_inside]] == community[second[is_inside]]
    first, second = first[is_inside], second[is_inside]
    own = community[first]
    logit, kinds, strength = pairs.logit[is_inside], pairs.kinds[is_inside], pairs.strength[is_inside]
    edges = np.maximum(np.bincount(own, minlength=count), 1)
    degree = np.bincount(first, minlength=len(accounts)) + np.bincount(second, minlength=len(accounts))
    strongest = np.zeros(count)
    np.maximum.at(strongest, community, degree)
    least = np.full(count, np.inf)
    np.minimum.at(least, own, logit)
    age = np.maximum(at - people.opened[accounts], 0) / MICROSECONDS_A_DAY
    young = np.bincount(community, age < YOUNG_DAYS, count)
    is_bad = people.confirmed[accounts] < at
    bad = np.bincount(community, is_bad, count)
    log_age = np.log1p(age)
    mean_age = np.bincount(community, log_age, count) / size
    spread = np.sqrt(np.bincount(community, (log_age - mean_age[community]) ** 2, count) / size)
    places = np.unique(np.stack([community, people.country[accounts]]), axis=1)[0]
    features = np.stack(
        [
            np.log(size),
            2 * edges / (size * (size - 1)),
            np.bincount(own, logit, count) / edges,
            np.where(np.isfinite(least), least, 0.0),
            np.bincount(own, kinds, count) / edges,
            strongest / (size - 1),
            young / size,
            spread,
            bad / size,
            np.bincount(own, np.minimum(passed_on[is_inside], 1.0), count) / edges,
            np.log(np.bincount(places, minlength=count)),
        ],
        axis=1,
    )
    of_account: Any = np.bincount(first, strength, len(accounts)) + np.bincount(
        second, strength, len(accounts)
    )
    return Described(features, size, bad.astype(np.int64), young.astype(np.int64), of_account, is_bad)


@dataclass(frozen=True, slots=True)
class Scorer:
    """What scores candidates: a pipeline of scikit-learn, or, where None, their mean log-odds."""

    pipeline: Pipeline | None
    examples: int
    positives: int
    fingerprint: str

    def score(self, features: Floats) -> Floats:
        """Answer the probability of each candidate, rounded to nine decimals."""
        if not len(features):
            return np.empty(0)
        if self.pipeline is None:
            unsure: Floats = expit(features[:, _MEAN_LOGIT] - _DOUBT)
            return np.round(unsure, 9)
        found: Floats = np.round(self.pipeline.predict_proba(features)[:, 1], 9)
        return found


UNLEARNED = Scorer(None, 0, 0, "")


def fit_scorer(features: Floats, is_ring: Flags) -> Scorer:
    """Learn from candidates and whether they turned out to be rings; `UNLEARNED` where they are too few."""
    positives = int(is_ring.sum())
    if min(positives, len(is_ring) - positives) < FEWEST_RINGS:
        return Scorer(None, len(is_ring), positives, "")
    pipeline = make_pipeline(StandardScaler(), LogisticRegression(max_iter=500)).fit(features, is_ring)
    made_of = hashlib.sha256(features.tobytes() + is_ring.tobytes()).hexdigest()
    return Scorer(pipeline, len(is_ring), positives, made_of)


def _place(accounts: Ints, wanted: Ints) -> Ints:
    """Answer where each wanted account stands among `accounts`, ascending; -1: it is not there."""
    if not len(accounts):
        return np.full(len(wanted), -1, dtype=np.int64)
    place = np.minimum(np.searchsorted(accounts, wanted), len(accounts) - 1)
    return np.where(accounts[place] == wanted, place, -1)
