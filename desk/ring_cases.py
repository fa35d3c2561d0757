"""A ring as one case: escalate it, see who did, and take it back with a reason.

    case_id = escalate(records, ring_of(cursor, "R-0f3a91c2"), actor, "Same payout address", at=now)
    case_of(records, "R-0f3a91c2").state          # open
    withdraw(records, case_id, actor, "They are one family", at=now)

A ring has at most one open case, whoever escalates it at the same instant: the id of a case is made of the
ring and of how many cases it had before, and the database takes each id once.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from data.errors import WatchfloorError
from data.statement import read_statement
from desk.actors import ESCALATE, Actor, require
from desk.audit import Entry, record
from desk.case_events import CASE_STATES, CaseEvent, Subject, append
from desk.records import Records

# A ring that is surely one, stands, and of which accounts are confirmed: money leaves while one reads.
CRITICAL_SCORE = 0.9
# As often as another process could be first; each time one of them has opened the case.
_TRIES = 5


class CaseError(WatchfloorError):
    """A case cannot be opened or withdrawn: nothing such is there, or no words were given."""


@dataclass(frozen=True, slots=True)
class Case:
    """A case as it stands now; times are naive UTC, None where it was not withdrawn."""

    case_id: str
    subject: Subject
    state: str
    note: str
    opened_by: str
    opened_as: str
    opened_at: datetime
    recorded_at: datetime
    withdrawn_by: str | None
    withdrawn_as: str | None
    withdrawn_at: datetime | None
    withdrawn_because: str | None

    @property
    def is_open(self) -> bool:
        """Whether it was not withdrawn."""
        return self.state == "open"


def ring_of(cursor: duckdb.DuckDBPyConnection, ring_id: str) -> Subject:
    """Return what a case about a ring starts from. Raises CaseError when there is no such ring."""
    statement = read_statement(Path(__file__).with_name("ring_to_escalate.sql"))
    cursor.execute(statement.sql, {"ring_id": ring_id})
    found = cursor.fetchone()
    if found is None:
        raise CaseError(
            f"There is no ring {ring_id!r}.",
            possible="the rings that ever raised an alarm",
            to_do="Choose one from the page Rings.",
        )
    known = dict(zip([part[0] for part in cursor.description or ()], found, strict=True))
    facts = {name: _plain(value) for name, value in known.items() if name not in ("ring_id", "regions")}
    facts["expected_loss"] = round(float(known["score"] or 0) * float(known["at_risk"] or 0), 2)
    return Subject("ring", ring_id, tuple(known["regions"] or ()), _severity(known), facts)


def escalate(records: Records, ring: Subject, actor: Actor, note: str, at: datetime) -> str:
    """Open a case about `ring` and return its id; where one is open, return that one and write nothing.

    `at` is the data's now. Raises RightError when the actor may not, CaseError without a note.
    """
    require(actor, ESCALATE)
    _words(note, "a note", "Say in a sentence why this ring needs people.")
    for _ in range(_TRIES):
        try:
            with records.writing() as connection:
                cases = _cases(connection, ring.subject_id)
                if cases and cases[-1].is_open:
                    return cases[-1].case_id
                case_id = _name(ring, len(cases))
                _do(connection, CaseEvent(case_id, "opened", ring, actor, note, at, records.clock()))
                return case_id
        except IntegrityError:
            # Another process was first; the next look finds its case.
            continue
    raise CaseError(
        f"No case could be opened for {ring.subject_id}.",
        where=records.where,
        to_do="Others open and withdraw its cases at this moment. Look at the ring, then try again.",
    )


def withdraw(records: Records, case_id: str, actor: Actor, reason: str, at: datetime) -> None:
    """Take a case back: it stays in the records as withdrawn, with the reason.

    Raises RightError when the actor may not, CaseError without a reason, and where the case is not open.
    """
    require(actor, ESCALATE)
    _words(reason, "a reason", "Say in a sentence why the case is taken back.")
    try:
        with records.writing() as connection:
            found = _case(connection, case_id)
            if found is None or not found.is_open:
                raise _not_open(case_id, found, records.where)
            done = CaseEvent(case_id, "withdrawn", found.subject, actor, reason, at, records.clock())
            _do(connection, done)
    except IntegrityError as error:
        with records.reading() as connection:
            found = _case(connection, case_id)
        raise _not_open(case_id, found, records.where) from error


def _do(connection: Connection, done: CaseEvent) -> None:
    """Write an action on a case and its line of the audit log, both or neither."""
    append(connection, done)
    is_opened = done.action == "opened"
    about = {"ring": done.subject.subject_id, "severity": done.subject.severity}
    entry = Entry(
        done.actor,
        "escalated" if is_opened else "withdrew_case",
        "case",
        done.case_id,
        done.at,
        before=None if is_opened else {"state": "open", **about},
        after={"state": "open" if is_opened else "withdrawn", **about},
        reason=done.reason,
    )
    record(connection, entry)


def case_of(records: Records, ring_id: str) -> Case | None:
    """Return the newest case of a ring, open or withdrawn; None where it never had one."""
    with records.reading() as connection:
        return next(reversed(_cases(connection, ring_id)), None)


def _cases(connection: Connection, ring_id: str) -> list[Case]:
    """Return the cases of a ring in the order in which they were opened."""
    states = CASE_STATES.c
    chosen = (states.subject_kind == "ring") & (states.subject_id == ring_id)
    asked = select(CASE_STATES).where(chosen).order_by(states.number)
    return [_read(row) for row in connection.execute(asked)]


def _case(connection: Connection, case_id: str) -> Case | None:
    row = connection.execute(select(CASE_STATES).where(CASE_STATES.c.case_id == case_id)).first()
    return None if row is None else _read(row)


def _read(row: Any) -> Case:
    subject = Subject(row.subject_kind, row.subject_id, tuple(row.regions), row.severity, row.facts)
    return Case(
        row.case_id,
        subject,
        row.state,
        row.note,
        row.opened_by,
        row.opened_as,
        row.opened_at,
        row.recorded_at,
        row.withdrawn_by,
        row.withdrawn_as,
        row.withdrawn_at,
        row.withdrawn_because,
    )


def _name(ring: Subject, earlier: int) -> str:
    """Return the id of the next case: the same for everyone who opens it at the same instant."""
    named = f"{ring.kind} {ring.subject_id} {earlier + 1}"
    return f"C-{hashlib.sha256(named.encode()).hexdigest()[:10]}"


def _severity(known: dict[str, Any]) -> str:
    if known["state"] != "active":
        return "medium"
    is_sure = (known["score"] or 0) >= CRITICAL_SCORE and known["confirmed_accounts"]
    return "critical" if is_sure else "high"


def _plain(value: Any) -> Any:
    """Return a value as JSON keeps it: money and times as text, so that nothing is rounded."""
    return value if value is None or isinstance(value, bool | int | float | str | list) else str(value)


def _words(given: str, what: str, to_do: str) -> None:
    if not given.strip():
        raise CaseError(f"This needs {what}.", to_do=to_do)


def _not_open(case_id: str, found: Case | None, where: str) -> CaseError:
    if found is None:
        return CaseError(f"There is no case {case_id!r}.", where=where, to_do="Open the ring again.")
    return CaseError(
        f"Case {case_id} was withdrawn by {found.withdrawn_by} already: {found.withdrawn_because}",
        where=where,
        to_do="Nothing is left to do.",
    )
