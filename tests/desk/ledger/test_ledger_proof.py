"""The proof of the ledger finds what was changed behind the program's back, and names the row."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta

import pytest
from small_money import ANA, MILLION, NOW, SmallMoney
from sqlalchemy import select

from data.home import Home
from desk.audit import lines
from desk.freezes.acting import ask_release, lapse
from desk.freezes.steps import FREEZE_STEPS
from desk.ledger.proof import prove, prove_nightly
from desk.ledger.proofs_table import LEDGER_PROOFS
from desk.ledger.transfers_table import LEDGER_TRANSFERS
from desk.people import DEMONSTRATION, found
from desk.records import Records, open_records


@pytest.fixture
def money(home: Home) -> Iterator[SmallMoney]:
    """Two holds, one of which lapsed, and a freeze of which a part was given back: five transfers."""
    opened = open_records(home, {})
    found(opened, DEMONSTRATION, NOW)
    small = SmallMoney(opened)
    small.held("A1", event_id="E1")
    freeze_id = small.frozen("A1", 5 * MILLION)
    part = ask_release(opened, freeze_id, 2 * MILLION, ANA, "Two were salary", NOW)
    small.approved(part.approval_id)
    lapse(opened, NOW + timedelta(days=3))
    small.held("A2", event_id="E2")
    yield small
    opened.close()


def tampered(records: Records, home: Home, *statements: str) -> None:
    """Change the file itself, with every trigger out of the way."""
    records.close()
    connection = sqlite3.connect(home.desk_path)
    triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("PRAGMA ignore_check_constraints = ON")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def names(records: Records) -> list[str]:
    with records.reading() as connection:
        asked = select(LEDGER_TRANSFERS.c.transfer_id).order_by(LEDGER_TRANSFERS.c.number)
        return list(connection.execute(asked).scalars())


def test_a_whole_ledger_adds_up_and_says_what_lies_where(money: SmallMoney) -> None:
    verdict = prove(money.records, NOW)
    assert (verdict.broken, verdict.transfers, verdict.accounts, verdict.freezes) == (None, 5, 2, 3)
    # 3 and 5 and 3 stopped; of them 2 and the first 3 given back.
    assert (verdict.balances.held, verdict.balances.released) == (6 * MILLION, 5 * MILLION)
    assert (verdict.balances.total, verdict.entries_sum_micro) == (0, 0)
    assert verdict.words == (
        "The ledger is whole: 5 transfers of 2 accounts and assets add up to zero and agree with 3 freezes; "
        "6 held, 0 ordered."
    )


CHANGES = {
    "edited": "UPDATE ledger_transfers SET reason = 'Another' WHERE number = 3",
    "edited amount": "UPDATE ledger_transfers SET amount_micro = 1, held_micro = 3000001, "
    "available_micro = -3000001 WHERE number = 2",
    "edited time": "UPDATE ledger_transfers SET at = 'yesterday' WHERE number = 4",
    "edited number": "UPDATE ledger_transfers SET number = 99 WHERE number = 5",
    "deleted": "DELETE FROM ledger_transfers WHERE number = 2",
    "deleted last": "DELETE FROM ledger_transfers WHERE number = 5",
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_row_that_was_edited_or_deleted_is_named(money: SmallMoney, home: Home, change: str) -> None:
    there = names(money.records)
    tampered(money.records, home, CHANGES[change])
    broken = prove(money.records, NOW).broken
    assert broken is not None
    place = {"edited": 3, "edited amount": 2, "edited time": 4, "deleted": 2}.get(change, 5)
    assert (broken.kind, broken.row) == (change.split(maxsplit=1)[0], there[place - 1])
    assert broken.row in broken.words


def test_a_row_that_was_put_in_or_moved_is_named(money: SmallMoney, home: Home) -> None:
    there = names(money.records)
    columns = ", ".join(column.name for column in LEDGER_TRANSFERS.columns)
    values = columns.replace("number", "6").replace("transfer_id", "'T-new'").replace("account_id", "'A9'")
    tampered(
        money.records, home,
        f"INSERT INTO ledger_transfers ({columns}) SELECT {values} FROM ledger_transfers WHERE number = 1",
    )  # fmt: skip
    broken = prove(money.records, NOW).broken
    assert broken is not None
    assert (broken.kind, broken.row) == ("inserted", "T-new")
    tampered(
        money.records, home,
        "DELETE FROM ledger_transfers WHERE number = 6",
        "UPDATE ledger_transfers SET number = 100 WHERE number = 1",
        "UPDATE ledger_transfers SET number = 1 WHERE number = 2",
        "UPDATE ledger_transfers SET number = 2 WHERE number = 100",
    )  # fmt: skip
    broken = prove(money.records, NOW).broken
    assert broken is not None
    assert (broken.kind, broken.row) == ("reordered", there[1])


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE freeze_steps SET review_by = '2099-01-01 00:00:00.000000' WHERE number = 3",
        "UPDATE freeze_steps SET details = '{not JSON' WHERE number = 1",
        "DELETE FROM freeze_steps WHERE number = 4",
    ],
)
def test_a_freeze_that_was_changed_is_named(money: SmallMoney, home: Home, change: str) -> None:
    with money.records.reading() as connection:
        ids = list(
            connection.execute(select(FREEZE_STEPS.c.freeze_id).order_by(FREEZE_STEPS.c.number)).scalars()
        )
    tampered(money.records, home, change)
    broken = prove(money.records, NOW).broken
    assert broken is not None
    number = int(change.split("number = ")[1])
    assert (broken.table, broken.row) == ("freeze_steps", ids[number - 1])
    assert broken.kind == ("deleted" if change.startswith("DELETE") else "edited")


def test_the_proof_is_kept_once_a_night_and_audited(money: SmallMoney) -> None:
    first = prove_nightly(money.records, NOW)
    assert first is not None
    assert prove_nightly(money.records, NOW) is None
    assert prove_nightly(money.records, NOW + timedelta(days=1)) is not None
    with money.records.reading() as connection:
        kept = connection.execute(select(LEDGER_PROOFS).order_by(LEDGER_PROOFS.c.number)).all()
    assert [(row.day, row.is_whole, row.transfers, row.held_micro, row.hash) for row in kept] == [
        (NOW.date(), True, 5, 6 * MILLION, first.hash),
        ((NOW + timedelta(days=1)).date(), True, 5, 6 * MILLION, first.hash),
    ]
    (_, audited) = lines(money.records, object_kind="ledger")
    assert (audited.action, audited.object_id) == ("proved", "2025-10-31")
