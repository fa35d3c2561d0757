"""Notices as they stand: waiting, sent, to be tried again, or dead letters, which a person may send again.

    notices(records)                               # the newest first
    send_again(records, notice_id, actor, at)      # a dead letter gets new tries

`desk/channels/announcing.py` writes them, `desk/channels/sending.py` sends them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, func, insert, select

from desk.actors import SUPERVISE, Actor, require
from desk.audit import Entry, record
from desk.cases.state import CaseError
from desk.channels.notice_tables import CASE_NOTICES, NOTICE_ATTEMPTS
from desk.people import require_here
from desk.records import Records
from desk.transactional import clock_of, take_turn


@dataclass(frozen=True, slots=True)
class Sent:
    """A notice as it stands: waiting, failed (tried again later), sent, or given_up (a dead letter)."""

    notice_id: str
    at: datetime
    webhook: str
    what: str
    case_id: str
    channel: str
    severity: str
    due_at: datetime
    body: str
    standing: str
    tries: int
    attempt: int
    told: str
    next_at: datetime | None


def standing() -> Select[Any]:
    """Return the question for notices with the newest attempt of each."""
    newest = (
        select(NOTICE_ATTEMPTS.c.notice_id, func.max(NOTICE_ATTEMPTS.c.attempt).label("attempt"))
        .group_by(NOTICE_ATTEMPTS.c.notice_id)
        .subquery()
    )
    last = NOTICE_ATTEMPTS.c
    return select(CASE_NOTICES, last.outcome, last.tries, last.attempt, last.told, last.next_at).select_from(
        CASE_NOTICES.outerjoin(newest, newest.c.notice_id == CASE_NOTICES.c.notice_id).outerjoin(
            NOTICE_ATTEMPTS,
            and_(last.notice_id == newest.c.notice_id, last.attempt == newest.c.attempt),
        )
    )


def notices(records: Records, most: int = 200) -> list[Sent]:
    """Return notices as they stand, the newest first."""
    with records.reading() as connection:
        rows = connection.execute(standing().order_by(CASE_NOTICES.c.number.desc()).limit(most)).all()
    return [sent_of(row) for row in rows]


def dead_letters(records: Records) -> list[Sent]:
    """Return the notices that nobody could be told, the oldest first."""
    with records.reading() as connection:
        asked = standing().where(NOTICE_ATTEMPTS.c.outcome == "given_up").order_by(CASE_NOTICES.c.number)
        return [sent_of(row) for row in connection.execute(asked)]


def sent_of(row: Any) -> Sent:
    """Return a notice of a row of `standing`."""
    told = {name: getattr(row, name) for name in Sent.__slots__ if hasattr(row, name)}
    stands = {None: "waiting", "again": "waiting"}.get(row.outcome, row.outcome)
    return Sent(
        **told
        | {
            "standing": stands,
            "tries": row.tries or 0,
            "attempt": row.attempt or 0,
            "told": row.told or "",
        }
    )


def send_again(records: Records, notice_id: str, actor: Actor, at: datetime) -> None:
    """Give a dead letter new tries. Raises RightError, and CaseError when it is none."""
    require(actor, SUPERVISE)
    with records.writing() as connection:
        take_turn(connection)
        require_here(connection, actor)
        row = connection.execute(standing().where(CASE_NOTICES.c.notice_id == notice_id)).first()
        if row is None or row.outcome != "given_up":
            raise CaseError(
                "This notice is no dead letter.",
                where=notice_id,
                to_do="Look at how it stands now; it may have been sent.",
            )
        write_attempt(connection, sent_of(row), "again", f"asked for by {actor.name}", 0, None)
        record(connection, Entry(actor, "sent_again", "notice", notice_id, at, reason="Dead letter"))


def write_attempt(
    connection: Connection, sent: Sent, outcome: str, told: str, tries: int, next_at: datetime | None
) -> None:
    """Write what came of an attempt. Raises IntegrityError when another process wrote it first."""
    connection.execute(
        insert(NOTICE_ATTEMPTS).values(
            notice_id=sent.notice_id,
            attempt=sent.attempt + 1,
            tries=tries,
            tried_at=clock_of(connection)(),
            outcome=outcome,
            told=told[:500],
            next_at=next_at,
        )
    )
