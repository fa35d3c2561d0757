"""A forest of differences: each challenger's gain over the champion with its interval, measure by measure."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import theme
from dashboard.charts.figure import Chart, figure_of, in_points, named_rows, upright
from dashboard.questions.regional import MEASURES, Difference
from scoring.regional.kinds import KINDS

ROW_HEIGHT = 21
# Axis, its title and the margins.
AROUND = 62


def forest(found: Sequence[Difference], palette: theme.Palette) -> Chart:
    """Draw one row a measure and challenger: the difference in percentage points, a line at none.

    Wholly above nothing is the accent's colour, wholly below the warning's, else muted.
    """
    labels = [_label(one, found[place - 1] if place else None) for place, one in enumerate(found)]
    rows = list(range(len(found)))
    colours = [_colour(one, palette) for one in found]
    lines = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [100 * one.low, 100 * one.high],
            "y": [row, row],
            "line": {"color": colour, "width": 2},
            "hoverinfo": "skip",
        }
        for row, one, colour in zip(rows, found, colours, strict=True)
    ]
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": [100 * one.difference for one in found],
        "y": rows,
        "marker": {"color": colours, "size": 8},
        "customdata": [[_said(one)] for one in found],
        "hovertemplate": "%{customdata[0]}<extra></extra>",
    }
    figure = figure_of(
        [*lines, points],
        palette,
        AROUND + ROW_HEIGHT * len(found),
        x={"title": {"text": "challenger less champion, percentage points"}, "zeroline": False, "nticks": 7},
        y=named_rows(labels),
        shapes=[upright(0, {"color": palette.muted, "width": 1, "dash": "dot"})],
    )
    return Chart(figure, " ".join(_said(one) + "." for one in found))


def _label(one: Difference, before: Difference | None) -> str:
    """Name the measure where it begins, and the challenger on every row."""
    kind = KINDS[one.kind].title if one.kind in KINDS else one.kind
    is_first = before is None or before.measure != one.measure
    return f"<b>{MEASURES[one.measure]}</b>, {kind}" if is_first else kind


def _colour(one: Difference, palette: theme.Palette) -> str:
    if one.low > 0:
        return palette.accent
    return palette.red if one.high < 0 else palette.muted


def _said(one: Difference) -> str:
    kind = KINDS[one.kind].title if one.kind in KINDS else one.kind
    return (
        f"{kind}, {MEASURES[one.measure].lower()}: {in_points(one.difference)} points "
        f"({in_points(one.low)} to {in_points(one.high)})"
    )
