"""May two figures be compared? With the two traps of the public report that the project is modelled on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.measures.comparable import Stated, Window, why_not
from dashboard.measures.declared import BY_NAME, MEASURES
from dashboard.measures.measure import WINDOW_RULES, Contract

FIRST = Window(date(2025, 1, 1), date(2025, 4, 1))
SECOND = Window(date(2025, 4, 1), date(2025, 7, 1))
THIRD = Window(date(2025, 7, 1), date(2025, 10, 1))
SUMMER = Window(date(2025, 7, 1), date(2025, 9, 1))
CASES = Contract("organised_crime", 1, "cases", "all accounts", WINDOW_RULES["flow"])
REQUESTS = BY_NAME["requests"].contract


def test_attempts_of_one_quarter_are_not_compared_with_cases_of_the_next() -> None:
    # 70,621 fraud attempts of Q2 against 45,513 organised-crime cases of Q3: published as a fall of 36 %.
    attempts = Stated(replace(CASES, unit="attempts"), SECOND)

    assert why_not(attempts, Stated(CASES, THIRD)) == (
        "Not comparable: the unit differs (attempts against cases)."
    )


def test_two_calendar_months_are_not_compared_with_a_quarter() -> None:
    # 593 requests answered in July and August against a whole third quarter.
    assert why_not(Stated(REQUESTS, SUMMER), Stated(REQUESTS, THIRD)) == (
        "Not comparable: the window differs (2 calendar months against a calendar quarter)."
    )


def test_quarters_of_90_91_and_92_days_are_one_rule() -> None:
    assert [(window.ends - window.starts).days for window in (FIRST, SECOND, THIRD)] == [90, 91, 92]
    for one, other in ((FIRST, SECOND), (SECOND, THIRD), (FIRST, THIRD)):
        assert why_not(Stated(CASES, one), Stated(CASES, other)) is None


@pytest.mark.parametrize(
    ("starts", "ends", "rule"),
    [
        (date(2025, 10, 1), date(2026, 1, 1), "a calendar quarter"),
        (date(2024, 1, 1), date(2024, 4, 1), "a calendar quarter"),
        # Three months that are no calendar quarter.
        (date(2025, 2, 1), date(2025, 5, 1), "3 calendar months"),
        (date(2025, 7, 1), date(2025, 8, 1), "one calendar month"),
        (date(2025, 1, 1), date(2026, 1, 1), "12 calendar months"),
        (date(2025, 7, 1), date(2025, 9, 30), "91 days"),
        (date(2025, 7, 2), date(2025, 10, 2), "92 days"),
        (date(2025, 7, 1), date(2025, 7, 1), "0 days"),
    ],
)
def test_a_window_has_the_rule_that_its_days_follow(starts: date, ends: date, rule: str) -> None:
    assert Window(starts, ends).rule == rule


def test_as_many_days_as_a_quarter_are_no_quarter() -> None:
    days = Window(date(2025, 7, 2), date(2025, 10, 2))

    assert why_not(Stated(CASES, days), Stated(CASES, THIRD)) == (
        "Not comparable: the window differs (92 days against a calendar quarter)."
    )


def test_every_reason_is_named_once_in_one_sentence() -> None:
    other = Contract("incidents", 2, "incidents", "withdrawals", WINDOW_RULES["stock"])

    assert why_not(Stated(CASES, THIRD), Stated(other, SUMMER)) == (
        "Not comparable: the unit differs (cases against incidents), "
        "the measure differs (organised_crime against incidents), "
        "the version of the definition differs (1 against 2), "
        "the population differs (all accounts against withdrawals), "
        f"the window rule differs ({WINDOW_RULES['flow']} against {WINDOW_RULES['stock']}), "
        "the window differs (a calendar quarter against 2 calendar months)."
    )


def test_a_measure_is_comparable_with_itself_and_with_no_other() -> None:
    for one in MEASURES:
        for other in MEASURES:
            refusal = why_not(Stated(one.contract, SECOND), Stated(other.contract, THIRD))
            assert (refusal is None) == (one is other), (one.name, other.name)


def test_a_window_is_written_with_its_last_day() -> None:
    assert THIRD.name == "01 Jul 2025 to 30 Sep 2025"
