"""Shares in their order, each with its interval and how many it is of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import theme
from dashboard.charts.figure import Chart, figure_of


@dataclass(frozen=True, slots=True)
class Point:
    """A share with its 95 % interval, 0 to 1, of `trials`; `name` is its place on the axis."""

    name: str
    share: float
    low: float
    high: float
    trials: int


def shares(points: Sequence[Point], noun: str, palette: theme.Palette, height: int = 200) -> Chart:
    """Draw one dot a share with its interval; `noun` says what is shared ("second looks that agree")."""
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": [point.name for point in points],
        "y": [round(100 * point.share, 2) for point in points],
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [round(100 * (point.high - point.share), 2) for point in points],
            "arrayminus": [round(100 * (point.share - point.low), 2) for point in points],
            "color": theme.translucent(palette.accent, 0.5),
            "thickness": 1.5,
            "width": 4,
        },
        "marker": {"color": palette.accent, "size": 8},
        "customdata": [f"{point.trials:,}" for point in points],
        "hovertemplate": "%{x}: <b>%{y:.0f} %</b> of %{customdata}<extra></extra>",
    }
    figure = figure_of(
        [trace],
        palette,
        height,
        x={"type": "category", "showgrid": False},
        y={"range": [0, 105], "ticksuffix": " %", "nticks": 5},
    )
    last = points[-1]
    return Chart(
        figure,
        f"Share of {noun}: {100 * last.share:.0f} % of {last.trials:,} in {last.name}, "
        f"between {100 * last.low:.0f} and {100 * last.high:.0f} %; {len(points)} points in all.",
    )
