"""How a subject's values lay in the reference and in one week: two bars a part."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import theme
from dashboard.charts.figure import Chart, Part, figure_of


def then_now(
    parts: Sequence[str], before: Sequence[float], now: Sequence[float], palette: theme.Palette
) -> Chart:
    """Draw the share of each of `parts` before and now, side by side."""
    traces = [
        _bars("Reference", parts, before, palette.muted),
        _bars("This week", parts, now, palette.accent),
    ]
    figure = figure_of(
        traces,
        palette,
        280,
        x={"type": "category", "tickangle": -35},
        y={"tickformat": ".0%", "rangemode": "tozero", "nticks": 5},
        showlegend=True,
        barmode="group",
        bargap=0.25,
    )
    gaps = [
        (abs(late - early), part, early, late) for part, early, late in zip(parts, before, now, strict=True)
    ]
    if not gaps:
        return Chart(figure, "Shares of parts before and now: none.")
    _, part, early, late = max(gaps)
    return Chart(
        figure,
        f"Shares of {len(parts)} parts before and now; most changed: {part}, {early:.0%} to {late:.0%}.",
    )


def _bars(name: str, parts: Sequence[str], shares: Sequence[float], colour: str) -> Part:
    return {
        "type": "bar",
        "name": name,
        "x": list(parts),
        "y": [round(share, 5) for share in shares],
        "marker": {"color": colour, "line": {"width": 0}},
        "hovertemplate": "<b>%{y:.1%}</b> %{x}<extra>%{fullData.name}</extra>",
    }
