"""Which quarters may be compared, over every pair of a store from New Year to the end of October 2025."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from dashboard.facts import Facts
from dashboard.measures.quarter import Quarter
from dashboard.questions.period import Period, period_of, shown_period

FACTS = Facts(10, 10, datetime(2025, 1, 1, 8), datetime(2025, 10, 31, 23), "USDT", False, ("cis",))


def period(text: str, against: str | None = None, facts: Facts = FACTS) -> Period:
    return shown_period(text, facts, against)


def test_a_quarter_is_compared_with_the_one_before_unless_another_is_chosen() -> None:
    assert (period("2025Q3").base, period("2025Q3", "2025Q1").base) == (Quarter(2025, 2), Quarter(2025, 1))


@pytest.mark.parametrize("against", ["2025Q3", "1999Q1", "soon", ""])
def test_a_quarter_is_not_compared_with_itself_or_with_one_that_is_not_there(against: str) -> None:
    assert period("2025Q3", against).base == Quarter(2025, 2)


def test_a_quarter_can_be_compared_with_a_later_one() -> None:
    found = period("2025Q1", "2025Q3")

    assert (found.starts, found.base_starts) == (datetime(2025, 1, 1), datetime(2025, 7, 1))
    assert found.refusal is None


@pytest.mark.parametrize(
    ("text", "against", "refusal"),
    [
        ("2025Q4", None, "Q4 2025 is not over: the last event is of 31 October 2025."),
        ("2025Q3", "2025Q4", "Q4 2025 is not over: the last event is of 31 October 2025."),
        ("2025Q1", None, "Q4 2024 is not whole: the first event is of 01 January 2025."),
        ("2025Q2", None, None),
        ("2025Q3", None, None),
        ("2025Q3", "2025Q1", None),
    ],
)
def test_a_comparison_is_refused_with_its_reason(text: str, against: str | None, refusal: str | None) -> None:
    assert period(text, against).refusal == refusal


def test_a_quarter_may_begin_a_day_late_and_end_a_day_early_but_no_more() -> None:
    def facts(first: date, last: date) -> Facts:
        return replace(FACTS, first=datetime(*first.timetuple()[:3]), now=datetime(*last.timetuple()[:3]))

    second, june = date(2025, 1, 2), date(2025, 6, 30)
    assert period("2025Q2", facts=facts(second, june)).refusal is None
    assert period("2025Q2", facts=facts(second + timedelta(days=1), june)).refusal == (
        "Q1 2025 is not whole: the first event is of 03 January 2025."
    )
    assert period("2025Q2", facts=facts(second, june - timedelta(days=1))).refusal == (
        "Q2 2025 is not over: the last event is of 29 June 2025."
    )


def test_both_windows_are_known_equally_long_after_their_ends_whichever_is_later() -> None:
    # The last event is just before 1 November: 31 days after the third quarter's end, less an hour.
    lag = timedelta(days=30, hours=23, microseconds=1)
    for text, against in (("2025Q3", None), ("2025Q3", "2025Q1"), ("2025Q1", "2025Q3")):
        found = period(text, against)
        assert found.known_by - found.ends == found.base_known_by - found.base_ends == lag


def test_an_unfinished_quarter_is_counted_to_just_after_the_last_event() -> None:
    found = period("2025Q4")

    assert found.ends == datetime(2025, 10, 31, 23, 0, 0, 1)
    assert not found.is_over
    assert found.window == {
        "starts": datetime(2025, 10, 1),
        "ends": found.ends,
        "known_by": datetime(2026, 1, 1),
    }


def test_the_quarter_compared_with_is_named_with_its_year_where_that_is_another() -> None:
    assert (period("2025Q1").base_name, period("2025Q3").base_name) == ("Q4 2024", "Q2")


def test_without_events_there_is_no_period() -> None:
    assert period_of("2025Q3", Facts(0, 0, None, None, "USDT", False, ())) is None
