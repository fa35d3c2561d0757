"""Bars of how much each reason moves scores, on average over a sample."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import theme
from dashboard.charts.figure import Chart, figure_of

ROW_PIXELS = 24


def importance(
    names: Sequence[str],
    labels: Sequence[str],
    means: Sequence[float],
    palette: theme.Palette,
    chosen: str | None,
) -> Chart:
    """Draw the mean absolute points of each reason, the largest on top, `chosen` in the accent."""
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": list(labels),
        "x": [100 * mean for mean in means],
        "customdata": list(names),
        "text": [f"{100 * mean:.2g}" for mean in means],
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {
            "color": [
                palette.accent if name == chosen else theme.translucent(palette.accent, 0.45)
                for name in names
            ],
            "line": {"width": 0},
        },
        "hovertemplate": "%{y}<br><b>%{x:.3g}</b> percentage points on average<extra></extra>",
    }
    figure = figure_of(
        [bars],
        palette,
        ROW_PIXELS * len(names) + 48,
        x={"range": [0, 118 * max(means, default=1.0)], "visible": False},
        y={"autorange": "reversed", "showgrid": False},
        bargap=0.35,
    )
    strongest = ", ".join(
        f"{label} {100 * mean:.2g}" for label, mean in zip(labels[:3], means[:3], strict=True)
    )
    return Chart(
        figure, f"Mean absolute effect of {len(names)} reasons in percentage points; largest: {strongest}."
    )
