"""The audit log: every action of people and of the program, written in the transaction of the action itself.

    with records.writing() as connection:
        ...                                                        # the action
        record(connection, Entry(actor, "escalated", "case", case_id, now, reason="Same device"))
    lines(records, object_id=case_id)                              # what was done to it, newest first

An action without an actor is refused. Lines are numbered without a gap and each holds the hash of the line
before; one transaction after the other appends, so the chain never forks. `desk/chain_check.py` walks it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, insert, select

from desk.actors import Actor, require
from desk.audit_lines import AUDIT_LINES, BEGINNING, Line, hash_of, head
from desk.canonical import canonical
from desk.transactional import AT_ONCE, clock_of, take_turn

if TYPE_CHECKING:
    from desk.records import Records

# Lines that go to the database in one call: more would hold them all in memory twice.


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
    return record_all(connection, [entry])


def record_all(connection: Connection, entries: Sequence[Entry]) -> int:
    """Append one line for each of `entries`, in their order, and return the number of the last line.

    Raises ActorError when nobody acts, RuntimeError outside `records.writing()`.
    """
    for actor in {entry.actor for entry in entries}:
        require(actor)
    take_turn(connection)
    last = head(connection)
    number, previous = (0, BEGINNING) if last is None else (last.number, last.hash)
    recorded_at = clock_of(connection)()
    rows = []
    for entry in entries:
        number += 1
        line = _line(number, entry, recorded_at, previous)
        previous = hash_of(line)
        rows.append(line._replace(hash=previous)._asdict())
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(insert(AUDIT_LINES), rows[start : start + AT_ONCE])
    return number


def _line(number: int, entry: Entry, recorded_at: datetime, previous: str) -> Line:
    return Line(
        number,
        entry.at,
        recorded_at,
        entry.actor.name,
        entry.actor.role,
        entry.action,
        entry.object_kind,
        entry.object_id,
        None if entry.before is None else canonical(entry.before),
        None if entry.after is None else canonical(entry.after),
        entry.reason.strip(),
        entry.approval_id,
        previous,
    )


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
