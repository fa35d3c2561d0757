"""Every sampled event as one point a reason: how far it moved the score, coloured by its value's standing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dashboard import theme
from dashboard.charts.figure import Chart, Part, figure_of, named_rows, upright

ROW_PIXELS = 34
# Points share a row of height 1; 0.38 keeps neighbouring rows apart.
SPREAD = 0.38
BINS = 60


@dataclass(frozen=True, slots=True)
class Dots:
    """The points of one reason (n,) in probability; `standing` (n,) is 0 to 1, NaN where not known."""

    label: str
    points: npt.NDArray[np.float64]
    standing: npt.NDArray[np.float64]
    events: Sequence[str]
    sentences: Sequence[str]


def beeswarm(rows: Sequence[Dots], palette: theme.Palette) -> Chart:
    """Draw one row of dots a reason; a dot's custom data is its event's id."""
    figure = figure_of(
        [_dots(place, row, palette) for place, row in enumerate(rows)],
        palette,
        ROW_PIXELS * len(rows) + 60,
        x={"showgrid": True, "ticksuffix": " pts", "zeroline": False, "nticks": 6},
        y={**named_rows([row.label for row in rows]), "zeroline": False},
        shapes=[upright(0, {"color": palette.muted, "width": 1})],
    )
    return Chart(figure, _in_words(rows))


def _dots(place: int, row: Dots, palette: theme.Palette) -> Part:
    return {
        "type": "scatter",
        "x": (100 * row.points).round(4).tolist(),
        "y": (place + spread(row.points)).round(3).tolist(),
        "mode": "markers",
        "customdata": list(zip(row.events, row.sentences, strict=True)),
        "marker": {
            "size": 6,
            "opacity": 0.85,
            "color": np.nan_to_num(row.standing, nan=0.5).round(3).tolist(),
            "colorscale": theme.scale(palette.diverging),
            "cmin": 0.0,
            "cmax": 1.0,
            "line": {"width": 0},
        },
        "hovertemplate": "%{customdata[1]}<br><b>%{x:+.2f}</b> points · a click opens it<extra></extra>",
    }


def spread(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return offsets (n,) within the row, so that dots at like points stand beside each other."""
    if len(points) == 0:
        return np.zeros(0)
    span = float(np.ptp(points)) or 1.0
    bins = np.floor((points - points.min()) / span * (BINS - 1)).astype(int)
    order = np.lexsort((np.arange(len(points)), bins))
    sizes = np.bincount(bins, minlength=BINS)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    rank = np.empty(len(points))
    rank[order] = np.arange(len(points)) - starts[bins[order]]
    # 0, +1, -1, +2, -2 ... from the middle outwards, as wide as the fullest bin needs.
    step = np.where(rank % 2 == 1, (rank + 1) / 2, -rank / 2)
    offsets: npt.NDArray[np.float64] = SPREAD * step / max(1.0, sizes.max() / 2)
    return offsets


def _in_words(rows: Sequence[Dots]) -> str:
    parts = [
        f"{row.label} from {100 * row.points.min():+.1f} to {100 * row.points.max():+.1f}"
        for row in rows[:3]
        if len(row.points)
    ]
    return f"Points of {len(rows)} reasons over sampled events, in percentage points: {'; '.join(parts)}."
