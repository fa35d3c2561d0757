"""How a chart comes onto the screen: in the house's template, with its words, and its points to click."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st
from plotly.basedatatypes import BaseFigure

from dashboard import theme
from dashboard.charts.figure import Chart, Part


def _keep(self: Any, description: Part) -> None:
    self._description = description


# Streamlit checks a dictionary by building graph objects of all of it, and takes a figure at its word.
# Made by `type`, because plotly has no types that a class could be declared from.
Checked = type("Checked", (BaseFigure,), {"__init__": _keep, "to_dict": lambda self: self._description})


def draw(chart: Chart, *, key: str, on_pick: Callable[[str], None] | None = None) -> None:
    """Draw `chart`; a click on a point calls `on_pick` with the point's own name (its first custom data)."""
    config = dict(theme.CHART_CONFIG)
    figure = Checked(chart.figure)
    if on_pick is None:
        st.plotly_chart(figure, key=key, theme=None, config=config, alt=chart.alt)
        return

    def picked() -> None:
        name = picked_name(st.session_state.get(key))
        if name is not None:
            on_pick(name)

    st.plotly_chart(
        figure,
        key=key,
        theme=None,
        config=config,
        alt=chart.alt,
        on_select=picked,
        selection_mode="points",
    )


def picked_name(state: object) -> str | None:
    """Return the name of the first point chosen in what Streamlit keeps of a chart; None for none."""
    selection = state.get("selection") if isinstance(state, dict) else None
    points = selection.get("points") if isinstance(selection, dict) else None
    if not points:
        return None
    data = points[0].get("customdata")
    if isinstance(data, list | tuple):
        data = data[0] if data else None
    return None if data is None else str(data)
