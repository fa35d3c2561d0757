"""One measure week by week, a line a region, one of them brought forward."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard import theme
from dashboard.charts.figure import Chart, Part, figure_of, upright


@dataclass(frozen=True, slots=True)
class Line:
    """The values of one place, in the order of `weeks`; `name` is what the reader sees."""

    name: str
    weeks: tuple[date, ...]
    values: tuple[float, ...]


def trend(
    lines: Sequence[Line],
    forward: str,
    measure: str,
    palette: theme.Palette,
    *,
    split: date,
    height: int = 240,
) -> Chart:
    """Draw `lines` in grey and the one named `forward` in the accent; `split` is where the period starts."""
    ordered = sorted(lines, key=lambda line: line.name == forward)
    figure = figure_of(
        [_drawn(line, palette, is_forward=line.name == forward) for line in ordered],
        palette,
        height,
        x={"tickformat": "%b", "type": "date"},
        y={"rangemode": "tozero", "tickformat": "~s", "nticks": 5},
        shapes=[upright(split.isoformat(), {"color": palette.muted, "width": 1, "dash": "dot"})],
    )
    return Chart(figure, _in_words(lines, forward, measure))


def _drawn(line: Line, palette: theme.Palette, *, is_forward: bool) -> Part:
    area = {"fill": "tozeroy", "fillcolor": theme.translucent(palette.accent, 0.1)}
    return {
        "type": "scatter",
        "x": [week.isoformat() for week in line.weeks],
        "y": list(line.values),
        "name": line.name,
        "mode": "lines",
        "line": {
            "color": palette.accent if is_forward else theme.translucent(palette.muted, 0.4),
            "width": 2.5 if is_forward else 1.2,
            "shape": "spline",
            "smoothing": 0.4,
        },
        "hovertemplate": "%{fullData.name}<br>week of %{x|%d %b %Y}: <b>%{y:,.0f}</b><extra></extra>",
        **(area if is_forward else {}),
    }


def _in_words(lines: Sequence[Line], forward: str, measure: str) -> str:
    chosen = next((line for line in lines if line.name == forward and line.values), None)
    if chosen is None:
        return f"{measure} by week for {len(lines)} places."
    return (
        f"{measure} by week in {forward}: {chosen.values[0]:,.0f} in the week of {chosen.weeks[0]:%d %B %Y}, "
        f"{chosen.values[-1]:,.0f} in the week of {chosen.weeks[-1]:%d %B %Y}, at most "
        f"{max(chosen.values):,.0f}; {len(lines) - 1} other places for comparison."
    )
