"""Clusters of re-used media in time: one lane a cluster, one mark a check, coloured by its decision."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import theme
from dashboard.charts.figure import Chart, Part, figure_of, named_rows
from dashboard.questions import check_words
from dashboard.questions.clusters import Cluster, ClusterMark

LANE_PIXELS = 26
SYMBOLS = {"allow": "circle", "step_up": "circle-open", "hold": "square", "block": "x"}


def clusters_in_time(
    clusters: Sequence[Cluster], marks: Sequence[ClusterMark], palette: theme.Palette
) -> Chart:
    """Draw the checks of `clusters`; a mark's own name is its cluster's."""
    lanes = {cluster.cluster_id: lane for lane, cluster in enumerate(clusters)}
    traces: list[Part] = []
    for decision, symbol in SYMBOLS.items():
        chosen = [mark for mark in marks if mark.decision == decision and mark.cluster_id in lanes]
        if chosen:
            traces.append(_marks(chosen, lanes, decision, symbol, palette))
    figure = figure_of(
        traces,
        palette,
        LANE_PIXELS * max(4, len(clusters)) + 64,
        x={"showgrid": True, "nticks": 6, "type": "date"},
        y={
            **named_rows([f"{cluster.accounts} accounts" for cluster in clusters]),
            "showgrid": True,
            "zeroline": False,
            "range": [len(clusters) - 0.4, -0.6],
        },
        showlegend=True,
    )
    return Chart(figure, _in_words(clusters, marks))


def _marks(
    chosen: Sequence[ClusterMark], lanes: dict[str, int], decision: str, symbol: str, palette: theme.Palette
) -> Part:
    return {
        "type": "scatter",
        "x": [mark.occurred_at.isoformat() for mark in chosen],
        "y": [lanes[mark.cluster_id] for mark in chosen],
        "name": check_words.decision(decision),
        "mode": "markers",
        "customdata": [(mark.cluster_id, _hover(mark)) for mark in chosen],
        "marker": {
            "color": palette.decisions[decision],
            "symbol": symbol,
            "size": 9,
            "line": {"width": 1, "color": palette.decisions[decision]},
        },
        "hovertemplate": "%{customdata[1]}<extra></extra>",
    }


def _hover(mark: ClusterMark) -> str:
    kind = f" · {check_words.species(mark.species)}" if mark.species else ""
    decided = check_words.decision(mark.decision)
    return f"<b>{mark.account_id}</b>{kind}<br>{mark.occurred_at:%d %b %Y %H:%M} UTC · {decided}"


def _in_words(clusters: Sequence[Cluster], marks: Sequence[ClusterMark]) -> str:
    if not marks:
        return "No check with re-used media."
    first, last = min(m.occurred_at for m in marks), max(m.occurred_at for m in marks)
    passed = sum(mark.decision == "allow" for mark in marks)
    return (
        f"{len(marks)} checks of {len(clusters)} clusters of re-used media from {first:%d %B %Y} to "
        f"{last:%d %B %Y}; {passed} were taken for bona fide."
    )
