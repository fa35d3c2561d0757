from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from threadpoolctl import threadpool_limits

from scoring.attribution import attribute

MONDAY = date(2025, 1, 6)
WEEKS = 39
# Region number -> week of the start; the others never have the measure.
STAGGERED = {0: 14, 1: 14, 2: 20, 3: 20, 4: 26, 5: 26}


def week(number: int) -> date:
    return MONDAY + timedelta(weeks=number)


def world(
    seed: int,
    regions: int = 12,
    level: float = 20.0,
    starts: dict[int, int] = STAGGERED,
    growth: float = 0.06,
    drift: float = 0.0,
    phi: float = 1.5,
) -> tuple[pd.DataFrame, float]:
    """Return weekly counts, and the true average ratio: the log effect falls by `growth` a week."""
    random = np.random.default_rng(seed)
    swing = np.exp(0.3 * np.sin(np.arange(WEEKS) / 5))
    rows, under, without = [], 0.0, 0.0
    for region in range(regions):
        start = starts.get(region)
        for number in range(WEEKS):
            base = level * (0.5 + region / regions) * swing[number]
            base *= np.exp(drift * number) if start is not None else 1.0
            lag = number - start if start is not None else -1
            mean = base * np.exp(-growth * (lag + 1)) if lag >= 0 else base
            if lag >= 0:
                under, without = under + mean, without + base
            count = (
                random.poisson(random.gamma(mean / (phi - 1), phi - 1)) if phi > 1 else random.poisson(mean)
            )
            rows.append(
                (f"r{region}", week(number), int(count), 1000.0, None if start is None else week(start))
            )
    return pd.DataFrame(rows, columns=["region", "week", "count", "exposure", "starts"]), under / without


def two_way(frame: pd.DataFrame) -> float:
    """Return the ratio that two-way fixed effects give: one dummy for having the measure."""
    has = (pd.to_datetime(frame["week"]) >= pd.to_datetime(frame["starts"])).astype(float)
    dummies = pd.get_dummies(frame[["region"]].assign(week=frame["week"].astype(str)), dtype=float)
    dummies = dummies.drop(columns=dummies.columns[-1]).assign(has=has)
    with threadpool_limits(1):
        return float(
            np.exp(sm.GLM(frame["count"], dummies, family=sm.families.Poisson()).fit().params["has"])
        )


def test_a_growing_effect_is_held_and_two_way_fixed_effects_understate_it() -> None:
    held, ours, theirs = 0, [], []
    for seed in range(20):
        frame, truth = world(seed)
        found = attribute(frame)
        held += found.average.low <= truth <= found.average.high
        ours.append(np.log(found.average.ratio) / np.log(truth))
        theirs.append(np.log(two_way(frame)) / np.log(truth))
    assert held >= 17
    assert np.mean(ours) == pytest.approx(1, abs=0.04)
    assert np.mean(theirs) < 0.93


def test_without_an_effect_none_is_shown_in_most_worlds() -> None:
    shown = 0
    for seed in range(20):
        average = attribute(world(seed, growth=0.0)[0]).average
        shown += not average.low <= 1 <= average.high
    assert shown <= 3


def test_two_regions_worked_by_hand() -> None:
    # Without: 10 a week, then 20; with: 31 and 29 by turns, then 15 where 60 were to be expected: a quarter.
    rows = [("control", week(n), 10 if n < 4 else 20, 100.0, None) for n in range(8)]
    rows += [("with", week(n), 30 + (-1) ** n if n < 4 else 15, 100.0, week(4)) for n in range(8)]
    found = attribute(pd.DataFrame(rows, columns=["region", "week", "count", "exposure", "starts"]))
    assert (found.average.observed, found.average.expected) == (60, pytest.approx(240))
    assert found.average.ratio == pytest.approx(0.25)
    # Var log = 1/60 + 1/120 (with, before) + 1/40 (control, before) + 1/80 (control, after) = 1/16.
    assert found.average.high == pytest.approx(0.25 * np.exp(1.96 * 0.25), rel=1e-3)
    assert found.cohorts[0].starts == week(4)
    assert found.pre_trend_p is None
    assert found.sentence() == (
        "With the measure incidents fell by 75 %, between 59 and 85 %, against 1 regions without it. "
        "Weak: only 1 regions without the measure; one region has it, so whatever else happened there looks "
        "the same; too few weeks before it to see whether the regions moved alike."
    )


def test_a_strong_roll_out_has_no_weakness_and_an_effect_for_each_cohort() -> None:
    found = attribute(world(3)[0])
    assert [effect.starts for effect in found.cohorts] == [week(14), week(20), week(26)]
    assert found.cohorts[0].regions == ("r0", "r1")
    assert found.controls == ("r10", "r11", "r6", "r7", "r8", "r9")
    assert not found.is_weak
    assert found.sentence().startswith("With the measure incidents fell by ")


def test_regions_that_already_moved_apart_before_it_are_said_to_weaken_it() -> None:
    found = attribute(world(4, drift=-0.04, growth=0.0)[0])
    assert found.pre_trend_p is not None
    assert found.pre_trend_p < 0.05
    assert any("already moved apart before it" in reason for reason in found.weaknesses)
    assert [lead.first_week for lead in found.leads] == [1, 5, 9]
    assert found.leads[0].ratio < 1


def test_few_incidents_and_weeks_without_any_are_borne_and_said() -> None:
    found = attribute(world(5, level=0.3, phi=1.0)[0])
    assert any("incidents were to be expected" in reason for reason in found.weaknesses)
    assert "the interval is wide" in found.weaknesses


def test_a_region_without_incidents_before_is_left_out_by_name() -> None:
    frame, _ = world(6)
    frame.loc[frame["region"] == "r0", "count"] = 0
    assert attribute(frame).left_out == ("r0",)


def test_the_week_that_the_start_cuts_in_two_counts_for_neither_side() -> None:
    frame, _ = world(7)
    later = frame.assign(starts=[None if s is None else s + timedelta(days=2) for s in frame["starts"]])
    of_own = [week(STAGGERED.get(int(r[1:]), 99)) for r in frame["region"]]
    poisoned = later.assign(count=later["count"].where(frame["week"] != pd.Series(of_own), 9_999))
    assert attribute(poisoned).average == attribute(later).average


def test_without_controls_nothing_can_be_attributed() -> None:
    frame, _ = world(8, regions=6)
    with pytest.raises(ValueError, match="regions that never had it; one lacks"):
        attribute(frame)
    with pytest.raises(ValueError, match="the frame lacks starts; give region, week"):
        attribute(frame.drop(columns="starts"))
