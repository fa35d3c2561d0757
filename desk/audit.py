"""The audit log: every action of people and of the program, written in the transaction of the action itself.

    with records.writing() as connection:
        ...                                                        # the action
        record(connection, Entry(actor, "escalated", "case", case_id, now, reason="Same device"))
    lines(records, object_id=case_id)                              # what was done to it, newest first

An action without an actor is refused. Lines are numbered without a gap and each holds the hash of the line
before; one transaction after the other appends, so the chain never forks. `desk/chain_check.py` walks it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from desk.actors import Actor, require
from desk.audit_lines import AUDIT_LINES, BEGINNING, Line, hash_of, head
from desk.canonical import canonical
from desk.records import Records
from desk.transactional import clock_of, take_turn


@dataclass(frozen=True, slots=True)
class Entry:
    """What was done: by whom, to what, at the data's now; what was so before and after, and why."""

    actor: Actor
    action: str
    object_kind: str
    object_id: str
    at: datetime
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    reason: str = ""
    approval_id: str | None = None


def record(connection: Connection, entry: Entry) -> int:
    """Append one line within the transaction of the action, and return its number.

    Raises ActorError when nobody acts, RuntimeError outside `records.writing()`.
    """
    require(entry.actor)
    take_turn(connection)
    last = head(connection)
    line = Line(
        1 if last is None else last.number + 1,
        entry.at,
        clock_of(connection)(),
        entry.actor.name,
        entry.actor.role,
        entry.action,
        entry.object_kind,
        entry.object_id,
        None if entry.before is None else canonical(entry.before),
        None if entry.after is None else canonical(entry.after),
        entry.reason.strip(),
        entry.approval_id,
        BEGINNING if last is None else last.hash,
    )
    connection.execute(insert(AUDIT_LINES).values(line._replace(hash=hash_of(line))._asdict()))
    return line.number


def lines(
    records: Records,
    *,
    object_id: str | None = None,
    object_kind: str | None = None,
    actor: str | None = None,
    action: str | None = None,
    approval_id: str | None = None,
    most: int = 200,
) -> list[Line]:
    """Return at most `most` lines, the newest first, of those that fit everything that is named."""
    asked = select(AUDIT_LINES).order_by(AUDIT_LINES.c.number.desc()).limit(most)
    named = {
        "object_id": object_id,
        "object_kind": object_kind,
        "actor": actor,
        "action": action,
        "approval_id": approval_id,
    }
    for name, value in named.items():
        if value is not None:
            asked = asked.where(AUDIT_LINES.c[name] == value)
    with records.reading() as connection:
        return [Line(*row) for row in connection.execute(asked)]
