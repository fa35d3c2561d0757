"""Settings that were tried, by what they cost and what they bring: dots with intervals, to click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import theme
from dashboard.charts.figure import Chart, Part, figure_of


@dataclass(frozen=True, slots=True)
class Dot:
    """One setting: its words, what a click gives, where it lies, an interval upright, and its role.

    `role` is today, tried (what the sliders say) or other.
    """

    name: str
    pick: str
    x: float | str
    y: float
    low: float
    high: float
    role: str


@dataclass(frozen=True, slots=True)
class Axes:
    """The words of both axes, and how they are written: plotly's tick formats."""

    x: str
    y: str
    x_format: str = ""
    y_format: str = "~s"
    y_suffix: str = ""


def tried(
    dots: Sequence[Dot], axes: Axes, palette: theme.Palette, *, is_joined: bool, height: int = 230
) -> Chart:
    """Draw the settings; `is_joined` draws a line along them in their order."""
    traces: list[Part] = [
        _dots("tried beforehand", [dot for dot in dots if dot.role == "other"], palette.accent, 8, "circle"),
        _dots("today", [dot for dot in dots if dot.role == "today"], palette.text, 12, "diamond"),
        _dots("this setting", [dot for dot in dots if dot.role == "tried"], palette.amber, 13, "star"),
    ]
    if is_joined:
        traces.insert(0, _path(dots, palette))
    ordered = {"type": "category", "categoryorder": "array", "categoryarray": [dot.x for dot in dots]}
    x: Part = {"title": {"text": axes.x}} | ({"tickformat": axes.x_format} if axes.x_format else ordered)
    figure = figure_of(
        [trace for trace in traces if trace["x"]],
        palette,
        height,
        x=x,
        y={
            "title": {"text": axes.y},
            "rangemode": "tozero",
            "tickformat": axes.y_format,
            "ticksuffix": axes.y_suffix,
            "nticks": 5,
        },
        showlegend=True,
        legend={"orientation": "h", "y": 1.18},
        hovermode="closest",
    )
    return Chart(figure, _in_words(dots, axes))


def _path(dots: Sequence[Dot], palette: theme.Palette) -> Part:
    return {
        "type": "scatter",
        "x": [dot.x for dot in dots],
        "y": [dot.y for dot in dots],
        "mode": "lines",
        "line": {"color": palette.accent, "width": 1.4},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _dots(name: str, dots: Sequence[Dot], colour: str, size: int, symbol: str) -> Part:
    return {
        "type": "scatter",
        "x": [dot.x for dot in dots],
        "y": [dot.y for dot in dots],
        "name": name,
        "mode": "markers",
        "customdata": [[dot.pick, dot.name] for dot in dots],
        "marker": {"color": colour, "size": size, "symbol": symbol},
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [dot.high - dot.y for dot in dots],
            "arrayminus": [dot.y - dot.low for dot in dots],
            "color": theme.translucent(colour, 0.5),
            "thickness": 1.2,
            "width": 3,
        },
        "hovertemplate": "<b>%{customdata[1]}</b><br>%{y:,.3~s}<extra></extra>",
    }


def _in_words(dots: Sequence[Dot], axes: Axes) -> str:
    said = "; ".join(f"{dot.name}: {dot.y:,.2f}{axes.y_suffix}" for dot in dots)
    return f"{axes.y} by {axes.x}. {said}."
