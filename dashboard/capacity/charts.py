"""Three charts: the queue over the day, seats against breaches, thresholds against loss and holds."""

from __future__ import annotations

import streamlit as st

from dashboard import state, theme
from dashboard.capacity.levers import budget_words
from dashboard.charts.draw import draw as draw_chart
from dashboard.charts.queue_day import queue_day
from dashboard.charts.tried import Axes, Dot, tried
from dashboard.questions import capacity
from dashboard.questions.capacity import Tried
from desk.capacity.answers import Answer, Estimate
from desk.capacity.setting import BUDGETS


def draw(today: Answer, now_tried: Answer, palette: theme.Palette) -> None:
    """Draw the three beside each other; a click on a dot sets the sliders."""
    beforehand = capacity.tried(now_tried.setting.channel)
    left, middle, right = st.columns([1.15, 1, 1], gap="small")
    with left, st.container(border=True, key="card_capacity_day", height="stretch"):
        zone = capacity.channel(now_tried.setting.channel).zone
        st.markdown("**The queue over the day**")
        draw_chart(queue_day(now_tried.hours, today.hours, palette), key="capacity_day")
        st.caption(f"Local hours, {zone.replace('_', ' ')}; cases nobody has begun.")
    with middle, st.container(border=True, key="card_capacity_seats", height="stretch"):
        st.markdown("**Seats and breaches**")
        dots = _staff_dots(beforehand, now_tried)
        axes = Axes("one change of seats", "chance of breach", y_format=".1f", y_suffix=" %")
        draw_chart(tried(dots, axes, palette, is_joined=False), key="capacity_seats", on_pick=_pick)
        st.caption("Each dot was simulated, with its 90 % interval; click one to try it.")
    with right, st.container(border=True, key="card_capacity_budget", height="stretch"):
        st.markdown("**Loss and wrongful holds**")
        dots = _budget_dots(beforehand, now_tried)
        axes = Axes("wrongful holds a week", "loss missed a week", x_format="~s")
        draw_chart(tried(dots, axes, palette, is_joined=True), key="capacity_budget", on_pick=_pick)
        st.caption("Alert budgets with today's staff; click one to try it.")


def _staff_dots(beforehand: list[Tried], now_tried: Answer) -> list[Dot]:
    staffed = [one for one in beforehand if BUDGETS[one.setting.budget] == 1]
    staffed.sort(key=lambda one: (sum(by for _, by in one.setting.change), one.setting.staff))
    shown = [_dot(one, one.setting.staff or "today", one.chance, now_tried) for one in staffed]
    if not any(dot.role == "tried" for dot in shown) and not now_tried.setting.is_today:
        mine = now_tried.setting
        figure = now_tried.figure("chance")
        shown.append(Dot("tried", _pick_of(mine.staff, mine.budget), "tried", *_percents(figure), "tried"))
    return shown


def _dot(one: Tried, x: str, figure: Estimate, now_tried: Answer) -> Dot:
    role = "tried" if one.setting == now_tried.setting else "today" if one.setting.is_today else "other"
    if one.setting.is_today:
        role = "today"
    return Dot(x, _pick_of(one.setting.staff, one.setting.budget), x, *_percents(figure), role)


def _percents(figure: Estimate) -> tuple[float, float, float]:
    # The mean of few cases can lie outside of the middle nine tenths.
    low, high = min(figure.low, figure.value), max(figure.high, figure.value)
    return 100 * figure.value, 100 * low, 100 * high


def _budget_dots(beforehand: list[Tried], now_tried: Answer) -> list[Dot]:
    dots = []
    for one in beforehand:
        if one.setting.change:
            continue
        role = "today" if one.setting.is_today else "other"
        if one.setting.budget == now_tried.setting.budget and not one.setting.is_today:
            role = "tried"
        name = budget_words(f"{BUDGETS[one.setting.budget]:g}")
        pick = _pick_of(now_tried.setting.staff, one.setting.budget)
        dots.append(Dot(name, pick, one.wrongful, one.missed, one.missed, one.missed, role))
    return dots


def _pick_of(staff: str, place: int) -> str:
    return f"{staff}|{BUDGETS[place]:g}"


def _pick(name: str) -> None:
    staff, _, budget = name.partition("|")
    state.change(staff=staff or None, budget=None if budget == "1" else budget)
