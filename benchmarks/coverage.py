"""Pairs of simulated quarters with a known change: how often does the interval on the pages hold the truth?

Weekly counts are Poisson, or negative binomial where they scatter more than chance alone; the exposure of
the weeks varies. A 95 % interval should hold the true ratio 93 to 98 times in a hundred. The baseline is
the exact interval of two Poisson counts, which knows of no scatter. As many pairs of sums of money and of
organised-crime indices follow (`coverage_sums`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.coverage_sums import Held, index, sums
from benchmarks.results import Figure, Result
from dashboard.measures.change import Week, change_between

PAIRS = 2_000
WEEKS = 13
SEED = 5
# What happens in a quarter, how much more than chance the weeks scatter, and the change: all combined.
COUNTS = (12, 40, 200, 2_000)
DISPERSIONS = (1.0, 2.0, 4.0)
RATIOS = (0.5, 0.8, 1.0, 1.3)
EXPOSURE = 1_000.0


@dataclass(frozen=True, slots=True)
class Found:
    """Of one pair: its dispersion and whether each of the two intervals held the truth."""

    dispersion: float
    count: int
    is_held: bool
    is_held_by_baseline: bool
    is_false_alarm: bool


def main() -> None:
    """Simulate and write the result."""
    generator = np.random.default_rng(SEED)
    settings = [(c, d, r) for c in COUNTS for d in DISPERSIONS for r in RATIOS]
    found = [_pair(generator, *settings[number % len(settings)]) for number in range(PAIRS)]
    groups = [
        ("all", found),
        *((f"dispersion {d:g}", [f for f in found if f.dispersion == d]) for d in DISPERSIONS),
        *((f"about {c} before", [f for f in found if f.count == c]) for c in COUNTS),
    ]
    Result(
        "spine",
        "coverage",
        f"How many of {PAIRS:,} simulated changes does their 95 % interval hold?",
        (
            *(_figure(f"{name}: the truth is held", group) for name, group in groups),
            Figure("false changes shown where there is none", *_share([f.is_false_alarm for f in found])),
            *_held_figures("sums", [sums(generator, number) for number in range(PAIRS)]),
            *_held_figures("index", [index(generator, number) for number in range(PAIRS)]),
        ),
        seed=SEED,
        notes=(
            f"{WEEKS} weeks each; all of counts {COUNTS}, scatter {DISPERSIONS}, true ratios {RATIOS}.",
            "Baseline: the exact interval of two Poisson counts, on the same pairs.",
            "False changes: of all pairs; one in four has a true ratio of 1.",
            "Sums: log-normal accounts, 50 to 1,000 a quarter, a fifth of them in both quarters.",
            "Index: 60 to 1,000 rings in twelve cells whose shares of the business shift.",
        ),
    ).write()


def _pair(generator: np.random.Generator, count: int, dispersion: float, ratio: float) -> Found:
    before = _weeks(generator, count / WEEKS / EXPOSURE, dispersion)
    after = _weeks(generator, ratio * count / WEEKS / EXPOSURE, dispersion)
    change, plain = change_between(before, after), change_between(_whole(before), _whole(after))
    assert change is not None
    assert plain is not None
    return Found(
        dispersion,
        count,
        change.low <= ratio <= change.high,
        plain.low <= ratio <= plain.high,
        ratio == 1 and change.is_shown,
    )


def _weeks(generator: np.random.Generator, rate: float, dispersion: float) -> list[Week]:
    exposures = EXPOSURE * generator.uniform(0.8, 1.2, WEEKS)
    means = rate * exposures
    # A Poisson count whose mean is drawn from a gamma scatters `dispersion` times as much as its mean.
    drawn = means if dispersion == 1 else generator.gamma(means / (dispersion - 1), dispersion - 1)
    return [Week(int(n), float(e)) for n, e in zip(generator.poisson(drawn), exposures, strict=True)]


def _whole(weeks: list[Week]) -> list[Week]:
    """Return the period as one week, in which no scatter is to be seen."""
    return [Week(sum(w.count for w in weeks), sum(w.exposure for w in weeks))]


def _figure(name: str, group: list[Found]) -> Figure:
    value, unit, low, high = _share([f.is_held for f in group])
    plain, *_ = _share([f.is_held_by_baseline for f in group])
    return Figure(name, value, unit, low, high, plain, "plain Poisson")


def _held_figures(name: str, found: list[Held]) -> list[Figure]:
    groups = sorted({held.group for held in found})
    return [
        Figure(f"{title}: the truth is held", *_share([h.is_held for h in found if h.group in within]))
        for title, within in ((name, groups), *((group, [group]) for group in groups))
    ]


def _share(held: list[bool]) -> tuple[float, str, float, float]:
    share = float(np.mean(held))
    reach = 1.96 * (share * (1 - share) / len(held)) ** 0.5
    return share, "share", share - reach, share + reach
