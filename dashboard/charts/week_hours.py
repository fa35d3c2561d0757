"""A heat map of the week: how many in each local hour of each weekday, darker for more."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard import theme
from dashboard.charts.figure import Chart, figure_of

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Weekday 1 (Monday) to 7 and hour 0 to 23.
Cells = Mapping[tuple[int, int], int]


def week_hours(cells: Cells, noun: str, palette: theme.Palette, height: int = 210) -> Chart:
    """Draw one row a weekday and one column an hour; `noun` is what is counted ("cases opened")."""
    grid = [[cells.get((day, hour), 0) for hour in range(24)] for day in range(1, 8)]
    trace = {
        "type": "heatmap",
        "x": [f"{hour:02d}" for hour in range(24)],
        "y": [day[:3] for day in DAYS],
        "z": grid,
        "zmin": 0,
        "customdata": [[day] * 24 for day in DAYS],
        "colorscale": [
            [place / (len(palette.sequential) - 1), colour] for place, colour in enumerate(palette.sequential)
        ],
        "xgap": 1,
        "ygap": 1,
        "hovertemplate": f"%{{customdata}} %{{x}}:00: <b>%{{z:,}}</b> {noun}<extra></extra>",
        "colorbar": {"thickness": 8, "outlinewidth": 0, "nticks": 4, "tickformat": "~s"},
    }
    figure = figure_of(
        [trace],
        palette,
        height,
        x={"type": "category", "dtick": 3, "tickangle": 0, "showgrid": False},
        y={"autorange": "reversed", "showgrid": False, "type": "category"},
    )
    return Chart(figure, _in_words(cells, noun))


def _in_words(cells: Cells, noun: str) -> str:
    if not any(cells.values()):
        return f"No {noun} in the period."
    (day, hour), most = max(cells.items(), key=lambda each: (each[1], -each[0][0], -each[0][1]))
    return (
        f"{sum(cells.values()):,} {noun} by weekday and local hour: most on {DAYS[day - 1]} at "
        f"{hour:02d}:00, {most:,}."
    )
