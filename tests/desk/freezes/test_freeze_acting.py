"""What people and the program do with freezes, on both databases: the money is where the steps say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from small_money import ADA, ANA, AUDE, LENA, LIN, MILLION, NOW, RITA, ROLF, SmallMoney

from data.home import Home
from desk.actors import RightError
from desk.approvals import ApprovalError, approve, reject, waiting
from desk.audit import lines
from desk.freezes.acting import (
    Asked,
    ask_order,
    ask_order_end,
    ask_release,
    ask_seizure,
    carry_out,
    confirm,
    drop_undone,
    lapse,
    request_freeze,
    review,
)
from desk.freezes.appeals import decide_appeal, file_appeal
from desk.freezes.overdue import overdue
from desk.freezes.state import FreezeError
from desk.ledger.proof import prove
from desk.people import DEMONSTRATION, found
from desk.records import open_records


@pytest.fixture
def money(home: Home, environment: dict[str, str]) -> Iterator[SmallMoney]:
    opened = open_records(home, environment)
    found(opened, DEMONSTRATION, NOW)
    yield SmallMoney(opened)
    assert prove(opened, NOW).broken is None
    opened.close()


def test_money_is_frozen_once_another_person_approved_and_given_back_the_same_way(money: SmallMoney) -> None:
    freeze_id, approval_id = money.asked(amount=5 * MILLION)
    assert money.lies() == {}
    with pytest.raises(ApprovalError, match="Nobody has approved it"):
        carry_out(money.records, approval_id, RITA, NOW)
    state = money.approved(approval_id)
    assert (state.status, state.review_by) == ("active", NOW + timedelta(days=30))
    assert money.lies() == {"available": -5 * MILLION, "held": 5 * MILLION}
    part = ask_release(money.records, freeze_id, 2 * MILLION, ANA, "Two were salary", NOW)
    assert money.approved(part.approval_id).remaining_micro == 3 * MILLION
    rest = ask_release(money.records, freeze_id, None, ANA, "All of it", NOW, is_wrongful=True)
    state = money.approved(rest.approval_id)
    assert (state.status, state.ended_at, state.is_wrongful) == ("released", NOW, True)
    assert money.lies() == {"available": -5 * MILLION, "released": 5 * MILLION}
    assert money.actions(freeze_id) == [
        "requested", "applied", "release_asked", "released", "release_asked", "released",
    ]  # fmt: skip
    assert len(lines(money.records, object_kind="transfer")) == 3


def test_an_approval_is_good_for_its_own_freeze_once_and_not_by_its_maker(money: SmallMoney) -> None:
    freeze_id, approval_id = money.asked()
    money.approved(approval_id, done_by=ANA)
    with pytest.raises(ApprovalError, match="used already"):
        carry_out(money.records, approval_id, RITA, NOW)
    again = ask_release(money.records, freeze_id, MILLION, RITA, "Mine", NOW)
    with pytest.raises(ApprovalError, match="somebody else must decide"):
        approve(money.records, again.approval_id, RITA, "Mine too", NOW)
    assert money.lies() == {"available": -5 * MILLION, "held": 5 * MILLION}


def test_two_releases_that_together_are_too_much_are_not_both_done(money: SmallMoney) -> None:
    freeze_id = money.frozen("A1", 5 * MILLION)
    money.frozen("A1", 9 * MILLION)
    first = ask_release(money.records, freeze_id, 3 * MILLION, ANA, "One", NOW)
    second = ask_release(money.records, freeze_id, 4 * MILLION, ANA, "Two", NOW)
    money.approved(first.approval_id)
    approve(money.records, second.approval_id, RITA, "Seen", NOW)
    with pytest.raises(FreezeError, match="4 cannot go out"):
        carry_out(money.records, second.approval_id, RITA, NOW)
    # Nothing of the refused act was kept: the approval can still be withdrawn, and the other freeze is whole.
    assert money.of(freeze_id).remaining_micro == 2 * MILLION
    assert money.lies()["held"] == 11 * MILLION


def test_only_roles_with_the_right_ask_and_confirm(money: SmallMoney) -> None:
    hold = money.held()
    asked = Asked("A1", "USDT", MILLION, "cis", "KZ")
    for actor in (ADA, AUDE):
        with pytest.raises(RightError):
            request_freeze(money.records, asked, actor, "Because", NOW)
        with pytest.raises(RightError):
            ask_seizure(money.records, hold, None, actor, "Because", NOW, to_whom="Police")
    with pytest.raises(RightError):
        confirm(money.records, hold, LIN, "Because", NOW)
    with pytest.raises(FreezeError, match="Nobody asks for a freeze of the kind 'policy'"):
        request_freeze(money.records, Asked("A1", "USDT", 1, "cis", None, kind="policy"), ANA, "Because", NOW)
    assert money.actions(hold) == ["held"]


def test_a_hold_of_policy_ends_at_its_hour_unless_a_person_confirms_it(money: SmallMoney) -> None:
    ends, stays = money.held("A1", event_id="E1"), money.held("A2", event_id="E2")
    assert [one.freeze_id for one in overdue(money.records, NOW, timedelta(days=3)).expiring] == [ends, stays]
    assert overdue(money.records, NOW).count == 0
    assert confirm(money.records, stays, ANA, "The customer denies it", NOW).status == "active"
    # Placed an hour before NOW, it ends three days after that, whenever the clock comes by.
    over = NOW - timedelta(hours=1) + timedelta(days=3)
    assert lapse(money.records, over - timedelta(seconds=1)) == 0
    with pytest.raises(FreezeError, match="ended by itself"):
        confirm(money.records, ends, ANA, "Too late", over)
    assert lapse(money.records, over + timedelta(hours=5)) == 1
    assert (money.of(ends).status, money.of(ends).ended_at) == ("released", over)
    assert lapse(money.records, over + timedelta(hours=5)) == 0
    later = NOW + timedelta(days=30)
    assert [one.freeze_id for one in overdue(money.records, later).reviews] == [stays]
    assert review(money.records, stays, LENA, "The case goes on", later).review_by == later + timedelta(
        days=30
    )
    assert overdue(money.records, later).count == 0


def test_an_order_takes_over_held_money_which_is_then_not_given_back_until_it_ends(money: SmallMoney) -> None:
    hold = money.held("A1", 3 * MILLION)
    asked = ask_order(money.records, hold, 2 * MILLION, LIN, "Court order 7", NOW, request_id="Q7")
    state = money.approved(asked.approval_id)
    assert (state.status, state.ordered_micro, state.request_id) == ("active", 2 * MILLION, "Q7")
    assert money.lies() == {"available": -3 * MILLION, "held": MILLION, "ordered": 2 * MILLION}
    assert lapse(money.records, NOW + timedelta(days=9)) == 0
    with pytest.raises(FreezeError, match="ordered is given back when the order has ended"):
        ask_release(money.records, hold, 3 * MILLION, ANA, "All of it", NOW)
    with pytest.raises(FreezeError, match="cannot become held"):
        ask_order_end(money.records, hold, 3 * MILLION, LIN, "Lifted", NOW)
    ended = ask_order_end(money.records, hold, None, LIN, "Lifted", NOW)
    assert money.approved(ended.approval_id).ordered_micro == 0
    assert money.lies() == {"available": -3 * MILLION, "held": 3 * MILLION}
    assert money.actions(hold) == ["held", "order_asked", "ordered", "order_end_asked", "order_ended"]


def test_an_order_of_its_own_is_handed_over_in_part_and_the_rest_given_back(money: SmallMoney) -> None:
    order = money.frozen("A1", 5 * MILLION, kind="order")
    assert money.lies() == {"available": -5 * MILLION, "ordered": 5 * MILLION}
    seized = ask_seizure(
        money.records, order, 4 * MILLION, LIN, "Seizure 12", NOW, to_whom="Police of Almaty"
    )
    assert money.approved(seized.approval_id).seized_micro == 4 * MILLION
    with pytest.raises(FreezeError, match="an order itself"):
        ask_order_end(money.records, order, None, LIN, "Lifted", NOW)
    rest = ask_release(money.records, order, None, LIN, "Lifted", NOW)
    assert (money.approved(rest.approval_id).status, money.of(order).ended_at) == ("seized", NOW)
    assert money.lies() == {"available": -5 * MILLION, "seized": 4 * MILLION, "released": MILLION}


def test_who_stopped_the_money_does_not_decide_on_the_appeal_and_granted_gives_it_back(
    money: SmallMoney,
) -> None:
    hold = money.held()
    confirm(money.records, hold, ANA, "Looks like a mule", NOW)
    assert file_appeal(money.records, hold, LIN, "It is my salary", NOW).appeal == "filed"
    with pytest.raises(FreezeError, match="one objection at a time"):
        file_appeal(money.records, hold, LIN, "Again", NOW)
    with pytest.raises(FreezeError, match="another person must look"):
        decide_appeal(money.records, hold, ANA, "It is not", NOW, is_granted=False)
    assert decide_appeal(money.records, hold, LENA, "No proof", NOW, is_granted=False).appeal == "upheld"
    assert waiting(money.records, NOW) == []
    file_appeal(money.records, hold, LIN, "Here is the letter", NOW)
    state = decide_appeal(money.records, hold, LENA, "The employer confirms it", NOW, is_granted=True)
    assert (state.appeal, state.status) == ("granted", "active")
    (asked,) = waiting(money.records, NOW)
    with pytest.raises(ApprovalError):
        approve(money.records, asked.approval_id, LENA, "Mine", NOW)
    assert money.approved(asked.approval_id, ROLF).is_wrongful is True
    assert money.lies() == {"available": -3 * MILLION, "released": 3 * MILLION}


def test_what_was_asked_for_and_never_approved_is_dropped(money: SmallMoney) -> None:
    rejected, asked = money.asked("A1")
    waits, _ = money.asked("A2")
    reject(money.records, asked, RITA, "Too little is known", NOW)
    assert drop_undone(money.records, NOW) == 1
    assert (money.of(rejected).status, money.of(waits).status) == ("dropped", "requested")
    assert drop_undone(money.records, NOW + timedelta(days=3)) == 1
    assert money.lies("A1") == money.lies("A2") == {}


def test_who_may_not_know_of_a_secret_freeze_is_told_that_there_is_none(money: SmallMoney) -> None:
    asked = Asked("A1", "USDT", MILLION, "cis", "KZ", kind="order", request_id="Q-1", is_secret=True)
    state, approval = request_freeze(money.records, asked, LIN, "Ordered", NOW)
    money.approved(approval.approval_id)
    nothing = f"There is no freeze '{state.freeze_id}'"
    with pytest.raises(FreezeError, match=nothing):
        ask_release(money.records, state.freeze_id, None, ANA, "Why is it stopped?", NOW)
    with pytest.raises(FreezeError, match=nothing):
        review(money.records, state.freeze_id, ANA, "Looked at", NOW)
    back = ask_release(money.records, state.freeze_id, None, LIN, "The order ended", NOW)
    approve(money.records, back.approval_id, RITA, "Seen", NOW)
    with pytest.raises(FreezeError, match=nothing):
        carry_out(money.records, back.approval_id, ANA, NOW)
    assert carry_out(money.records, back.approval_id, RITA, NOW).status == "released"
