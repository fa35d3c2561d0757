"""Is the model better than the rules? Both on claims that came after what the model learned from.

Intervals come from a bootstrap over accounts (the claims of one rise and fall together), paired: the same
draws for both, so that the gain has an interval of its own. Ties of scores share a place, as rules tie much.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scoring.calibration import Bools, Floats
from scoring.quality import REPETITIONS, Interval

# Of fewer false claims an interval says nothing, and the rules stay.
FEWEST_FALSE = 15


@dataclass(frozen=True, slots=True)
class Later:
    """Claims scored by a model that had not seen them, whose end is known, (n,) each."""

    model_score: Floats
    rule_score: Floats
    is_false: Bools
    account: np.ndarray

    def __len__(self) -> int:
        """How many claims."""
        return len(self.is_false)


@dataclass(frozen=True, slots=True)
class Judgement:
    """How both fare on later claims: area under the ROC curve, average precision, and the gain in it."""

    claims: int
    false_claims: int
    auc: Interval
    precision: Interval
    rule_auc: Interval
    rule_precision: Interval
    gain: Interval

    @property
    def is_better(self) -> bool:
        """Whether the model's gain over the rules is shown."""
        return self.gain.low > 0


def judge(later: Later, seed: int = 1) -> Judgement | None:
    """Compare both on later claims; None where too few of them were false to say anything."""
    false_claims = int(later.is_false.sum())
    if false_claims < FEWEST_FALSE or false_claims == len(later):
        return None
    rng = np.random.default_rng(seed)
    _, account = np.unique(later.account, return_inverse=True)
    drawn = rng.poisson(1.0, (REPETITIONS, int(account.max()) + 1))[:, account].astype(np.float64)
    weight = np.vstack([np.ones(len(later)), drawn])
    # A draw without any false claim, or of nothing else, has no curve.
    has_both = ((weight * later.is_false).sum(axis=1) > 0) & ((weight * ~later.is_false).sum(axis=1) > 0)
    model = curves(later.model_score, later.is_false, weight[has_both])
    rules = curves(later.rule_score, later.is_false, weight[has_both])
    return Judgement(
        len(later),
        false_claims,
        _interval(model[0]),
        _interval(model[1]),
        _interval(rules[0]),
        _interval(rules[1]),
        _interval(model[1] - rules[1]),
    )


def _interval(values: Floats) -> Interval:
    low, high = np.quantile(values[1:], (0.025, 0.975))
    return Interval(float(values[0]), float(low), float(high))


def curves(score: Floats, is_false: Bools, weight: Floats) -> tuple[Floats, Floats]:
    """Return area under the ROC curve and average precision, (draws,) each, of claims weighted (draws, n)."""
    order = np.argsort(-score, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(score[order]) != 0])
    false = np.add.reduceat((weight * is_false)[:, order], starts, axis=1)
    true = np.add.reduceat((weight * ~is_false)[:, order], starts, axis=1)
    all_false, all_true = false.sum(axis=1), true.sum(axis=1)
    below = all_true[:, None] - np.cumsum(true, axis=1)
    auc = (false * (below + true / 2)).sum(axis=1) / (all_false * all_true)
    found = np.cumsum(false + true, axis=1)
    hit = np.divide(np.cumsum(false, axis=1), found, out=np.zeros_like(found), where=found > 0)
    return auc, (false * hit).sum(axis=1) / all_false
