"""Files that people add to a case, kept whole with their hash.

attach(records, File("C-4f0a91c2de07", "chat.png", "image/png", content), actor, at)
files_of(records, "C-4f0a91c2de07")           # what there is, without the bytes
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from desk.actors import Actor
from desk.cases.acting import Doing, do_in
from desk.cases.file_table import CASE_FILES
from desk.cases.moves import Attach
from desk.cases.state import CaseError
from desk.records import Records
from desk.transactional import clock_of, take_turn

# A photograph of a document or a statement fits; recordings belong where recordings are kept.
LARGEST_BYTES = 10_000_000


@dataclass(frozen=True, slots=True)
class File:
    """A file to be added to a case."""

    case_id: str
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that a case has: `number` gets its bytes (`content_of`)."""

    number: int
    name: str
    media_type: str
    size: int
    sha256: str
    actor: str
    at: datetime


def attach(records: Records, file: File, actor: Actor, at: datetime) -> None:
    """Add a file to a case. Raises RightError, and CaseError for an empty or too large one."""
    if not file.content or len(file.content) > LARGEST_BYTES:
        raise CaseError(
            f"{file.name!r} has {len(file.content):,} bytes.",
            possible=f"1 to {LARGEST_BYTES:,} bytes",
            to_do="Add a smaller file, or a note that says where it is kept.",
        )
    sha256 = hashlib.sha256(file.content).hexdigest()
    with records.writing() as connection:
        take_turn(connection)
        move = Attach(file.name, sha256, len(file.content))
        do_in(connection, Doing(file.case_id, move, actor, "", at))
        connection.execute(
            insert(CASE_FILES).values(
                case_id=file.case_id,
                at=at,
                recorded_at=clock_of(connection)(),
                actor=actor.name,
                name=file.name,
                media_type=file.media_type,
                size=len(file.content),
                sha256=sha256,
                content=file.content,
            )
        )


def files_of(records: Records, case_id: str) -> list[Kept]:
    """Return the files of a case, the oldest first, without their bytes."""
    columns = [CASE_FILES.c[name] for name in Kept.__slots__]
    asked = select(*columns).where(CASE_FILES.c.case_id == case_id).order_by(CASE_FILES.c.number)
    with records.reading() as connection:
        return [Kept(*row) for row in connection.execute(asked)]


def content_of(records: Records, number: int) -> bytes:
    """Return the bytes of a file. Raises CaseError when there is none of that number."""
    with records.reading() as connection:
        found = connection.execute(select(CASE_FILES.c.content).where(CASE_FILES.c.number == number)).scalar()
    if found is None:
        raise CaseError(f"There is no file number {number}.")
    return bytes(found)
