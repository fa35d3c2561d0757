"""A heat map of how far each subject lies from its reference, week by week, its limit in the middle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dashboard import theme
from dashboard.charts.figure import Chart, Part, figure_of

ROW_PIXELS = 21
# Three times its limit is as far as a colour tells.
MOST = 3.0
# Index, limit and words of each week there is.
Cells = Mapping[date, tuple[float, float, str]]


def heat(
    weeks: Sequence[date],
    rows: Mapping[str, Cells],
    names: Mapping[str, str],
    palette: theme.Palette,
) -> Chart:
    """Draw one row a subject: `rows` holds index, limit and the cell's words of each week there is.

    `names` is each row's label; a click gives `subject@week`.
    """
    grid = [[_of(cells.get(week)) for week in weeks] for cells in rows.values()]
    trace = {
        "type": "heatmap",
        "x": [week.isoformat() for week in weeks],
        "y": [names[subject] for subject in rows],
        "z": grid,
        "zmin": 0.0,
        "zmax": MOST,
        "colorscale": _scale(palette),
        "xgap": 1,
        "ygap": 1,
        "hoverinfo": "skip",
        "colorbar": {
            "thickness": 8,
            "outlinewidth": 0,
            "tickvals": [0, 1, 2, 3],
            "ticktext": ["0", "limit", "twice", "three times"],
        },
    }
    figure = figure_of(
        [trace, _points(rows, names)],
        palette,
        ROW_PIXELS * max(len(rows), 3) + 46,
        x={"type": "date", "tickformat": "%d %b", "showgrid": False},
        y={"autorange": "reversed", "showgrid": False, "type": "category"},
    )
    return Chart(figure, _in_words(rows, names))


def _points(rows: Mapping[str, Cells], names: Mapping[str, str]) -> Part:
    """Return squares of nothing over the cells: a heat map itself gives Streamlit no points to click."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [week.isoformat() for cells in rows.values() for week in cells],
        "y": [names[subject] for subject, cells in rows.items() for _ in cells],
        "customdata": [f"{subject}@{week.isoformat()}" for subject, cells in rows.items() for week in cells],
        "text": [cell[2] for cells in rows.values() for cell in cells.values()],
        "marker": {"symbol": "square", "size": 16, "opacity": 0},
        "selected": {"marker": {"opacity": 0}},
        "unselected": {"marker": {"opacity": 0}},
        "hovertemplate": "<b>%{y}</b><br>%{text}<extra></extra>",
    }


def _scale(palette: theme.Palette) -> list[list[float | str]]:
    """Return the colours with the middle one at the limit, not at the middle of the scale."""
    places = (0.0, 0.5 / MOST, 1 / MOST, 2 / MOST, 1.0)
    return [[place, colour] for place, colour in zip(places, palette.diverging, strict=True)]


def _of(cell: tuple[float, float, str] | None) -> float | None:
    return None if cell is None else round(min(cell[0] / cell[1], MOST), 3)


def _in_words(rows: Mapping[str, Cells], names: Mapping[str, str]) -> str:
    over = [
        (psi / limit, names[subject], week)
        for subject, cells in rows.items()
        for week, (psi, limit, _) in cells.items()
        if psi > limit
    ]
    if not over:
        return f"Distance of {len(rows)} features from their reference by week: none over its limit."
    far, name, week = max(over)
    return (
        f"Distance of {len(rows)} features from their reference by week: {len(over)} cells over their limit, "
        f"furthest {name} in the week of {week:%d %B %Y}, {far:.1f} times its limit."
    )
