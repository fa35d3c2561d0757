"""Did a dated regional measure change the rate of incidents, against the regions without it?

Measures start in different regions at different times, and their effect may grow. Two-way fixed effects
then use regions that already have the measure as controls and understate it (Goodman-Bacon 2021). The
cohort x time Poisson model does not (Wooldridge 2023): it has an effect of its own for each cohort and
week. Saturated so, its estimates are those of imputation (Borusyak, Jaravel and Spiess 2024):

1. fit region and week effects, Poisson with exposure as offset, on the cells without the measure only:
   regions that never had it, and the others before it started;
2. foretell the cells with it; the effect is what happened over what was foretold;
3. its variance is that of the count plus that of the forecast (delta method), both times phi: the larger
   of Pearson's from weeks and from blocks of four weeks, in which slow swings of a region show.

Before the start nothing should differ: the leads test it, in blocks of four weeks against earlier ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd
import statsmodels.api as sm
from scipy.stats import f as f_distribution
from statsmodels.genmod.generalized_linear_model import GLMResults
from threadpoolctl import threadpool_limits

Floats = npt.NDArray[np.float64]
_REACH = 1.959964
_BLOCK = 4
_LEADS = 3
# Fewer than these, and one region's own history, or chance, can make the effect.
_FEWEST_CONTROLS, _FEWEST_TREATED, _FEWEST_EVENTS = 4, 2, 30
_WIDEST = 3.0
_COLUMNS = ("region", "week", "count", "exposure", "starts")


@dataclass(frozen=True, slots=True)
class Effect:
    """Incidents under the measure against those foretold without it: a rate ratio, 95 % interval.

    `starts` is None for the average over all cohorts.
    """

    starts: date | None
    regions: tuple[str, ...]
    observed: int
    expected: float
    ratio: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Lead:
    """A block of weeks before the start, against the earlier ones: a rate ratio that should be 1."""

    first_week: int
    last_week: int
    ratio: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Attribution:
    """What a measure did: by cohort, on average, with the test of the time before and what weakens it.

    `pre_trend_p` is None where there were too few weeks before to test. `left_out` names regions without
    a single incident before the measure, of which nothing can be foretold.
    """

    average: Effect
    cohorts: tuple[Effect, ...]
    leads: tuple[Lead, ...]
    pre_trend_p: float | None
    dispersion: float
    controls: tuple[str, ...]
    weaknesses: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def is_weak(self) -> bool:
        """Whether something stands against reading the effect as the measure's."""
        return bool(self.weaknesses)

    def sentence(self) -> str:
        """Say the effect and how far it can be trusted."""
        a = self.average
        if a.low <= 1 <= a.high:
            said = f"No effect is shown: {a.observed:,} incidents where {a.expected:,.0f} were to be expected"
        else:
            ends = sorted(abs(100 * (end - 1)) for end in (a.low, a.high))
            verb = "fell" if a.high < 1 else "rose"
            said = (
                f"With the measure incidents {verb} by {abs(100 * (a.ratio - 1)):.0f} %, "
                f"between {ends[0]:.0f} and {ends[1]:.0f} %, against {len(self.controls)} regions without it"
            )
        return f"{said}. Weak: {'; '.join(self.weaknesses)}." if self.weaknesses else f"{said}."


def attribute(frame: pd.DataFrame) -> Attribution:
    """Estimate what a measure did from weekly counts.

    `frame` has one row for each region and week: `region`, `week` (its Monday, a date), `count`,
    `exposure`, and `starts`, the date from which the region has the measure, missing for never. The week
    in which it starts is left out. Raises ValueError where columns, treated regions or controls lack.
    """
    cells, left_out = _cells(frame)
    is_treated = cells["lag"].to_numpy() >= 0
    if not is_treated.any() or cells["lag"].notna().all():
        raise ValueError(
            "attribution needs regions with the measure and regions that never had it; one lacks"
        )
    untreated, treated = cells[~is_treated], cells[is_treated]
    periods = _periods(cells["week"], untreated)
    regions = sorted(set(cells["region"]))
    design = _design(untreated, regions, periods)
    fitted = _fit(untreated, design)
    phi = _dispersion(untreated, np.asarray(fitted.fittedvalues), int(fitted.df_resid))
    covariance = phi * np.asarray(fitted.normalized_cov_params)
    forecast = _Forecast(np.asarray(fitted.params), covariance, phi)
    design_treated = _design(treated, regions, periods)
    starts = treated["starts"].to_numpy()
    cohorts = tuple(
        forecast.effect(treated[starts == day], design_treated[starts == day], pd.Timestamp(day).date())
        for day in sorted(set(starts))
    )
    leads, p_value = _pre_trend(untreated, design, phi)
    average = forecast.effect(treated, design_treated, None)
    controls = tuple(sorted(set(cells.loc[cells["lag"].isna(), "region"])))
    weaknesses = _weaknesses(average, controls, p_value)
    return Attribution(average, cohorts, leads, p_value, phi, controls, weaknesses, left_out)


@dataclass(frozen=True, slots=True)
class _Forecast:
    """The fitted model of the cells without the measure: coefficients, their covariance, phi."""

    coefficients: Floats
    covariance: Floats
    phi: float

    def effect(self, cells: pd.DataFrame, design: Floats, starts: date | None) -> Effect:
        """Compare what happened in `cells` with what the model foretells."""
        means = cells["exposure"].to_numpy() * np.exp(design @ self.coefficients)
        expected, observed = float(means.sum()), int(cells["count"].sum())
        gradient = design.T @ means / expected
        # Where nothing happened the half event keeps the upper end finite and above nothing.
        counted = max(observed, 0.5)
        error = float(np.sqrt(self.phi / counted + gradient @ self.covariance @ gradient))
        low, high = (counted / expected * np.exp(side * _REACH * error) for side in (-1, 1))
        regions = tuple(sorted(set(cells["region"])))
        low = float(low) if observed else 0.0
        return Effect(starts, regions, observed, expected, observed / expected, low, float(high))


def _cells(frame: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the usable cells with `lag`, whole weeks since the start; and the regions left out."""
    missing = [name for name in _COLUMNS if name not in frame]
    if missing:
        raise ValueError(f"the frame lacks {', '.join(missing)}; give {', '.join(_COLUMNS)}")
    cells = frame.loc[frame["exposure"] > 0, list(_COLUMNS)].copy()
    cells["week"], cells["starts"] = pd.to_datetime(cells["week"]), pd.to_datetime(cells["starts"])
    days = (cells["week"] - cells["starts"]).dt.total_seconds() / timedelta(days=1).total_seconds()
    cells["lag"] = np.floor(days / 7)
    # A week that the start cuts in two has the measure on some of its days only.
    cells = cells[~((days < 0) & (days > -7))]
    before = cells[~(cells["lag"] >= 0)].groupby("region")["count"].sum()
    usable = set(before[before > 0].index)
    left_out = tuple(sorted(set(frame["region"]) - usable))
    return cells[cells["region"].isin(usable)].sort_values(["region", "week"]), left_out


def _periods(weeks: pd.Series[pd.Timestamp], untreated: pd.DataFrame) -> dict[pd.Timestamp, int]:
    """Number the weeks; one in which no region without the measure has an incident joins the one before."""
    counts = untreated.groupby("week")["count"].sum()
    found, number, held = {}, 0, 0
    for week in sorted(set(weeks)):
        count = int(counts.get(week, 0))
        if held and count:
            number, held = number + 1, 0
        held += count
        found[week] = number
    return found


def _design(cells: pd.DataFrame, regions: Sequence[str], periods: dict[pd.Timestamp, int]) -> Floats:
    """Return dummies of regions and of all periods but the first, shape (cells, regions + periods - 1)."""
    place = cells["region"].map({name: number for number, name in enumerate(regions)}).to_numpy()
    period = cells["week"].map(periods).to_numpy()
    by_region = place[:, None] == np.arange(len(regions))
    by_period = period[:, None] == np.arange(1, max(periods.values()) + 1)
    return np.hstack([by_region, by_period]).astype(np.float64)


def _fit(cells: pd.DataFrame, design: Floats) -> GLMResults:
    """Fit a Poisson model with the exposure as offset; on one thread, which is seven times faster here."""
    model = sm.GLM(cells["count"], design, family=sm.families.Poisson(), offset=np.log(cells["exposure"]))
    with threadpool_limits(1):
        return model.fit()


def _dispersion(cells: pd.DataFrame, means: Floats, freedom: int) -> float:
    """Return phi, at least 1: the larger of that of weeks and that of blocks of four weeks."""
    counts = cells["count"].to_numpy(dtype=np.float64)
    weekly = float(np.sum((counts - means) ** 2 / means)) / max(freedom, 1)
    week = (cells["week"] - cells["week"].min()).dt.days.to_numpy() // (7 * _BLOCK)
    sums = pd.DataFrame({"region": cells["region"].to_numpy(), "block": week, "count": counts, "mean": means})
    blocks = sums.groupby(["region", "block"]).sum()
    lost = blocks.index.get_level_values(0).nunique() + blocks.index.get_level_values(1).nunique() - 1
    chi_square = float(((blocks["count"] - blocks["mean"]) ** 2 / blocks["mean"]).sum())
    by_block = chi_square / (len(blocks) - lost) if len(blocks) > lost else 1.0
    return max(1.0, weekly, by_block)


def _pre_trend(untreated: pd.DataFrame, design: Floats, phi: float) -> tuple[tuple[Lead, ...], float | None]:
    """Return the leads and the p-value of their joint Wald test (F with phi); none where they cannot be."""
    ahead = -untreated["lag"].to_numpy()
    counts = untreated["count"].to_numpy()
    blocks = []
    for number in range(_LEADS):
        inside = (ahead > number * _BLOCK) & (ahead <= (number + 1) * _BLOCK)
        if counts[inside].sum() > 0 and counts[ahead > (number + 1) * _BLOCK].sum() > 0:
            blocks.append((number, inside))
    if not blocks:
        return (), None
    dummies = np.column_stack([inside for _, inside in blocks]).astype(np.float64)
    whole = np.hstack([design, dummies])
    fitted = _fit(untreated, whole)
    values = np.asarray(fitted.params)[-len(blocks) :]
    covariance = phi * np.asarray(fitted.normalized_cov_params)[-len(blocks) :, -len(blocks) :]
    statistic = float(values @ np.linalg.solve(covariance, values)) / len(blocks)
    errors = np.sqrt(np.diag(covariance))
    leads = tuple(
        Lead(
            number * _BLOCK + 1,
            (number + 1) * _BLOCK,
            *(float(np.exp(v + s * _REACH * e)) for s in (0, -1, 1)),
        )
        for (number, _), v, e in zip(blocks, values, errors, strict=True)
    )
    return leads, float(f_distribution.sf(statistic, len(blocks), fitted.df_resid))


def _weaknesses(average: Effect, controls: Sequence[str], p_value: float | None) -> tuple[str, ...]:
    found = []
    if len(controls) < _FEWEST_CONTROLS:
        found.append(f"only {len(controls)} regions without the measure")
    if len(average.regions) < _FEWEST_TREATED:
        found.append("one region has it, so whatever else happened there looks the same")
    if p_value is None:
        found.append("too few weeks before it to see whether the regions moved alike")
    elif p_value < 0.05:
        found.append(f"the regions already moved apart before it (p = {p_value:.3f})")
    if average.expected < _FEWEST_EVENTS:
        found.append(f"only {average.expected:.0f} incidents were to be expected")
    if average.low <= 0 or average.high / average.low > _WIDEST:
        found.append("the interval is wide")
    return tuple(found)
