"""How many rings stood day by day, an area a region, stacked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dashboard import theme
from dashboard.charts.figure import Chart, Part, figure_of, upright

HEIGHT = 280


def growth(
    days: Sequence[date],
    regions: Mapping[str, Sequence[int]],
    palette: theme.Palette,
    *,
    split: date,
    height: int = HEIGHT,
) -> Chart:
    """Draw `regions` (name to rings on each of `days`) on top of each other; `split` starts the period."""
    traces = [
        _area(name, days, values, palette.categories[place % len(palette.categories)])
        for place, (name, values) in enumerate(regions.items())
    ]
    figure = figure_of(
        traces,
        palette,
        height,
        x={"tickformat": "%b", "type": "date"},
        y={"rangemode": "tozero", "tickformat": "~s", "nticks": 5},
        showlegend=True,
        hovermode="x unified",
        shapes=[upright(split.isoformat(), {"color": palette.muted, "width": 1, "dash": "dot"})],
    )
    return Chart(figure, _in_words(days, regions))


def _area(name: str, days: Sequence[date], values: Sequence[int], colour: str) -> Part:
    return {
        "type": "scatter",
        "x": [day.isoformat() for day in days],
        "y": list(values),
        "name": name,
        "mode": "lines",
        "stackgroup": "regions",
        # Rings come and go at the start of a day: between two days there is nothing to slope over.
        "line": {"color": colour, "width": 1.4, "shape": "hv"},
        "fillcolor": theme.translucent(colour, 0.45),
        "hovertemplate": "<b>%{y:,}</b> %{fullData.name}<extra></extra>",
    }


def _in_words(days: Sequence[date], regions: Mapping[str, Sequence[int]]) -> str:
    if not days:
        return "Rings by day: none."
    totals = [sum(values) for values in zip(*regions.values(), strict=True)]
    largest = max(regions, key=lambda name: regions[name][-1])
    return (
        f"Rings that stand, by day and region: {totals[0]:,} on {days[0]:%d %B %Y}, {totals[-1]:,} on "
        f"{days[-1]:%d %B %Y}, at most {max(totals):,}; at the end most of them in {largest}."
    )
