"""The parts of the Explanations page: the facts of one event, its run-up and its capture signals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any

import streamlit as st

from dashboard import state, theme
from dashboard.case.links import event_button
from dashboard.facts import Facts
from dashboard.formats import duration, literal, money, percent
from dashboard.questions.explanations import Event, Importance, Slice
from dashboard.questions.words import ACTS, MODELS, decision, kind, spoken
from dashboard.questions.words import country as country_name
from dashboard.questions.words import region as region_name
from dashboard.questions.words import score as score_words
from dashboard.viewer import local

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
    "prompts_obeyed": ("Prompts followed", "%"),
    "prompt_delay_ms": ("Prompt delay", "ms"),
    "gyro_motion": ("Device motion", "degrees a second"),
    "media_score": ("Kit's media score", ""),
}


def event_title(event: Event) -> str:
    """Say the decision, the score and the strongest reason in one sentence."""
    why = f": {event.sentence}" if event.sentence else ""
    return f"{decision(event.decision)} at {score_words(event.score)}{why}"


def model_title(strongest: Importance, chosen: Slice) -> str:
    """Say which reason moves scores most, by how much, over how many events."""
    where = f" in {region_name(chosen.region)}" if chosen.region else ""
    return (
        f"{spoken(strongest.reason)} moves {MODELS[chosen.model].lower()} scores most: "
        f"{100 * strongest.mean:.2g} points on average over {strongest.events:,} sampled events "
        f"of {chosen.period.name}{where}"
    )


def draw_event(event: Event, known: Facts) -> None:
    """Draw what the event was, who did it, and which model and policy decided."""
    st.button(
        f"Account {literal(event.account_id)}",
        key="event_account",
        icon=":material/person_search:",
        shortcut="A",
        on_click=state.go_later,
        args=("accounts",),
        kwargs={"account": event.account_id, "event": event.event_id},
        width="stretch",
    )
    if event.model == "liveness":
        st.button(
            "Identity check",
            key="event_check",
            icon=":material/badge:",
            shortcut="I",
            on_click=state.go_later,
            args=("check",),
            kwargs={"check": event.event_id},
            width="stretch",
        )
    event_button(event.event_id)
    rows = {
        "Event": event.event_id,
        "Kind": kind(event.kind),
        "Outcome": spoken(event.outcome) if event.outcome else "",
        "When": local(event.occurred_at),
        **_money_facts(event, known.money_unit),
        "Device": event.device_id or "",
        "Network": " · ".join(part for part in (event.ip, event.network_country, event.network_kind) if part),
        "Country": country_name(event.country) if event.country else "",
        "Decision": f"{decision(event.decision)}, threshold {percent(event.threshold, 1)}{_taken_by(event)}",
        "Model": f"{event.model_version}{', trained on this time' if event.is_in_training else ''}",
        "Policy": event.policy_version,
    }
    st.html(facts_table({name: value or "not known" for name, value in rows.items()}))


def _taken_by(event: Event) -> str:
    """Say what decided where it was not the score alone."""
    if event.act is None:
        return ""
    return f"; {decision(event.by_score).lower()} by the score alone, {ACTS[event.act]}"


def _money_facts(event: Event, unit: str) -> dict[str, str]:
    """Return amount and other side of a transaction; other events have neither."""
    if event.stream != "transaction":
        return {}
    return {
        "Amount": money(event.amount, unit) if event.amount is not None else "",
        "Counterparty": event.counterparty or "",
    }


def draw_before(event: Event, rows: Sequence[Mapping[str, Any]], unit: str) -> None:
    """Draw what the account did in the run-up to the event, this event marked."""
    body = "".join(
        f'<tr class="{"this" if row["event_id"] == event.event_id else ""}">'
        f"<td>{escape(_ago(event, row['occurred_at']))}</td><td>{escape(kind(row['kind']))}</td>"
        f"<td>{escape(money(row['amount'], unit)) if row['amount'] is not None else ''}</td>"
        f"<td>{escape(decision(row['decision']))}</td></tr>"
        for row in rows
    )
    st.html(f'<table class="wf-facts before"><tbody>{body}</tbody></table>')


def _ago(event: Event, moment: datetime) -> str:
    span = event.occurred_at - moment
    return f"{duration(span)} before" if span else "this instant"


def draw_signals(signals: Mapping[str, Any]) -> None:
    """Draw what the camera reported, each signal with its unit; the unknown ones say so."""
    rows = {}
    for name, (label, unit) in SIGNALS.items():
        value = signals.get(name)
        shown = 100.0 * value if unit == "%" and value is not None else value
        rows[label] = "not known" if value is None else f"{_written(shown)} {unit}".strip()
    names = list(rows)
    half = (len(names) + 1) // 2
    for column, chosen in zip(st.columns(2, gap="medium"), (names[:half], names[half:]), strict=True):
        column.html(facts_table({name: rows[name] for name in chosen}))


def draw_swarm_legend(palette: theme.Palette) -> None:
    """Draw what the colours of the dots mean."""
    st.html(
        '<div class="wf-legend"><span>low value</span>'
        f'<i style="background:linear-gradient(90deg,{",".join(palette.diverging)})"></i>'
        "<span>high value among its like; a dot opens its event</span></div>"
    )


def facts_table(rows: Mapping[str, str]) -> str:
    """Return names and values as an HTML table, long values cut by the card and whole on hover."""
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td title="{escape(value)}">{escape(value)}</td></tr>'
        for name, value in rows.items()
    )
    return f'<table class="wf-facts pairs"><tbody>{body}</tbody></table>'


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return spoken(value) if isinstance(value, str) else str(value)
