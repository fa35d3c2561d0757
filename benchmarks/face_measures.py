"""What a detector of attacks is measured by: AUC, EER, APCER and BPCER, with bootstrap intervals.

A `Trial` is one model on the photographs it did not see. Where a set is measured in two halves, each half by
a model that saw the other, a figure is the mean of both trials, and a sample draws the attacks, which are the
same in both, once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.results import Figure

RESAMPLED = 300
Scores = NDArray[np.float64]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Trial:
    """Scores of bona fide pictures and of attacks by one model, higher is more like an attack.

    `threshold` is what the model's training set, if it set one: a score above it is stopped.
    """

    honest: Scores
    false: Scores
    threshold: float = float("nan")

    def only(self, chosen: NDArray[np.bool_]) -> Trial:
        """Return the trial with the chosen attacks alone."""
        return Trial(self.honest, self.false[chosen], self.threshold)


Measure = Callable[[Trial], float]


def auc(trial: Trial) -> float:
    """Return the chance that an attack scores above a bona fide picture; a tie counts half."""
    honest = np.sort(trial.honest)
    below = np.searchsorted(honest, trial.false, side="left")
    through = np.searchsorted(honest, trial.false, side="right")
    return float((below + through).mean() / (2 * len(honest)))


def apcer_at(trial: Trial, bpcer: float) -> float:
    """Return the share of attacks let in where at most `bpcer` of these bona fide pictures are stopped."""
    honest = np.sort(trial.honest)
    stopped = int(np.floor(bpcer * len(honest)))
    return float((trial.false <= honest[len(honest) - stopped - 1]).mean())


def equal_error_rate(trial: Trial) -> float:
    """Return the rate where the shares of attacks let in and of bona fide pictures stopped are nearest."""
    steps = np.unique(np.concatenate([trial.honest, trial.false]))
    let_in = np.searchsorted(np.sort(trial.false), steps, side="right") / len(trial.false)
    stopped = 1 - np.searchsorted(np.sort(trial.honest), steps, side="right") / len(trial.honest)
    at = int(np.abs(let_in - stopped).argmin())
    return float((let_in[at] + stopped[at]) / 2)


def bpcer(trial: Trial) -> float:
    """Return the share of bona fide pictures over the trial's threshold."""
    return float((trial.honest > trial.threshold).mean())


def apcer(trial: Trial) -> float:
    """Return the share of attacks not over the trial's threshold."""
    return float((trial.false <= trial.threshold).mean())


RANKING: dict[str, Measure] = {
    "AUC": auc,
    "EER": equal_error_rate,
    "APCER at BPCER 5 %": lambda trial: apcer_at(trial, 0.05),
    "APCER at BPCER 1 %": lambda trial: apcer_at(trial, 0.01),
}
AT_THRESHOLD: dict[str, Measure] = {"BPCER": bpcer, "APCER": apcer}


def figures(
    name: str,
    trials: Sequence[Trial],
    measures: dict[str, Measure],
    baseline: Sequence[Trial] = (),
    baseline_name: str = "",
) -> list[Figure]:
    """Return each measure, its mean over the trials, with its interval and the baseline's beside it."""
    samples = list(_samples(trials))
    answers = []
    for title, measure in measures.items():
        drawn = [np.mean([measure(one) for one in sample]) for sample in samples]
        low, high = np.quantile(drawn, (0.025, 0.975))
        answers.append(
            Figure(
                f"{name}: {title}",
                mean_of(measure, trials),
                "share",
                float(low),
                float(high),
                mean_of(measure, baseline) if baseline else None,
                baseline_name if baseline else "",
            )
        )
    return answers


def mean_of(measure: Measure, trials: Sequence[Trial]) -> float:
    """Return the mean of a measure over trials."""
    return float(np.mean([measure(trial) for trial in trials]))


def _samples(trials: Sequence[Trial]) -> list[list[Trial]]:
    """Return bootstrap samples of the trials, as many pictures of each label as there are."""
    rng = np.random.default_rng(1)
    samples = []
    for _ in range(RESAMPLED):
        shared: dict[int, Rows] = {}
        drawn = []
        for trial in trials:
            count = len(trial.false)
            attacks = shared.setdefault(count, rng.integers(0, max(count, 1), count))
            honest = trial.honest[rng.integers(0, max(len(trial.honest), 1), len(trial.honest))]
            drawn.append(Trial(honest, trial.false[attacks], trial.threshold))
        samples.append(drawn)
    return samples


def blocks(count: int, number: int) -> Rows:
    """Return the block (count,) of each picture in the order of file names: `number` runs of neighbours.

    Who is who is not known in most sets, but neighbours are often of one person or session.
    """
    return np.asarray(np.arange(count) * number // max(count, 1), np.int64)
