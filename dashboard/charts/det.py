"""The DET curve: attacks let in against honest checks disturbed, on normal-deviate axes, with a threshold.

On these axes (Martin et al. 1997) two normal score distributions give a straight line, and one per cent is
as wide as it matters. A rate of nothing is drawn at the axis' end, because its deviate is infinite.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from dashboard import theme
from dashboard.charts.figure import Chart, Part, figure_of

# The axes end where rates of a quarter cannot be told apart any more.
LEAST, MOST = 0.0005, 0.99
TICKS = (0.001, 0.01, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.95)
DASHES = ("solid", "dash", "dot")


@dataclass(frozen=True, slots=True)
class Curve:
    """Error rates of one kind of attack over rising thresholds: arrays (n,), shares of one.

    `marked` is the place of the chosen threshold in them.
    """

    name: str
    bpcer: npt.NDArray[np.float64]
    apcer: npt.NDArray[np.float64]
    low: npt.NDArray[np.float64]
    high: npt.NDArray[np.float64]
    thresholds: npt.NDArray[np.float64]
    marked: int


def det(curves: Sequence[Curve], palette: theme.Palette, height: int = 360) -> Chart:
    """Draw `curves` with the band of their 95 % intervals, and a mark at the chosen threshold of each."""
    colours = (palette.accent, palette.amber, palette.muted)
    traces: list[Part] = []
    for place, curve in enumerate(curves):
        colour = colours[place % len(colours)]
        traces += _curve(curve, colour, DASHES[place % len(DASHES)], palette)
    ticks = {
        "tickmode": "array",
        "tickvals": [float(ndtri(share)) for share in TICKS],
        "ticktext": [f"{100 * share:g} %" for share in TICKS],
        "showgrid": True,
        "zeroline": False,
        "tickangle": 0,
        "range": [float(ndtri(LEAST)) - 0.05, float(ndtri(MOST))],
    }
    figure = figure_of(
        traces,
        palette,
        height,
        x={**ticks, "title": {"text": "Honest checks disturbed (BPCER)"}},
        y={**ticks, "title": {"text": "Attacks let in (APCER)"}},
        showlegend=True,
    )
    return Chart(figure, _in_words(curves))


def _curve(curve: Curve, colour: str, dash: str, palette: theme.Palette) -> list[Part]:
    x, at = _deviate(curve.bpcer), curve.marked
    hover = [
        f"threshold {threshold:.4g}<br>{100 * apcer:.2f} % let in, {100 * bpcer:.2f} % disturbed"
        for threshold, apcer, bpcer in zip(curve.thresholds, curve.apcer, curve.bpcer, strict=True)
    ]
    band = {
        "type": "scatter",
        "x": [*x, *reversed(x)],
        "y": [*_deviate(curve.low), *reversed(_deviate(curve.high))],
        "mode": "lines",
        "line": {"width": 0},
        "fill": "toself",
        "fillcolor": theme.translucent(colour, 0.12),
        "hoverinfo": "skip",
        "showlegend": False,
    }
    line = {
        "type": "scatter",
        "x": x,
        "y": _deviate(curve.apcer),
        "name": curve.name,
        "mode": "lines",
        "line": {"color": colour, "width": 2.2, "dash": dash},
        "text": hover,
        "hovertemplate": "<b>%{fullData.name}</b><br>%{text}<extra></extra>",
    }
    mark = {
        "type": "scatter",
        "x": [x[at]],
        "y": [_deviate(curve.apcer)[at]],
        "mode": "markers",
        "marker": {"color": colour, "size": 12, "line": {"color": palette.background, "width": 2}},
        "text": [hover[at]],
        "hovertemplate": f"<b>{curve.name}</b><br>%{{text}}<extra></extra>",
        "showlegend": False,
    }
    return [band, line, mark]


def _deviate(shares: npt.NDArray[np.float64]) -> list[float]:
    return [float(value) for value in ndtri(np.clip(shares, LEAST, MOST)).round(4)]


def _in_words(curves: Sequence[Curve]) -> str:
    if not curves:
        return "DET curve without data."
    parts = [
        f"{curve.name}: {100 * curve.apcer[curve.marked]:.2f} % let in at "
        f"{100 * curve.bpcer[curve.marked]:.2f} % of honest checks disturbed"
        for curve in curves
    ]
    chosen = curves[0].thresholds[curves[0].marked]
    curve = "DET curve, attacks let in against honest checks disturbed."
    return f"{curve} At threshold {chosen:.4g}: {'; '.join(parts)}."
