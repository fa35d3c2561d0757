"""Counts over time as areas on top of each other, one a name, and a line where the period starts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from dashboard import theme
from dashboard.charts.figure import Part, figure_of, upright


def stacked_areas(
    days: Sequence[date],
    areas: Mapping[str, Sequence[int]],
    palette: theme.Palette,
    height: int,
    *,
    split: date,
    first_colour: int = 0,
    shape: Literal["linear", "hv"] = "linear",
) -> Part:
    """Return the figure of `areas` (name to a count on each of `days`); `split` starts the period.

    `first_colour` keeps the colours of two charts apart; with the shape `hv` a count holds until the next.
    """
    colours = palette.categories
    traces = [
        _area(name, days, values, colours[(first_colour + place) % len(colours)], shape)
        for place, (name, values) in enumerate(areas.items())
    ]
    return figure_of(
        traces,
        palette,
        height,
        x={"tickformat": "%b", "type": "date"},
        y={"rangemode": "tozero", "tickformat": "~s", "nticks": 5},
        showlegend=True,
        hovermode="x unified",
        shapes=[upright(split.isoformat(), {"color": palette.muted, "width": 1, "dash": "dot"})],
    )


def _area(name: str, days: Sequence[date], values: Sequence[int], colour: str, shape: str) -> Part:
    return {
        "type": "scatter",
        "x": [day.isoformat() for day in days],
        "y": list(values),
        "name": name,
        "mode": "lines",
        "stackgroup": "areas",
        "line": {"color": colour, "width": 1.4, "shape": shape},
        "fillcolor": theme.translucent(colour, 0.45),
        "hovertemplate": "<b>%{y:,}</b> %{fullData.name}<extra></extra>",
    }
