"""How the columns of freezes look in tables: words of the room, amounts in the store's unit, times local."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

import streamlit as st

from dashboard.columns import SPOKEN_PIXELS, columns
from dashboard.formats import local_time
from dashboard.questions.freezes import ALARMS, APPEALS, KINDS, PLACES, STATUSES
from dashboard.questions.words import region, region_slugs

# The longest alarm, in the font of tables.
ALARM_PIXELS = 132
AMOUNTS = {
    "stopped": "Stopped now",
    "asked": "In all",
    "released": "Released",
    "released_before": "Before",
    "seized": "Handed over",
    "placed": "Frozen",
    "placed_before": "Before",
    "wrongful_value": "Wrongful value",
    "entry": "Entry",
    "balance": "Place holds",
    "running_sum": "Running sum",
    "total": "Sum",
    "held": "Held",
    "ordered": "Ordered",
    "available": "Available",
    "mistaken": "Mistaken",
    "recovered": "Recovered",
}
TIMES = {
    "due_at": "Due",
    "opened_at": "Opened",
    "done_at": "When",
    "expires_at": "Ends by itself",
    "review_by": "Review by",
}
TEXTS = {
    "freeze_id": "Freeze",
    "case_id": "Case",
    "request_id": "Request",
    "transfer_id": "Transfer",
    "object_id": "Because of",
    "object_kind": "Kind",
    "actor": "By",
    "role": "Role",
    "approval_id": "Approval",
    "reason": "Reason",
    "action": "What",
}
COUNTS = {
    "freezes": "Freezes",
    "wrongful": "Wrongful",
    "wrongful_before": "Before",
    "transfers": "Transfers",
}
SPOKEN: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "freeze_kind": ("Kind", KINDS),
    "freeze_status": ("Status", STATUSES),
    "alarm": ("Alarm", ALARMS),
    "appeal": ("Appeal", APPEALS),
    "place": ("Place", PLACES),
    "source": ("From", PLACES),
    "target": ("To", PLACES),
}


def look(unit: str) -> Mapping[str, Any]:
    """Return Streamlit's column_config for the tables of freezes; amounts are in `unit`."""
    config, zone = st.column_config, st.context.timezone or "UTC"
    spoken = {
        name: config.SelectboxColumn(
            label,
            options=list(said),
            format_func=partial(_said, said),
            width=ALARM_PIXELS if name == "alarm" else SPOKEN_PIXELS,
        )
        for name, (label, said) in SPOKEN.items()
    }
    return {
        **columns(unit),
        **{name: config.TextColumn(label) for name, label in TEXTS.items()},
        **{
            name: config.NumberColumn(label, format="localized", help=f"In {unit}")
            for name, label in AMOUNTS.items()
        },
        **{name: config.NumberColumn(label, format="localized") for name, label in COUNTS.items()},
        **{
            name: config.DatetimeColumn(f"{label} ({_zone(zone)})", format="YYYY-MM-DD HH:mm", timezone=zone)
            for name, label in TIMES.items()
        },
        **spoken,
        "region": config.SelectboxColumn("Region", options=region_slugs(), format_func=_region),
        "hours_open": config.NumberColumn("Hours", format="localized", help="Hours since it was stopped"),
        "hours": config.NumberColumn(
            "Median hours", format="%.1f", help="Until a wrongful freeze was given back"
        ),
        "hours_before": config.NumberColumn("Before", format="%.1f"),
        "is_wrongful": config.CheckboxColumn("Wrongful"),
        "is_secret": config.CheckboxColumn("Secret"),
    }


def _said(said: Mapping[str, str], name: object) -> str:
    return said.get(str(name), str(name))


def _region(slug: object) -> str:
    return region(str(slug))


def _zone(zone: str) -> str:
    return local_time(datetime(2025, 7, 1), zone).rpartition("(")[2].rstrip(")")
