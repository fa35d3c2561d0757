"""What every chart shares: a figure in the house's template, and the words that stand for it."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard import theme


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure with its alternative text, computed from the same data."""

    figure: go.Figure
    alt: str


def empty_figure(palette: theme.Palette, height: int) -> go.Figure:
    """Return a figure of `height` pixels in the template of `palette`, without traces or legend."""
    return go.Figure(layout={"template": theme.template(palette.kind), "height": height, "showlegend": False})


def in_points(points: float) -> str:
    """Write a probability difference as signed percentage points: `+12.3`, `-0.04`."""
    hundred = 100 * points
    digits = 1 if abs(hundred) >= 0.95 else 2
    return f"{hundred:+.{digits}f}"
