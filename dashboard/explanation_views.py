"""The parts of the Explanations page: the facts of one event, its capture signals, and the picks on charts."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from dashboard import state
from dashboard.account_views import event_in_words
from dashboard.facts import Facts
from dashboard.formats import local_time, money, percent
from dashboard.questions.explanations import Event
from dashboard.questions.words import country as country_name
from dashboard.questions.words import decision, kind, spoken

SIGNALS: Mapping[str, tuple[str, str]] = {
    "purpose": ("Purpose", ""),
    "vendor_outcome": ("Capture kit", ""),
    "is_virtual_camera": ("Virtual camera", ""),
    "is_emulator": ("Emulator", ""),
    "frame_jitter_ms": ("Frame jitter", "ms"),
    "sensor_noise": ("Sensor noise", "grey levels"),
    "frame_rate": ("Frame rate", "a second"),
    "frame_height": ("Frame height", "px"),
    "attempt": ("Attempt", ""),
    "duration_seconds": ("Duration", "s"),
    "prompts_obeyed": ("Prompts followed", "share"),
    "prompt_delay_ms": ("Prompt delay", "ms"),
    "gyro_motion": ("Device motion", "degrees a second"),
    "media_score": ("Kit's media score", ""),
}


def event_title(event: Event) -> str:
    """Say the decision, the score and the strongest reason in one sentence."""
    why = f": {event.sentence}" if event.sentence else ""
    return f"{decision(event.decision)} at {percent(event.score, 1)}{why}"


def draw_event(event: Event, known: Facts) -> None:
    """Draw what the event was, who did it, and which model and policy decided."""
    st.button(
        f"Account {event.account_id}",
        key="event_account",
        icon=":material/person_search:",
        shortcut="A",
        on_click=state.go_later,
        args=("accounts",),
        kwargs={"account": event.account_id, "event": event.event_id},
        width="stretch",
    )
    rows = {
        "Event": event.event_id,
        "Kind": kind(event.kind),
        "Outcome": spoken(event.outcome) if event.outcome else "",
        "When": local_time(event.occurred_at, st.context.timezone),
        "Amount": money(event.amount, known.money_unit) if event.amount is not None else "",
        "Counterparty": event.counterparty or "",
        "Device": event.device_id or "",
        "Network": " · ".join(part for part in (event.ip, event.network_country, event.network_kind) if part),
        "Country": country_name(event.country) if event.country else "",
        "Decision": f"{decision(event.decision)}, threshold {percent(event.threshold, 1)}",
        "Model": f"{event.model_version}{', trained on this time' if event.is_in_training else ''}",
        "Policy": event.policy_version,
    }
    st.html(facts_table({name: value or "not known" for name, value in rows.items()}))


def draw_signals(signals: Mapping[str, Any]) -> None:
    """Draw what the camera reported, each signal with its unit; the unknown ones say so."""
    rows = {}
    for name, (label, unit) in SIGNALS.items():
        value = signals.get(name)
        rows[label] = "not known" if value is None else f"{_written(value)} {unit}".strip()
    st.html(facts_table(rows))


def facts_table(rows: Mapping[str, str]) -> str:
    """Return names and values as an HTML table, long values cut by the card and whole on hover."""
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td title="{escape(value)}">{escape(value)}</td></tr>'
        for name, value in rows.items()
    )
    return f'<table class="wf-facts pairs"><tbody>{body}</tbody></table>'


def event_clicked(key: str) -> str | None:
    """Return the id of the event whose dot was clicked in the chart under `key`."""
    return chart_data(key, 0)


def chart_data(key: str, place: int | None = None) -> str | None:
    """Return the custom data of the point that was clicked, or its part at `place`; None when none was."""
    chosen = (st.session_state.get(key) or {}).get("selection", {}).get("points", [])
    if not chosen:
        return None
    data = chosen[0].get("customdata")
    if place is not None and isinstance(data, (list, tuple)):
        data = data[place]
    return None if data is None else str(data)


def caption_of(event: Event, unit: str) -> str:
    """Say the event in a line below its title."""
    return event_in_words(event, unit)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3g}"
    return spoken(value) if isinstance(value, str) else str(value)
