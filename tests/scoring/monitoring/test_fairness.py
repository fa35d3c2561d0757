from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from scoring.monitoring.fairness import fairness_of

Q3 = date(2025, 7, 1)


def group(cut: str, part: str, events: int, held: int) -> dict[str, object]:
    """Honest events of as many accounts as events: squares are the numbers themselves."""
    return {
        "quarter": Q3,
        "area": "cis",
        "cut": cut,
        "part": part,
        "events": float(events),
        "held": float(held),
        "accounts": float(events),
        "held_accounts": float(held),
        "event_squares": float(events),
        "held_squares": float(held),
        "products": float(held),
    }


def test_a_group_held_far_more_often_than_the_rest_is_a_finding_in_words() -> None:
    rows = [
        group("all", "all", 20_000, 150),
        group("country", "KZ", 2_000, 60),
        group("country", "RU", 18_000, 90),
    ]

    found = {row["part"]: row for row in fairness_of(pa.Table.from_pylist(rows)).to_pylist()}

    # 60 of 2,000 against 90 of 18,000: .03 over .005.
    assert found["KZ"]["rate"] == pytest.approx(0.03)
    assert found["KZ"]["rest_rate"] == pytest.approx(0.005)
    assert found["KZ"]["ratio"] == pytest.approx(6.0)
    assert found["KZ"]["is_finding"]
    assert "customers of Kazakhstan are stopped 6.0 times as often" in found["KZ"]["sentence"]
    assert not found["RU"]["is_finding"]


def test_a_large_gap_of_few_people_is_no_finding() -> None:
    rows = [
        group("all", "all", 20_000, 110),
        group("country", "KZ", 200, 10),
        group("country", "RU", 19_800, 100),
    ]

    found = {row["part"]: row for row in fairness_of(pa.Table.from_pylist(rows)).to_pylist()}

    assert found["KZ"]["ratio_low"] > 1.25
    assert not found["KZ"]["is_finding"]
    assert found["KZ"]["sentence"] is None


def test_a_group_of_nobody_held_has_a_rate_and_no_ratio() -> None:
    rows = [group("all", "all", 2_000, 10), group("device_class", "tablet", 500, 0)]

    (found,) = fairness_of(pa.Table.from_pylist(rows)).to_pylist()

    assert (found["rate"], found["ratio"], found["is_finding"]) == (0.0, None, False)
    assert found["rate_high"] > 0
