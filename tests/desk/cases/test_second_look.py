"""Who is looked at a second time is drawn by chance, by nobody's choice, and cannot be escaped."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from small_cases import ANA, BEN, SmallDesk, confirmed

from desk.cases.acting import Doing, do, do_all
from desk.cases.endings import Dispose, Reopen, Review
from desk.cases.moves import Note
from desk.cases.reading import history
from desk.cases.second_look import SHARE, drawn
from desk.cases.state import CaseError, CaseState


def low() -> float:
    return SHARE - 0.001


def high() -> float:
    return SHARE


def disposed(desk: SmallDesk, case_id: str, dice: Callable[[], float], *, asked: bool) -> CaseState:
    move = confirmed(second_look=asked)
    return do(desk.records, Doing(case_id, move, ANA, "As seen", desk.at), dice)


@pytest.mark.parametrize("asked", [True, False])
def test_the_dice_decide_whatever_the_worker_wrote(desk: SmallDesk, *, asked: bool) -> None:
    first, second = desk.opened("A1"), desk.opened("A2")

    assert disposed(desk, first, low, asked=asked).second_look
    assert not disposed(desk, second, high, asked=asked).second_look


def test_dice_are_thrown_for_dispositions_only_and_once_for_each() -> None:
    thrown: list[float] = []

    def dice() -> float:
        thrown.append(0.5)
        return 0.5

    assert drawn(Note(), dice) == Note()
    assert drawn(Dispose("inconclusive", second_look=True), dice) == Dispose("inconclusive")
    assert len(thrown) == 1


def test_of_many_cases_each_has_its_own_throw(desk: SmallDesk) -> None:
    cases = [desk.opened(f"A{number}") for number in range(3)]
    throws = iter([0.0, 0.5, 0.09])

    done = do_all(desk.records, cases, confirmed(), ANA, "One ring", desk.at, dice=lambda: next(throws))

    assert [state.second_look for state in done.states] == [True, False, True]


def test_a_drawn_case_that_is_reopened_and_closed_again_is_still_drawn(desk: SmallDesk) -> None:
    case_id = desk.opened("A1")
    disposed(desk, case_id, low, asked=False)
    desk.do(case_id, Reopen(), ANA)

    assert disposed(desk, case_id, high, asked=False).second_look
    with pytest.raises(CaseError, match="Nobody reviews their own case"):
        desk.do(case_id, Review("confirmed", "mule"), ANA)
    assert not desk.do(case_id, Review("confirmed", "mule"), BEN).second_look
    desk.do(case_id, Reopen(), BEN)
    assert not disposed(desk, case_id, high, asked=False).second_look


def test_one_in_ten_is_drawn() -> None:
    dice = random.Random(7).random

    moves = [drawn(Dispose("inconclusive"), dice) for _ in range(4_000)]

    # 400 expected, standard deviation 19: five of them either way.
    assert 305 < sum(isinstance(move, Dispose) and move.second_look for move in moves) < 495


@pytest.mark.parametrize(
    ("said", "agree"),
    [
        (Review("confirmed", "mule", agrees=False), "yes"),
        (Review("confirmed", "account_takeover"), "no"),
        (Review("inconclusive"), "no"),
    ],
)
def test_two_people_agree_by_what_they_said_and_a_lead_settles_the_rest(
    desk: SmallDesk, said: Review, agree: str
) -> None:
    case_id = desk.opened()
    do(desk.records, Doing(case_id, confirmed(), ANA, "One ring", desk.at), lambda: 0.0)
    desk.do(case_id, said, BEN)
    last = history(desk.records, case_id)[-1]
    assert last.details["agrees"] is (agree == "yes")
    # The lead settles what two people see differently.
    settled = ("closed", "confirmed", 0) if agree == "yes" else ("open", None, 1)
    assert (last.state.status, last.state.outcome, last.state.level) == settled


def test_a_second_look_names_the_kind_of_a_crime(desk: SmallDesk) -> None:
    with pytest.raises(CaseError, match="of a confirmed crime which kind"):
        desk.do(desk.opened(), Review("confirmed"), BEN)
