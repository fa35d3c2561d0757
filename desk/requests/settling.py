"""What the program does with requests by itself, at any time and as often as it likes.

settle(records, now)       # how many requests changed
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select

from desk.actors import SYSTEM
from desk.freezes.steps import FREEZES_NOW
from desk.freezes.steps import state_of as freeze_of
from desk.freezes.writing import Done, write
from desk.records import Records
from desk.requests.answering import Ended, drop_undone, end
from desk.requests.orders import follow_freezes
from desk.requests.steps import state_of
from desk.requests.steps_table import REQUESTS_NOW
from desk.transactional import take_turn


def settle(records: Records, now: datetime) -> int:
    """Have requests follow what became of their approvals, freezes and secrecy; return how many changed."""
    answered = drop_undone(records, now) + follow_freezes(records, now)
    return answered + lift_secrecy(records, now) + follow_secrecy(records, now)


def lift_secrecy(records: Records, now: datetime) -> int:
    """End the secrecy of requests whose day for it has come, and return how many those were."""
    about = REQUESTS_NOW.c
    due = select(REQUESTS_NOW).where(about.is_secret.is_(True), about.secret_until <= now)
    with records.writing() as connection:
        take_turn(connection)
        over = [state_of(row) for row in connection.execute(due.order_by(about.request_id))]
        for before in over:
            why = f"It was to be secret until {before.secret_until:%d %B %Y}."
            end(connection, before, Ended("secrecy_ended", SYSTEM, why, now, {"is_secret": False}))
    return len(over)


def follow_secrecy(records: Records, now: datetime) -> int:
    """Have freezes be as secret as the request that they execute, and return how many changed."""
    freezes, about = FREEZES_NOW.c, REQUESTS_NOW.c
    there = select(FREEZES_NOW, about.is_secret.label("is_request_secret")).join(
        REQUESTS_NOW, freezes.request_id == about.request_id
    )
    asked = there.where(freezes.is_secret != about.is_secret).order_by(freezes.freeze_id)
    with records.writing() as connection:
        take_turn(connection)
        others = [(freeze_of(row), bool(row.is_request_secret)) for row in connection.execute(asked)]
        for before, is_secret in others:
            said = "secret" if is_secret else "no secret any more"
            done = Done("secrecy_set", SYSTEM, f"{before.request_id} is {said}.", now)
            write(connection, before, replace(before, is_secret=is_secret), done)
    return len(others)
