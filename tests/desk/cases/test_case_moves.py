"""What each move makes of a case, by itself: no database, times worked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from small_cases import ANA, CLOCK, NOW, OLGA, state

from desk.actors import Actor
from desk.cases.endings import MOVES, UNDOABLE, Dispose, Reopen, Review, Withdraw
from desk.cases.moves import (
    LEASE,
    Assign,
    Attach,
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
    Turn,
)
from desk.cases.opening import joined, merged
from desk.cases.state import LIVE, STATUSES, CaseError, CaseState
from desk.channels.levels import due_at

UNKNOWN: Any = "urgent"
HELD = {"holder": "Ana", "lease_until": CLOCK + LEASE}


def turn(actor: Actor = ANA, minutes: int = 0) -> Turn:
    """Return a turn that many minutes after NOW."""
    return Turn(actor, NOW + timedelta(minutes=minutes), CLOCK + timedelta(minutes=minutes))


def every_action(kind: type[Move] = Move) -> set[str]:
    """Return the actions of all moves of the desk's own modules, however deep they inherit."""
    below = [each for each in kind.__subclasses__() if each.__module__.startswith("desk.")]
    return {each.action for each in below}.union(*(every_action(each) for each in below))


def test_no_move_is_left_out_of_the_list_of_moves() -> None:
    assert sorted(every_action()) == sorted(move.action for move in MOVES)
    assert sorted(UNDOABLE) == ["assigned", "escalated", "handed", "paused", "rated", "resumed"]


@pytest.mark.parametrize(
    ("move", "rule"),
    [
        # allowed from, needs hands, needs fresh, needs words, right
        (Take, (LIVE, True, False, False, "work_cases")),
        (Release, (LIVE, True, False, False, "work_cases")),
        (ForceRelease, (LIVE, False, False, True, "supervise")),
        (Assign, (LIVE, True, False, False, "work_cases")),
        (Note, (STATUSES, False, False, True, "work_cases")),
        (Attach, (STATUSES, False, False, False, "work_cases")),
        (Escalate, (LIVE, True, True, True, "escalate")),
        (Hand, (LIVE, True, True, True, "work_cases")),
        (Rate, (LIVE, True, True, True, "work_cases")),
        (Pause, (LIVE, True, True, True, "work_cases")),
        (Resume, (("paused",), True, True, False, "work_cases")),
        (Dispose, (LIVE, True, True, True, "dispose")),
        (Reopen, (("closed", "withdrawn", "lapsed"), True, True, True, "work_cases")),
        (Withdraw, (LIVE, True, True, True, "escalate")),
        (Review, (("closed",), False, True, True, "review")),
    ],
)
def test_each_move_has_its_rule(move: type[Move], rule: tuple[Sequence[str], bool, bool, bool, str]) -> None:
    found = (move.allowed, move.needs_hands, move.needs_fresh, move.needs_words, move.right.name)
    assert found == rule


def test_who_takes_a_case_has_it_for_a_quarter_of_an_hour_and_looked_at_it_first() -> None:
    after = Take().after(state(), turn(minutes=3))

    assert (after.version, after.holder, after.lease_until) == (2, "Ana", CLOCK + timedelta(minutes=18))
    assert after.first_look_at == NOW + timedelta(minutes=3)
    later = Take().after(after, turn(OLGA, 60))
    assert (later.holder, later.first_look_at) == ("Olga", after.first_look_at)


def test_whoever_acts_keeps_the_case_for_as_long_again_and_others_do_not_lengthen_it() -> None:
    held = state(**HELD)

    assert Note().after(held, turn(minutes=10)).lease_until == CLOCK + timedelta(minutes=25)
    noted_by_another = Note().after(held, turn(OLGA, 10))
    assert (noted_by_another.holder, noted_by_another.lease_until) == ("Ana", CLOCK + LEASE)


@pytest.mark.parametrize("move", [Release(), ForceRelease(), Escalate(), Hand("south_asia"), Assign("Olga")])
def test_what_sends_a_case_on_takes_it_out_of_the_hand(move: Move) -> None:
    after = move.after(state(**HELD), turn())
    assert (after.holder, after.lease_until) == (None, None)


def test_a_case_assigned_to_whoever_has_it_stays_in_the_hand() -> None:
    after = Assign("Ana").after(state(**HELD), turn())
    assert (after.assignee, after.holder) == ("Ana", "Ana")


def test_an_escalation_goes_one_level_up_to_anyone_there_and_ends_at_the_top() -> None:
    once = Escalate().after(state(assignee="Ana"), turn())
    twice = Escalate().after(once, turn())

    assert [(each.level, each.assignee) for each in (once, twice)] == [(1, None), (2, None)]
    with pytest.raises(CaseError, match="with the highest level already"):
        Escalate().after(twice, turn())


def test_a_case_is_handed_to_another_channel_and_rated_anew() -> None:
    handed = Hand("south_asia").after(state(assignee="Ana"), turn())
    assert (handed.channel, handed.assignee) == ("south_asia", None)
    assert Rate("critical").after(state(), turn()).severity == "critical"
    with pytest.raises(CaseError, match="no severity 'urgent'"):
        Rate(UNKNOWN).after(state(), turn())


def paused(until: int | None = None) -> CaseState:
    """Return a case paused ten minutes after NOW, until some minutes after NOW."""
    return Pause(None if until is None else NOW + timedelta(minutes=until)).after(
        state(**HELD), turn(minutes=10)
    )


@pytest.mark.parametrize(
    ("until", "minutes", "stands_still", "seconds"),
    [
        # Without an end: from minute 10 on.
        (None, 10, True, 0),
        (None, 70, True, 3600),
        # Until minute 40: 20 minutes by minute 30, 30 minutes from minute 40 on.
        (40, 30, True, 1200),
        (40, 40, False, 1800),
        (40, 500, False, 1800),
    ],
)
def test_the_clock_of_a_paused_case_stands_still_until_the_pause_ends(
    until: int | None, minutes: int, stands_still: object, seconds: int
) -> None:
    found, at = paused(until), NOW + timedelta(minutes=minutes)
    assert (found.status, found.holder) == ("paused", None)
    assert found.is_paused(at) == stands_still

    resumed = Resume().after(found, turn(minutes=minutes))
    assert (resumed.status, resumed.paused_seconds, resumed.paused_since) == ("open", seconds, None)
    assert due_at(resumed) - due_at(state()) == timedelta(seconds=seconds)


def test_taking_a_case_wakes_it_only_where_its_pause_is_over() -> None:
    assert Take().after(paused(40), turn(minutes=30)).status == "paused"
    woken = Take().after(paused(40), turn(minutes=50))
    assert (woken.status, woken.paused_seconds, woken.paused_until) == ("open", 1800, None)


def test_a_case_is_paused_again_once_its_pause_is_over_and_both_pauses_count() -> None:
    again = Pause().after(paused(40), turn(minutes=60))
    assert (again.paused_seconds, again.paused_since) == (1800, NOW + timedelta(minutes=60))
    # 30 minutes of the first, 5 of the second.
    assert Resume().after(again, turn(minutes=65)).paused_seconds == 2100
    with pytest.raises(CaseError, match="is paused: it cannot be paused"):
        Pause().after(paused(), turn(minutes=60))


def test_a_pause_that_would_be_over_is_refused() -> None:
    with pytest.raises(CaseError, match="ends after it begins"):
        Pause(NOW).after(state(), turn())


@pytest.mark.parametrize("ended", [Dispose("inconclusive"), Withdraw()])
def test_an_ending_says_when_and_by_whom_and_stops_the_clock_of_a_pause(ended: Move) -> None:
    after = ended.after(paused(), turn(OLGA, 30))

    assert (after.closed_at, after.closed_by) == (NOW + timedelta(minutes=30), "Olga")
    assert (after.holder, after.lease_until, after.is_live) == (None, None, False)
    assert (after.paused_seconds, after.paused_since) == (1200, None)
    assert merged(paused(), "C-2", NOW + timedelta(minutes=30), "Watchfloor").paused_seconds == 1200


def test_a_disposition_is_kept_in_the_state_and_its_reasons_in_the_details() -> None:
    move = Dispose(
        "confirmed", "mule", 7_000_000, innocent_events=("E2",), checked=("called",), second_look=True
    )
    after = move.after(state(), turn(minutes=5))

    assert (after.status, after.outcome, after.typology, after.loss_micro) == (
        "closed",
        "confirmed",
        "mule",
        7_000_000,
    )
    assert (after.second_look, after.first_look_at) == (True, NOW + timedelta(minutes=5))
    assert (move.details["innocent_events"], move.details["checked"]) == (["E2"], ["called"])
    assert Pause(NOW).details == {"until": "2025-10-31T23:00:00"}


def test_a_reopened_case_forgets_what_it_came_to_and_the_time_that_it_was_closed() -> None:
    closed = Dispose("confirmed", "mule", 5, second_look=True).after(state(assignee="Ana"), turn(minutes=10))
    again = Reopen().after(closed, turn(OLGA, 100))

    assert (again.status, again.outcome, again.typology, again.loss_micro) == ("open", None, None, None)
    assert (again.closed_at, again.closed_by, again.assignee) == (None, None, None)
    # Whoever reopens it does not escape the second look that was drawn.
    assert Dispose("inconclusive").after(again, turn(OLGA, 110)).second_look
    # What was drawn stays drawn, or reopening would escape the second look.
    assert again.second_look
    # Closed for 90 minutes.
    assert (again.reopened, again.paused_seconds) == (1, 5400)
    assert due_at(again) - due_at(state()) == timedelta(minutes=90)


def test_a_second_look_is_another_persons_and_of_a_case_that_was_drawn() -> None:
    drawn = Dispose("confirmed", "mule", second_look=True).after(state(), turn())

    assert Review("confirmed", "mule").after(drawn, turn(OLGA)).second_look is False
    with pytest.raises(CaseError, match="Nobody reviews their own case"):
        Review("confirmed", "mule").after(drawn, turn(ANA))
    with pytest.raises(CaseError, match="does not wait for a second look"):
        Review("confirmed", "mule").after(state(status="closed", closed_by="Ana"), turn(OLGA))


def test_more_alerts_make_a_case_as_severe_as_its_gravest() -> None:
    after = joined(state(), "critical", 2_000_000, 3)
    assert (after.severity, after.expected_loss_micro, after.alerts) == ("critical", 3_000_000, 4)
    assert joined(after, "low", 0, 1).severity == "critical"
