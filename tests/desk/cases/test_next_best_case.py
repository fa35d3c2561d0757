"""The next best case: its order, who is offered what, and the lock on the wall clock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from small_cases import ANA, AUDE, BEN, LEE, NOW, OLGA, RITA, SmallDesk

from desk.actors import Actor, RightError
from desk.cases.endings import Dispose
from desk.cases.moves import Assign, Escalate, Note, Pause, Release, Take
from desk.cases.next_case import claim_next, in_hand
from desk.cases.reading import case, history


def taken(desk: SmallDesk, actor: Actor = ANA, skip: tuple[str, ...] = ()) -> str | None:
    """Claim the next case of the channel cis."""
    found = claim_next(desk.records, actor, ["cis"], desk.at, skip)
    return None if found is None else found.case_id


def test_the_most_severe_comes_first_then_what_may_be_lost_for_each_minute_left(both: SmallDesk) -> None:
    # high has 720 minutes: 7.2 of 5,184 USDT is 0.01 a minute; critical 240, low 4,320.
    low = both.opened("A1", severity="low", loss=9_000_000_000)
    small = both.opened("A2", loss=1_000_000)
    large = both.opened("A3", loss=8_000_000)
    critical = both.opened("A4", severity="critical", loss=0)

    assert [taken(both) for _ in range(5)] == [critical, large, small, low, None]
    assert [state.case_id for state in in_hand(both.records, ANA)] == sorted([critical, large, small, low])


def test_what_has_less_time_left_weighs_more_until_a_quarter_of_an_hour_is_left(desk: SmallDesk) -> None:
    # Opened 700 minutes before the other: 20 of 720 minutes left, so 1,000,000 / 20 > 30,000,000 / 720.
    desk.at = NOW - timedelta(minutes=700)
    old = desk.opened("A1", loss=1_000_000)
    desk.at = NOW
    new = desk.opened("A2", loss=30_000_000)
    # 2 minutes left count as 15: 600,000 / 15 < 30,000,000 / 720.
    desk.at = NOW - timedelta(minutes=718)
    nearly = desk.opened("A3", loss=600_000)
    desk.at = NOW
    assert [taken(desk) for _ in range(3)] == [old, new, nearly]


def test_of_equals_the_one_due_first_comes_first(desk: SmallDesk) -> None:
    later = desk.opened("A1", loss=0)
    desk.at = NOW - timedelta(minutes=60)
    earlier = desk.opened("A2", loss=0)
    desk.at = NOW
    assert [taken(desk) for _ in range(2)] == [earlier, later]


def test_a_case_waits_on_the_level_it_was_escalated_to(desk: SmallDesk) -> None:
    for name, levels in (("A1", 0), ("A2", 1), ("A3", 2)):
        case_id = desk.opened(name)
        for _ in range(levels):
            desk.do(case_id, Escalate(), ANA)
    about = {"A1": OLGA, "A2": LEE, "A3": RITA}
    for subject, who in about.items():
        found = claim_next(desk.records, who, ["cis"], NOW)
        assert found is not None
        assert found.subject_id == subject
    # A risk manager is offered the rest as well, an operator is not.
    desk.do(desk.opened("A4"), Escalate(), ANA)
    assert taken(desk, OLGA) is None
    assert taken(desk, RITA) is not None


def test_nobody_is_offered_what_is_in_a_hand_assigned_elsewhere_paused_skipped_or_of_another_channel(
    desk: SmallDesk,
) -> None:
    held, assigned, waiting = (desk.opened(f"A{number}") for number in range(3))
    desk.opened("A8", channel="india")
    desk.do(held, Take(), BEN)
    desk.do(assigned, Assign("Olga"), BEN)
    desk.do(waiting, Pause(NOW + timedelta(hours=1)), BEN)
    skipped = desk.opened("A9")

    assert taken(desk, ANA, (skipped,)) is None
    assert claim_next(desk.records, ANA, [], NOW) is None
    assert taken(desk, OLGA, (skipped,)) == assigned
    desk.at = NOW + timedelta(hours=1)
    assert taken(desk, ANA, (skipped,)) == waiting
    # The hour is on no clock.
    woken = case(desk.records, waiting)
    assert (woken.status, woken.paused_seconds) == ("open", 3600)
    assert desk.differs() == []


def test_a_pause_without_an_end_is_offered_to_nobody(desk: SmallDesk) -> None:
    desk.do(desk.opened(), Pause(), ANA)
    desk.at = NOW + timedelta(days=9)
    assert taken(desk) is None


def test_a_lock_expires_by_the_wall_clock_and_not_by_the_time_of_the_data(both: SmallDesk) -> None:
    case_id = both.opened()
    assert taken(both, ANA) == case_id
    both.at = NOW + timedelta(days=1)
    both.wall.pass_by(minutes=14, seconds=59)
    assert taken(both, BEN) is None
    assert [state.case_id for state in in_hand(both.records, ANA)] == [case_id]
    both.wall.pass_by(seconds=1)
    assert in_hand(both.records, ANA) == []
    assert taken(both, BEN) == case_id
    assert [step.actor for step in history(both.records, case_id)] == ["Watchfloor", "Ana", "Ben"]


def test_whoever_acts_on_it_keeps_a_case_and_who_lets_go_offers_it(desk: SmallDesk) -> None:
    case_id = desk.opened()
    taken(desk, ANA)
    desk.wall.pass_by(minutes=14)
    desk.do(case_id, Note(), ANA)
    desk.wall.pass_by(minutes=14)
    assert taken(desk, BEN) is None
    desk.do(case_id, Release(), ANA)
    assert taken(desk, BEN) == case_id
    desk.do(case_id, Dispose("inconclusive"), BEN)
    assert taken(desk, ANA) is None


def test_who_does_not_work_cases_is_offered_none(desk: SmallDesk) -> None:
    with pytest.raises(RightError, match="may not work the cases of the desk"):
        taken(desk, AUDE)
