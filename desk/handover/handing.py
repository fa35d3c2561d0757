"""Handing a shift over, and accepting what was handed over: two steps by two people, each an audit line.

    handover_id = hand_over(records, Left("cis", starts, ends, notes, text), actor, now)
    accept(records, handover_id, other, now)
    handed_over(records, "cis", 10)          # the newest first

What is handed over is kept as it was at that moment, word by word: the desk goes on changing under it.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from data.errors import WatchfloorError
from desk.actors import WORK_CASES, Actor, require
from desk.audit import Entry, record
from desk.handover.handover_table import HANDOVERS
from desk.people import require_here
from desk.records import Records
from desk.transactional import clock_of, take_turn

# Notes are read in a minute; what is longer belongs to a case.
MOST_NOTES = 4_000


class HandoverError(WatchfloorError):
    """A handover cannot be made or accepted so: none such, accepted already, or by the one who made it."""


@dataclass(frozen=True, slots=True)
class Left:
    """What a shift of a channel leaves: notes in its own words, and the whole page as text (Markdown)."""

    channel: str
    shift_starts: datetime
    shift_ends: datetime
    notes: str
    text: str


@dataclass(frozen=True, slots=True)
class Handed:
    """A handover with who made it and who accepted it, None while it waits. Times naive UTC."""

    handover_id: str
    left: Left
    at: datetime
    by: str
    role: str
    accepted_at: datetime | None
    accepted_by: str | None

    @property
    def waits(self) -> bool:
        """Whether nobody has accepted it yet."""
        return self.accepted_at is None


def hand_over(records: Records, left: Left, actor: Actor, at: datetime) -> str:
    """Keep what a shift leaves, and return the id of the handover.

    Raises RightError when the actor may not work cases, HandoverError for notes that are too long,
    and for the same page and notes once more, as who presses twice hands over.
    """
    require(actor, WORK_CASES)
    if len(left.notes) > MOST_NOTES:
        raise HandoverError(
            f"The notes have {len(left.notes):,} characters.",
            possible=f"up to {MOST_NOTES:,}",
            to_do="Say what the next desk must know; what is of one case, write into the case.",
        )
    handover_id = f"H-{uuid.uuid4().hex[:10]}"
    with records.writing() as connection:
        take_turn(connection)
        require_here(connection, actor)
        _is_new(connection, left, actor)
        _append(connection, handover_id, "handed_over", left, actor, at)
    return handover_id


def _is_new(connection: Connection, left: Left, actor: Actor) -> None:
    there = _handed(
        connection,
        (HANDOVERS.c.channel == left.channel) & (HANDOVERS.c.shift_starts == left.shift_starts),
    )
    same = replace(left, notes=left.notes.strip())
    if any(one.waits and one.by == actor.name and one.left in (left, same) for one in there):
        raise HandoverError(
            "This shift is handed over already, with the same page and notes.",
            to_do="Write into the notes what is new, or leave it to the next desk.",
        )


def accept(records: Records, handover_id: str, actor: Actor, at: datetime, notes: str = "") -> None:
    """Take over what another person handed over.

    Raises RightError when the actor may not work cases, HandoverError when there is none such, somebody has
    accepted it already, or it is one's own.
    """
    require(actor, WORK_CASES)
    with records.writing() as connection:
        take_turn(connection)
        require_here(connection, actor)
        found = _handed(connection, HANDOVERS.c.handover_id == handover_id)
        if not found:
            raise HandoverError(f"There is no handover {handover_id!r}.", to_do="Choose one from the list.")
        handed = found[0]
        if not handed.waits:
            raise HandoverError(f"{handed.accepted_by} has accepted this handover already.")
        if handed.by == actor.name:
            raise HandoverError(
                "Nobody accepts what they handed over themselves.",
                to_do="A person of the next shift accepts it.",
            )
        left = Left(handed.left.channel, handed.left.shift_starts, handed.left.shift_ends, notes.strip(), "")
        _append(connection, handover_id, "accepted", left, actor, at)


def handed_over(records: Records, channel: str, most: int = 20) -> Sequence[Handed]:
    """Return the newest handovers of a channel, the newest first."""
    with records.reading() as connection:
        newest = (
            select(HANDOVERS.c.handover_id)
            .where(HANDOVERS.c.channel == channel, HANDOVERS.c.action == "handed_over")
            .order_by(HANDOVERS.c.number.desc())
            .limit(most)
        )
        named = [row.handover_id for row in connection.execute(newest)]
        return _handed(connection, HANDOVERS.c.handover_id.in_(named))


def _append(
    connection: Connection, handover_id: str, action: str, left: Left, actor: Actor, at: datetime
) -> None:
    connection.execute(
        insert(HANDOVERS).values(
            handover_id=handover_id,
            action=action,
            channel=left.channel,
            shift_starts=left.shift_starts,
            shift_ends=left.shift_ends,
            at=at,
            recorded_at=clock_of(connection)(),
            actor=actor.name,
            role=actor.role,
            notes=left.notes.strip(),
            text=left.text,
        )
    )
    told = {
        "channel": left.channel,
        "shift_starts": left.shift_starts.isoformat(),
        "shift_ends": left.shift_ends.isoformat(),
    }
    record(
        connection,
        Entry(actor, action, "handover", handover_id, at, after=told, reason=left.notes.strip()),
    )


def _handed(connection: Connection, chosen: Any) -> list[Handed]:
    rows = connection.execute(select(HANDOVERS).where(chosen).order_by(HANDOVERS.c.number)).all()
    accepted = {row.handover_id: row for row in rows if row.action == "accepted"}
    found = [_read(row, accepted.get(row.handover_id)) for row in rows if row.action == "handed_over"]
    return found[::-1]


def _read(row: Any, accepted: Any) -> Handed:
    return Handed(
        row.handover_id,
        Left(row.channel, row.shift_starts, row.shift_ends, row.notes, row.text),
        row.at,
        row.actor,
        row.role,
        None if accepted is None else accepted.at,
        None if accepted is None else accepted.actor,
    )
