"""How requests are said on a screen: classes, clocks and outcomes; and how their columns look."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

import streamlit as st

from dashboard.columns import columns as known_columns
from dashboard.formats import duration, local_time
from dashboard.questions import words
from dashboard.questions.requests import CLOCKS, STATUS_WORDS
from desk.requests.clocks import clock_state
from desk.requests.state import OUTCOMES, RequestState

Badge = Literal["red", "orange", "green", "gray", "blue"]
CLOCK_BADGES: Mapping[str, Badge] = {
    "breached": "red",
    "at_risk": "orange",
    "on_time": "green",
    "answered_late": "gray",
    "answered_in_time": "gray",
}
MARKS: Mapping[str, str] = {"doubtful": "Doubtful", "secret": "Secret"}
CLASS_WORDS: Mapping[str, str] = {
    "information": "Information",
    "preservation": "Preservation",
    "freeze": "Freeze order",
    "emergency": "Emergency",
    "assistance": "Assistance",
}
AGENCY_WORDS: Mapping[str, str] = {
    "police": "Police",
    "prosecutor": "Prosecutor",
    "court": "Court",
    "tax": "Tax",
    "financial_intelligence": "Financial intelligence",
    "regulator": "Regulator",
}
_TEXTS = {
    "request_id": "Request",
    "officer": "Officer",
    "reference": "Their number",
    "legal_basis": "Legal basis",
    "channel": "Came by",
    "case_id": "Case",
}
_TIMES = {"due_at": "Due", "received_at": "Received", "answered_at": "Answered"}
_SAID: Mapping[str, Mapping[str, str]] = {
    "request_class": CLASS_WORDS,
    "agency_kind": AGENCY_WORDS,
    "status": STATUS_WORDS,
    "outcome": STATUS_WORDS,
}
_SAID_LABELS = {
    "request_class": "Class",
    "agency_kind": "Kind of authority",
    "status": "Status",
    "outcome": "Outcome",
}
# In the order of the list; what is beyond these is in the export and on the request's own page.
LIST_ORDER = (
    "clock",
    "hours_left",
    "marks",
    "request_id",
    "request_class",
    "agency",
    "country",
    "status",
    "authenticity",
    "accounts",
    "received_at",
)
ENDED_ORDER = (
    "request_id",
    "request_class",
    "agency",
    "country",
    "outcome",
    "clock",
    "hours_taken",
    "accounts",
    "marks",
    "received_at",
    "answered_at",
)


def request_class(name: str) -> str:
    """Say the class of a request."""
    return CLASS_WORDS.get(name, words.spoken(name))


def agency_kind(name: str | None) -> str:
    """Say what kind of authority it is."""
    return AGENCY_WORDS.get(name or "", words.spoken(name))


def status(name: str | None) -> str:
    """Say a status or an outcome of a request."""
    return STATUS_WORDS.get(name or "", words.spoken(name))


def is_ended(name: str) -> bool:
    """Answer whether a status of the list means requests that have ended."""
    return name == "ended" or name in OUTCOMES


def clock_of(state: RequestState, now: datetime) -> str:
    """Return how a clock stands, by the names of CLOCKS, at the data's `now`, naive UTC."""
    standing = clock_state(state, now)
    if state.answered_at is None:
        return standing
    return "answered_late" if standing == "breached" else "answered_in_time"


def time_left(due_at: datetime, now: datetime) -> str:
    """Say how long an open request has, or by how much it is late."""
    apart = due_at - now
    return f"{duration(apart)} left" if apart > timedelta() else f"{duration(-apart)} over"


def columns(unit: str) -> dict[str, Any]:
    """Return how columns of requests look in a table; times are in the viewer's zone."""
    config = st.column_config
    zone = st.context.timezone or "UTC"
    said = local_time(datetime(2025, 7, 1), zone).rpartition("(")[2].rstrip(")")
    return {
        **known_columns(unit),
        **{name: config.TextColumn(label) for name, label in _TEXTS.items()},
        **{
            name: config.SelectboxColumn(_SAID_LABELS[name], options=list(known), format_func=_saying(known))
            for name, known in _SAID.items()
        },
        **{
            name: config.DatetimeColumn(f"{label} ({said})", format="YYYY-MM-DD HH:mm", timezone=zone)
            for name, label in _TIMES.items()
        },
        "clock": config.MultiselectColumn(
            "Clock",
            options=list(CLOCKS),
            color=[CLOCK_BADGES[name] for name in CLOCKS],
            format_func=_saying(CLOCKS),
        ),
        "agency": config.TextColumn("Who asks", width=252),
        "hours_left": config.NumberColumn("Hours left", format="%.1f", help="Below zero: late by so much"),
        "hours_taken": config.NumberColumn("Hours taken", format="%.1f"),
        "authenticity": config.ProgressColumn(
            "Authenticity", format="percent", min_value=0, max_value=1, help="From forged to genuine"
        ),
        "marks": config.MultiselectColumn(
            "Marks",
            options=list(MARKS),
            color=["red", "violet"],
            format_func=_saying(MARKS),
            help="Doubtful: more likely forged than genuine, or somebody says so. Secret: the customer must "
            "not learn of it.",
        ),
        "country": config.SelectboxColumn(
            "Country", options=words.country_codes(), format_func=_country, width=112
        ),
        "is_narrowed": config.CheckboxColumn("Narrowed"),
        "missing": config.ListColumn("Checks not passed"),
        "account_ids": config.ListColumn("Which accounts"),
    }


def _country(alpha2: object) -> str:
    return words.country(str(alpha2))


def _saying(known: Mapping[str, str]) -> Any:
    return lambda name: known.get(str(name), words.spoken(str(name)))
