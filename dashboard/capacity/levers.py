"""What is tried: the channel, its alert budget, and the seats of each shift, all kept in the address."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.desk.scene import DeskScene
from dashboard.questions import capacity
from desk.capacity.setting import BUDGETS, Setting
from desk.channels.model import Shift

# From today's seats so many fewer and more can be tried.
FEWER, MORE = 3, 4


def draw(scene: DeskScene, channels: list[str]) -> Setting:
    """Draw the levers and answer what they say."""
    first = scene.region if scene.region in channels else channels[0]
    named = state.current().channel
    shifts = capacity.channel(named if named in channels else first).shifts
    with st.container(border=True, key="card_capacity_levers"):
        columns = st.columns([1.5, 1.6, *[1.0] * len(shifts)], gap="medium", vertical_alignment="bottom")
        with columns[0]:
            channel = state.pick(
                "Channel",
                channels,
                name="channel",
                default=first,
                words=lambda name: capacity.channel(name).title,
            )
        with columns[1]:
            budget = state.pick(
                "Alert budget, against today",
                [f"{one:g}" for one in BUDGETS],
                name="budget",
                default="1",
                words=budget_words,
                style="slider",
            )
        setting = capacity.setting_of(channel or first, budget, state.current().staff)
        change = dict(setting.change)
        for column, shift in zip(columns[2:], shifts, strict=True):
            with column:
                _seats(shift, change)
    return setting


def budget_words(text: str) -> str:
    """Say a budget: `today`, `2x`."""
    return "today" if text == "1" else f"{text}\u00d7"


def _seats(shift: Shift, change: dict[str, int]) -> None:
    """Draw the seats of one shift; what is chosen is written into the address."""
    key = f"capacity_seats_{shift.name}"
    options = list(range(max(0, shift.seats - FEWER), shift.seats + MORE + 1))
    st.session_state[key] = min(max(shift.seats + change.get(shift.name, 0), options[0]), options[-1])

    def write() -> None:
        by = {**change, shift.name: int(st.session_state[key]) - shift.seats}
        text = Setting("", change=tuple(by.items())).staff
        state.change(staff=text or None)

    st.select_slider(
        f"{shift.name.capitalize()} {shift.hours}",
        options,
        format_func=lambda seats: f"{seats}" if seats != shift.seats else f"{seats} today",
        key=key,
        on_change=write,
    )
