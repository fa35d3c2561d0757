from __future__ import annotations

import numpy as np
import pytest

from dashboard.measures.share_shift import (
    WEEKS_BEFORE,
    WEEKS_NOW,
    WeekOfAttacks,
    share_dispersion,
    share_shift,
)

QUIET = 600


def weeks(*kinds: tuple[int, int]) -> list[WeekOfAttacks]:
    return [WeekOfAttacks(presentations, injections) for presentations, injections in kinds]


def drawn(rng: np.random.Generator, share: float, count: int, rings: float) -> list[WeekOfAttacks]:
    """Weeks of some `rings` rings with one to seven attempts each, every ring of one kind."""
    found = []
    for _ in range(count):
        sizes = rng.integers(1, 8, rng.poisson(rings))
        is_injection = rng.random(len(sizes)) < share
        found.append(WeekOfAttacks(int(sizes[~is_injection].sum()), int(sizes[is_injection].sum())))
    return found


def alarms(share_now: float, trials: int, rings: float = 6) -> tuple[float, float]:
    """Answer how often the alarm is raised, and how often without the scatter of the weeks."""
    rng = np.random.default_rng(11)
    raised, naive = 0, 0
    for _ in range(trials):
        given = drawn(rng, 0.52, WEEKS_BEFORE, rings) + drawn(rng, share_now, WEEKS_NOW, rings)
        shift = share_shift(given)
        # The same counts with each period's share spread evenly over its weeks have no scatter.
        smooth = [_even(given[:WEEKS_BEFORE])] * WEEKS_BEFORE + [_even(given[WEEKS_BEFORE:])] * WEEKS_NOW
        alone = share_shift(smooth)
        raised += shift is not None and shift.is_shown
        naive += alone is not None and alone.is_shown
    return raised / trials, naive / trials


def _even(period: list[WeekOfAttacks]) -> WeekOfAttacks:
    return WeekOfAttacks(
        round(sum(w.presentations for w in period) / len(period)),
        round(sum(w.injections for w in period) / len(period)),
    )


def test_quiet_weeks_raise_the_alarm_about_once_in_twenty() -> None:
    raised, naive = alarms(0.52, QUIET)

    assert 0.03 <= raised <= 0.075
    # Without the scatter of the weeks four times too often.
    assert naive > 0.15


def test_a_shift_of_thirty_points_is_found_among_fifty_rings_and_often_missed_among_twenty_four() -> None:
    assert alarms(0.82, 200, rings=12.5)[0] > 0.8
    assert alarms(0.82, 200, rings=6)[0] < 0.7


def test_the_interval_of_even_weeks_is_newcombes() -> None:
    # 12 weeks of 48 and 52, four of 29 and 71: 624 of 1,200 and 284 of 400, without scatter: dispersion 1,
    # fourteen degrees of freedom: Student's 2.14479 stands for 1.95996, so 1,200 / 1.19748 = 1002.1 and
    # 400 / 1.19748 = 334.0 attacks. Wilson: .4890 to .5508 and .6592 to .7561. Difference .19:
    # .19 - sqrt(.0508^2 + .0308^2) = .1306, .19 + sqrt(.0461^2 + .0310^2) = .2455.
    shift = share_shift(weeks(*[(48, 52)] * 12, *[(29, 71)] * 4))

    assert shift is not None
    assert (shift.before, shift.now, shift.dispersion) == (0.52, 0.71, 1.0)
    assert (shift.low, shift.high) == (pytest.approx(0.1306, abs=2e-4), pytest.approx(0.2455, abs=2e-4))
    assert shift.is_shown
    assert shift.sentence() == (
        "Injection is 71 % of attacks in the last four weeks, 52 % in the twelve before (95 % interval of "
        "the difference: +13 to +25 points), while all attacks changed by +0 % a week, which the counts "
        "cannot tell from no change."
    )


def test_weeks_that_swing_from_one_kind_to_the_other_prove_no_shift() -> None:
    # Per period half of each: every week is 10 away from its expected 10 of 20: 100 / (20 * .25) = 20 each.
    swinging = weeks(*[(20, 0), (0, 20)] * 8)

    assert share_dispersion(swinging[:12], swinging[12:]) == (pytest.approx(16 * 20 / 14), 14)
    shift = share_shift(swinging)
    assert shift is not None
    assert shift.sentence().endswith("points): no shift shown.")


def test_a_rise_of_all_attacks_is_said_beside_the_shift() -> None:
    shift = share_shift(weeks(*[(48, 52)] * 12, *[(40, 160)] * 4))

    assert shift is not None
    assert shift.sentence().endswith("points), while all attacks changed by +100 % a week.")


def test_too_few_weeks_or_a_period_without_attacks_say_nothing() -> None:
    assert share_shift(weeks(*[(5, 5)] * 15)) is None
    assert share_shift(weeks(*[(5, 5)] * 12, *[(0, 0)] * 4)) is None


def test_a_kind_that_was_never_seen_before_has_no_scatter_and_is_still_found() -> None:
    shift = share_shift(weeks(*[(10, 0)] * 12, *[(5, 5)] * 4))

    assert shift is not None
    assert (shift.before, shift.now) == (0.0, 0.5)
    assert shift.is_shown
