"""Money going from state to state in a window, as bands as wide as the amounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard import theme
from dashboard.charts.figure import Chart, figure_of
from dashboard.formats import money
from dashboard.review.model import Flow


def flow_chart(
    found: Sequence[Flow],
    unit: str,
    palette: theme.Palette,
    height: int = 300,
    colours: Mapping[str, str] | None = None,
) -> Chart:
    """Draw `found` from left to right; `colours` are those of nodes that are not of the accent, by name."""
    named = colours or {}
    names = list(dict.fromkeys(name for flow in found for name in (flow.source, flow.target)))
    at = {name: place for place, name in enumerate(names)}
    sankey = {
        "type": "sankey",
        "arrangement": "snap",
        "node": {
            "label": names,
            "color": [named.get(name, palette.accent) for name in names],
            "pad": 22,
            "thickness": 10,
            "align": "left",
            "line": {"width": 0},
            "hovertemplate": "%{label}: <b>%{value:,.0f}</b><extra></extra>",
        },
        "link": {
            "source": [at[flow.source] for flow in found],
            "target": [at[flow.target] for flow in found],
            "value": [flow.amount for flow in found],
            "color": [
                theme.translucent(named[flow.target], 0.3) if flow.target in named else palette.accent_soft
                for flow in found
            ],
            "customdata": [money(flow.amount, unit) for flow in found],
            "hovertemplate": "%{source.label} to %{target.label}<br><b>%{customdata}</b><extra></extra>",
        },
        "textfont": {"family": theme.FONT, "size": theme.CHART_TEXT, "color": palette.text, "shadow": "none"},
    }
    figure = figure_of(
        [sankey], palette, height, x={"visible": False}, y={"visible": False}, margin={"t": 14, "b": 14}
    )
    told = "; ".join(f"{flow.source} to {flow.target} {money(flow.amount, unit)}" for flow in found)
    return Chart(figure, f"Flow of money: {told}.")
