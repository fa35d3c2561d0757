"""How the points of a reason depend on the value of a feature."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from dashboard import theme
from dashboard.charts.figure import Chart, figure_of, level

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
    dots = {
        "type": "scatter",
        "x": values.tolist(),
        "y": (100 * points).round(4).tolist(),
        "mode": "markers",
        "customdata": list(zip(events, sentences, strict=True)),
        "marker": {
            "size": 6,
            "opacity": 0.7,
            "color": (points > 0).astype(float).tolist(),
            "colorscale": theme.scale((palette.green, palette.red)),
            "cmin": 0.0,
            "cmax": 1.0,
            "line": {"width": 0},
        },
        "hovertemplate": "%{customdata[1]}<br>value %{x:,.4g}, <b>%{y:+.2f}</b> points<extra></extra>",
    }
    figure = figure_of(
        [dots],
        palette,
        height,
        x={
            "title": {"text": f"{feature.rstrip('.')}{f', {unit}' if unit else ''}"},
            "nticks": 8,
            "tickformat": "~g",
            # On a log axis only the powers of ten are named; the digits between them are noise.
            **({"type": "log", "dtick": 1} if _is_wide(values) else {"type": "linear"}),
        },
        y={"ticksuffix": " pts", "nticks": 6},
        shapes=[level(0, {"color": palette.muted, "width": 1})],
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
