"""An authority's freeze order, from the request to the ledger and to its end; and who may know of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from small_requests import EMIL, LENA, LIN, NOON, ORDER, RITA, Desk

from desk.actors import RightError
from desk.approvals import approve, reject
from desk.freezes.acting import Asked, carry_out, drop_undone, request_freeze
from desk.ledger.posting import balances
from desk.requests.acting import doubt
from desk.requests.answering import set_secret
from desk.requests.orders import (
    OrderedAccount,
    ask_end,
    ask_hand_over,
    ask_order,
    execute,
    follow_freezes,
    frozen_for,
)
from desk.requests.reading import history, may_know, request, requests
from desk.requests.settling import lift_secrecy, settle
from desk.requests.state import RequestError, RequestState

A1 = OrderedAccount("A1", "USDT", 5_000_000, "cis", "KZ")


def executed(desk: Desk) -> RequestState:
    """An order that was verified, approved and carried out."""
    state = desk.verified(ORDER)
    _, asked = ask_order(desk.records, state.request_id, A1, LIN, "Court order", NOON)
    approve(desk.records, asked.approval_id, RITA, "", NOON)
    return execute(desk.records, asked.approval_id, LIN, NOON)


def test_an_order_that_was_carried_out_lies_in_the_ledger_and_leaves_it_again(desk: Desk) -> None:
    state = executed(desk)
    assert (state.status, state.outcome, len(state.freeze_ids)) == ("executed", "executed", 1)
    held = balances(desk.records, "A1")["USDT"]
    assert (held.available, held.ordered) == (-5_000_000, 5_000_000)
    with desk.records.reading() as connection:
        (freeze,) = frozen_for(connection, state.request_id)
    assert (freeze.kind, freeze.is_secret, freeze.request_id) == ("order", True, state.request_id)
    asked = ask_hand_over(desk.records, state.request_id, freeze.freeze_id, LIN, "By the court", NOON)
    assert asked.act.details["to_whom"] == "Cyber Office"
    approve(desk.records, asked.approval_id, RITA, "", NOON)
    carry_out(desk.records, asked.approval_id, LIN, NOON)
    assert balances(desk.records, "A1")["USDT"].seized == 5_000_000


def test_a_freeze_is_as_secret_as_its_order(here: Desk) -> None:
    state = executed(here)
    assert settle(here.records, NOON) == 0
    set_secret(here.records, state.request_id, None, LIN, "The customer was told", NOON)
    assert settle(here.records, NOON) == 1
    with here.records.reading() as connection:
        (freeze,) = frozen_for(connection, state.request_id)
    assert (freeze.is_secret, freeze.status, freeze.ordered_micro) == (False, "active", 5_000_000)


def test_an_order_ends_with_its_money_given_back(here: Desk) -> None:
    state = executed(here)
    asked = ask_end(here.records, state.request_id, state.freeze_ids[0], LIN, "The court lifted it", NOON)
    approve(here.records, asked.approval_id, RITA, "", NOON)
    carry_out(here.records, asked.approval_id, LIN, NOON)
    assert balances(here.records, "A1")["USDT"].released == 5_000_000
    with pytest.raises(RequestError, match="does not execute"):
        ask_end(here.records, state.request_id, "F-other", LIN, "Lifted", NOON)


def test_nothing_beyond_the_order_is_frozen(here: Desk) -> None:
    state = here.verified(ORDER)
    for ordered, why in (
        (OrderedAccount("A9", "USDT", 1, "cis", "KZ"), "does not name A9"),
        (OrderedAccount("A1", "USDT", 5_000_001, "cis", "KZ"), "orders less"),
    ):
        with pytest.raises(RequestError, match=why):
            ask_order(here.records, state.request_id, ordered, LIN, "Court order", NOON)
    with pytest.raises(RequestError, match="orders no freeze"):
        ask_order(here.records, here.verified().request_id, A1, LIN, "Why not", NOON)


def test_an_order_is_carried_out_once_it_is_checked_whatever_page_asks(here: Desk) -> None:
    state = here.receive(ORDER)
    around = Asked("A1", "USDT", 1_000_000, "cis", "KZ", kind="order", request_id=state.request_id)
    with pytest.raises(RequestError, match="only a checked freeze order"):
        request_freeze(here.records, around, LIN, "Quickly", NOON)
    state = here.verified(ORDER)
    _, asked = ask_order(here.records, state.request_id, A1, LIN, "Court order", NOON)
    approve(here.records, asked.approval_id, RITA, "", NOON)
    doubt(here.records, state.request_id, here.book, LENA, "The seal looks odd", NOON)
    with pytest.raises(RequestError, match="only a checked freeze order"):
        carry_out(here.records, asked.approval_id, LIN, NOON)
    assert balances(here.records, "A1") == {}


def test_an_order_whose_freeze_was_rejected_is_open_again(here: Desk) -> None:
    state = here.verified(ORDER)
    _, asked = ask_order(here.records, state.request_id, A1, LIN, "Court order", NOON)
    reject(here.records, asked.approval_id, RITA, "Not this account", NOON)
    # The freeze is dropped first, and the order follows it.
    assert follow_freezes(here.records, NOON) == 0
    assert drop_undone(here.records, NOON) == 1
    assert follow_freezes(here.records, NOON) == 1
    after = request(here.records, state.request_id, LIN)
    assert (after.status, after.freeze_ids) == ("answering", ())


def test_what_is_secret_is_not_there_for_who_may_not_know(here: Desk) -> None:
    secret, open_one = here.receive(ORDER), here.receive()
    assert {each.request_id for each in requests(here.records, LIN)} == {
        secret.request_id,
        open_one.request_id,
    }
    assert [may_know(each, LIN) for each in (secret, open_one)] == [True, True]
    assert not may_know(secret, EMIL)
    for ask in (requests, lambda records, actor: history(records, open_one.request_id, actor)):
        with pytest.raises(RightError, match="may not see requests of authorities"):
            ask(here.records, EMIL)


def test_secrecy_ends_on_its_day_or_when_somebody_says_so(here: Desk) -> None:
    day = NOON + timedelta(days=90)
    state = here.receive(ORDER, secret_until=day)
    assert lift_secrecy(here.records, day - timedelta(seconds=1)) == 0
    assert settle(here.records, day) == 1
    assert not request(here.records, state.request_id, LIN).is_secret
    again = set_secret(here.records, state.request_id, day + timedelta(days=1), LIN, "Prolonged", day)
    assert (again.is_secret, again.secret_until) == (True, day + timedelta(days=1))
    assert set_secret(here.records, state.request_id, None, LIN, "Told", day).is_secret is False
    assert [told.action for told in history(here.records, state.request_id, LIN)] == [
        "received",
        "secrecy_ended",
        "secrecy_set",
        "secrecy_set",
    ]
