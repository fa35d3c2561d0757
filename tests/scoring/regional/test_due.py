"""Which areas are due for retraining, and why."""

from __future__ import annotations

from datetime import datetime

from scoring.regional.due import Due, Known, due

QUARTER = datetime(2025, 10, 1)
NOW = datetime(2025, 10, 31)


def of(known: Known) -> list[Due]:
    return due([known], QUARTER, NOW)


def test_an_area_that_never_learned_for_itself_is_due_as_of_the_quarters_start() -> None:
    assert of(Known("cis", None, 0, 400)) == [Due("cis", "it was never trained for itself", QUARTER)]


def test_a_new_quarter_is_due_as_of_its_start() -> None:
    found = of(Known("cis", datetime(2025, 7, 1), 400, 400))

    assert found == [Due("cis", "a quarter began on 2025-10-01", QUARTER)]


def test_nothing_new_since_the_quarter_began_is_not_due() -> None:
    assert of(Known("cis", QUARTER, 400, 499)) == []


def test_a_quarter_more_cases_than_then_is_due_now() -> None:
    assert of(Known("cis", QUARTER, 400, 500)) == [Due("cis", "100 cases became known since 2025-10-01", NOW)]
    # A quarter of 40 is ten, which is noise: fifty are asked for.
    assert of(Known("oceania", QUARTER, 40, 89)) == []
    assert len(of(Known("oceania", QUARTER, 40, 90))) == 1


def test_a_drift_raised_after_the_last_time_is_due_and_an_older_one_is_not() -> None:
    drift = Known("ID", QUARTER, 400, 400, "drift", datetime(2025, 10, 20))
    older = Known("ID", QUARTER, 400, 400, "drift", datetime(2025, 9, 20))

    assert of(drift) == [Due("ID", "monitoring raised drift on 2025-10-20", NOW)]
    assert of(older) == []


def test_an_area_retrained_within_two_weeks_waits_whatever_is_raised() -> None:
    drift = Known("ID", datetime(2025, 10, 20), 400, 900, "drift", datetime(2025, 10, 25))

    assert of(drift) == []
