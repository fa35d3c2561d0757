"""The weeks after a roll-out: alerts, loss caught and wrongful holds as they are foretold, with intervals."""

from __future__ import annotations

from datetime import date, timedelta

import streamlit as st

from dashboard.charts.draw import draw as draw_chart
from dashboard.charts.weeks_ahead import Ahead, weeks_ahead
from dashboard.formats import compact, percent
from dashboard.lab.scene import LabScene
from dashboard.questions.lab import Found
from scoring.lab.forecast import FEWEST_WEEKS, FORETOLD, Forecast
from scoring.lab.outcomes import OUTCOMES, WEEK

TITLES = {outcome.name: outcome.title for outcome in OUTCOMES}


def draw(scene: LabScene, answer: Found) -> None:
    """Draw one small chart an outcome."""
    starts = scene.trial.starts_at
    st.markdown(f"**If it began on {starts:%d %B %Y}**")
    told = answer.forecast
    if told is None:
        st.caption(f"Fewer than {FEWEST_WEEKS} whole weeks lie before that day: nothing can be foretold.")
        return
    for column, name in zip(st.columns(len(FORETOLD), gap="medium"), FORETOLD, strict=True):
        with column:
            st.caption(_title(scene, told, name))
            draw_chart(weeks_ahead(ahead_of(told, name), scene.palette), key=f"lab_foretold_{name}")
    st.caption(
        f"Bands are 90 % intervals, from {told.weeks_seen} weeks before that day as known then. Loss "
        "and wrongful holds are as known 30 days after each week. Loss is made of few large crimes: its band "
        "is wide, and no amount is cut off."
    )


def _title(scene: LabScene, told: Forecast, name: str) -> str:
    first = told.by_name[name][0]
    unit = f" {scene.unit}" if name == "loss_caught" else ""
    width = "" if first.width == float("inf") else f", width {percent(first.width)} of it"
    return f"{TITLES[name]}: {compact(round(first.value))}{unit} in the first week{width}"


def ahead_of(told: Forecast, name: str, happened: tuple[float, ...] = ()) -> Ahead:
    """Return what the chart of an outcome draws."""
    start: date = told.starts_at.date()
    past = told.past[name]
    weeks = told.by_name[name]
    return Ahead(
        title=TITLES[name],
        past=tuple((start - (len(past) - place) * WEEK, value) for place, value in enumerate(past)),
        weeks=tuple(start + timedelta(days=7 * place) for place in range(len(weeks))),
        values=tuple(week.value for week in weeks),
        lows=tuple(week.low for week in weeks),
        highs=tuple(week.high for week in weeks),
        happened=happened,
    )
