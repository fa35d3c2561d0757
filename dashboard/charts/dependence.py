"""How the points of a reason depend on the value of a feature."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from dashboard import theme
from dashboard.charts.figure import Chart, empty_figure

# A range over more than three powers of ten is read on a log axis.
LOG_FROM = 1000.0


def dependence(
    values: npt.NDArray[np.float64],
    points: npt.NDArray[np.float64],
    events: Sequence[str],
    sentences: Sequence[str],
    feature: str,
    scale: tuple[float, str],
    palette: theme.Palette,
    height: int = 300,
) -> Chart:
    """Draw `points` (n,) in probability against `values` (n,); a dot's custom data is its event's id.

    `feature` says what is measured; `scale` is what its values are divided by, and the unit they then have.
    """
    divisor, unit = scale
    values = values / divisor
    figure = empty_figure(palette, height)
    figure.add_scatter(
        x=values,
        y=100 * points,
        mode="markers",
        customdata=np.array([events, sentences], dtype=object).T,
        marker={
            "size": 6,
            "opacity": 0.7,
            # Numbers on a scale, not a colour for each dot: plotly checks every colour it is given.
            "color": (points > 0).astype(float),
            "colorscale": theme.scale((palette.green, palette.red)),
            "cmin": 0.0,
            "cmax": 1.0,
            "line": {"width": 0},
        },
        hovertemplate="%{customdata[1]}<br>value %{x:,.4g}, <b>%{y:+.2f}</b> points<extra></extra>",
    )
    figure.add_hline(y=0, line={"color": palette.muted, "width": 1})
    figure.update_yaxes(ticksuffix=" pts", nticks=6)
    is_wide = _is_wide(values)
    # On a log axis only the powers of ten are named; the digits between them are noise.
    figure.update_xaxes(
        title=f"{feature.rstrip('.')}{f', {unit}' if unit else ''}",
        type="log" if is_wide else "linear",
        dtick=1 if is_wide else None,
        nticks=8,
        tickformat="~g",
    )
    return Chart(figure, _in_words(values, points, f"{feature.rstrip('.')} ({unit})" if unit else feature))


def _is_wide(values: npt.NDArray[np.float64]) -> bool:
    return len(values) > 0 and values.min() > 0 and bool(values.max() / values.min() > LOG_FROM)


def _in_words(values: npt.NDArray[np.float64], points: npt.NDArray[np.float64], feature: str) -> str:
    if len(values) == 0:
        return f"No event with a known value of {feature}."
    at = int(np.argmax(points))
    return (
        f"Points against {feature} for {len(values)} events with values from {values.min():,.4g} to "
        f"{values.max():,.4g}; the most, {100 * points[at]:+.1f} percentage points, at {values[at]:,.4g}."
    )
