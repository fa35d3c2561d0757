"""Reading cases from the records: one as it stands, and everything that was done with it.

Lists of many cases are read from the store of events, where `desk/projection.py` copies them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from desk.cases.alerts import Alert, alerts_of
from desk.cases.state import CaseError, CaseState
from desk.cases.steps import CASE_QUEUE, CASE_STEPS, queue_differs, state_of, states_of, taken_up
from desk.records import Records

# As many ids as a line holds.
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Told:
    """One step as a person reads it: who did what, when and why, and what the case was afterwards."""

    number: int
    at: datetime
    recorded_at: datetime
    actor: str
    role: str
    action: str
    reason: str
    details: Mapping[str, Any]
    bulk_id: str | None
    state: CaseState


def case(records: Records, case_id: str) -> CaseState:
    """Return a case as it stands. Raises CaseError when there is none such."""
    with records.reading() as connection:
        found = states_of(connection, [case_id]).get(case_id)
    if found is None:
        raise CaseError(f"There is no case {case_id!r}.", to_do="Choose one from the queue.")
    return found


def history(records: Records, case_id: str) -> list[Told]:
    """Return every step of a case, the oldest first."""
    asked = select(CASE_STEPS).where(CASE_STEPS.c.case_id == case_id).order_by(CASE_STEPS.c.version)
    with records.reading() as connection:
        return [_read(row) for row in connection.execute(asked)]


def alerts(records: Records, case_id: str) -> list[Alert]:
    """Return the alerts of a case and of those that went on in it, the oldest first."""
    with records.reading() as connection:
        found = [alert for each in taken_up(connection, [case_id]) for alert in alerts_of(connection, each)]
    return sorted(found, key=lambda alert: (alert.at, alert.alert_id))


def queue_in_words(records: Records) -> tuple[list[str], str]:
    """Return the cases for which the queue is not what their steps lead to, and that in a sentence."""
    with records.reading() as connection:
        differs = queue_differs(connection)
        waiting = connection.execute(select(func.count()).select_from(CASE_QUEUE)).scalar_one()
    if not differs:
        cases = "1 case waits" if waiting == 1 else f"{waiting:,} cases wait"
        return [], f"The queue of the desk is what the steps of its cases lead to: {cases}."
    some = ", ".join(differs[:SHOWN]) + (", ..." if len(differs) > SHOWN else "")
    return (
        differs,
        f"The queue of the desk is not what the steps of its cases lead to: {some} ({len(differs):,}).",
    )


def _read(row: Any) -> Told:
    return Told(
        row.number,
        row.at,
        row.recorded_at,
        row.actor,
        row.role,
        row.action,
        row.reason,
        row.details,
        row.bulk_id,
        state_of(row),
    )
