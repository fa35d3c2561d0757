"""The corridors with the most flagged events: how many, and what share of all that went that way."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import theme
from dashboard.charts.figure import Chart, figure_of, named_rows
from dashboard.questions.regions import Corridor

ROW_PIXELS = 26


def corridor_bars(found: Sequence[Corridor], palette: theme.Palette) -> Chart:
    """Draw one bar a corridor; the words behind it are the share that was flagged."""
    labels = [f"{c.from_name} → {c.to_name}" for c in found]
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": list(range(len(found))),
        "x": [c.flagged for c in found],
        "text": [f"{c.flagged:,} · {100 * c.flagged_share:.1f} %" for c in found],
        "textposition": "outside",
        "cliponaxis": False,
        "customdata": [(label, c.events) for label, c in zip(labels, found, strict=True)],
        "hovertemplate": "%{customdata[0]}<br><b>%{x:,}</b> flagged of %{customdata[1]:,} events"
        "<extra></extra>",
        "marker": {"color": palette.accent, "line": {"width": 0}},
    }
    figure = figure_of(
        [bars],
        palette,
        ROW_PIXELS * max(len(found), 3) + 24,
        x={"visible": False, "range": [0, 1.35 * max((c.flagged for c in found), default=1)]},
        y=named_rows(labels),
        bargap=0.4,
    )
    return Chart(figure, _in_words(found))


def _in_words(found: Sequence[Corridor]) -> str:
    parts = [f"{c.from_name} to {c.to_name} {c.flagged:,} of {c.events:,}" for c in found[:3]]
    return f"Flagged events by corridor, the {len(found)} with the most: {'; '.join(parts)}."
