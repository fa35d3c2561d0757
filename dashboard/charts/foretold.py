"""Precision week by week: what scores foretell as a band and line, what labels confirm as dots."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import theme
from dashboard.charts.figure import Chart, Part, figure_of
from dashboard.questions.monitoring import Precision

# From this share of judged alerts on, labels are taken as complete; before, those that come first mislead.
COMPLETE = 0.9


def foretold(weeks: Sequence[Precision], palette: theme.Palette) -> Chart:
    """Draw `weeks`; weeks of which labels are still missing have hollow dots."""
    told = [week for week in weeks if week.foretold_precision is not None]
    days = [week.since.isoformat() for week in told]
    low = [week.foretold_precision_low for week in told]
    high = [week.foretold_precision_high for week in told]
    band: Part = {
        "type": "scatter",
        "x": [*days, *reversed(days)],
        "y": [*low, *reversed(high)],
        "mode": "lines",
        "line": {"width": 0},
        "fill": "toself",
        "fillcolor": theme.translucent(palette.muted, 0.18),
        "hoverinfo": "skip",
        "showlegend": False,
    }
    line: Part = {
        "type": "scatter",
        "x": days,
        "y": [week.foretold_precision for week in told],
        "name": "Foretold by scores",
        "mode": "lines",
        "line": {"color": palette.muted, "width": 2},
        "hovertemplate": "<b>%{y:.0%}</b> foretold, week of %{x|%d %b}<extra></extra>",
    }
    figure = figure_of(
        [band, line, *_confirmed(weeks, palette)],
        palette,
        300,
        x={"type": "date", "tickformat": "%b"},
        y={"tickformat": ".0%", "range": [0, 1.04], "nticks": 6},
        showlegend=True,
    )
    return Chart(figure, _in_words(weeks))


def _confirmed(weeks: Sequence[Precision], palette: theme.Palette) -> list[Part]:
    known = [week for week in weeks if week.confirmed_precision is not None]
    parts = (
        ("Confirmed by labels", [week for week in known if (week.arrived or 0) >= COMPLETE], "circle"),
        ("Labels still missing", [week for week in known if (week.arrived or 0) < COMPLETE], "circle-open"),
    )
    return [_dots(name, chosen, symbol, palette.accent) for name, chosen, symbol in parts if chosen]


def _dots(name: str, weeks: Sequence[Precision], symbol: str, colour: str) -> Part:
    value = [week.confirmed_precision or 0.0 for week in weeks]
    high = [week.confirmed_precision_high or 0.0 for week in weeks]
    low = [week.confirmed_precision_low or 0.0 for week in weeks]
    return {
        "type": "scatter",
        "x": [week.since.isoformat() for week in weeks],
        "y": value,
        "name": name,
        "mode": "markers",
        "marker": {"color": colour, "size": 7, "symbol": symbol},
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [round(top - at, 5) for top, at in zip(high, value, strict=True)],
            "arrayminus": [round(at - bottom, 5) for bottom, at in zip(low, value, strict=True)],
            "color": theme.translucent(colour, 0.5),
            "thickness": 1,
            "width": 0,
        },
        "text": [f"{100 * (week.arrived or 0):.0f} % of {week.alerts} alerts judged" for week in weeks],
        "hovertemplate": "<b>%{y:.0%}</b> confirmed, week of %{x|%d %b}<br>%{text}<extra></extra>",
    }


def _in_words(weeks: Sequence[Precision]) -> str:
    judged = [
        week for week in weeks if week.confirmed_precision is not None and (week.arrived or 0) >= COMPLETE
    ]
    if not judged or judged[-1].foretold_precision is None:
        return f"Precision of alerts over {len(weeks)} weeks; no week is judged yet."
    last = judged[-1]
    return (
        f"Precision of alerts over {len(weeks)} weeks; newest judged week {last.since:%d %B %Y}: foretold "
        f"{last.foretold_precision:.0%}, confirmed {last.confirmed_precision:.0%}."
    )
