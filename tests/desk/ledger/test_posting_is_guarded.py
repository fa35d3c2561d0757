"""No path around the rule: money moves with an approval used up for it, or by the program's own acts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from small_money import ANA, MILLION, NOW, RITA, SmallMoney
from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError

from data.home import Home
from desk.actors import RIGHTS, SYSTEM, ActorError
from desk.approvals import approval_of, approve, use
from desk.ledger.buckets import WAYS, LedgerError
from desk.ledger.permitted import PROGRAM_WAYS, RIGHT_OF
from desk.ledger.posting import Transfer, post
from desk.ledger.transfers_table import LEDGER_TRANSFERS
from desk.people import DEMONSTRATION, found
from desk.records import Records, open_records


@pytest.fixture
def money(records: Records) -> SmallMoney:
    return SmallMoney(records)


@pytest.fixture
def both(home: Home, environment: dict[str, str]) -> Iterator[SmallMoney]:
    """The same on each database."""
    opened = open_records(home, environment)
    found(opened, DEMONSTRATION, NOW)
    yield SmallMoney(opened)
    opened.close()


HELD = Transfer("A1", "USDT", "available", "held", 5 * MILLION, "freeze", "F-1", RITA, NOW, "Because")


def moved(money: SmallMoney, *transfers: Transfer) -> None:
    with money.records.writing() as connection:
        post(connection, transfers)


def used(money: SmallMoney, approval_id: str, *transfers: Transfer) -> None:
    """Use an approval up, and move money in the same transaction."""
    with money.records.writing() as connection:
        use(connection, approval_id, approval_of(money.records, approval_id).act, RITA, NOW)
        post(connection, transfers)


def test_every_way_needs_a_right_that_two_people_exercise() -> None:
    assert set(RIGHT_OF) == set(WAYS)
    assert all(RIGHTS[name].is_dangerous for name in RIGHT_OF.values())
    assert {(source, target) for _, source, target in PROGRAM_WAYS} <= WAYS


def test_a_person_without_an_approval_moves_nothing(money: SmallMoney) -> None:
    with pytest.raises(LedgerError, match="Nobody approved it in this transaction"):
        moved(money, HELD)
    with pytest.raises(ActorError):
        moved(money, replace(HELD, actor=replace(RITA, name=" ")))
    assert money.lies() == {}


def test_an_approval_moves_only_its_own_amount_of_its_own_object_the_way_it_is_for(money: SmallMoney) -> None:
    freeze_id, approval_id = money.asked()
    approve(money.records, approval_id, RITA, "Seen", NOW)
    right = replace(HELD, object_id=freeze_id, approval_id=approval_id)
    others = (
        replace(right, amount_micro=5 * MILLION + 1),
        replace(right, object_id="F-2"),
        replace(right, source="held", target="released"),
        replace(right, approval_id="A-none"),
    )
    money.held("A1", 9 * MILLION)
    for other in others:
        with pytest.raises(LedgerError, match="approved"):
            used(money, approval_id, other)
    with pytest.raises(LedgerError, match="something else"):
        used(money, approval_id, right, right)
    with pytest.raises(LedgerError, match="Nobody approved it in this transaction"):
        moved(money, right)
    used(money, approval_id, right)
    assert money.lies()["held"] == 14 * MILLION


def test_an_approval_that_another_transaction_used_up_moves_nothing(money: SmallMoney) -> None:
    freeze_id, approval_id = money.asked()
    approve(money.records, approval_id, RITA, "Seen", NOW)
    used(money, approval_id)
    with pytest.raises(LedgerError, match="in this transaction"):
        moved(money, replace(HELD, object_id=freeze_id, approval_id=approval_id))
    assert money.lies() == {}


def test_the_program_moves_only_what_it_may_by_itself(money: SmallMoney) -> None:
    mine = replace(HELD, actor=SYSTEM)
    moved(money, mine)
    for source, target in WAYS - {("available", "held"), ("held", "released"), ("available", "ordered")}:
        with pytest.raises(LedgerError, match="does not move money so by itself"):
            moved(money, replace(mine, source=source, target=target))
    with pytest.raises(LedgerError, match="Its hour is not over"):
        moved(money, replace(mine, source="held", target="released"))
    with pytest.raises(LedgerError, match="The program uses no approval"):
        moved(money, replace(mine, approval_id="A-1"))
    assert money.lies() == {"available": -5 * MILLION, "held": 5 * MILLION}


def row(money: SmallMoney) -> dict[str, Any]:
    """The newest row of the ledger as values for another one."""
    with money.records.reading() as connection:
        newest = select(LEDGER_TRANSFERS).order_by(LEDGER_TRANSFERS.c.number.desc()).limit(1)
        found_ = dict(connection.execute(newest).mappings().one())
    del found_["number"]
    return found_


def test_the_table_itself_refuses_rows_that_do_not_follow_and_money_that_nobody_approved(
    both: SmallMoney,
) -> None:
    both.held("A1", 3 * MILLION)
    follows = row(both) | {
        "version": 2, "transfer_id": "T-2", "amount_micro": MILLION,
        "available_micro": -4 * MILLION, "held_micro": 4 * MILLION,
    }  # fmt: skip
    refused = (
        {"actor": ANA.name, "role": ANA.role},
        {"actor": ANA.name, "role": ANA.role, "approval_id": "A-1"},
        {"version": 3},
        {"account_id": "A2"},
        {"available_micro": -5 * MILLION, "held_micro": 5 * MILLION},
        {"target": "ordered"},
        {"amount_micro": 0},
    )
    for wrong in refused:
        with pytest.raises(DBAPIError), both.records.writing() as connection:
            connection.execute(insert(LEDGER_TRANSFERS).values(follows | wrong))
    with both.records.writing() as connection:
        connection.execute(insert(LEDGER_TRANSFERS).values(follows))
    for change in (LEDGER_TRANSFERS.delete(), LEDGER_TRANSFERS.update().values(reason="Another")):
        with pytest.raises(DBAPIError), both.records.writing() as connection:
            connection.execute(change)
