"""The money of a ring as bands: from outside to its accounts or their roles, between them, and out again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard import theme
from dashboard.charts.figure import Chart, figure_of
from dashboard.formats import money
from dashboard.questions import ring_words
from dashboard.questions.ring import RingFlow

HEIGHT = 380
# Longer names push the bands together; the whole of it is in the hover.
LONGEST_NAME = 18
SIDES = {"in": ("source", "inside"), "inside": ("inside", "inside"), "out": ("inside", "destination")}
Node = tuple[str, str | None]


def ring_flows(found: Sequence[RingFlow], unit: str, palette: theme.Palette, height: int = HEIGHT) -> Chart:
    """Draw those of `found` that lead forward from left to right."""
    bands = [(*ends(flow), flow) for flow in forward(found)]
    nodes = list(dict.fromkeys(node for source, target, _ in bands for node in (source, target)))
    at = {node: place for place, node in enumerate(nodes)}
    names = [named(node) for node in nodes]
    sankey = {
        "type": "sankey",
        "arrangement": "snap",
        "node": {
            "label": [name if len(name) <= LONGEST_NAME else _short(name) for name in names],
            "customdata": names,
            "color": [palette.accent if side == "inside" else palette.muted for side, _ in nodes],
            "pad": 14,
            "thickness": 10,
            "line": {"width": 0},
            "hovertemplate": "%{customdata}: <b>%{value:,.0f}</b><extra></extra>",
        },
        "link": {
            "source": [at[source] for source, _, _ in bands],
            "target": [at[target] for _, target, _ in bands],
            "value": [flow.amount for _, _, flow in bands],
            "color": palette.accent_soft,
            "customdata": [
                f"{money(flow.amount, unit)} in {flow.transfers:,} transfers" for _, _, flow in bands
            ],
            "hovertemplate": "%{source.customdata} to %{target.customdata}<br><b>%{customdata}</b>"
            "<extra></extra>",
        },
        "textfont": {"family": theme.FONT, "size": theme.CHART_TEXT, "color": palette.text, "shadow": "none"},
    }
    figure = figure_of(
        [sankey], palette, height, x={"visible": False}, y={"visible": False}, margin={"t": 14, "b": 14}
    )
    return Chart(figure, _in_words(found, unit))


def forward(found: Sequence[RingFlow]) -> tuple[RingFlow, ...]:
    """Return the flows that lead from left to right, the widest first; what would go back is left out.

    Bands that run in circles cannot be followed: of each circle the smallest flow is left to the words below.
    """
    after: dict[Node, set[Node]] = {}
    kept = []
    for flow in sorted(found, key=lambda flow: -flow.amount):
        source, target = ends(flow)
        if source != target and not _leads(after, target, source):
            after.setdefault(source, set()).add(target)
            kept.append(flow)
    return tuple(kept)


def _leads(after: Mapping[Node, set[Node]], start: Node, end: Node) -> bool:
    """Say whether bands lead from one node to another."""
    seen, waiting = {start}, [start]
    while waiting:
        for node in after.get(waiting.pop(), ()):
            if node == end:
                return True
            if node not in seen:
                seen.add(node)
                waiting.append(node)
    return False


def ends(flow: RingFlow) -> tuple[Node, Node]:
    """Return the two nodes of a flow: the side of the ring each is on, and its name."""
    from_side, to_side = SIDES[flow.leg]
    return (from_side, flow.source), (to_side, flow.target)


def named(node: Node) -> str:
    """Write a node: an account, a role, an address outside, or what stands for many."""
    side, name = node
    if name is None:
        return "Other senders" if side == "source" else "Other receivers"
    if not name:
        return "Not known"
    return ring_words.ROLES.get(name, name) if side == "inside" else name


def _short(name: str) -> str:
    return f"{name[:8]}…{name[-6:]}"


def _in_words(found: Sequence[RingFlow], unit: str) -> str:
    if not found:
        return "No money moved in this ring."
    sums = {leg: sum(flow.amount for flow in found if flow.leg == leg) for leg in SIDES}
    largest = max(found, key=lambda flow: flow.amount)
    source, target = ends(largest)
    return (
        f"Flow of money: {money(sums['in'], unit)} in from outside, {money(sums['inside'], unit)} between "
        f"its accounts, {money(sums['out'], unit)} out; the widest band is {named(source)} to "
        f"{named(target)}, {money(largest.amount, unit)}."
    )
