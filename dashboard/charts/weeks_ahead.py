"""Weeks that were and weeks that are foretold, with the band of the forecast's interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard import theme
from dashboard.charts.figure import Chart, Part, figure_of, upright


@dataclass(frozen=True, slots=True)
class Ahead:
    """The weeks of one outcome: those before as the draft decides them, then foretold, perhaps happened."""

    title: str
    past: tuple[tuple[date, float], ...]
    weeks: tuple[date, ...]
    values: tuple[float, ...]
    lows: tuple[float, ...]
    highs: tuple[float, ...]
    happened: tuple[float, ...] = ()


def weeks_ahead(ahead: Ahead, palette: theme.Palette, height: int = 190) -> Chart:
    """Draw one outcome by week: grey before, the accent and its band after, dots where it has happened."""
    weeks = [week.isoformat() for week in ahead.weeks]
    band = {
        "type": "scatter",
        "x": [*weeks, *reversed(weeks)],
        "y": [*ahead.highs, *reversed(ahead.lows)],
        "mode": "lines",
        "line": {"width": 0},
        "fill": "toself",
        "fillcolor": theme.translucent(palette.accent, 0.16),
        "hoverinfo": "skip",
    }
    before = _line(
        "before", [d.isoformat() for d, _ in ahead.past], [v for _, v in ahead.past], palette.muted
    )
    middle = _line("foretold", weeks, ahead.values, palette.accent)
    middle["customdata"] = [[low, high] for low, high in zip(ahead.lows, ahead.highs, strict=True)]
    middle["hovertemplate"] = (
        "week of %{x|%d %b %Y}: <b>%{y:,.0f}</b><br>%{customdata[0]:,.0f} to %{customdata[1]:,.0f}"
        "<extra>foretold</extra>"
    )
    came = _line("happened", weeks[: len(ahead.happened)], ahead.happened, palette.text)
    came |= {"mode": "markers", "marker": {"color": palette.text, "size": 7}}
    figure = figure_of(
        [trace for trace in (band, before, middle, came) if trace["x"]],
        palette,
        height,
        x={"type": "date", "tickformat": "%d %b", "nticks": 5},
        y={"rangemode": "tozero", "tickformat": "~s", "nticks": 4},
        shapes=[upright(weeks[0], {"color": palette.muted, "width": 1, "dash": "dot"})] if weeks else [],
    )
    return Chart(figure, _in_words(ahead))


def _line(name: str, x: Sequence[str], y: Sequence[float], colour: str) -> Part:
    return {
        "type": "scatter",
        "x": list(x),
        "y": list(y),
        "name": name,
        "mode": "lines+markers",
        "line": {"color": colour, "width": 2},
        "marker": {"size": 4},
        "hovertemplate": "week of %{x|%d %b %Y}: <b>%{y:,.0f}</b><extra>%{fullData.name}</extra>",
    }


def _in_words(ahead: Ahead) -> str:
    if not ahead.weeks:
        return f"{ahead.title} by week: nothing is foretold."
    said = (
        f"{ahead.title} by week: {ahead.values[0]:,.0f} foretold for the week of {ahead.weeks[0]:%d %B %Y}, "
        f"between {ahead.lows[0]:,.0f} and {ahead.highs[0]:,.0f}"
    )
    pairs = zip(ahead.happened, ahead.lows, ahead.highs, strict=False)
    held = sum(low <= value <= high for value, low, high in pairs)
    return (
        f"{said}; {held} of {len(ahead.happened)} weeks since lay inside." if ahead.happened else f"{said}."
    )
