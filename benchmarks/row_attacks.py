"""What somebody who owns the file does to the rows of people, approvals, freezes, requests and the ledger.

The log is left as it is: each row is held against its line. Every attack returns words of which verify must
say one: the table with the row, or the line whose row is gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from random import Random

from benchmarks.attacked_store import Attack, Target

# By table, columns with what an attacker would rather have in them.
FORGED: Mapping[str, Mapping[str, object]] = {
    "people_events": {"role": "administrator", "actor": "Somebody", "reason": "Ordered"},
    "approval_events": {"checker": "Luis Leaddemo", "amount_micro": 7, "details": "{}", "summary": "Nothing"},
    "freeze_steps": {
        "remaining_micro": 1,
        "reason": "Nothing to see",
        "actor": "Somebody",
        "action": "looked",
    },
    "request_steps": {
        "reason": "Nothing to see",
        "actor": "Somebody",
        "contact": "somebody@else.example",
        "is_secret": 1,
    },
    "ledger_transfers": {
        "amount_micro": 3,
        "held_micro": 5,
        "account_id": "A-other",
        "reason": "Nothing to see",
        "object_id": "F-other",
    },
}


def edit_a_row(table: str, target: Target, rng: Random) -> tuple[str, ...]:
    """Another value in one column of one row."""
    number = rng.choice(_numbers(target, table))
    name = rng.choice(list(FORGED[table]))
    target.file.execute(f"UPDATE {table} SET {name} = ? WHERE number = ?", (FORGED[table][name], number))
    return _named(target, table, number)


def delete_a_row(table: str, target: Target, rng: Random) -> tuple[str, ...]:
    """One row less: the next one stands where it stood, or the last line has none."""
    numbers = _numbers(target, table)
    place = rng.randrange(len(numbers))
    near = _named(target, table, *numbers[place : place + 2])
    target.file.execute(f"DELETE FROM {table} WHERE number = ?", (numbers[place],))
    return (*near, f"A row of {table} is missing")


def put_a_row_in(table: str, target: Target, rng: Random) -> tuple[str, ...]:
    """A row once more, as the newest one: money moved, a person named, an approval given a second time."""
    numbers = _numbers(target, table)
    number, newest = rng.choice(numbers), numbers[-1] + 1
    names = [row[1] for row in target.file.execute(f"PRAGMA table_info({table})")]
    copied = ", ".join(f'"{name}"' for name in names if name != "number")
    target.file.execute(f"CREATE TEMP TABLE more AS SELECT {copied} FROM {table} WHERE number = {number}")
    for index in _indexes(target, table):
        target.file.execute(f"DROP INDEX {index}")
    unique = {"transfer_id": "T-ffffffffffff", "version": 99, "step": "seen again"}
    for name in set(names) & set(unique):
        target.file.execute(f"UPDATE more SET {name} = ?", (unique[name],))
    target.file.execute(f"INSERT INTO {table} (number, {copied}) SELECT {newest}, {copied} FROM more")
    return _named(target, table, newest)


def swap_two_rows(table: str, target: Target, rng: Random) -> tuple[str, ...]:
    """Two rows in each other's place."""
    first, second = sorted(rng.sample(_numbers(target, table), 2))
    for number, to in ((first, -1), (second, first), (-1, second)):
        target.file.execute(f"UPDATE {table} SET number = ? WHERE number = ?", (to, number))
    return _named(target, table, first, second)


def _named(target: Target, table: str, *numbers: int) -> tuple[str, ...]:
    """Return how verify names rows: of the ledger and of freezes by their ids, of others by their numbers."""
    name = {
        "ledger_transfers": "transfer_id",
        "freeze_steps": "freeze_id",
        "request_steps": "request_id",
    }.get(table)
    if name is None:
        return tuple(f"Row {number} of {table} " for number in numbers)
    asked = f"SELECT {name} FROM {table} WHERE number IN ({', '.join(map(str, numbers))})"
    return tuple(f"in {table} at {row[0]}" for row in target.file.execute(asked).fetchall())


def _numbers(target: Target, table: str) -> list[int]:
    return [int(row[0]) for row in target.file.execute(f"SELECT number FROM {table} ORDER BY number")]


def _indexes(target: Target, table: str) -> list[str]:
    """Return the indexes that somebody made; those of a constraint cannot be dropped."""
    asked = "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
    return [str(row[0]) for row in target.file.execute(asked, (table,))]


ROW_ATTACKS: Mapping[str, Attack] = {
    f"{words} of {table}": partial(attack, table)
    for table in FORGED
    for words, attack in (
        ("edit a row", edit_a_row),
        ("delete a row", delete_a_row),
        ("insert a row", put_a_row_in),
        ("reorder rows", swap_two_rows),
    )
}
