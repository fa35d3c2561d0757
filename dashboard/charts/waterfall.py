"""From the base probability to the score of one event, reason by reason, in probability points."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import theme
from dashboard.charts.figure import Chart, Part, figure_of, in_points, named_rows, upright

# More bars than this are thinner than their labels at the height of a card.
BARS = 9
ROW_PIXELS = 38
# A label is the reason's sentence, in at most two lines of this many letters.
LINE_LETTERS = 44


@dataclass(frozen=True, slots=True)
class Step:
    """One bar: a reason's name, its sentence for an analyst, and the probability points it adds."""

    label: str
    points: float
    sentence: str = ""

    @property
    def words(self) -> str:
        """The sentence, or the name where there is none."""
        return self.sentence or self.label


def waterfall(
    base: float, score: float, steps: Sequence[Step], palette: theme.Palette, threshold: float | None = None
) -> Chart:
    """Draw how `steps` lead from `base` to `score`, both probabilities; the small ones are one bar.

    `threshold` is the probability from which the event is not allowed.
    """
    bars = _with_rest(steps)
    ends = _running_ends(base, bars)
    labels = ["Base rate", *(in_lines(bar.words) for bar in bars), "Score"]
    bridge = {
        "type": "waterfall",
        "orientation": "h",
        "measure": ["absolute", *("relative" for _ in bars), "total"],
        "y": list(range(len(labels))),
        "x": [100 * base, *(100 * bar.points for bar in bars), 0],
        "text": [f"{100 * base:.1f} %", *(in_points(bar.points) for bar in bars), f"{100 * score:.1f} %"],
        "customdata": [
            "Where every event starts",
            *(f"<i>{bar.label}</i><br>{bar.words}" for bar in bars),
            "The stored score",
        ],
        "hovertemplate": "%{customdata}<br><b>%{text}</b><extra></extra>",
        "textposition": "outside",
        "cliponaxis": False,
        "increasing": {"marker": {"color": palette.red}},
        "decreasing": {"marker": {"color": palette.green}},
        "totals": {"marker": {"color": palette.accent}},
        "connector": {"line": {"color": palette.border, "width": 1}},
    }
    low, high = min(0.0, base, *ends), max(base, score, threshold or 0.0, *ends)
    # A fifth of the span to the right of the longest bar holds the outermost label.
    span = [100 * low - 1, 100 * (high + 0.2 * (high - low)) + 1]
    figure = figure_of(
        [bridge],
        palette,
        ROW_PIXELS * len(labels) + 56,
        x={"range": span, "ticksuffix": " %", "showgrid": True},
        y=named_rows(labels),
        **({} if threshold is None else _threshold(threshold, palette)),
    )
    return Chart(figure, _in_words(base, score, bars))


def _threshold(threshold: float, palette: theme.Palette) -> Part:
    """Return the layout's line at `threshold`, its word above it, and the room for that word."""
    word = {
        "x": 100 * threshold, "y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False,
        "text": "threshold", "font": {"color": palette.amber},
    }  # fmt: skip
    line = {"color": palette.amber, "width": 1.5, "dash": "dot"}
    return {"shapes": [upright(100 * threshold, line)], "annotations": [word], "margin": {"t": 22}}


def in_lines(sentence: str) -> str:
    """Break a sentence into at most two lines, the second cut with an ellipsis where it is too long."""
    lines = textwrap.wrap(sentence.rstrip("."), LINE_LETTERS, max_lines=2, placeholder=" …")
    return "<br>".join(lines)


def _with_rest(steps: Sequence[Step]) -> list[Step]:
    ordered = sorted(steps, key=lambda step: -abs(step.points))
    shown, rest = ordered[:BARS], ordered[BARS:]
    if not rest:
        return shown
    words = "1 smaller reason" if len(rest) == 1 else f"{len(rest)} smaller reasons"
    return [*shown, Step(words, sum(step.points for step in rest))]


def _running_ends(base: float, bars: Sequence[Step]) -> list[float]:
    ends, total = [], base
    for bar in bars:
        total += bar.points
        ends.append(total)
    return ends


def _in_words(base: float, score: float, bars: Sequence[Step]) -> str:
    strongest = ", ".join(f"{bar.label} {in_points(bar.points)}" for bar in bars[:3])
    return (
        f"Waterfall from a base probability of {100 * base:.1f} % to a score of {100 * score:.1f} %. "
        f"Largest steps in percentage points: {strongest or 'none'}."
    )
