"""Acts on many cases from the list: the set that was seen, in parts, what was refused, and taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from small_cases import ANA, AUDE, BEN, LEE, NOW, OLGA, SmallDesk

from dashboard.desk import queue_acts
from dashboard.desk.queue_acts import Outcome, Target, run, take_back
from data.home import Home
from desk.actors import RightError
from desk.audit import lines
from desk.cases.endings import Dispose
from desk.cases.moves import Assign, Note, Rate, Release, Take
from desk.cases.reading import case, history
from desk.cases.state import CaseError
from desk.records import open_records


@pytest.fixture
def desk(home: Home) -> Iterator[SmallDesk]:
    opened = open_records(home, {})
    yield SmallDesk(opened)
    opened.close()


def test_an_act_in_parts_is_one_act_that_is_told_how_far_it_came_and_is_taken_back_whole(
    desk: SmallDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_acts, "AT_ONCE", 2)
    ids = [desk.opened(f"A{number}") for number in range(5)]
    seen: list[tuple[int, int]] = []

    done = run(
        desk.records,
        Target(dict.fromkeys(ids, 1)),
        Assign("Olga"),
        LEE,
        "",
        NOW,
        lambda *far: seen.append(far),
    )

    assert seen == [(2, 5), (4, 5), (5, 5)]
    assert {case(desk.records, one).assignee for one in ids} == {"Olga"}
    assert {history(desk.records, one)[-1].bulk_id for one in ids} == {done.bulk_id}
    assert len(lines(desk.records, action="assigned")) == 5

    back = take_back(desk.records, Outcome("assigned", 5, bulk_id=done.bulk_id), LEE, NOW)

    assert (back.done, back.refused, back.sentence) == (5, {}, "5 cases taken back.")
    assert {case(desk.records, one).assignee for one in ids} == {None}
    assert desk.differs() == []


def test_a_case_that_changed_since_it_was_seen_or_is_in_other_hands_is_left_alone_and_named(
    desk: SmallDesk,
) -> None:
    fresh, changed, held = (desk.opened(name) for name in ("A1", "A2", "A3"))
    desk.do(changed, Note(), BEN, "The customer called")
    desk.do(held, Take(), BEN)

    done = run(
        desk.records,
        Target({fresh: 1, changed: 1, held: 2}),
        Dispose("false_positive", because="known_pattern"),
        ANA,
        "A salary each month",
        NOW,
    )

    assert [state.case_id for state in done.states] == [fresh]
    assert done.refused == {
        changed: f"Case {changed} has changed since you read it: Ben: noted (The customer called).",
        held: f"Ben has case {held} in hand.",
    }
    assert case(desk.records, changed).status == "open"


def test_only_what_is_in_somebodys_hands_is_let_go_of(desk: SmallDesk) -> None:
    mine, nobodys = desk.opened("A1"), desk.opened("A2")
    desk.do(mine, Take(), ANA)

    done = run(desk.records, Target({mine: 2, nobodys: 1}), Release(), ANA, "", NOW)

    assert [state.case_id for state in done.states] == [mine]
    assert done.refused == {nobodys: "It is in nobody's hands."}
    assert case(desk.records, nobodys).version == 1


def test_an_act_without_its_words_or_right_changes_nothing(desk: SmallDesk) -> None:
    one = desk.opened("A1")

    with pytest.raises(CaseError, match="This needs a note"):
        run(desk.records, Target({one: 1}), Rate("low"), ANA, "  ", NOW)
    with pytest.raises(RightError):
        run(desk.records, Target({one: 1}), Rate("low"), AUDE, "Low", NOW)

    assert case(desk.records, one).version == 1


def test_taking_back_leaves_alone_what_somebody_did_since(desk: SmallDesk) -> None:
    one, other = desk.opened("A1"), desk.opened("A2")
    done = run(desk.records, Target({one: 1, other: 1}), Rate("low"), ANA, "Known", NOW)
    desk.do(other, Assign("Olga"), OLGA)

    back = take_back(desk.records, Outcome("rated", 2, bulk_id=done.bulk_id), ANA, NOW)

    assert (back.done, back.refused) == (1, {other: f"Case {other} has changed since."})
    assert (case(desk.records, one).severity, case(desk.records, other).severity) == ("high", "low")


def test_what_was_refused_is_told_by_reason_the_most_frequent_first() -> None:
    outcome = Outcome(
        "assigned",
        1,
        {"C-1": "Ben has case C-1 in hand.", "C-2": "It is gone.", "C-3": "Ben has case C-3 in hand."},
    )

    assert outcome.sentence == "1 case assigned. 3 refused."
    assert outcome.reasons == {"Ben has case in hand.": ["C-1", "C-3"], "It is gone.": ["C-2"]}


def test_a_target_says_what_it_is() -> None:
    assert Target({"C-1": 1}).words == "case C-1"
    assert Target({"C-1": 1, "C-2": None}).words == "2 cases"
    assert Target(dict.fromkeys(map(str, range(1234)), 1), is_all=True).words == "all 1,234 cases that match"
