"""A ring as one case: escalate it, see who did, and take it back with a reason.

    case_id = escalate(records, ring_of(cursor, "R-0f3a91c2"), actor, "Same payout address", at=now)
    case_of(records, "R-0f3a91c2").state.status   # open
    withdraw(records, case_id, actor, "They are one family", at=now)

A ring has at most one live case, whoever escalates it at the same instant.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
from sqlalchemy import Connection, select

from data.statement import read_statement
from desk.actors import ESCALATE, Actor, require
from desk.audit import record_all
from desk.cases.acting import Doing, do, entry
from desk.cases.endings import Withdraw
from desk.cases.opening import Subject, begun, cases_about, opening_of
from desk.cases.state import CaseError, CaseState, Severity
from desk.cases.steps import CASE_STEPS, Step, append_steps
from desk.channels.routing import channel_of
from desk.money import MICRO
from desk.people import require_here
from desk.records import Records
from desk.transactional import take_turn

# A ring that is surely one, stands, and of which accounts are confirmed: money leaves while one reads.
CRITICAL_SCORE = 0.9


@dataclass(frozen=True, slots=True)
class RingCase:
    """The newest case of a ring: its state, and who opened it, in which role, why, at which wall clock.

    `withdrawn_because` is empty where it was not withdrawn.
    """

    state: CaseState
    subject: Subject
    note: str
    opened_by: str
    opened_as: str
    recorded_at: datetime
    withdrawn_because: str

    @property
    def case_id(self) -> str:
        """Its id."""
        return self.state.case_id

    @property
    def is_open(self) -> bool:
        """Whether it still needs somebody."""
        return self.state.is_live


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
    """Open a case about `ring` and return its id; where one is live, return that one and write nothing.

    `at` is the data's now. Raises RightError when the actor may not, CaseError without a note.
    """
    require(actor, ESCALATE)
    if not note.strip():
        raise CaseError("This needs a note.", to_do="Say in a sentence why this ring needs people.")
    with records.writing() as connection:
        take_turn(connection)
        require_here(connection, actor)
        cases = cases_about(connection, "ring", ring.subject_id)
        if cases and cases[-1].is_live:
            return cases[-1].case_id
        opened = begun(
            ring,
            channel=channel_of(ring.regions[0] if ring.regions else None),
            kind="ring",
            expected_loss_micro=round(float(ring.facts.get("expected_loss") or 0) * MICRO),
            alerts=0,
            at=at,
            earlier=len(cases),
        )
        step = Step(opened, "opened", actor, note, at, {"facts": dict(ring.facts)})
        append_steps(connection, [step])
        record_all(connection, [entry(None, step)])
        return opened.case_id


def withdraw(records: Records, case_id: str, actor: Actor, reason: str, at: datetime) -> None:
    """Take a case back: it stays in the records as withdrawn, with the reason.

    Raises RightError when the actor may not, CaseError without a reason, and where the case is not open.
    """
    do(records, Doing(case_id, Withdraw(), actor, reason, at))


def case_of(records: Records, ring_id: str) -> RingCase | None:
    """Return the newest case of a ring, live or not; None where it never had one."""
    with records.reading() as connection:
        cases = cases_about(connection, "ring", ring_id)
        return _read(connection, cases[-1]) if cases else None


def _read(connection: Connection, state: CaseState) -> RingCase:
    opened = opening_of(connection, state.case_id)
    subject = Subject(
        "ring", state.subject_id, state.regions, opened.severity, opened.details.get("facts", {})
    )
    because = ""
    if state.status == "withdrawn":
        asked = select(CASE_STEPS.c.reason).where(
            CASE_STEPS.c.case_id == state.case_id, CASE_STEPS.c.action == "withdrawn"
        )
        because = str(connection.execute(asked.order_by(CASE_STEPS.c.version.desc())).scalar() or "")
    return RingCase(state, subject, opened.reason, opened.actor, opened.role, opened.recorded_at, because)


def _severity(known: dict[str, Any]) -> Severity:
    if known["state"] != "active":
        return "medium"
    is_sure = (known["score"] or 0) >= CRITICAL_SCORE and known["confirmed_accounts"]
    return "critical" if is_sure else "high"


def _plain(value: Any) -> Any:
    """Return a value as JSON keeps it: money and times as text, so that nothing is rounded."""
    return value if value is None or isinstance(value, bool | int | float | str | list) else str(value)
