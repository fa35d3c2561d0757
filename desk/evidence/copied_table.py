"""The table of the store that holds custody, copied from the records by number."""

from __future__ import annotations

from data.contract import Table
from desk.copied import ACTED, copied

DESK_CUSTODY = Table(
    "desk_custody",
    "Who held the evidence of what, one row an entry, copied from the records.",
    "number",
    (
        *ACTED,
        copied("object_kind", "VARCHAR", "Evidence of what: case, ring, request, freeze."),
        copied("object_id", "VARCHAR", "Of which one."),
        copied("sequence", "INTEGER", "1, 2, 3, ... of the object."),
        copied("pack_id", "VARCHAR", "The pack: E-4f0a91c2de07."),
        copied("action", "VARCHAR", "collected, sealed, downloaded or handed_over."),
        copied("to_whom", "VARCHAR", "Who holds it from here on.", "text"),
        copied("how", "VARCHAR", "By which way.", "text"),
        copied("why", "VARCHAR", "For what, in the words of whoever did it.", "text"),
        copied("pack_name", "VARCHAR", "The pack's file; empty: not made yet."),
        copied("pack_bytes", "BIGINT", "Its size; 0: not made yet."),
        copied("sha256", "VARCHAR", "SHA-256 of the pack then; empty: not made yet."),
        copied("is_secret", "BOOLEAN", "The customer must not learn that it is there."),
        copied("previous_hash", "VARCHAR", "Hash of the object's entry before."),
        copied("hash", "VARCHAR", "Hash of this entry."),
    ),
    loadable=False,
)
