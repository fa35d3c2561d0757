from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime

import pytest

from desk.drills.drawing import Candidate, Trained, draw_cases
from desk.drills.state import Chosen, DrillError

OPENED = datetime(2025, 8, 1, 12)
KINDS = ("mule", "structuring", "bonus_abuse", "account_takeover")


def candidate(number: int, typology: str | None = None) -> Candidate:
    truth = "confirmed" if typology else "false_positive"
    case = Chosen(
        f"C-{number}", "account", f"A{number}", "fraud", OPENED, truth, typology, OPENED, truth, typology,
        None, None,
    )  # fmt: skip
    return Candidate(case, None, False, False)


POOL = [candidate(n) for n in range(20)] + [candidate(100 + n, KINDS[n % 4]) for n in range(40)]


def test_the_same_seed_draws_the_same_ten_whatever_order_the_candidates_come_in() -> None:
    first, again = draw_cases(POOL, {}, 7), draw_cases(POOL[::-1], {}, 7)

    assert first == again
    assert len({one.case_id for one in first.cases}) == 10
    assert draw_cases(POOL, {}, 8).cases != first.cases


def test_four_or_five_of_ten_are_innocent_and_each_typology_comes_before_a_second_of_any() -> None:
    for seed in range(20):
        drawn = Counter(one.typology for one in draw_cases(POOL, {}, seed).cases)
        assert drawn[None] in (4, 5)
        assert all(1 <= drawn[kind] <= 2 for kind in KINDS)


def test_what_the_trainee_had_wrong_comes_twice_more_often_than_what_they_had_right() -> None:
    weak = {kind: Trained(8, 8) for kind in KINDS} | {"mule": Trained(8, 0)}

    twice = Counter(
        kind
        for seed in range(40)
        for kind, many in Counter(one.typology for one in draw_cases(POOL, weak, seed).cases).items()
        if many == 2
    )

    assert twice["mule"] > 2 * max(twice[kind] for kind in KINDS if kind != "mule")


def test_who_is_weak_with_innocent_customers_gets_five_of_them() -> None:
    drawn = draw_cases(POOL, {"none": Trained(4, 0)}, 3)

    assert sum(one.truth == "false_positive" for one in drawn.cases) == 5


def test_hard_cases_are_preferred() -> None:
    hard = replace(candidate(5), margin=1.0, was_contradicted=True, was_long=True)
    pool = [hard, *(one for one in POOL if one.case.case_id != "C-5")]

    # Of weight 6 among nineteen of weight 1, it is drawn far more often than a quarter of the time.
    assert sum(hard.case in draw_cases(pool, {}, seed).cases for seed in range(40)) > 20


def test_no_two_cases_are_about_the_same_account() -> None:
    same = [replace(one, case=replace(one.case, subject_id=f"A{n % 12}")) for n, one in enumerate(POOL)]

    drawn = draw_cases(same, {}, 1).cases

    assert len({one.subject_id for one in drawn}) == 10


def test_too_few_past_cases_are_told_with_what_to_do() -> None:
    with pytest.raises(DrillError) as caught:
        draw_cases(POOL[:1] + POOL[20:], {}, 1)

    said = str(caught.value)
    assert "1 about innocent customers and 40 about crime" in said
    assert "10 in all, at least 2 of each kind" in said
    assert "load labels of past ones" in said


def test_a_drill_with_fewer_innocent_customers_says_so() -> None:
    drawn = draw_cases([*POOL[:3], *POOL[20:]], {}, 1)

    assert drawn.notes == ("3 of 10 cases were about innocent customers; more were not to be had.",)
