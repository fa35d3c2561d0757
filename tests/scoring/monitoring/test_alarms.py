from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from scoring.monitoring.alarms import drift_alarms, growing_with_the_record, left_out_at
from scoring.monitoring.performance_alarms import (
    calibration_alarms,
    contradicted_alarms,
    fairness_alarms,
    foretold_alarms,
)
from scoring.monitoring.supply import Need, need_row

FIRST = date(2025, 7, 7)
PLACE = {"model": "fraud", "model_version": "fraud-a", "area": "cis"}


def week(number: int) -> date:
    return FIRST + timedelta(weeks=number)


def moved(subject: str, number: int, psi: float, newest: float, **more: Any) -> dict[str, Any]:
    """A comparison over its limit of 0.1; sudden where it is over 0.1 against the newest weeks too."""
    return {
        **PLACE,
        "kind": "feature",
        "subject": subject,
        "week": week(number),
        "psi": psi,
        "psi_limit": 0.1,
        "psi_newest": newest,
        "newest_limit": 0.1,
        "is_sudden": newest > 0.1,
        "is_left_out": False,
        "events": 1_000,
        "p_adjusted": 1e-9,
        **more,
    }


def test_a_step_of_twice_its_limit_raises_at_the_end_of_its_week() -> None:
    (alarm,) = drift_alarms([moved("event_amount", 0, 0.5, 0.3)])

    assert alarm["raised_at"] == datetime(2025, 7, 14)
    assert (alarm["kind"], alarm["subject"], alarm["severity"]) == ("drift", "event_amount", "high")
    assert "Amount moved at once in the week of 2025-07-07" in alarm["sentence"]


def test_a_smaller_step_waits_for_a_second_week_and_passes_where_there_is_none() -> None:
    stays = drift_alarms([moved("event_amount", 0, 0.15, 0.15), moved("event_amount", 1, 0.15, 0.05)])
    passes = drift_alarms([moved("event_amount", 0, 0.15, 0.15)])

    assert [alarm["raised_at"] for alarm in stays] == [datetime(2025, 7, 21)]
    assert passes == []


def test_what_moves_in_one_week_of_an_area_is_one_alarm() -> None:
    (alarm,) = drift_alarms(
        [moved("event_amount", 0, 0.5, 0.3), moved("amount_scale", 0, 0.9, 0.9, kind="input")]
    )

    assert (alarm["kind"], alarm["subject"], alarm["others"]) == ("input", "amount_scale", ["event_amount"])


def test_the_same_subject_again_within_two_months_is_the_same_cause() -> None:
    rows = [moved("event_amount", number, 0.5, 0.3) for number in (0, 4, 9)]

    assert [alarm["week"] for alarm in drift_alarms(rows)] == [week(0), week(9)]


def test_three_features_that_leave_slowly_raise_one_alarm_after_three_weeks() -> None:
    slow = [moved(f"f{n}", number, 0.2, 0.05) for n in range(3) for number in range(4)]

    (alarm,) = drift_alarms(slow)
    assert alarm["raised_at"] == datetime(2025, 7, 28)
    assert "3 features have slowly left" in alarm["sentence"]
    assert drift_alarms([row for row in slow if row["subject"] != "f2"]) == []


def test_features_that_grow_with_a_young_record_raise_nothing() -> None:
    young = left_out_at(datetime(2025, 1, 1), datetime(2025, 10, 31))
    old = left_out_at(datetime(2024, 1, 1), datetime(2025, 10, 31))

    assert "account_since_first_events" in growing_with_the_record()
    assert ("feature", "account_since_first_events") in young - old
    assert ("feature", "event_amount") not in young
    assert drift_alarms([moved("account_since_first_events", 0, 0.9, 0.9, is_left_out=True)]) == []


def foretold_week(number: int, share: float) -> dict[str, Any]:
    told = {"foretold_precision": share, "foretold_precision_high": share + 0.02, "alerts": 50}
    return {**PLACE, "since": week(number), **told}


def test_foretold_precision_far_under_its_own_weeks_raises_in_the_second_week() -> None:
    calm = [foretold_week(number, 0.8 + 0.01 * (number % 2)) for number in range(6)]

    (alarm,) = foretold_alarms([*calm, foretold_week(6, 0.5), foretold_week(7, 0.4)])
    assert (alarm["week"], alarm["value"]) == (week(7), 0.4)
    assert foretold_alarms([*calm, foretold_week(6, 0.5), foretold_week(7, 0.8)]) == []


def month(area: str, confirmed: float, arrived: float = 1.0) -> dict[str, Any]:
    return {
        **PLACE,
        "area": area,
        "since": date(2025, 7, 1),
        "cut": "all",
        "part": "all",
        "foretold_precision": 0.8,
        "foretold_precision_low": 0.75,
        "foretold_precision_high": 0.85,
        "confirmed_precision": confirmed,
        "confirmed_precision_low": confirmed - 0.03,
        "confirmed_precision_high": confirmed + 0.03,
        "arrived": arrived,
        "judged": 300,
    }


def test_a_month_that_labels_contradict_is_told_once_for_everywhere_and_its_areas() -> None:
    delays, now = {"fraud": timedelta(days=31)}, datetime(2025, 10, 31)

    (alarm,) = contradicted_alarms([month("cis", 0.6), month("everywhere", 0.65)], delays, now)
    assert (alarm["area"], alarm["others"]) == ("everywhere", ["cis"])
    assert alarm["raised_at"] == datetime(2025, 9, 1)
    assert contradicted_alarms([month("cis", 0.82), month("mena", 0.6, arrived=0.5)], delays, now) == []


def test_scores_that_expect_far_fewer_crimes_than_there_were_raise_an_alarm() -> None:
    row = {**PLACE, "events": 1_000, "crimes": 30, "expected": 0.01, "slope": None}
    off = row | {"observed": 0.03, "observed_low": 0.02, "observed_high": 0.04}
    near = row | {"observed": 0.012, "observed_low": 0.009, "observed_high": 0.016}

    (alarm,) = calibration_alarms([off], {"fraud-a": datetime(2025, 10, 31)})
    assert alarm["sentence"] == "30 of 1,000 events were crime, where scores expected 10."
    assert calibration_alarms([near], {"fraud-a": datetime(2025, 10, 31)}) == []


def test_unfair_gaps_of_a_quarter_are_one_alarm_that_names_the_largest() -> None:
    quarter = date(2025, 7, 1)
    rows = [
        {
            "quarter": quarter,
            "area": area,
            "cut": "country",
            "part": part,
            "ratio": low + 1,
            "ratio_low": low,
            "p_adjusted": 0.001,
            "events": 500,
            "sentence": f"{part} is held more.",
        }
        for area, part, low in (("cis", "KZ", 4.0), ("everywhere", "NG", 1.5))
    ]

    (alarm,) = fairness_alarms(rows, "fraud-a", {quarter: datetime(2025, 10, 31)})
    assert (alarm["subject"], alarm["others"]) == ("country: NG", ["cis"])


def test_an_area_is_due_for_training_by_labels_or_by_alarms() -> None:
    need = Need("fraud", "cis", "fraud-a", datetime(2025, 7, 1), labels_before=1_000, labels_since=249)

    assert need.needed == 250
    assert not need_row(need, alarms=2)["is_due"]
    assert need_row(need, alarms=3)["is_due"]
    assert need_row(Need("fraud", "cis", "a", datetime(2025, 7, 1), 10, 100), alarms=0)["is_due"]
