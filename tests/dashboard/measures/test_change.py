from __future__ import annotations

import math
from datetime import datetime

import numpy as np
import pytest

from dashboard.measures.change import Week, change_between, dispersion
from dashboard.measures.quarter import Quarter, why_not_comparable


def weeks(*counts: int, exposure: float = 100.0) -> list[Week]:
    return [Week(count, exposure) for count in counts]


def test_forty_to_twenty_eight_at_eight_percent_more_exposure_is_not_proven() -> None:
    # reference/model-facts.md: rate ratio .65, 95 % interval .38 to 1.07.
    change = change_between([Week(40, 100)], [Week(28, 108)])
    assert change is not None
    assert change.ratio == pytest.approx(0.648, abs=0.001)
    assert change.low == pytest.approx(0.385, abs=0.006)
    assert change.high == pytest.approx(1.075, abs=0.006)
    assert not change.is_shown
    assert change.in_words() == "show no change that the counts can prove (40 before, 28 now)"


def test_a_large_fall_is_said_with_its_interval() -> None:
    change = change_between(weeks(100, 100, 100, 100), weeks(50, 50, 50, 50))
    assert change is not None
    assert change.ratio == 0.5
    assert change.dispersion == 1
    assert change.in_words().startswith("fell 50 %, between 4")


def test_nothing_before_and_something_now_has_no_upper_end() -> None:
    change = change_between(weeks(0, 0), weeks(30, 30))
    assert change is not None
    assert math.isinf(change.high)
    assert change.low > 1
    assert change.in_words().startswith("rose at least ")


def test_nothing_in_either_period_is_no_change() -> None:
    change = change_between(weeks(0, 0), weeks(0, 0))
    assert change is not None
    assert change.ratio == 1.0
    assert change.in_words() == "did not occur in either period"


def test_without_exposure_there_is_no_rate_to_compare() -> None:
    assert change_between([Week(3, 0)], weeks(4)) is None


def test_weeks_that_scatter_more_than_poisson_widen_the_interval() -> None:
    # Two weeks of 10 and 30 at equal exposure: expected 20 each, chi-square 10, one degree of freedom.
    assert dispersion(weeks(10, 30)) == pytest.approx(10.0)
    calm = change_between(weeks(20, 20), weeks(10, 10))
    wild = change_between(weeks(10, 30), weeks(5, 15))
    assert calm is not None
    assert wild is not None
    assert wild.ratio == calm.ratio
    assert wild.high > calm.high


def test_a_change_between_periods_is_not_taken_for_scatter() -> None:
    assert dispersion(weeks(50, 50), weeks(5, 5)) == 1.0


@pytest.mark.parametrize("clump", [1, 4])
def test_the_interval_holds_the_truth_about_95_times_in_100(clump: int) -> None:
    # Crimes come in clumps (a ring steals several times): counts are clump times a Poisson number.
    random = np.random.default_rng(20250701)
    held = 0
    for _ in range(400):
        before = [Week(int(n) * clump, 100) for n in random.poisson(8, 13)]
        after = [Week(int(n) * clump, 100) for n in random.poisson(5, 13)]
        change = change_between(before, after)
        assert change is not None
        held += change.low <= 5 / 8 <= change.high
    assert 365 <= held <= 397


def test_a_quarter_runs_from_its_first_day_to_the_next_quarters_first() -> None:
    quarter = Quarter.parse("2025Q4")
    assert (quarter.start.isoformat(), quarter.end.isoformat()) == ("2025-10-01", "2026-01-01")
    assert str(quarter.previous) == "2025Q3"
    assert quarter.following.name == "Q1 2026"
    assert Quarter.of(datetime(2025, 9, 30, 23, 59)) == Quarter(2025, 3)


def test_a_text_that_is_no_quarter_is_refused_with_the_form_it_should_have() -> None:
    with pytest.raises(ValueError, match="'2025-3' is no quarter; write it as 2025Q3"):
        Quarter.parse("2025-3")


def test_october_alone_is_refused_as_not_comparable() -> None:
    reason = why_not_comparable(Quarter(2025, 4), datetime(2025, 1, 1), datetime(2025, 10, 31, 23))
    assert reason == "Q4 2025 is not over: the last event is of 31 October 2025."


def test_a_quarter_whose_predecessor_began_before_the_data_is_refused() -> None:
    reason = why_not_comparable(Quarter(2025, 1), datetime(2025, 1, 1), datetime(2025, 10, 31))
    assert reason == "Q4 2024 is not whole: the first event is of 01 January 2025."


def test_two_whole_quarters_are_comparable() -> None:
    assert why_not_comparable(Quarter(2025, 3), datetime(2025, 1, 1), datetime(2025, 10, 31)) is None
