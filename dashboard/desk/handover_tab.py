"""The handover at shift end: what changed, what is open, what breaches next, what went wrong, in one page."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from dashboard import state, tables
from dashboard.desk.handing_over import draw_handing_over
from dashboard.desk.measure_parts import case_columns
from dashboard.desk.scene import DeskScene
from dashboard.desk.shift_figures import draw_figures
from dashboard.desk_records import desk_records
from dashboard.questions import shifts
from dashboard.questions.shifts import Asking
from dashboard.tables import Asked, Row
from desk.channels.in_force import channels_in_force
from desk.channels.model import Channel
from desk.handover.shifts import ShiftWindow, shifts_until
from desk.handover.text import AHEAD_HOURS

# Two days of a desk with three shifts.
_OFFERED = 6
_URL_TIME = "%Y-%m-%dT%H:%M"
_ORDER = ["due_at", "case_id", "severity", "kind", "minutes_left", "expected_loss", "who"]


def draw(scene: DeskScene) -> None:
    """Draw the handover of the chosen channel and shift."""
    asking = _chosen(scene)
    if asking is None:
        return
    found = shifts.snapshot(asking, scene.known.money_unit)
    draw_figures(asking, found)
    left, right = st.columns([1.25, 1], gap="small")
    with left, st.container(border=True, key="card_shift_soon", height="stretch"):
        st.markdown(f"**Breach in the next {AHEAD_HOURS} hours**")
        _draw_cases(
            scene,
            shifts.standing_asked(asking, "soon"),
            "shift_soon",
            f"No open case of this channel is due in the next {AHEAD_HOURS} hours.",
        )
    with right, st.container(border=True, key="card_shift_breached", height="stretch"):
        st.markdown("**Breached in this shift**")
        _draw_cases(scene, shifts.breached_asked(asking), "shift_breached", "No case breached in this shift.")
    draw_handing_over(scene, asking, found)


def _chosen(scene: DeskScene) -> Asking | None:
    channels = channels_in_force().channels
    default = scene.region if scene.region in channels else None
    with st.container(horizontal=True, vertical_alignment="center", key="shift_head"):
        slug = state.pick(
            "Channel",
            list(channels),
            name="channel",
            default=default,
            words=lambda name: channels[name].title,
            show_label=False,
        )
        if slug is None:
            st.caption("No channel is configured.")
            return None
        channel = channels[slug]
        offered = {f"{one.starts:{_URL_TIME}}": one for one in shifts_until(channel, scene.now, _OFFERED)}
        if not offered:
            st.caption(f"{channel.title} has had no shift in the last two months.")
            return None
        chosen = state.pick(
            "Shift",
            list(offered),
            name="shift",
            words=lambda name: _said(channel, offered[name], scene.now),
            show_label=False,
        )
    shift = offered[chosen or next(iter(offered))]
    return Asking(channel, shift, scene.now, desk_records().clock())


def _said(channel: Channel, shift: ShiftWindow, now: datetime) -> str:
    running = ", running" if shift.is_running(now) else ""
    return f"{shift.name.capitalize()}, {shift.in_words(channel)}{running}"


def _draw_cases(scene: DeskScene, asked: Asked, key: str, empty: str) -> None:
    def opened(row: Row) -> None:
        state.go_later("case", case=str(row["case_id"]))

    tables.show(
        asked,
        key=key,
        columns={
            **case_columns(scene.known.money_unit),
            "minutes_left": st.column_config.NumberColumn("Minutes left", format="localized"),
            "who": st.column_config.TextColumn("With"),
        },
        order=_ORDER,
        height=240,
        on_pick=opened,
        empty=empty,
    )
