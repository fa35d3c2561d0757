"""Which case an account or an event leads to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dashboard import ask


@dataclass(frozen=True, slots=True)
class LiveCase:
    """The case about an account that needs somebody."""

    case_id: str
    kind: str
    severity: str
    status: str
    holder: str | None
    opened_at: datetime


def case_of_event(event_id: str) -> str | None:
    """Answer the case that holds an event; None when none does."""
    found = ask.value("case_of_event", event_id=event_id)
    return None if found is None else str(found)


def live_case(account_id: str) -> LiveCase | None:
    """Answer the case about an account that needs somebody; None when there is none."""
    rows = ask.answer("live_case_of_account", account_id=account_id).to_pylist()
    return LiveCase(**rows[0]) if rows else None
