"""The table of the audit log: one line an action, chained by its hash to the line before.

The hash of a line is the SHA-256 of its other columns as one JSON object, keys in the order of their letters,
no spaces, times with six decimals; the first line follows `BEGINNING`. So whoever has the lines can compute
the chain with nothing but JSON and SHA-256.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from json.encoder import encode_basestring as _quoted
from typing import NamedTuple

from sqlalchemy import CheckConstraint, Column, Connection, DateTime, Index, String, Table, Text, select

from desk.append_only import refuse_changes
from desk.transactional import NUMBER, TRANSACTIONAL

BEGINNING = "0" * 64
AUDIT_LINES = Table(
    "audit_lines",
    TRANSACTIONAL,
    Column("number", NUMBER, primary_key=True, autoincrement=False, comment="1, 2, 3, ...: no gap."),
    Column("at", DateTime, nullable=False, comment="The data's now when it was done, UTC."),
    Column("recorded_at", DateTime, nullable=False, comment="The wall clock when it was done, UTC."),
    Column("actor", String, nullable=False, comment="Who did it."),
    Column("role", String, nullable=False, comment="In which role."),
    Column("action", String, nullable=False, comment="What was done: proposed, approved, used, ..."),
    Column("object_kind", String, nullable=False, comment="To what kind of thing: case, model, area."),
    Column("object_id", String, nullable=False, comment="To which one."),
    Column("before", Text, comment="What was so before, JSON; NULL where nothing was."),
    Column("after", Text, comment="What is so afterwards, JSON; NULL where nothing is."),
    Column("reason", Text, nullable=False, comment="The words of whoever did it."),
    Column("approval_id", String, comment="The approval that it belongs to or used up."),
    Column("previous_hash", String(64), nullable=False, unique=True, comment="Hash of the line before."),
    Column("hash", String(64), nullable=False, unique=True, comment="Hash of this line."),
    CheckConstraint("length(trim(actor)) > 0", name="audit_has_an_actor"),
    CheckConstraint("length(trim(role)) > 0", name="audit_has_a_role"),
    CheckConstraint("length(trim(action)) > 0", name="audit_has_an_action"),
    Index("audit_by_object", "object_kind", "object_id"),
    comment="Every action of people and of the program, each line chained to the one before.",
)
refuse_changes(AUDIT_LINES, "previous_hash = NEW.previous_hash OR hash = NEW.hash")


class Line(NamedTuple):
    """One line of the log, in the order of the table's columns; a tuple, because millions are walked."""

    number: int
    at: datetime
    recorded_at: datetime
    actor: str
    role: str
    action: str
    object_kind: str
    object_id: str
    before: str | None
    after: str | None
    reason: str
    approval_id: str | None
    previous_hash: str
    hash: str = ""


def hash_of(line: Line) -> str:
    """Return the hash that `line` must have, computed from its other columns.

    The object is written out here: `json.dumps` of a mapping says the same and takes three times as long,
    which counts for a walk over a million lines.
    """
    text = (
        f'{{"action":{_quoted(line.action)},"actor":{_quoted(line.actor)},"after":{_or_null(line.after)},'
        f'"approval_id":{_or_null(line.approval_id)},"at":"{line.at.isoformat(timespec="microseconds")}",'
        f'"before":{_or_null(line.before)},"number":{line.number},"object_id":{_quoted(line.object_id)},'
        f'"object_kind":{_quoted(line.object_kind)},"previous_hash":{_quoted(line.previous_hash)},'
        f'"reason":{_quoted(line.reason)},'
        f'"recorded_at":"{line.recorded_at.isoformat(timespec="microseconds")}","role":{_quoted(line.role)}}}'
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _or_null(text: str | None) -> str:
    return "null" if text is None else _quoted(text)


def head(connection: Connection) -> Line | None:
    """Return the last line of the log; None while nothing was done."""
    newest = select(AUDIT_LINES).order_by(AUDIT_LINES.c.number.desc()).limit(1)
    found = connection.execute(newest).first()
    return None if found is None else Line(*found)
