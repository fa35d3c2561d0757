"""Attacks of one side of the camera by week, an area a species, stacked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dashboard import theme
from dashboard.charts.figure import Chart
from dashboard.charts.stacked import stacked_areas

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
    figure = stacked_areas(weeks, species, palette, height, split=split, first_colour=first_colour)
    return Chart(figure, _in_words(weeks, species, name))


def _in_words(weeks: Sequence[date], species: Mapping[str, Sequence[int]], name: str) -> str:
    if not weeks:
        return f"{name} attacks by week: none."
    totals = [sum(values) for values in zip(*species.values(), strict=True)]
    largest = max(species, key=lambda label: sum(species[label]))
    return (
        f"{name} attacks by week: {totals[0]:,} in the week of {weeks[0]:%d %B %Y}, {totals[-1]:,} in that "
        f"of {weeks[-1]:%d %B %Y}, at most {max(totals):,}; the most frequent species is {largest}."
    )
