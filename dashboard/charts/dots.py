"""Rates of groups as dots with their intervals, one a row, and the rate of all others as a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import theme
from dashboard.charts.figure import Chart, Part, figure_of, named_rows

ROW_PIXELS = 22


@dataclass(frozen=True, slots=True)
class Rate:
    """A group's rate with its interval, what it is compared with, and whether it stands out."""

    name: str
    rate: float
    low: float
    high: float
    rest: float
    is_marked: bool
    words: str


def dots(rates: Sequence[Rate], palette: theme.Palette) -> Chart:
    """Draw `rates`, the first on top."""
    colours = [palette.red if one.is_marked else palette.accent for one in rates]
    rows = list(range(len(rates)))
    groups: Part = {
        "type": "scatter",
        "x": [one.rate for one in rates],
        "y": rows,
        "name": "Group, 95 % interval",
        "mode": "markers",
        "marker": {"color": colours, "size": 9},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [one.high - one.rate for one in rates],
            "arrayminus": [one.rate - one.low for one in rates],
            "color": theme.translucent(palette.muted, 0.7),
            "thickness": 1.2,
            "width": 0,
        },
        "text": [one.words for one in rates],
        "hovertemplate": "<b>%{x:.3%}</b> %{text}<extra></extra>",
    }
    rest: Part = {
        "type": "scatter",
        "x": [one.rest for one in rates],
        "y": rows,
        "name": "All others",
        "mode": "markers",
        "marker": {"color": palette.muted, "size": 11, "symbol": "line-ns-open"},
        "hovertemplate": "%{x:.3%} of all others<extra></extra>",
    }
    figure = figure_of(
        [rest, groups],
        palette,
        ROW_PIXELS * len(rates) + 60,
        x={"tickformat": "~%", "rangemode": "tozero"},
        y=named_rows([one.name for one in rates]),
        showlegend=True,
    )
    marked = [one.name for one in rates if one.is_marked]
    return Chart(
        figure,
        f"Wrongful holds of {len(rates)} groups with intervals; findings: {', '.join(marked) or 'none'}.",
    )
