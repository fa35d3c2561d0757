"""Custody: each time that evidence is collected, sealed, downloaded or handed over, one entry is appended.

entry = append_in(connection, Custody("ring", "R-1", "E-7b21", "collected", actor, now, how="..."))
hand_over(records, keeping, "E-7b21", actor, now, to_whom="...", how="...", why="...")
packs(records)                     # every sealed pack, the newest first
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from desk.actors import EXPORT_EVIDENCE, SEE_PERSONAL, SEE_SECRET, Actor, require
from desk.audit import Entry, record
from desk.canonical import canonical, digest
from desk.evidence.custody_table import CUSTODY_EVENTS
from desk.evidence.keeping import EvidenceError, Keeping
from desk.evidence.verify_pack import BEGINNING
from desk.people import require_here
from desk.records import Records
from desk.transactional import clock_of, take_turn

# What the hash of an entry is over, beside the hash of the one before.
_HASHED = (
    "object_kind",
    "object_id",
    "sequence",
    "pack_id",
    "action",
    "actor",
    "role",
    "at",
    "recorded_at",
    "to_whom",
    "how",
    "why",
    "pack_name",
    "pack_bytes",
    "sha256",
    "is_secret",
    "previous_hash",
)


@dataclass(frozen=True, slots=True)
class Custody:
    """One entry before it is written: evidence of what, in which pack, what was done with it and by whom.

    `at` is the data's now, naive UTC. `sha256` is the hash of the pack then, empty while there is none.
    `is_secret`: it is about what the customer must not learn of.
    """

    object_kind: str
    object_id: str
    pack_id: str
    action: str
    actor: Actor
    at: datetime
    to_whom: str = ""
    how: str = ""
    why: str = ""
    pack_name: str = ""
    pack_bytes: int = 0
    sha256: str = ""
    is_secret: bool = False


@dataclass(frozen=True, slots=True)
class Sealed:
    """A pack that was made: of what, its file with its hash, by whom and when (the data's now)."""

    pack_id: str
    object_kind: str
    object_id: str
    name: str
    bytes: int
    sha256: str
    actor: str
    role: str
    at: datetime
    is_secret: bool


def append_in(connection: Connection, done: Custody) -> dict[str, Any]:
    """Append an entry within `records.writing()`, and return it as a pack holds it."""
    require(done.actor)
    take_turn(connection)
    before = events_in(connection, done.object_kind, done.object_id)
    row = {
        **{each.name: getattr(done, each.name) for each in fields(done)},
        "actor": done.actor.name,
        "role": done.actor.role,
        "recorded_at": clock_of(connection)(),
        "sequence": len(before) + 1,
        "previous_hash": before[-1]["hash"] if before else BEGINNING,
    }
    row["hash"] = _hash(row)
    connection.execute(insert(CUSTODY_EVENTS), [row])
    return _told(row)


def events_in(connection: Connection, object_kind: str, object_id: str) -> list[dict[str, Any]]:
    """Return the custody of an object as packs hold it, the first entry first."""
    custody = CUSTODY_EVENTS.c
    asked = select(CUSTODY_EVENTS).where(custody.object_kind == object_kind, custody.object_id == object_id)
    return [_told(dict(row._mapping)) for row in connection.execute(asked.order_by(custody.sequence))]


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry in plain values, times with six decimals."""
    times = {name: row[name].isoformat(timespec="microseconds") for name in ("at", "recorded_at")}
    return {**{name: row[name] for name in (*_HASHED, "hash")}, **times}


def _hash(row: Mapping[str, Any]) -> str:
    return digest(canonical({name: row[name] for name in _HASHED}))


def pack_of(records: Records, pack_id: str, actor: Actor) -> Sealed:
    """Return a sealed pack. Raises EvidenceError where there is none that `actor` may know of."""
    custody = CUSTODY_EVENTS.c
    asked = select(CUSTODY_EVENTS).where(custody.pack_id == pack_id, custody.action == "sealed")
    with records.reading() as connection:
        found = connection.execute(asked).all()
    if not found or (found[0].is_secret and not actor.may(SEE_SECRET)):
        raise EvidenceError(f"There is no pack {pack_id!r}.", to_do="Choose one from Audit, Evidence.")
    return sealed_of(dict(found[0]._mapping))


def sealed_of(row: Mapping[str, Any]) -> Sealed:
    """Return the pack that an entry of its sealing tells of."""
    return Sealed(
        row["pack_id"],
        row["object_kind"],
        row["object_id"],
        row["pack_name"],
        row["pack_bytes"],
        row["sha256"],
        row["actor"],
        row["role"],
        row["at"],
        row["is_secret"],
    )


def refuse_who_sees_less(pack: Sealed, actor: Actor) -> None:
    """Refuse who may not see what the one who took the evidence saw. Raises RightError."""
    require(actor, EXPORT_EVIDENCE)
    maker = Actor(pack.actor, pack.role)
    for right in (SEE_PERSONAL, SEE_SECRET):
        if maker.may(right):
            require(actor, right)


def download(records: Records, keeping: Keeping, pack_id: str, actor: Actor, now: datetime) -> bytes:
    """Return a kept pack, with an entry of its custody and a line of the audit log.

    Raises RightError, and EvidenceError where its file is gone or not as it was sealed.
    """
    return _given(records, keeping, pack_id, Custody("", "", pack_id, "downloaded", actor, now, actor.name))


def hand_over(
    records: Records,
    keeping: Keeping,
    pack_id: str,
    actor: Actor,
    now: datetime,
    *,
    to_whom: str,
    how: str,
    why: str,
) -> None:
    """Write down that a pack went to somebody outside. Raises as `download` does, and without words."""
    if not (to_whom.strip() and how.strip() and why.strip()):
        raise EvidenceError(
            "This needs to whom, by which way and why.", to_do="Fill in all three. Nothing was written down."
        )
    handed = Custody("", "", pack_id, "handed_over", actor, now, to_whom.strip(), how.strip(), why.strip())
    _given(records, keeping, pack_id, handed)


def _given(records: Records, keeping: Keeping, pack_id: str, done: Custody) -> bytes:
    require(done.actor, EXPORT_EVIDENCE)
    pack = pack_of(records, pack_id, done.actor)
    refuse_who_sees_less(pack, done.actor)
    data = keeping.read(pack.name, pack.sha256)
    whole = replace(
        done,
        object_kind=pack.object_kind,
        object_id=pack.object_id,
        how=done.how or "Downloaded from the pages",
        pack_name=pack.name,
        pack_bytes=pack.bytes,
        sha256=pack.sha256,
        is_secret=pack.is_secret,
    )
    with records.writing() as connection:
        require_here(connection, done.actor)
        entry = append_in(connection, whole)
        after = {name: entry[name] for name in ("pack_id", "to_whom", "how", "sha256", "hash")}
        action = "downloaded_evidence" if done.action == "downloaded" else "handed_over_evidence"
        line = Entry(done.actor, action, pack.object_kind, pack.object_id, done.at, after=after)
        record(connection, replace(line, reason=done.why))
    return data
