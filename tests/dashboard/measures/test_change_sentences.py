from __future__ import annotations

import math

import pytest
from scipy.stats import beta

from dashboard.measures.change import Change, Week, change_between


def counts(before: int, after: int) -> Change:
    found = change_between([Week(before, 100)], [Week(after, 100)])
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (Change(1000, 640, 0.64, 0.572, 0.716), "fell by 36 %, between 28 and 43 %"),
        (Change(100, 130, 1.3, 1.002, 1.69), "rose by 30 %, between less than 1 and 69 %"),
        (Change(10, 70, 7.0, 3.6, 15.0), "rose to 7 times, between 3.6 and 15 times"),
        (Change(2, 30, 15.0, 3.81, 129.0), "rose by at least 281 %"),
        (Change(0, 30, math.inf, 8.0, math.inf), "is new: none before, 30 now"),
        (Change(0, 0, 1.0, 0.0, math.inf), "did not occur in either period"),
        (Change(0, 1, math.inf, 0.03, math.inf), "no change shown: 0 before, 1 now"),
        (Change(1_200_000.0, 1_100_000.0, 0.92, 0.7, 1.2, kind="sum"),
         "no change shown: 1,200,000 before, 1,100,000 now"),
        (Change(6.5, 6.0, 0.92, 0.7, 1.2, kind="median"), "no change shown: 6.5 before, 6.0 now"),
    ],
)  # fmt: skip
def test_each_kind_of_change_has_its_plain_sentence(change: Change, sentence: str) -> None:
    assert change.sentence() == sentence


def test_where_no_change_is_shown_the_number_that_would_show_it_is_said() -> None:
    # log(0.75)^2 = 0.08276; 7.8489 * (1 + 1/0.75) / 0.08276 = 221.3, said with two digits, rounded up.
    assert counts(12, 9).sentence() == (
        "no change shown: 12 before, 9 now; about 230 before would be needed to show a change of this size"
    )


def test_equal_counts_ask_for_no_number() -> None:
    assert counts(5, 5).sentence() == "no change shown: 5 before, 5 now"


def test_the_span_of_a_tiny_count_has_no_absurd_upper_end() -> None:
    assert counts(1, 1).span_in_words() == "between a fall of 99 % and a rise of any size"
    assert counts(40, 28).span_in_words() == "between a fall of 58 % and a rise of 16 %"


def test_the_exact_interval_is_the_binomial_splits() -> None:
    # Clopper and Pearson on 28 of 68, written with the distribution's own quantiles.
    low, high = beta.ppf(0.025, 28, 41), beta.ppf(0.975, 29, 40)
    found = counts(40, 28)
    assert found.low == pytest.approx(low / (1 - low))
    assert found.high == pytest.approx(high / (1 - high))
