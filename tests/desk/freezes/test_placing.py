"""What policy stopped becomes freezes: the past to its end, what is new as holds, each stop exactly once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from small_exchange import insert
from small_money import MILLION, NOW, SmallMoney, stop

from data.home import Home
from data.progress import Step, silent
from data.store import Store
from desk.freezes.acting import lapse
from desk.freezes.placing.found import Appeal
from desk.freezes.placing.lives import life_of, next_review
from desk.freezes.placing.run import place
from desk.freezes_view import install_freezes
from desk.ledger.proof import prove
from desk.people import DEMONSTRATION, found
from desk.records import open_records

DAY = timedelta(days=1)
PLACED = datetime(2025, 7, 1, 12)
PLACE = {"region": "cis", "country": "KZ"}
KNOWN = ("confirmed_at", "truth_known_at")


def told(**known: Any) -> list[tuple[str, str, datetime]]:
    """The steps of a stop of 1 July as the past of 31 October: action, status and time of each."""
    appeals = known.pop("appeals", ())
    steps = life_of(stop(placed_at=PLACED, **known), "F-1", NOW, appeals)
    assert [step.state.version for step in steps] == list(range(1, len(steps) + 1))
    return [(step.action, step.state.status, step.at) for step in steps]


HELD = ("held", "provisional", PLACED)


def test_a_hold_of_the_past_ends_after_three_days_unless_it_was_confirmed_in_time() -> None:
    over = PLACED + 3 * DAY
    assert told(ended_at=over) == [HELD, ("released", "released", over)]
    assert told(truth="confirmed", confirmed_at=PLACED + DAY) == [HELD, ("confirmed", "active", PLACED + DAY)]
    assert told(truth="confirmed", confirmed_at=PLACED + 4 * DAY, ended_at=over) == [
        HELD, ("released", "released", over),
    ]  # fmt: skip


def test_a_freeze_of_the_past_stays_until_it_turns_out_honest() -> None:
    assert told(decision="freeze") == [HELD, ("confirmed", "active", PLACED + 3 * DAY)]
    assert told(decision="freeze", truth="legitimate", ended_at=PLACED + 9 * DAY) == [
        HELD, ("confirmed", "active", PLACED + 3 * DAY), ("released", "released", PLACED + 9 * DAY),
    ]  # fmt: skip
    assert told(decision="freeze", truth="legitimate", ended_at=PLACED + DAY) == [
        HELD, ("released", "released", PLACED + DAY),
    ]  # fmt: skip


def test_a_release_of_the_past_was_wrongful_where_the_event_was_honest() -> None:
    over = PLACED + 3 * DAY
    for truth, expected in (
        ("false_positive", True),
        ("legitimate", True),
        ("confirmed", False),
        (None, None),
    ):
        last = life_of(stop(placed_at=PLACED, truth=truth, ended_at=over), "F-1", NOW, ())[-1].state
        assert (last.is_wrongful, last.released_micro, last.remaining_micro) == (expected, 3 * MILLION, 0)


def test_an_appeal_of_the_past_is_a_step_and_its_answer_another() -> None:
    appeal = Appeal("E1", "P1", PLACED + 5 * DAY, PLACED + 7 * DAY, "upheld")
    steps = told(decision="freeze", appeals=[appeal])
    assert steps[2:] == [
        ("appealed", "active", PLACED + 5 * DAY), ("appeal_upheld", "active", PLACED + 7 * DAY),
    ]  # fmt: skip


def test_what_came_after_the_ledger_began_is_only_held() -> None:
    late = NOW + DAY
    (step,) = life_of(stop(placed_at=late, decision="freeze", confirmed_at=late), "F-1", NOW, ())
    assert (step.state.status, step.state.expires_at) == ("provisional", late + 3 * DAY)


def test_the_next_review_is_the_first_monthly_day_to_come() -> None:
    # 1 July + 30, 60, 90, 120 days: 29 October is over, 28 November is next.
    assert next_review(PLACED, NOW) == datetime(2025, 11, 28, 12)
    assert next_review(NOW, NOW) == NOW + 30 * DAY


@pytest.fixture
def money(home: Home, environment: dict[str, str]) -> Iterator[SmallMoney]:
    opened = open_records(home, environment)
    found(opened, DEMONSTRATION, NOW)
    yield SmallMoney(opened)
    opened.close()


def flagged(event_id: str, placed: datetime, account_id: str = "A1", **more: Any) -> dict[str, Any]:
    """A held withdrawal of 10 USDT in cis."""
    return {
        "event_id": event_id, "account_id": account_id, "decision": "hold", "amount": Decimal(10),
        "occurred_at": placed, **PLACE, **more,
    }  # fmt: skip


@pytest.fixture
def stopped(store: Store) -> Store:
    """Two stops of A1 that are over and fresh, one of A2 that was confirmed, and an executed order."""
    with store.writing() as cursor:
        insert(cursor, "flagged_events", [
            flagged("over", PLACED), flagged("fresh", NOW - DAY),
            flagged("crime", PLACED, "A2", truth="confirmed", **dict.fromkeys(KNOWN, PLACED + DAY)),
            flagged("nothing in it", PLACED, "A2", amount=Decimal(0)),
        ])  # fmt: skip
        insert(cursor, "scored", [{"event_id": "over", "asset": "BTC"}])
        insert(
            cursor, "account_risk", [{"account_id": "A1", "region": "cis", "country": "KZ", "last_seen": NOW}]
        )
        insert(cursor, "requests", [
            {"request_id": "Q1", "class": "freeze", "outcome": "executed", "account_id": "A1",
             "amount": Decimal(7), "received_at": PLACED, "answered_at": PLACED + DAY},
        ])  # fmt: skip
    install_freezes(store)
    return store


def freezes(store: Store) -> list[tuple[Any, ...]]:
    with store.cursor() as cursor:
        asked = "SELECT event_id, state, ended_at, freeze_id IS NOT NULL FROM freezes ORDER BY event_id"
        return cursor.execute(asked).fetchall()


def test_the_ledger_says_of_the_past_what_the_view_said_and_of_the_new_what_people_do(
    money: SmallMoney, stopped: Store
) -> None:
    before = [row[:3] for row in freezes(stopped)]
    placed = place(stopped, money.records, silent)
    assert (placed.freezes, placed.orders, placed.live) == (3, 1, 3)
    assert [row[:3] for row in freezes(stopped)] == before
    # Of the stop without money there is nothing to write.
    assert [row[3] for row in freezes(stopped)] == [True, True, False, True]
    assert money.lies("A1", "BTC") == {"available": -10 * MILLION, "released": 10 * MILLION}
    assert money.lies("A1") == {"available": -17 * MILLION, "held": 10 * MILLION, "ordered": 7 * MILLION}
    assert place(stopped, money.records, silent).freezes == 0
    later = NOW + 4 * DAY
    with stopped.writing() as cursor:
        insert(
            cursor, "flagged_events", [flagged("new", NOW + DAY, truth="confirmed", confirmed_at=NOW + DAY)]
        )
        cursor.execute("UPDATE account_risk SET last_seen = $1", [later])
    assert place(stopped, money.records, silent).freezes == 1
    # Policy alone confirms nothing any more: the new hold and the fresh one end at their hours.
    assert lapse(money.records, later) == 2
    place(stopped, money.records, silent)
    states = {row[0]: row[1:3] for row in freezes(stopped)}
    assert states["new"] == ("released", NOW + 4 * DAY)
    assert states["fresh"] == ("released", NOW + 2 * DAY)
    assert prove(money.records, NOW).broken is None


def test_a_placing_that_was_cut_off_goes_on_and_writes_nothing_twice(
    money: SmallMoney, stopped: Store
) -> None:
    class CutOffError(Exception):
        pass

    def cut(report: Step) -> None:
        if report.done:
            raise CutOffError

    with pytest.raises(CutOffError):
        place(stopped, money.records, cut, at_once=1)
    # The account of the earliest stop, whole.
    assert prove(money.records, NOW).freezes == 1
    rest = place(stopped, money.records, silent)
    assert (rest.freezes, rest.orders) == (2, 1)
    verdict = prove(money.records, NOW)
    assert (verdict.broken, verdict.freezes, verdict.transfers) == (None, 4, 5)
