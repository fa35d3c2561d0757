"""Attacks of one side of the camera by week, an area a species, stacked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dashboard import theme
from dashboard.charts.figure import Chart, Part, figure_of, upright

# One species a colour of the theme; more would need colours that look alike.
HEIGHT = 210


def attacks_by_week(
    weeks: Sequence[date],
    species: Mapping[str, Sequence[int]],
    name: str,
    palette: theme.Palette,
    *,
    split: date,
    first_colour: int = 0,
    height: int = HEIGHT,
) -> Chart:
    """Draw `species` (name to attempts in each of `weeks`) on top of each other; `split` starts the period.

    `name` says which side of the camera; `first_colour` keeps the colours of two charts apart.
    """
    traces = [
        _area(label, weeks, values, palette.categories[(first_colour + place) % len(palette.categories)])
        for place, (label, values) in enumerate(species.items())
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
    return Chart(figure, _in_words(weeks, species, name))


def _area(label: str, weeks: Sequence[date], values: Sequence[int], colour: str) -> Part:
    return {
        "type": "scatter",
        "x": [week.isoformat() for week in weeks],
        "y": list(values),
        "name": label,
        "mode": "lines",
        "stackgroup": "species",
        "line": {"color": colour, "width": 1.4},
        "fillcolor": theme.translucent(colour, 0.45),
        "hovertemplate": "<b>%{y:,}</b> %{fullData.name}<extra></extra>",
    }


def _in_words(weeks: Sequence[date], species: Mapping[str, Sequence[int]], name: str) -> str:
    if not weeks:
        return f"{name} attacks by week: none."
    totals = [sum(values) for values in zip(*species.values(), strict=True)]
    largest = max(species, key=lambda label: sum(species[label]))
    return (
        f"{name} attacks by week: {totals[0]:,} in the week of {weeks[0]:%d %B %Y}, {totals[-1]:,} in that "
        f"of {weeks[-1]:%d %B %Y}, at most {max(totals):,}; the most frequent species is {largest}."
    )
