"""A small store whose past is worth attacking: people, approvals, freezes, a ledger, a log, signed heads.

built = build(folder)                                  # once
proved, expected = damaged(built, copy, attack, rng)   # a copy that was attacked, and what verify says
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from data.home import Home
from desk.actors import Actor
from desk.anchor_place import PLACE_VARIABLE, place_of, send_heads
from desk.anchors import Anchors
from desk.approvals import approve, reject
from desk.audit import Entry, record
from desk.freezes.acting import Asked, ask_release, carry_out, request_freeze
from desk.people import DEMONSTRATION, found
from desk.records import Records, open_records
from desk.requests.acting import Incoming, receive
from desk.requests.book import Book
from desk.role_changes import Change, ask_change, carry_out_change
from desk.verifying import Proved, verify_all

NOW = datetime(2025, 10, 31, 12)
WALL = datetime(2026, 1, 5, 12)
ANA = Actor("Ana Analystdemo", "analyst")
RITA = Actor("Rita Riskdemo", "risk_manager")
ADA = Actor("Ada Admindemo", "administrator")
LENA = Actor("Lena Leaddemo", "desk_lead")
ACCOUNTS = 6
REQUESTS = 4
MICRO = 1_000_000


@dataclass(frozen=True, slots=True)
class Built:
    """The store as it was left, and the folder outside that holds a copy of its heads."""

    home: Path
    outside: Path


@dataclass(frozen=True, slots=True)
class Target:
    """A copy of the store in an attacker's hands: its file open without its triggers, its heads, its key."""

    home: Home
    file: sqlite3.Connection

    @property
    def anchors(self) -> Anchors:
        """The heads and the key of the copy."""
        return Anchors.of(self.home, {}, lambda: WALL + timedelta(days=1))


# Does its damage, and returns words of which verify must say one.
Attack = Callable[[Target, Random], tuple[str, ...]]


def build(folder: Path) -> Built:
    """Write the past and return where it lies."""
    ticks = iter(range(1_000_000))
    home = Home(folder / "built")
    records = open_records(home, {}, lambda: WALL + timedelta(seconds=next(ticks)))
    found(records, DEMONSTRATION, NOW)
    for account in range(ACCOUNTS):
        _freeze_and_release(records, f"A{account}", 100 * (account + 1) * MICRO)
    for number in range(REQUESTS):
        said = Incoming(
            "user", "information", f"What do you hold of me? {number}", account_ids=(f"A{number}",)
        )
        receive(records, said, Book((), {}), LENA, NOW + timedelta(minutes=number))
    asked = ask_change(records, Change("Noa Newcomer", "joined", "analyst"), ADA, "The team grows", NOW)
    approve(records, asked.approval_id, RITA, "Seen", NOW)
    carry_out_change(records, asked.approval_id, ADA, NOW)
    for number in range(40):
        with records.writing() as connection:
            before, after = {"step": number}, {"step": number + 1}
            record(connection, Entry(ANA, "noted", "case", f"C-{number}", NOW, before, after, "Same device"))
    anchors = Anchors.of(home, {}, records.clock)
    with records.reading() as connection:
        anchors.sign(connection)
    records.close()
    outside = folder / "outside"
    place = place_of({PLACE_VARIABLE: str(outside)})
    if place is not None:
        send_heads(anchors, place)
    return Built(home.path, outside)


def damaged(built: Built, folder: Path, attack: Attack, rng: Random) -> tuple[Proved, tuple[str, ...]]:
    """Copy the store, let `attack` at it; return what verify finds, and words one of which it must say."""
    home = Home(folder)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(built.home, folder)
    with closing(sqlite3.connect(home.desk_path, isolation_level=None)) as file:
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            file.execute(f"DROP TRIGGER {name}")
        file.execute("PRAGMA ignore_check_constraints = ON")
        expected = attack(Target(home, file), rng)
    records = open_records(home, {}, lambda: WALL + timedelta(days=2))
    try:
        return verify_all(records, home, {PLACE_VARIABLE: str(built.outside)}), expected
    finally:
        records.close()


def _freeze_and_release(records: Records, account: str, amount: int) -> None:
    """Freeze money of an account under two signatures, give half of it back; the rest is refused."""
    _, asked = request_freeze(records, Asked(account, "USDT", amount, "cis", "KZ"), ANA, "Mule", NOW)
    approve(records, asked.approval_id, RITA, "Seen", NOW)
    state = carry_out(records, asked.approval_id, RITA, NOW)
    back = ask_release(records, state.freeze_id, amount // 2, ANA, "Half is wages", NOW)
    approve(records, back.approval_id, RITA, "Seen", NOW)
    carry_out(records, back.approval_id, RITA, NOW)
    more = ask_release(records, state.freeze_id, None, ANA, "The rest too", NOW)
    reject(records, more.approval_id, RITA, "Not shown", NOW)
