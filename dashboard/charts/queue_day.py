"""The queue over the 24 local hours: what waits under a setting that is tried, with a band, beside today."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import theme
from dashboard.charts.figure import Chart, Part, figure_of
from desk.capacity.answers import Hour

CLOCK = [f"{hour:02d}" for hour in range(24)]


def queue_day(
    tried: Sequence[Hour], today: Sequence[Hour], palette: theme.Palette, height: int = 230
) -> Chart:
    """Draw the median, the average and the band up to nine days of ten, and today where it is another."""
    is_other = tuple(tried) != tuple(today)
    traces: list[Part] = [
        _line("nine days in ten", [one.most for one in tried], palette.accent, width=0, fill="tonexty"),
        _line("median", [one.median for one in tried], palette.accent, width=2.2),
        _line("average", [one.mean for one in tried], palette.amber, width=1.6),
    ]
    base = _line("", [one.median for one in tried], palette.accent, width=0)
    traces = [base | {"showlegend": False, "hoverinfo": "skip"}, *traces]
    if is_other:
        traces.append(
            _line("today, nine in ten", [one.most for one in today], palette.muted, width=1.4, dash="dot")
        )
    figure = figure_of(
        traces,
        palette,
        height,
        x={"type": "category", "dtick": 3, "tickangle": 0},
        y={"rangemode": "tozero", "nticks": 4, "title": {"text": "cases waiting"}},
        showlegend=True,
        legend={"orientation": "h", "y": 1.18},
    )
    return Chart(figure, _in_words(tried, today if is_other else ()))


def _line(
    name: str, values: list[float], colour: str, *, width: float, fill: str = "", dash: str = "solid"
) -> Part:
    line: Part = {
        "type": "scatter",
        "x": CLOCK,
        "y": values,
        "name": name,
        "mode": "lines",
        "line": {"color": colour, "width": width, "shape": "hv", "dash": dash},
        "hovertemplate": "%{x}:00 <b>%{y:,.1f}</b><extra>%{fullData.name}</extra>",
    }
    return line | ({"fill": fill, "fillcolor": theme.translucent(colour, 0.22)} if fill else {})


def _in_words(tried: Sequence[Hour], today: Sequence[Hour]) -> str:
    said = f"Cases waiting by local hour. {_worst(tried)}."
    return f"{said} Today: {_worst(today)}." if today else said


def _worst(hours: Sequence[Hour]) -> str:
    worst = max(hours, key=lambda one: (one.most, one.mean))
    most = f"nine days in ten {worst.most:.0f} or fewer"
    middle = f"{worst.mean:.1f} on average, {worst.median:.0f} as the median"
    return f"Most at {CLOCK[worst.hour]}:00: {middle}, {most}"
