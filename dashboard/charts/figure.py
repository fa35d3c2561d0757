"""What every chart shares: a figure in the house's look, and the words that stand for it.

A figure is plotly's own description, written as plain dictionaries. Building it with `graph_objects` checks
every value in Python, 10 to 50 ms of a core a page; the tests of charts check the same once and for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dashboard import theme

# One part of plotly's description, named as in its reference: a trace, an axis, a shape.
Part = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure (`data` and `layout`) with its alternative text, computed from the same data."""

    figure: Part
    alt: str


def figure_of(
    traces: Sequence[Part], palette: theme.Palette, height: int, *, x: Part, y: Part, **layout: Any
) -> Part:
    """Return a figure of `height` pixels in the look of `palette`, with axes `x` and `y`, no legend."""
    return {
        "data": list(traces),
        "layout": {
            "template": _template(palette.kind),
            "height": height,
            "showlegend": False,
            "xaxis": x,
            "yaxis": y,
            **layout,
        },
    }


def named_rows(labels: Sequence[str]) -> Part:
    """Return a vertical axis with one name a row, the first on top."""
    return {
        "autorange": "reversed",
        "showgrid": False,
        "tickmode": "array",
        "tickvals": list(range(len(labels))),
        "ticktext": list(labels),
    }


def upright(x: float | str, line: Part) -> Part:
    """Return a line over the whole height at `x`."""
    return {"type": "line", "x0": x, "x1": x, "xref": "x", "y0": 0, "y1": 1, "yref": "y domain", "line": line}


def level(y: float, line: Part) -> Part:
    """Return a line over the whole width at `y`."""
    return {"type": "line", "x0": 0, "x1": 1, "xref": "x domain", "y0": y, "y1": y, "yref": "y", "line": line}


def in_points(points: float) -> str:
    """Write a probability difference as signed percentage points: `+12.3`, `-0.04`."""
    hundred = 100 * points
    digits = 1 if abs(hundred) >= 0.95 else 2
    return f"{hundred:+.{digits}f}"


@cache
def _template(kind: theme.Kind) -> Part:
    described: Part = theme.template(kind).to_plotly_json()
    return described
