"""At which hours an account acts: its own past as outline, the last 30 days as bars."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import theme
from dashboard.charts.figure import Chart, figure_of


def hours(
    before: Sequence[float | None], now: Sequence[float | None], palette: theme.Palette, height: int = 180
) -> Chart:
    """Draw the share of events in each of the 24 hours (UTC), 0 to 1, None where a span has no events."""
    clock = [f"{hour:02d}" for hour in range(24)]
    percent_before = [100 * (share or 0) for share in before]
    percent_now = [100 * (share or 0) for share in now]
    past = {
        "type": "bar", "x": clock, "y": percent_before, "name": "Before",
        "marker": {"color": theme.translucent(palette.muted, 0.35)},
        "hovertemplate": "%{x}:00 before: <b>%{y:.0f} %</b><extra></extra>",
    }  # fmt: skip
    recent = {
        "type": "bar", "x": clock, "y": percent_now, "name": "Last 30 days", "width": 0.4,
        "marker": {"color": palette.accent},
        "hovertemplate": "%{x}:00 last 30 days: <b>%{y:.0f} %</b><extra></extra>",
    }  # fmt: skip
    figure = figure_of(
        [past, recent],
        palette,
        height,
        x={"type": "category", "dtick": 3, "tickangle": 0},
        y={"ticksuffix": " %", "nticks": 4},
        barmode="overlay",
        showlegend=True,
        bargap=0.15,
    )
    return Chart(
        figure,
        f"Hours of activity, UTC. Before: {_peak(percent_before)}. Last 30 days: {_peak(percent_now)}.",
    )


def _peak(percents: Sequence[float]) -> str:
    most = max(percents, default=0.0)
    return f"most at {percents.index(most):02d}:00 with {most:.0f} %" if most > 0 else "no events"
