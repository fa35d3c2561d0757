"""What the alerts are to the desk of the area: by shift against capacity, and how many are seen in time."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.charts.draw import draw as draw_chart
from dashboard.charts.shifts import Shift, shifts
from dashboard.formats import percent
from dashboard.lab.scene import LabScene, desk_text
from dashboard.questions.lab import Found
from scoring.lab.service import SHIFTS, Desk


def draw(scene: LabScene, answer: Found) -> None:
    """Draw alerts a shift, the service level of both policies, and who is on duty."""
    st.markdown("**The desk**")
    now, then = answer.backtest.present_desk, answer.backtest.draft_desk
    capacity = scene.desk.capacity()
    found = [
        Shift(name, *mean_most, room)
        for name, mean_most, room in zip(SHIFTS, _loads(answer), capacity, strict=True)
    ]
    draw_chart(shifts(found, scene.palette), key="lab_shifts")
    st.markdown(
        f"**{percent(then.service_level)}** of alerts are looked at within {scene.desk.target_minutes:g} "
        f"minutes (now {percent(now.service_level)}); {percent(then.over)} of shifts get more than they can "
        f"look at (now {percent(now.over)})."
    )
    with st.expander("Who is on duty"):
        _draw_desk(scene)
    st.caption("One desk for the area, in shifts of its own time; alerts are taken in the order they come.")


def _loads(answer: Found) -> list[tuple[float, float, int, int]]:
    """Answer mean alerts now and then, and the busiest of each, by shift."""
    now, then = answer.backtest.present_desk.per_shift, answer.backtest.draft_desk.per_shift
    return [(a[0], b[0], a[1], b[1]) for a, b in zip(now, then, strict=True)]


def _draw_desk(scene: LabScene) -> None:
    with st.form("lab_desk", border=False):
        columns = st.columns(5, gap="small")
        people = [
            column.number_input(
                name.split(",", 1)[0].capitalize(), 0, 99, value=usual, key=f"lab_people_{name}"
            )
            for column, name, usual in zip(columns[:3], SHIFTS, scene.desk.operators, strict=True)
        ]
        minutes = columns[3].number_input(
            "Minutes an alert", 1.0, 480.0, value=scene.desk.minutes_per_alert, key="lab_minutes"
        )
        target = columns[4].number_input(
            "Target, minutes", 0.0, 1440.0, value=scene.desk.target_minutes, key="lab_target"
        )
        if st.form_submit_button("Count again"):
            night, day, evening = people
            state.change(desk=desk_text(Desk((night, day, evening), minutes, target)))
            st.rerun()
