"""The table of the store that holds the audit log, copied from the records by number."""

from __future__ import annotations

from data.contract import Table
from desk.copied import ACTED, copied

DESK_AUDIT = Table(
    "desk_audit",
    "Every action of people and of the program, one line each, copied from the records.",
    "number",
    (
        *ACTED,
        copied("action", "VARCHAR", "What was done: proposed, approved, used, opened, moved, loaded, ..."),
        copied("object_kind", "VARCHAR", "To what kind of thing: case, freeze, model, person, job, ..."),
        copied("object_id", "VARCHAR", "To which one."),
        copied("before", "VARCHAR", "What was so before, JSON; null where nothing was.", "text"),
        copied("after", "VARCHAR", "What is so afterwards, JSON; null where nothing is.", "text"),
        copied("reason", "VARCHAR", "The words of whoever did it.", "text"),
        copied("approval_id", "VARCHAR", "The approval that it belongs to or used up."),
        copied("previous_hash", "VARCHAR", "Hash of the line before."),
        copied("hash", "VARCHAR", "Hash of this line."),
        copied("words", "VARCHAR", "All that is searched of the line, in small letters.", "text"),
        copied("mentions", "VARCHAR[]", "Ids of things of the desk that the line names anywhere."),
    ),
    loadable=False,
)
# As ids of the desk are made: F-4f0a91c2de07, A-4f0a91c2de.
MENTIONS = (
    'regexp_extract_all(concat_ws(\' \', object_id, approval_id, "before", "after", reason), '
    "'[A-Z]{1,3}-[0-9a-f]{8,}') AS mentions"
)
WORDS = 'lower(concat_ws(\' \', object_id, actor, action, reason, approval_id, "before", "after")) AS words'
# Lines that only who may know of secrets sees: they name a secret freeze, its transfers, a secret request, or
# an approval of one of these. `{main}` is the schema of the store itself, as `desk/reads.py` fills it in.
_SECRET_IDS = (
    "SELECT freeze_id AS id FROM {main}.desk_freezes WHERE is_secret "
    "UNION SELECT request_id FROM {main}.desk_requests WHERE is_secret "
    "UNION SELECT moved.transfer_id FROM {main}.desk_transfers AS moved "
    "JOIN {main}.desk_freezes AS stopped ON moved.object_id = stopped.freeze_id WHERE stopped.is_secret"
)
_NAMING = (
    "FROM {main}.desk_audit AS told, unnest(told.mentions) AS mentioned(id) "
    f"WHERE mentioned.id IN ({_SECRET_IDS})"
)
SECRET_LINES = (
    f"(number IN (SELECT told.number {_NAMING}) "
    f"OR approval_id IN (SELECT told.approval_id {_NAMING} AND told.approval_id IS NOT NULL))"
)
