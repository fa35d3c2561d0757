"""Acting on cases through the one door: who may, in whose hands, how fresh; each with its audit line."""

from __future__ import annotations

import json

import pytest
from small_cases import ANA, AUDE, BEN, LEE, LIN, NOW, OLGA, SmallDesk

from desk.actors import SYSTEM, Actor, ActorError, RightError
from desk.audit import lines
from desk.cases.acting import do_all
from desk.cases.endings import MOVES, Dispose, Reopen, Review, Withdraw
from desk.cases.files import LARGEST_BYTES, File, attach, content_of, files_of
from desk.cases.moves import (
    Assign,
    Escalate,
    ForceRelease,
    Hand,
    Move,
    Note,
    Pause,
    Rate,
    Release,
    Resume,
    Take,
)
from desk.cases.next_case import claim_next
from desk.cases.reading import case, history
from desk.cases.state import MOST_WORDS, CaseError, HeldError, StaleError
from desk.cases.undoing import undo, undo_all
from desk.people import DEMONSTRATION, found
from desk.ring_cases import Subject, escalate


def test_what_is_done_is_a_step_with_who_when_and_why_and_a_line_of_what_changed(both: SmallDesk) -> None:
    case_id = both.opened()
    both.do(case_id, Escalate(), ANA, "  A large sum  ")

    told = history(both.records, case_id)
    assert [(step.actor, step.role, step.action, step.reason) for step in told] == [
        ("Watchfloor", "system", "opened", "By rule"),
        ("Ana", "analyst", "escalated", "A large sum"),
    ]
    assert [step.state.version for step in told] == [1, 2]
    assert (told[1].at, told[1].recorded_at, told[1].state) == (
        NOW,
        both.wall.now,
        case(both.records, case_id),
    )
    line = lines(both.records, object_id=case_id)[0]
    assert (line.action, line.before, line.after) == ("escalated", '{"level":0}', '{"level":1}')
    assert both.differs() == []


@pytest.mark.parametrize(
    ("move", "who"),
    [
        (Take(), AUDE),
        (ForceRelease(), ANA),
        (Escalate(), AUDE),
        (Dispose("inconclusive"), LIN),
        (Withdraw(), Actor("Eve", "executive")),
        (Review("inconclusive"), OLGA),
    ],
)
def test_who_may_not_is_told_who_may_and_nothing_is_written(desk: SmallDesk, move: Move, who: Actor) -> None:
    case_id = desk.opened()
    with pytest.raises(RightError, match=r" may\."):
        desk.do(case_id, move, who)
    with pytest.raises(RightError):
        do_all(desk.records, [case_id], move, who, "Because", NOW)
    assert len(history(desk.records, case_id)) == 1


@pytest.mark.parametrize(
    "kind", [move for move in MOVES if move.needs_words and move not in (Hand, Rate, Review)]
)
def test_what_needs_a_note_is_not_done_without(desk: SmallDesk, kind: type[Move]) -> None:
    move = Dispose("inconclusive") if kind is Dispose else kind()
    with pytest.raises(CaseError, match="This needs a note"):
        desk.do(desk.opened(), move, LEE, " ")


@pytest.mark.parametrize(
    ("ending", "refused", "words"),
    [
        (
            Dispose("inconclusive"),
            Pause(),
            r"is closed \(by Ana, 2025-10-31 23:00 UTC\): it cannot be paused",
        ),
        (Withdraw(), Dispose("inconclusive"), "is withdrawn .* it cannot be disposed"),
        (Assign("Ana"), Reopen(), "is open: it cannot be reopened"),
        (Assign("Ana"), Resume(), "is open: it cannot be resumed"),
        (Assign("Ana"), Review("inconclusive"), "is open: it cannot be reviewed"),
        (Pause(), Pause(), "is paused: it cannot be paused"),
    ],
)
def test_a_case_in_another_state_is_refused_with_what_it_is(
    desk: SmallDesk, ending: Move, refused: Move, words: str
) -> None:
    case_id = desk.opened()
    desk.do(case_id, ending)
    with pytest.raises(CaseError, match=words):
        desk.do(case_id, refused, BEN)
    with pytest.raises(CaseError, match="There is no case 'C-none'"):
        desk.do("C-none", refused, BEN)


@pytest.mark.parametrize(
    "move", [Take(), Release(), Pause(), Assign("Ben"), Rate("low"), Dispose("inconclusive")]
)
def test_a_case_in_anothers_hand_is_refused_with_the_name_until_the_lock_expires(
    desk: SmallDesk, move: Move
) -> None:
    case_id = desk.opened()
    desk.do(case_id, Take(), ANA)
    desk.wall.pass_by(minutes=14, seconds=59)
    with pytest.raises(HeldError, match=f"Ana has case {case_id} in hand"):
        desk.do(case_id, move, BEN)
    desk.do(case_id, Note(), BEN)
    # Another person's note does not lengthen it.
    desk.wall.pass_by(seconds=1)
    assert desk.do(case_id, move, BEN).version == 4


def test_a_lead_takes_a_case_out_of_anothers_hand(desk: SmallDesk) -> None:
    case_id = desk.opened()
    desk.do(case_id, Take(), ANA)
    desk.do(case_id, ForceRelease(), LEE, "Ana went home")
    assert desk.do(case_id, Take(), BEN).holder == "Ben"


def test_who_acts_on_an_old_version_is_told_what_came_since(both: SmallDesk) -> None:
    case_id = both.opened()
    both.do(case_id, Rate("low"), BEN, "Small sums", seen=1)
    both.do(case_id, Note(), OLGA, "Called them")

    with pytest.raises(StaleError) as caught:
        both.do(case_id, Escalate(), ANA, seen=1)
    assert caught.value.what == (
        f"Case {case_id} has changed since you read it: Ben: rated (Small sums); Olga: noted (Called them)."
    )
    assert caught.value.where == "you read version 1, it is at 3"
    assert both.do(case_id, Escalate(), ANA, seen=3).level == 1


def test_a_long_note_is_told_in_short_and_one_beyond_measure_is_refused_with_its_length(
    desk: SmallDesk,
) -> None:
    case_id = desk.opened()
    desk.do(case_id, Note(), OLGA, "x" * MOST_WORDS)

    with pytest.raises(StaleError) as stale:
        desk.do(case_id, Escalate(), ANA, seen=1)
    assert stale.value.what.endswith(f"Olga: noted ({'x' * 240}…).")
    with pytest.raises(CaseError, match=r"The note has 4,001 characters\."):
        desk.do(case_id, Note(), OLGA, "x" * (MOST_WORDS + 1))
    assert [step.action for step in history(desk.records, case_id)] == ["opened", "noted"]


def test_ones_own_taking_makes_nothing_stale_and_a_note_is_never_stale(desk: SmallDesk) -> None:
    case_id = desk.opened()
    desk.do(case_id, Take(), ANA)
    desk.do(case_id, Note(), BEN, seen=1)
    with pytest.raises(StaleError, match="Ben: noted"):
        desk.do(case_id, Rate("low"), ANA, seen=1)
    assert desk.do(case_id, Rate("low"), ANA, seen=3).severity == "low"


def test_one_action_on_many_is_a_line_each_and_tells_which_were_refused_and_why(both: SmallDesk) -> None:
    free, held, closed = (both.opened(f"A{number}") for number in range(3))
    both.do(held, Take(), BEN)
    both.do(closed, Withdraw(), BEN)
    done = do_all(both.records, [free, held, closed, free, "C-none"], Assign("Olga"), ANA, "Night shift", NOW)

    assert [(state.case_id, state.assignee) for state in done.states] == [(free, "Olga")]
    assert done.refused == {
        held: f"Ben has case {held} in hand.",
        closed: f"Case {closed} is withdrawn (by Ben, 2025-10-31 23:00 UTC): it cannot be assigned.",
        "C-none": "There is no such case.",
    }
    assert history(both.records, free)[-1].bulk_id == done.bulk_id
    line = lines(both.records, object_id=free)[0]
    assert json.loads(line.after or "") == {"assignee": "Olga", "bulk_id": done.bulk_id}
    # Three were opened, one taken, one withdrawn, one assigned.
    assert len(lines(both.records)) == 6
    assert both.differs() == []


def test_a_case_is_not_opened_again_beside_a_live_one_of_its_subject(desk: SmallDesk) -> None:
    first = desk.opened("A1")
    desk.do(first, Withdraw(), ANA)
    second = desk.opened("A1")
    assert first != second
    with pytest.raises(CaseError, match="Another case about account A1 is open"):
        desk.do(first, Reopen(), ANA)
    desk.do(second, Dispose("inconclusive"), ANA)
    done = do_all(desk.records, [first, second], Reopen(), ANA, "Both again", NOW)
    assert [state.case_id for state in done.states] == [first]
    assert done.refused == {second: "Another case about account A1 is open."}


def test_a_file_is_kept_whole_with_its_hash_and_a_step(both: SmallDesk) -> None:
    case_id = both.opened()
    attach(both.records, File(case_id, "chat.png", "image/png", b"picture"), ANA, NOW)

    (kept,) = files_of(both.records, case_id)
    assert (kept.name, kept.media_type, kept.size, kept.actor) == ("chat.png", "image/png", 7, "Ana")
    # printf picture | sha256sum
    assert kept.sha256 == "2cea274d0bedc39ec4ab6ba9e59ec889e3ed6fb56a1cf088a64d9b383378dc97"
    assert content_of(both.records, kept.number) == b"picture"
    assert history(both.records, case_id)[-1].details["sha256"] == kept.sha256


@pytest.mark.parametrize("content", [b"", b"x" * (LARGEST_BYTES + 1)])
def test_an_empty_or_a_too_large_file_is_refused(desk: SmallDesk, content: bytes) -> None:
    case_id = desk.opened()
    with pytest.raises(CaseError, match=r"has [0-9,]+ bytes"):
        attach(desk.records, File(case_id, "chat.png", "image/png", content), ANA, NOW)
    with pytest.raises(CaseError, match="There is no file number 1"):
        content_of(desk.records, 1)


def test_where_people_are_named_nobody_else_acts_and_nobody_in_anothers_role(desk: SmallDesk) -> None:
    case_id = desk.opened()
    found(desk.records, DEMONSTRATION, NOW)
    for someone in (ANA, Actor("Ana Analystdemo", "desk_lead")):
        for act in (
            lambda who: desk.do(case_id, Take(), who),
            lambda who: do_all(desk.records, [case_id], Assign(None), who, "", NOW),
            lambda who: claim_next(desk.records, who, ["cis"], NOW),
            lambda who: undo(desk.records, case_id, who, NOW),
            lambda who: undo_all(desk.records, "B-1", who, NOW),
            lambda who: attach(desk.records, File(case_id, "a", "b", b"c"), who, NOW),
            lambda who: escalate(desk.records, Subject("ring", "R-1", (), "high", {}), who, "Because", NOW),
        ):
            with pytest.raises(ActorError, match="is not among the people here"):
                act(someone)
    assert len(history(desk.records, case_id)) == 1
    ana = Actor("Ana Analystdemo", "analyst")
    assert desk.do(case_id, Take(), ana).holder == "Ana Analystdemo"
    assert desk.do(case_id, Assign("Olga Operatordemo"), ana).assignee == "Olga Operatordemo"
    with pytest.raises(CaseError, match="There is no person 'Olga' here"):
        desk.do(case_id, Assign("Olga"), ana)


@pytest.mark.parametrize("who", [Actor("Watchfloor", "analyst"), Actor(" watchfloor ", "desk_lead")])
def test_nobody_acts_under_the_name_of_the_program(desk: SmallDesk, who: Actor) -> None:
    with pytest.raises(ActorError, match="is that of the program itself"):
        desk.do(desk.opened(), Take(), who)


def test_the_program_itself_holds_no_right_to_act_on_cases(desk: SmallDesk) -> None:
    with pytest.raises(RightError):
        desk.do(desk.opened(), Take(), SYSTEM)


@pytest.mark.parametrize(
    ("move", "why"),
    [
        (
            Dispose("confirmed", "mule", checked=("in_and_out",)),
            "Before mule is confirmed, check: Account has",
        ),
        (Dispose("confirmed", "a_new_kind"), "Before a_new_kind is confirmed, check: Customer was asked"),
        (Dispose("false_positive"), "needs a reason of the list"),
        (Dispose("false_positive", because="a_feeling"), "needs a reason of the list"),
        (Dispose("inconclusive", loss_micro=-1), "A loss is not negative"),
        (Hand("atlantis"), "There is no channel 'atlantis'"),
    ],
)
def test_what_belongs_to_a_move_is_asked_for_below_the_pages(desk: SmallDesk, move: Move, why: str) -> None:
    case_id = desk.opened()
    with pytest.raises(CaseError, match=why):
        desk.do(case_id, move, ANA)
    with pytest.raises(CaseError, match=why):
        do_all(desk.records, [case_id], move, ANA, "Because", NOW)
    assert len(history(desk.records, case_id)) == 1
