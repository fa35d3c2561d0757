"""Which role may read what: one table that the queries of pages, exports and commands are held to.

    reader_of(Actor("Emil Executivedemo", "executive"))     # what that person may read, roles alike share one
    READS["desk_requests"].right                             # SEE_REQUESTS

Each table and view of the store has its line: the right that reading it takes (none: everybody), and which
of its rows are secret. What is personal in it is said by its columns (`Column.personal`). A table without a
line is read by nobody but the program: `desk/masking.py` makes a view of each line and of nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from data.contract import TABLES
from data.declared import Table
from data.enriched import ENRICHED_TABLES
from desk.actors import (
    RIGHTS,
    ROLES,
    SEE_AUDIT,
    SEE_PERSONAL,
    SEE_REQUESTS,
    SEE_SECRET,
    SYSTEM,
    Actor,
    Right,
)
from desk.audit_tables import SECRET_LINES
from desk.copied import MONEY
from desk.ledger.buckets import BUCKETS
from desk.projection_tables import DESK_TABLES
from scoring.contract import SCORING_TABLES

# Rows of an object that is secret are secret too, wherever they are copied to.
_SECRET = "is_secret"
_SECRET_FREEZES = "SELECT freeze_id FROM {main}.desk_freezes WHERE is_secret"
_SECRET_REQUESTS = "request_id IN (SELECT request_id FROM {main}.desk_requests WHERE is_secret)"
_OF_FREEZES = f"object_kind = 'freeze' AND object_id IN ({_SECRET_FREEZES})"


@dataclass(frozen=True, slots=True)
class Read:
    """What reading one table or view takes.

    `right` is needed to read it at all; None: everybody reads it. `secret` is a condition in SQL, on its own
    columns and on `{main}.` tables, of the rows that only SEE_SECRET shows; empty: none. `without` are
    columns that would tell of those rows, each with what is shown instead, worked out of `joined`.
    The store's own views are made again of what the reader may see.
    """

    name: str
    right: Right | None = None
    secret: str = ""
    without: tuple[tuple[str, str], ...] = ()
    joined: str = ""
    personal: tuple[tuple[str, str], ...] = ()


_RIGHTS: Mapping[str, Right] = {
    "requests": SEE_REQUESTS,
    "request_papers": SEE_REQUESTS,
    "desk_requests": SEE_REQUESTS,
    "desk_request_steps": SEE_REQUESTS,
    "desk_audit": SEE_AUDIT,
    # Totals of the whole ledger: what is secret would show in them.
    "desk_proofs": SEE_SECRET,
}
_SECRETS: Mapping[str, str] = {
    "desk_freezes": _SECRET,
    "desk_custody": _SECRET,
    "desk_freeze_steps": _SECRET,
    "requests": _SECRET_REQUESTS,
    # Papers say for themselves what is secret before the desk has taken them over, and until it is no more.
    "request_papers": f"is_secret OR {_SECRET_REQUESTS}",
    "desk_requests": _SECRET,
    "desk_request_steps": _SECRET,
    "desk_transfers": _OF_FREEZES,
    "desk_audit": SECRET_LINES,
}
# A movement carries the account's balances after it: without those that are secret, they were others.
_MOVED = ", ".join(
    f"sum(CASE '{name}' WHEN s.target THEN s.amount WHEN s.source THEN -s.amount ELSE 0 END) AS {name}"
    for name in BUCKETS
)
_SECRET_MOVES = (
    f" LEFT JOIN LATERAL (SELECT count(*) AS version, {_MOVED} FROM {{main}}.desk_transfers AS s "
    "WHERE s.account_id = t.account_id AND s.asset = t.asset AND s.number <= t.number "
    f"AND s.object_kind = 'freeze' AND s.object_id IN ({_SECRET_FREEZES})) AS moved ON true"
)
_BALANCES = (
    *((name, f"(t.{name} - coalesce(moved.{name}, 0))::{MONEY}") for name in BUCKETS),
    ("version", "(t.version - coalesce(moved.version, 0))::INTEGER"),
)
# What the store holds beside the declared tables: features, whose columns are generated, and views.
_BESIDE = (
    Read("fraud_features"),
    Read("liveness_features"),
    Read("policy_stops"),
    Read("freezes"),
    Read("releases"),
    Read("desk_clocks"),
)
# Tables of the desk that everybody reads. Any other needs a right: one that is forgotten is read by nobody.
_OPEN = frozenset(
    {
        "desk_alerts", "desk_cases", "desk_channels", "desk_claim_steps", "desk_claims", "desk_drill_steps",
        "desk_freeze_steps", "desk_freezes", "desk_hours", "desk_levels", "desk_offsets", "desk_standing",
        "desk_custody", "desk_steps", "desk_thresholds", "desk_timed", "desk_transfers", "desk_words",
        "capacity_alerts", "capacity_answers", "capacity_check", "capacity_durations", "capacity_hours",
    }
)  # fmt: skip


def _read(table: Table) -> Read:
    personal = tuple((column.name, column.personal) for column in table.columns if column.personal)
    without, joined = (_BALANCES, _SECRET_MOVES) if table.name == "desk_transfers" else ((), "")
    return Read(table.name, _RIGHTS.get(table.name), _SECRETS.get(table.name, ""), without, joined, personal)


READS: Mapping[str, Read] = {
    read.name: read
    for read in (
        *(_read(table) for table in (*TABLES, *ENRICHED_TABLES, *SCORING_TABLES)),
        *(_read(table) for table in DESK_TABLES if table.name in _OPEN | set(_RIGHTS)),
        *_BESIDE,
    )
}
# The rights that change what somebody reads: that of a table, personal data, and what is secret.
READ_RIGHTS = frozenset(
    {right.name for right in _RIGHTS.values()} | {SEE_PERSONAL.name, SEE_SECRET.name, SEE_REQUESTS.name}
)

_WORD = re.compile(r"[a-z_][a-z0-9_]*")


def rights_needed(sql: str, beside: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the rights that change what `sql` answers: those of every table that it names, and more rather.

    `beside` are the rights of views and macros of the store, which read tables that the text does not name.
    """
    words = set(_WORD.findall(sql.lower()))
    found = {right for name, rights in beside.items() if name in words for right in rights}
    for name in words & set(READS):
        read = READS[name]
        found |= {read.right.name} if read.right else set()
        found |= {SEE_SECRET.name} if read.secret else set()
        found |= {SEE_PERSONAL.name} if read.personal else set()
    return frozenset(found)


def rights_beside(made: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Return the rights that each view or macro needs, from their definitions, which may name each other."""
    found: dict[str, frozenset[str]] = dict.fromkeys(made, frozenset())
    while True:
        grown = {name: rights_needed(sql, found) | found[name] for name, sql in made.items()}
        if grown == found:
            return found
        found = grown


@dataclass(frozen=True, slots=True)
class Reader:
    """What somebody may read: the names of the rights among READ_RIGHTS. Roles with the same share all."""

    rights: frozenset[str]

    def may(self, right: Right | None) -> bool:
        """Answer whether `right` is held, or none is needed."""
        return right is None or right.name in self.rights

    def reads(self, name: str) -> bool:
        """Answer whether a table or view of the store is there for this reader."""
        read = READS.get(name)
        return read is not None and self.may(read.right)

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out or masked."""
        return self.rights == READ_RIGHTS

    @property
    def name(self) -> str:
        """A name for it in SQL, from its rights."""
        held = "_".join(name.removeprefix("see_") for name in sorted(self.rights))
        return f"as_{held or 'all'}"


EVERYTHING = Reader(READ_RIGHTS)
# Sums tell nothing of one request, so everybody may read those that are no secret; their rows take the right.
SUMMED = frozenset({SEE_REQUESTS.name})


def reader_of(actor: Actor) -> Reader:
    """Return what the actor's role may read; the program itself reads everything."""
    if actor == SYSTEM:
        return EVERYTHING
    held = {right.name for right in RIGHTS.values() if actor.may(right)}
    return Reader(READ_RIGHTS & held)


def summing(reader: Reader) -> Reader:
    """Return what `reader` may read for a sum that names nobody: requests that are no secret are counted."""
    return Reader(reader.rights | SUMMED)


def readers() -> tuple[Reader, ...]:
    """Return the different readers that the roles are."""
    return tuple(dict.fromkeys(reader_of(Actor("somebody", role)) for role in ROLES))


def readers_in_words(right: Right | None) -> str:
    """Say which roles read what takes `right`."""
    return "everybody" if right is None else right.holders_in_words
