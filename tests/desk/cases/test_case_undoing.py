"""Taking back what was done last with cases: by whom, and only while nothing came since."""

from __future__ import annotations

import pytest
from small_cases import ANA, BEN, NOW, SmallDesk

from desk.actors import Actor, RightError
from desk.audit import lines
from desk.cases.acting import do_all
from desk.cases.endings import Dispose
from desk.cases.moves import (
    Assign,
    Escalate,
    Hand,
    Move,
    Note,
    Pause,
    Rate,
    Resume,
    Take,
    awake,
)
from desk.cases.reading import history
from desk.cases.state import CaseError
from desk.cases.undoing import undo, undo_all


@pytest.mark.parametrize(
    "move", [Assign("Olga"), Escalate(), Hand("south_asia"), Rate("low"), Pause(NOW.replace(minute=30))]
)
def test_what_was_done_last_is_taken_back_to_the_state_before(desk: SmallDesk, move: Move) -> None:
    case_id = desk.opened()
    before = desk.do(case_id, Take(), ANA)
    desk.do(case_id, move, ANA)
    after = undo(desk.records, case_id, ANA, NOW)

    assert (after.version, after.holder) == (4, "Ana")
    assert {name for name in before.__slots__ if getattr(before, name) != getattr(after, name)} == {"version"}
    assert history(desk.records, case_id)[-1].reason == f"Undid: {move.action}"
    assert desk.differs() == []


def test_a_pause_taken_up_again_by_mistake_stands_as_if_it_had_gone_on(desk: SmallDesk) -> None:
    case_id = desk.opened()
    desk.do(case_id, Pause(), ANA)
    desk.at = NOW.replace(minute=20)
    desk.do(case_id, Resume(), ANA)
    again = undo(desk.records, case_id, ANA, NOW.replace(minute=25))
    # From 23:00 to 23:30.
    assert awake(again, NOW.replace(minute=30)).paused_seconds == 1800


def test_nothing_else_is_taken_back(desk: SmallDesk) -> None:
    case_id = desk.opened()
    with pytest.raises(CaseError, match="is not taken back: opened"):
        undo(desk.records, case_id, ANA, NOW)
    desk.do(case_id, Rate("low"), BEN)
    with pytest.raises(CaseError, match="Ben did this, and only they take it back"):
        undo(desk.records, case_id, ANA, NOW)
    desk.do(case_id, Note(), ANA)
    with pytest.raises(CaseError, match="is not taken back: noted"):
        undo(desk.records, case_id, BEN, NOW)
    desk.do(case_id, Dispose("inconclusive"), ANA)
    with pytest.raises(CaseError, match="a closed one is reopened with a reason"):
        undo(desk.records, case_id, ANA, NOW)
    with pytest.raises(CaseError, match="There is no case 'C-none'"):
        undo(desk.records, "C-none", ANA, NOW)


def test_what_was_taken_back_is_not_taken_back_again(desk: SmallDesk) -> None:
    case_id = desk.opened()
    desk.do(case_id, Rate("low"), ANA)
    undo(desk.records, case_id, ANA, NOW)
    with pytest.raises(CaseError, match="is not taken back: undone"):
        undo(desk.records, case_id, ANA, NOW)


def test_an_action_on_many_is_taken_back_where_nothing_came_since(both: SmallDesk) -> None:
    one, two = both.opened("A1"), both.opened("A2")
    done = do_all(both.records, [one, two], Assign("Olga"), ANA, "Night shift", NOW)
    both.do(two, Note(), BEN)
    assert (
        undo_all(both.records, done.bulk_id, BEN, NOW).refused[one]
        == "Ana did this, and only they take it back."
    )

    undone = undo_all(both.records, done.bulk_id, ANA, NOW)
    assert [(state.case_id, state.assignee, state.version) for state in undone.states] == [(one, None, 3)]
    assert undone.refused == {two: f"Case {two} has changed since."}
    line = lines(both.records, object_id=one)[0]
    assert (line.action, line.before) == ("undone", '{"assignee":"Olga"}')
    assert undo_all(both.records, done.bulk_id, ANA, NOW).states == []
    assert undo_all(both.records, undone.bulk_id, ANA, NOW).refused == {
        one: f"What was done last with case {one} is not taken back: undone."
    }
    assert both.differs() == []


def test_only_who_may_do_it_takes_it_back(desk: SmallDesk) -> None:
    case_id = desk.opened()
    desk.do(case_id, Escalate(), ANA)
    with pytest.raises(RightError, match="may not open and withdraw a case"):
        undo(desk.records, case_id, Actor(ANA.name, "auditor"), NOW)
