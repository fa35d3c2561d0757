"""How cases begin, grow and become one: opened for a subject, joined by more alerts, merged into another.

Within one transaction that has taken its turn; intake and escalation by hand both come through here. The id
of a case is made of its subject and of how many cases that had before, and the database takes each version
of a case once, so that of two processes that open at the same instant one is told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from desk.cases.moves import awake
from desk.cases.state import CaseState, Severity, worse
from desk.cases.steps import CASE_STEPS, states_of


@dataclass(frozen=True, slots=True)
class Subject:
    """What a case is about: its kind (account, ring) and id, its regions, how severe, what is known of it."""

    kind: str
    subject_id: str
    regions: tuple[str, ...]
    severity: Severity
    facts: Mapping[str, Any]


def case_id_of(kind: str, subject_id: str, earlier: int) -> str:
    """Return the id of a subject's next case after `earlier` ones: the same for everyone who opens it."""
    return f"C-{hashlib.sha256(f'{kind} {subject_id} {earlier + 1}'.encode()).hexdigest()[:12]}"


def begun(
    subject: Subject,
    *,
    channel: str,
    kind: str,
    expected_loss_micro: int,
    alerts: int,
    at: datetime,
    earlier: int,
) -> CaseState:
    """Return the first state of a case about `subject`; `earlier` is how many cases it had before."""
    return CaseState(
        case_id_of(subject.kind, subject.subject_id, earlier),
        1,
        subject.kind,
        subject.subject_id,
        subject.regions,
        channel,
        kind,
        subject.severity,
        expected_loss_micro,
        alerts,
        at,
    )


def joined(state: CaseState, severity: Severity, expected_loss_micro: int, alerts: int) -> CaseState:
    """Return a case after more alerts came to it: as severe as its gravest, all that may be lost added."""
    return replace(
        state,
        version=state.version + 1,
        severity=worse(state.severity, severity),
        expected_loss_micro=state.expected_loss_micro + expected_loss_micro,
        alerts=state.alerts + alerts,
    )


def merged(state: CaseState, into: str, at: datetime, by: str) -> CaseState:
    """Return a case that goes on in another one; its alerts stay with it."""
    return replace(
        awake(state, at),
        version=state.version + 1,
        status="merged",
        merged_into=into,
        closed_at=at,
        closed_by=by,
        holder=None,
        lease_until=None,
    )


def cases_about(connection: Connection, kind: str, subject_id: str) -> list[CaseState]:
    """Return the cases of a subject, in the order in which they were opened."""
    asked = select(CASE_STEPS.c.case_id).where(
        CASE_STEPS.c.subject_kind == kind, CASE_STEPS.c.subject_id == subject_id, CASE_STEPS.c.version == 1
    )
    named = [row.case_id for row in connection.execute(asked.order_by(CASE_STEPS.c.number))]
    found = states_of(connection, named)
    return [found[case_id] for case_id in named]


def opening_of(connection: Connection, case_id: str) -> Any:
    """Return the row of the step that opened a case; None where there is none."""
    asked = select(CASE_STEPS).where(CASE_STEPS.c.case_id == case_id, CASE_STEPS.c.version == 1)
    return connection.execute(asked).first()
