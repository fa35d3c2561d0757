"""How a change of a count came about: from the number before to the number now, part by part."""

from __future__ import annotations

from dashboard import theme
from dashboard.charts.figure import Chart, figure_of, named_rows
from dashboard.formats import exact
from dashboard.review.drawings import axis_start
from dashboard.review.figures import signed
from dashboard.review.model import Decomposition

ROW_PIXELS = 44


def bridge(whole: Decomposition, base: str, now: str, palette: theme.Palette) -> Chart:
    """Draw `whole` as a waterfall; `base` and `now` name the two windows. Parts are neither good nor bad."""
    labels = [base, *(part.name for part in whole.parts), now]
    texts = [exact(round(whole.before)), *(signed(p.value) for p in whole.parts), exact(round(whole.after))]
    bars = {
        "type": "waterfall",
        "orientation": "h",
        "measure": ["absolute", *("relative" for _ in whole.parts), "total"],
        "y": list(range(len(labels))),
        "x": [whole.before, *(part.value for part in whole.parts), 0],
        "text": texts,
        "textposition": "outside",
        "cliponaxis": False,
        "customdata": [base, *(part.sentence for part in whole.parts), now],
        "hovertemplate": "%{customdata}<br><b>%{text}</b><extra></extra>",
        "increasing": {"marker": {"color": palette.muted}},
        "decreasing": {"marker": {"color": palette.muted}},
        "totals": {"marker": {"color": palette.accent}},
        "connector": {"line": {"color": palette.border, "width": 1}},
    }
    floor, top = axis_start(whole), _highest(whole)
    figure = figure_of(
        [bars],
        palette,
        ROW_PIXELS * len(labels) + 30,
        x={"range": [floor, top + 0.14 * (top - floor)], "tickformat": "~s", "nticks": 6, "showgrid": True},
        y=named_rows(labels),
    )
    parts = ", ".join(f"{part.name} {signed(part.value)}" for part in whole.parts)
    return Chart(figure, f"Waterfall from {texts[0]} in {base} to {texts[-1]} in {now}: {parts}.")


def _highest(whole: Decomposition) -> float:
    levels, level = [whole.before, whole.after], whole.before
    for part in whole.parts:
        level += part.value
        levels.append(level)
    return max(levels) or 1.0
