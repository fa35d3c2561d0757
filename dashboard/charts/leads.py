"""The weeks before a regional measure began: did its region move like the others?"""

from __future__ import annotations

from dashboard import theme
from dashboard.charts.figure import Chart, figure_of, level
from dashboard.review.model import Attribution


def lead_chart(effect: Attribution, palette: theme.Palette, height: int = 150) -> Chart:
    """Draw each lead as a rate ratio with its interval; a flat row around 1 is what is hoped for."""
    ratios = [ratio for _, ratio, _, _ in effect.leads]
    marks = {
        "type": "scatter",
        "mode": "markers",
        "x": [week for week, _, _, _ in effect.leads],
        "y": ratios,
        "marker": {"color": palette.accent, "size": 7},
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [high - ratio for _, ratio, _, high in effect.leads],
            "arrayminus": [ratio - low for _, ratio, low, _ in effect.leads],
            "color": palette.muted,
            "thickness": 1.2,
            "width": 0,
        },
        "hovertemplate": "%{x} weeks: <b>%{y:.2f}</b> times the others<extra></extra>",
    }
    figure = figure_of(
        [marks],
        palette,
        height,
        x={"title": {"text": "weeks before the start"}, "dtick": 1, "zeroline": False},
        y={"nticks": 4, "tickformat": ".1f", "zeroline": False},
        shapes=[level(1, {"color": palette.muted, "width": 1, "dash": "dot"})],
    )
    span = f"between {min(ratios):.2f} and {max(ratios):.2f}" if ratios else "not known"
    return Chart(figure, f"{len(ratios)} weeks before {effect.title} in {effect.place}: rate ratios {span}.")
