"""What the desk is measured by: six cards, the weeks, the hours, a table by any cut, and second looks."""

from __future__ import annotations

import streamlit as st

from dashboard import drawer, state, tables, theme
from dashboard.charts.draw import draw as draw_chart
from dashboard.charts.trend import Line, trend
from dashboard.charts.week_hours import week_hours
from dashboard.desk.measure_cards import (
    beside,
    change_words,
    draw_cards,
    figure_of,
    number_words,
)
from dashboard.desk.measure_parts import draw_parts
from dashboard.desk.scene import DeskScene
from dashboard.desk.second_looks import draw_second_looks
from dashboard.formats import counted
from dashboard.measures.desk.declared import BY_NAME, CARDS, DESK_MEASURES
from dashboard.questions import desk_measures, desk_moments
from dashboard.questions.desk_measures import DeskReading, DeskWindow
from dashboard.questions.period import shown_period
from dashboard.questions.words import region as region_name

_WHICH = {desk_moments.ARRIVALS: "Arrivals", desk_moments.BREACHES: "Breaches"}
_NOUNS = {desk_moments.ARRIVALS: "cases opened", desk_moments.BREACHES: "cases breached"}


def draw(scene: DeskScene) -> None:
    """Draw the tab for the header's period and region."""
    window = DeskWindow(shown_period(state.current().period, scene.known), scene.now, scene.region)
    found = desk_measures.readings(window)
    if not any(reading.now.rows or reading.before.rows for reading in found.values()):
        st.caption(
            f"No case of {region_name(scene.region)} was opened, worked or closed in {window.period.name} or "
            "in the quarter before. Choose another period or region."
        )
        return
    draw_cards(tuple(found[measure.name] for measure in CARDS), window, scene.actor)
    _draw_lapsed(found["desk_lapsed"], window, scene)
    chosen = desk_measures.named(state.current().measure)
    left, right = st.columns([1.25, 1], gap="small")
    with left, st.container(border=True, key="card_desk_trend", height="stretch"):
        _draw_trend(scene, window, found[chosen.name])
    with right, st.container(border=True, key="card_desk_hours", height="stretch"):
        _draw_hours(window)
    with st.container(border=True, key="card_desk_parts"):
        draw_parts(scene, window, chosen)
    draw_second_looks(scene, window)


def _draw_lapsed(lapsed: DeskReading, window: DeskWindow, scene: DeskScene) -> None:
    """Say how many cases are in none of the times, because no record says how they were worked."""
    if not lapsed.now.rows:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="desk_lapsed"):
        st.caption(
            f"Besides, {counted(lapsed.now.rows, 'case')} lapsed in {window.period.name}: no record says "
            "that anybody looked, so they are in none of these times.",
            width="stretch",
        )
        drawer.button(figure_of(lapsed, window, scene.actor), key="desk_lapsed_rows")


def _draw_trend(scene: DeskScene, window: DeskWindow, reading: DeskReading) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="desk_trend_head"):
        state.pick(
            "Measure",
            list(BY_NAME),
            name="measure",
            default=DESK_MEASURES[0].name,
            words=lambda name: BY_NAME[name].title,
            show_label=False,
        )
        drawer.button(figure_of(reading, window, scene.actor), key="desk_trend")
    measure = reading.measure
    size, detail = change_words(reading, window)
    st.caption(
        f"{number_words(measure, reading.now)} in {window.period.name}, "
        f"{number_words(measure, reading.before)} in {window.period.base_name}. "
        f"{size} {detail}. {beside(reading)}."
    )
    if len(reading.weeks) < 2:
        st.caption("It has no line of weeks: it is measured at the end of a quarter, or there is too little.")
        return
    line = Line(
        region_name(window.region),
        tuple(week for week, _ in reading.weeks),
        tuple(100 * value if measure.unit == "share" else value for _, value in reading.weeks),
    )
    drawn = trend(
        [line], line.name, measure.title, theme.current(), split=window.period.starts.date(), height=190
    )
    drawn.figure["layout"]["xaxis"]["tickformat"] = "%d %b"
    if measure.unit == "share":
        drawn.figure["layout"]["yaxis"]["ticksuffix"] = " %"
    draw_chart(drawn, key="desk_trend_chart")


def _draw_hours(window: DeskWindow) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="desk_hours_head"):
        st.markdown("**Local hour and weekday**", width="stretch")
        which = state.pick(
            "Of what",
            list(_WHICH),
            name="stage",
            words=lambda name: _WHICH[name],
            style="segments",
            show_label=False,
        )
    chosen = which or desk_moments.ARRIVALS
    cells = desk_moments.by_hour(window, chosen)
    if not cells:
        st.caption(f"No {_NOUNS[chosen]} in {window.period.name}.")
        return
    draw_chart(week_hours(cells, _NOUNS[chosen], theme.current(), height=190), key="desk_hours_chart")
    tables.downloads_of(desk_moments.hours_asked(window, chosen), key="desk_hours_rows")
    st.caption(
        f"{counted(sum(cells.values()), 'case')}, in the hours of each channel's own zone, daylight saving "
        "as it was on the day."
    )
