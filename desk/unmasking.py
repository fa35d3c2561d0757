"""Showing one account's personal data to somebody whose role sees tokens: for a reason, and audited.

unmask(records, actor, "A1", "Order 4711 names its device", now)      # one line of the audit log
counts(records)                                                         # how often each person did so
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from data.errors import WatchfloorError
from desk.actors import UNMASK, Actor, require
from desk.audit import Entry, record
from desk.audit_lines import AUDIT_LINES
from desk.people import require_here
from desk.records import Records

ACTION = "unmasked"


class UnmaskError(WatchfloorError):
    """Personal data is not shown: nobody said why."""


@dataclass(frozen=True, slots=True)
class Unmaskings:
    """How often a person had personal data shown, of how many accounts, and when last (the data's now)."""

    name: str
    role: str
    times: int
    accounts: int
    last_at: datetime


def unmask(records: Records, actor: Actor, account_id: str, reason: str, now: datetime) -> int:
    """Write down that `actor` has the personal data of one account shown, and return the audit line's number.

    Raises RightError without the right, UnmaskError without a reason.
    """
    require(actor, UNMASK)
    if not reason.strip():
        raise UnmaskError(
            "Personal data is shown for a reason.",
            where=f"account {account_id}",
            to_do="Say why you need it: the words stay in the audit log.",
        )
    with records.writing() as connection:
        require_here(connection, actor)
        return record(connection, Entry(actor, ACTION, "account", account_id, now, reason=reason))


def counts(records: Records) -> list[Unmaskings]:
    """Return how often each person had personal data shown, who did most first."""
    line = AUDIT_LINES.c
    times = func.count()
    asked = (
        select(line.actor, line.role, times, func.count(line.object_id.distinct()), func.max(line.at))
        .where(line.action == ACTION)
        .group_by(line.actor, line.role)
        .order_by(times.desc(), line.actor)
    )
    with records.reading() as connection:
        return [Unmaskings(*row) for row in connection.execute(asked)]
