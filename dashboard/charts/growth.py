"""How many rings stood day by day, an area a region, stacked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dashboard import theme
from dashboard.charts.figure import Chart
from dashboard.charts.stacked import stacked_areas

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
    # Rings come and go at the start of a day: between two days there is nothing to slope over.
    figure = stacked_areas(days, regions, palette, height, split=split, shape="hv")
    return Chart(figure, _in_words(days, regions))


def _in_words(days: Sequence[date], regions: Mapping[str, Sequence[int]]) -> str:
    if not days:
        return "Rings by day: none."
    totals = [sum(values) for values in zip(*regions.values(), strict=True)]
    largest = max(regions, key=lambda name: regions[name][-1])
    return (
        f"Rings that stand, by day and region: {totals[0]:,} on {days[0]:%d %B %Y}, {totals[-1]:,} on "
        f"{days[-1]:%d %B %Y}, at most {max(totals):,}; at the end most of them in {largest}."
    )
