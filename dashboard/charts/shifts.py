"""Alerts of each shift under two policies, against what the shift can look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import theme
from dashboard.charts.figure import Chart, Part, figure_of


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift of the day: mean alerts now and under the draft, the busiest of each, and its capacity."""

    name: str
    present: float
    draft: float
    present_most: int
    draft_most: int
    capacity: float


def shifts(found: Sequence[Shift], palette: theme.Palette) -> Chart:
    """Draw two bars a shift and a line at its capacity."""
    names = [shift.name for shift in found]
    traces: list[Part] = [
        _bars("now", names, [s.present for s in found], [s.present_most for s in found], palette.muted),
        _bars("draft", names, [s.draft for s in found], [s.draft_most for s in found], palette.accent),
        {
            "type": "scatter",
            "x": names,
            "y": [shift.capacity for shift in found],
            "name": "can be looked at",
            "mode": "markers",
            "marker": {"symbol": "line-ew-open", "size": 46, "color": palette.red, "line": {"width": 2}},
            "hovertemplate": "%{x}: <b>%{y:,.1f}</b><extra>can be looked at</extra>",
        },
    ]
    figure = figure_of(
        traces,
        palette,
        220,
        x={"type": "category"},
        y={"rangemode": "tozero", "nticks": 5},
        barmode="group",
        showlegend=True,
        legend={"orientation": "h", "y": 1.18},
    )
    said = "; ".join(
        f"{s.name}: {s.present:.1f} now, {s.draft:.1f} under the draft, {s.capacity:.0f} can be looked at"
        for s in found
    )
    return Chart(figure, f"Alerts a shift. {said}.")


def _bars(name: str, names: list[str], values: list[float], most: list[int], colour: str) -> Part:
    return {
        "type": "bar",
        "x": names,
        "y": values,
        "name": name,
        "customdata": most,
        "marker": {"color": colour},
        "hovertemplate": "%{x}: <b>%{y:,.1f}</b> on average, %{customdata} at most"
        "<extra>%{fullData.name}</extra>",
    }
