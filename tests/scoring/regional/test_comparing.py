"""Comparing a challenger with the champion on hand-made scores."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from scoring.regional.comparing import MEASURES, Shadowed, compare, slope_of

# Ten events; crime is the first two and the last but one. The champion ranks them in order; the challenger
# has the third crime on top of the innocents.
CRIME = np.array([1, 1, 0, 0, 0, 0, 0, 0, 1, 0], dtype=np.bool_)
CHAMPION = np.linspace(0.9, 0.0, 10)
CHALLENGER = CHAMPION.copy()
CHALLENGER[8] = 0.75
EVENTS = Shadowed(
    CHAMPION, CHALLENGER, CRIME, np.arange(10), np.array([10.0, 20, 1, 1, 1, 1, 1, 1, 70, np.nan])
)


def test_at_an_equal_budget_the_measures_are_those_worked_by_hand() -> None:
    found = compare(EVENTS, 0.3, repetitions=20)

    # Three alerts each: the champion's are events 0 to 2, the challenger's 0, 1 and 8.
    assert (found.events, found.cases, found.clusters, found.alerts) == (10, 3, 3, 3)
    value, precision, wrongful, average = (found.measures[name] for name in MEASURES)
    assert (value.champion, value.challenger) == (0.3, 1.0)
    assert precision.champion == pytest.approx(2 / 3)
    assert precision.challenger == 1.0
    # One innocent of ten events held, in a thousand.
    assert (wrongful.champion, wrongful.challenger) == (100.0, 0.0)
    # Crime at ranks 1, 2 and 9: (1 + 1 + 3/9) / 3; at ranks 1, 2 and 3: 1.
    assert average.champion == pytest.approx((1 + 1 + 3 / 9) / 3)
    assert average.challenger == 1.0
    assert all(
        one.difference == pytest.approx(one.challenger - one.champion) for one in found.measures.values()
    )


def test_a_model_compared_with_itself_differs_by_nothing_in_every_repetition() -> None:
    found = compare(replace(EVENTS, challenger=CHAMPION), 0.3, repetitions=50)

    assert {(one.difference, one.low, one.high) for one in found.measures.values()} == {(0.0, 0.0, 0.0)}


def test_innocents_that_are_not_drawn_still_stand_above_crime_that_is_ranked_below_them() -> None:
    rng = np.random.default_rng(4)
    crime = np.zeros(2_000, dtype=np.bool_)
    crime[[3, 40, 1_500]] = True
    score = np.linspace(0.99, 0.01, 2_000)
    events = Shadowed(score, rng.permutation(score), crime, np.arange(2_000), np.ones(2_000))

    # The budget of 10 alerts keeps 50 rows of each model; the third crime lies at rank 1,501.
    average = compare(events, 0.005, repetitions=2).measures["average_precision"]

    assert average.champion == pytest.approx((1 / 4 + 2 / 41 + 3 / 1_501) / 3)


def test_one_account_with_all_crime_gives_a_wider_interval_than_as_many_accounts() -> None:
    rng = np.random.default_rng(7)
    crime = rng.random(3_000) < 0.05
    champion, challenger = (np.clip(crime * 0.3 + rng.random(3_000) * 0.7, 0, 1) for _ in range(2))
    apart = Shadowed(champion, challenger, crime, np.arange(3_000), np.ones(3_000))
    together = replace(apart, cluster=np.arange(3_000) // 300)

    narrow, wide = (compare(one, 0.02, repetitions=200).measures["value_caught"] for one in (apart, together))

    assert narrow.difference == wide.difference
    assert narrow.low <= narrow.difference <= narrow.high
    assert (apart.cluster != together.cluster).any()


def test_the_comparison_is_the_same_whenever_it_is_made() -> None:
    assert compare(EVENTS, 0.3, repetitions=30) == compare(EVENTS, 0.3, repetitions=30)


def test_without_crime_there_is_no_slope_and_nothing_to_catch() -> None:
    found = compare(replace(EVENTS, is_crime=np.zeros(10, dtype=np.bool_)), 0.3, repetitions=5)

    assert (found.cases, found.slope) == (0, None)
    assert found.measures["value_caught"].challenger == 0.0


def test_scores_that_mean_what_they_say_have_a_slope_of_one() -> None:
    rng = np.random.default_rng(2)
    score = rng.beta(0.3, 3, 60_000)
    crime = rng.random(60_000) < score

    assert slope_of(score, crime) == pytest.approx(1.0, abs=0.05)
    # Twice the log-odds is twice too sure.
    assert slope_of(score**2 / (score**2 + (1 - score) ** 2), crime) == pytest.approx(0.5, abs=0.03)
