"""The calibration curve: observed against expected shares of crime by bin of scores, on logarithmic axes."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import theme
from dashboard.charts.figure import Chart, Part, figure_of
from dashboard.questions.monitoring import Calibrated

# The scales begin where a bin of a store holds no crime.
LEAST = 1e-4


def reliability(bins: Sequence[Calibrated], palette: theme.Palette) -> Chart:
    """Draw each bin with its 95 % interval, and the line on which scores are right."""
    expected = [max(one.expected, LEAST) for one in bins]
    observed = [max(one.observed, LEAST) for one in bins]
    dots: Part = {
        "type": "scatter",
        "x": expected,
        "y": observed,
        "mode": "markers+lines",
        "line": {"color": theme.translucent(palette.accent, 0.5), "width": 1.4},
        "marker": {"color": palette.accent, "size": 8},
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [max(one.observed_high - at, 0) for one, at in zip(bins, observed, strict=True)],
            "arrayminus": [
                max(at - max(one.observed_low, LEAST), 0) for one, at in zip(bins, observed, strict=True)
            ],
            "color": theme.translucent(palette.accent, 0.6),
            "thickness": 1,
            "width": 0,
        },
        "text": [f"{one.crimes:,} crimes of {one.events:,} events" for one in bins],
        "hovertemplate": "expected %{x:.2%}, observed <b>%{y:.2%}</b><br>%{text}<extra></extra>",
    }
    right: Part = {
        "type": "scatter",
        "x": [LEAST, 1.0],
        "y": [LEAST, 1.0],
        "mode": "lines",
        "line": {"color": palette.muted, "width": 1, "dash": "dot"},
        "hoverinfo": "skip",
    }
    axis: Part = {"type": "log", "tickformat": "~%", "range": [-4, 0.05], "dtick": 1}
    figure = figure_of(
        [right, dots],
        palette,
        300,
        x={**axis, "title": {"text": "Expected by scores"}},
        y={**axis, "title": {"text": "Observed"}},
    )
    said = "; ".join(f"{one.expected:.2%} expected, {one.observed:.2%} observed" for one in bins)
    return Chart(figure, f"Calibration by bin of scores: {said or 'none'}.")
