"""The rule of promotion: each of its conditions, one at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from scoring.regional.comparing import Compared, Measured
from scoring.regional.rule import KEEP, PROMOTE, TOO_FEW, judge

MATURITY = timedelta(days=30)
LONG = timedelta(days=60)
SAME = Measured(0.5, 0.5, 0.0, -0.02, 0.02, -0.03)
HIGHER = Measured(0.5, 0.56, 0.06, 0.01, 0.11, 0.002)
LOWER = Measured(0.5, 0.44, -0.06, -0.11, -0.01, -0.12)
GOOD = Compared(
    events=50_000,
    cases=400,
    clusters=200,
    alerts=400,
    slope=1.0,
    champion_slope=1.0,
    measures={
        "value_caught": HIGHER,
        "precision": SAME,
        "wrongful_holds": SAME,
        "average_precision": SAME,
    },
)


def with_measure(name: str, measured: Measured) -> Compared:
    return replace(GOOD, measures={**GOOD.measures, name: measured})


def test_a_challenger_that_catches_more_without_harm_is_promoted() -> None:
    found = judge(GOOD, LONG, MATURITY)

    assert (found.verdict, found.is_worse) == (PROMOTE, False)
    assert found.sentence == (
        "Promote: value caught 56.0% against 50.0% (difference +1.0 to +11.0 points), and no harm is shown."
    )


def test_a_higher_average_precision_alone_is_enough() -> None:
    found = judge(
        replace(GOOD, measures={**GOOD.measures, "value_caught": SAME, "average_precision": HIGHER}),
        LONG,
        MATURITY,
    )

    assert found.verdict == PROMOTE


def test_without_a_gain_above_nothing_the_champion_stays() -> None:
    found = judge(with_measure("value_caught", SAME), LONG, MATURITY)

    assert (found.verdict, found.is_worse) == (KEEP, False)
    assert found.sentence.startswith("Keep the champion: no gain is shown, value caught 50.0% against 50.0%")


def test_a_gain_that_would_not_hold_for_all_tests_at_once_is_not_shown() -> None:
    lucky = replace(HIGHER, sure_low=-0.001)

    found = judge(with_measure("value_caught", lucky), LONG, MATURITY)

    assert (found.verdict, found.is_worse) == (KEEP, False)
    assert "a gain that may be luck among 6 tests, value caught 56.0% against 50.0%" in found.sentence


def test_a_gain_in_value_is_no_gain_where_the_ranking_is_lower_even_if_that_is_not_shown() -> None:
    found = judge(
        with_measure("average_precision", Measured(0.5, 0.495, -0.005, -0.02, 0.01, -0.03)), LONG, MATURITY
    )

    assert (found.verdict, found.is_worse) == (KEEP, False)
    assert "it gains on one side only, average precision 49.5% against 50.0%" in found.sentence


def test_a_challenger_that_is_shown_to_rank_worse_is_worse_whatever_else_it_gains() -> None:
    found = judge(with_measure("average_precision", LOWER), LONG, MATURITY)

    assert (found.verdict, found.is_worse) == (KEEP, True)
    assert "the challenger is worse, average precision 44.0% against 50.0%" in found.sentence


def test_less_precision_more_wrongful_holds_or_a_bent_calibration_are_harm() -> None:
    more = Measured(3.0, 4.0, 1.0, 0.2, 1.8, 0.1)
    harmful = {
        "it is less precise": with_measure("precision", LOWER),
        "it holds more honest events, wrongful holds 4.00 against 3.00": with_measure("wrongful_holds", more),
        "the slope of its calibration is 0.50, 0.7 to 1.4": replace(GOOD, slope=0.5),
        "the slope of its calibration is not known": replace(GOOD, slope=None),
    }
    for words, compared in harmful.items():
        found = judge(compared, LONG, MATURITY)
        assert (found.verdict, found.is_worse) == (KEEP, False)
        assert words in found.sentence


def test_few_cases_few_accounts_or_a_short_shadow_cannot_tell_even_where_it_looks_worse() -> None:
    worse = with_measure("value_caught", LOWER)
    lacking = {
        "99 matured cases, 100 are needed": judge(replace(worse, cases=99), LONG, MATURITY),
        "the cases are of 49 accounts, 50 are needed": judge(replace(worse, clusters=49), LONG, MATURITY),
        "the shadow has 29 matured days, one maturity window is 30 days": judge(
            worse, timedelta(days=29), MATURITY
        ),
    }
    for words, found in lacking.items():
        assert (found.verdict, found.is_worse) == (TOO_FEW, False)
        assert found.sentence == f"Too few to tell: {words}. The champion stays."
