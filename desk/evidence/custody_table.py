"""The table of custody: who held the evidence of what, from whom to whom, when, how and why (ISO/IEC 27037).

Entries of one object are chained by their hashes, so that the record which travels in a pack can be checked
with nothing but JSON and SHA-256, and goes on here: `hash` is the SHA-256 of the entry's other values as
canonical JSON.
"""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Integer, String, Table, Text

from desk.append_only import refuse_changes
from desk.transactional import TRANSACTIONAL, acted

# collected: the files were taken from the store; sealed: they are a signed pack, of which the hash is known.
ACTIONS = ("collected", "sealed", "downloaded", "handed_over")
CUSTODY_EVENTS = Table(
    "custody_events",
    TRANSACTIONAL,
    *acted("entry"),
    Column("object_kind", String, nullable=False, comment="Evidence of what: case, ring, request, freeze."),
    Column("object_id", String, nullable=False, comment="Of which one."),
    Column("sequence", Integer, nullable=False, comment="1, 2, 3, ... of the object."),
    Column("pack_id", String, nullable=False, index=True, comment="The pack: E-4f0a91c2de07."),
    Column("action", String, nullable=False, comment="collected, sealed, downloaded or handed_over."),
    Column("to_whom", String, nullable=False, comment="Who holds it from here on."),
    Column("how", Text, nullable=False, comment="By which way."),
    Column("why", Text, nullable=False, comment="For what, in the words of whoever did it."),
    Column("pack_name", String, nullable=False, comment="The pack's file; empty: not made yet."),
    Column("pack_bytes", Integer, nullable=False, comment="Its size; 0: not made yet."),
    Column("sha256", String, nullable=False, comment="SHA-256 of the pack then; empty: not made yet."),
    Column("is_secret", Boolean, nullable=False, comment="The customer must not learn that it is there."),
    Column("previous_hash", String(64), nullable=False, comment="Hash of the object's entry before."),
    Column("hash", String(64), nullable=False, unique=True, comment="Hash of this entry."),
    CheckConstraint(f"action IN ({', '.join(map(repr, ACTIONS))})", name="known_custody_action"),
    CheckConstraint("(action = 'collected') = (sha256 = '')", name="custody_has_a_hash"),
    CheckConstraint("action <> 'handed_over' OR length(trim(why)) > 0", name="handed_over_for_a_reason"),
    Index("each_custody_entry_once", "object_kind", "object_id", "sequence", unique=True),
    comment="Who held the evidence of what, each entry chained to the one before of the same object.",
    sqlite_autoincrement=True,
)
refuse_changes(
    CUSTODY_EVENTS,
    "object_kind = NEW.object_kind AND object_id = NEW.object_id AND sequence = NEW.sequence "
    "OR hash = NEW.hash",
)
