from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from desk.drills.marking import carrying, mark
from desk.drills.state import Answer, Chosen, Evidence, Pace

OPENED = datetime(2025, 8, 1, 12)
CRIME = Chosen(
    "C-1", "account", "A1", "fraud", OPENED, "confirmed", "mule", OPENED, "confirmed", "mule", 300.0,
    Pace(8, 100.0, 200.0, 300.0),
)  # fmt: skip
HONEST = replace(CRIME, truth="false_positive", typology=None)
FACTS = (
    Evidence("a", "a", points=0.4),
    Evidence("b", "b", points=0.2),
    Evidence("c", "c", points=0.1),
    Evidence("d", "d", points=-0.3),
    Evidence("e", "e", points=-0.1),
    Evidence("tie", "tie", proved="A2 confirmed as mule", subject="A2"),
    Evidence("other", "other"),
)


def carried(truth: str) -> list[str]:
    return [one.key for one in carrying(FACTS, truth) if one.carries]


def test_of_a_crime_half_of_what_speaks_for_it_and_each_tie_that_proved_true_carry_the_decision() -> None:
    # 0.4 of 0.7 is more than a half.
    assert carried("confirmed") == ["a", "tie"]


def test_of_an_innocent_customer_what_speaks_most_against_crime_carries_the_decision() -> None:
    assert carried("false_positive") == ["d"]


def test_of_a_crime_what_was_most_unusual_carries_too_and_next_to_nothing_never_does() -> None:
    facts = (
        Evidence("hour", "hour", share=0.6),
        Evidence("place", "place", share=0.3),
        Evidence("little", "little", points=0.004),
    )

    assert [one.key for one in carrying(facts, "confirmed") if one.carries] == ["hour"]
    assert [one.key for one in carrying(facts, "false_positive") if one.carries] == []


def given(outcome: str, typology: str | None = None, cited: tuple[str, ...] = ("a", "tie")) -> Answer:
    return Answer(outcome, typology, None, cited, "So it looks")


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        (given("confirmed", "mule"), 60.0),
        (given("confirmed", "bonus_abuse"), 40.0),
        (given("false_positive"), 0.0),
        (given("inconclusive"), 10.0),
    ],
)
def test_the_decision_earns_what_the_rubric_declares(answer: Answer, points: float) -> None:
    assert mark(answer, CRIME, carrying(FACTS, "confirmed"), 250).decision == points


def test_a_typology_of_the_same_family_earns_half_of_its_points() -> None:
    face = replace(CRIME, typology="injection_face_swap")

    earned = mark(given("confirmed", "injection_emulator"), face, carrying(FACTS, "confirmed"), 250)

    assert (earned.decision, earned.is_right, earned.is_typology_right) == (50.0, True, False)


def test_evidence_counts_by_recall_and_precision() -> None:
    # One of two found, one of two cited carries: F1 is a half.
    earned = mark(given("confirmed", "mule", ("a", "c")), CRIME, carrying(FACTS, "confirmed"), 250)

    assert (earned.recall, earned.precision, earned.evidence) == (0.5, 0.5, 15.0)
    assert earned.total == 85.0


def test_citing_everything_is_not_citing_well() -> None:
    everything = tuple(one.key for one in FACTS)

    earned = mark(given("confirmed", "mule", everything), CRIME, carrying(FACTS, "confirmed"), 250)

    # 2 of 7: F1 is 2 * 1 * 2/7 / (9/7) = 4/9 of 30 points.
    assert earned.evidence == pytest.approx(40 / 3)


@pytest.mark.parametrize(
    ("seconds", "points"), [(4.0, 0.0), (5.0, 10.0), (300.0, 10.0), (301.0, 5.0), (600.0, 5.0), (601.0, 0.0)]
)
def test_time_is_read_against_the_third_quartile_of_colleagues(seconds: float, points: float) -> None:
    assert mark(given("confirmed", "mule"), CRIME, carrying(FACTS, "confirmed"), seconds).time == points


def test_what_cannot_be_compared_is_left_out_and_the_rest_counts_for_all() -> None:
    alone = replace(HONEST, pace=Pace(4, 1.0, 2.0, 3.0))

    earned = mark(given("false_positive", cited=()), alone, (), 250)

    assert (earned.time, earned.evidence, earned.total) == (None, None, 100.0)
