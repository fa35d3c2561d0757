"""A ring drawn: its accounts where they were laid out, by role, and the ties between them by kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard import theme
from dashboard.charts.figure import Chart, Part, figure_of
from dashboard.formats import money
from dashboard.questions import ring_words
from dashboard.questions.ring import Edge, Member

HEIGHT = 520
SYMBOLS = {
    "collector": "diamond",
    "distributor": "square",
    "mule": "circle",
    "controller": "star",
    "cash_out": "triangle-down",
    "member": "pentagon",
}
DASHES = ("solid", "dot", "dash", "dashdot", "longdash", "longdashdot")
SMALLEST, LARGEST = 9.0, 24.0
# Above this names lie on each other; they are in the hover and in the table.
NAMES_SHOWN = 14
Place = tuple[float, float]


def ring_graph(
    members: Sequence[Member],
    edges: Sequence[Edge],
    palette: theme.Palette,
    unit: str,
    *,
    others: Sequence[Member] = (),
    height: int = HEIGHT,
) -> Chart:
    """Draw `members` and `edges`; a point's own name is its account's, size follows what it received.

    `others` were in the ring on other days: they are drawn faintly, so that every day has the same places.
    """
    places = {one.account_id: (one.x, one.y) for one in members}
    drawn = [edge for edge in edges if edge.account_a in places and edge.account_b in places]
    kinds = [kind for kind in ring_words.TIES if any(edge.kind == kind for edge in drawn)]
    kinds += sorted({edge.kind for edge in drawn} - set(ring_words.TIES))
    traces = [_lines(kind, drawn, places, palette) for kind in kinds]
    largest = max((one.received or 0.0 for one in members), default=0.0)
    roles = [role for role in ring_words.ROLES if any(one.role == role for one in members)]
    roles += sorted({one.role for one in members} - set(ring_words.ROLES))
    if others:
        traces.append(_faint(others, palette, unit))
    traces += [_points(role, members, largest, palette, unit) for role in roles]
    if any(one.confirmed_at for one in members):
        traces.append(_legend_of_confirmed(palette))
    hidden = {"visible": False, "range": [-1.1, 1.1], "fixedrange": False}
    figure = figure_of(
        traces,
        palette,
        height,
        x=hidden,
        y=dict(hidden),
        showlegend=True,
        dragmode="pan",
        legend={"orientation": "h", "y": -0.02, "yanchor": "top", "x": 0.0, "font": {"color": palette.muted}},
    )
    return Chart(figure, _in_words(members, drawn, kinds))


def _lines(kind: str, edges: Sequence[Edge], places: Mapping[str, Place], palette: theme.Palette) -> Part:
    """Return all ties of one kind as one line with gaps: one element on the screen however many they are."""
    x: list[float | None] = []
    y: list[float | None] = []
    for edge in edges:
        if edge.kind == kind:
            (x0, y0), (x1, y1) = places[edge.account_a], places[edge.account_b]
            x += [x0, x1, None]
            y += [y0, y1, None]
    names = list(ring_words.TIES)
    number = names.index(kind) if kind in names else len(names)
    colours = palette.categories
    return {
        "type": "scatter",
        "mode": "lines",
        "name": ring_words.tie(kind),
        "x": x,
        "y": y,
        "hoverinfo": "skip",
        "line": {
            "color": theme.translucent(colours[number % len(colours)], 0.55),
            "width": 1.3,
            # There are more kinds than colours that can be told apart.
            "dash": DASHES[max(0, number - len(colours) + 1)],
        },
    }


def _faint(others: Sequence[Member], palette: theme.Palette, unit: str) -> Part:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "Not in it on this day",
        "x": [one.x for one in others],
        "y": [one.y for one in others],
        "customdata": [(one.account_id, _hover(one, unit)) for one in others],
        "hovertemplate": "%{customdata[1]}<extra></extra>",
        "marker": {
            "symbol": "circle-open",
            "size": SMALLEST,
            "color": theme.translucent(palette.muted, 0.5),
            "line": {"width": 1},
        },
    }


def _points(role: str, members: Sequence[Member], largest: float, palette: theme.Palette, unit: str) -> Part:
    own = [one for one in members if one.role == role]
    names = list(ring_words.ROLES)
    colour = palette.categories[(names.index(role) if role in names else 0) % len(palette.categories)]
    is_named = len(members) <= NAMES_SHOWN
    return {
        "type": "scatter",
        "mode": "markers+text" if is_named else "markers",
        "name": ring_words.role(role),
        "x": [one.x for one in own],
        "y": [one.y for one in own],
        "text": [one.account_id for one in own] if is_named else None,
        "textposition": "top center",
        "textfont": {"color": palette.muted, "size": theme.CHART_TEXT},
        "customdata": [(one.account_id, _hover(one, unit)) for one in own],
        "hovertemplate": "%{customdata[1]}<extra></extra>",
        "marker": {
            "symbol": SYMBOLS.get(role, "circle"),
            "size": [_size(one, largest) for one in own],
            "color": colour,
            "opacity": 1,
            "line": {
                "color": [palette.red if one.confirmed_at else palette.background for one in own],
                "width": [2.5 if one.confirmed_at else 1 for one in own],
            },
        },
    }


def _legend_of_confirmed(palette: theme.Palette) -> Part:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "Confirmed as crime",
        "x": [None],
        "y": [None],
        "hoverinfo": "skip",
        "marker": {"symbol": "circle-open", "size": 10, "color": palette.red, "line": {"width": 2.5}},
    }


def _size(one: Member, largest: float) -> float:
    # Area, not diameter, follows the amount.
    share = ((one.received or 0.0) / largest) ** 0.5 if largest > 0 else 0.0
    return float(SMALLEST + (LARGEST - SMALLEST) * share)


def _hover(one: Member, unit: str) -> str:
    parts = [
        f"received {money(one.received, unit)}" if one.received else "",
        f"sent to others {money(one.sent, unit)}" if one.sent else "",
        f"cashed out {money(one.cashed_out, unit)}" if one.cashed_out else "",
    ]
    moved = ", ".join(part for part in parts if part) or "moved nothing here"
    confirmed = f"<br>confirmed as crime {one.confirmed_at:%d %b %Y}" if one.confirmed_at else ""
    since = f"{ring_words.role(one.role)} since {one.since:%d %b %Y}"
    return f"<b>{one.account_id}</b><br>{since}<br>{moved}{confirmed}"


def _in_words(members: Sequence[Member], edges: Sequence[Edge], kinds: Sequence[str]) -> str:
    if not members:
        return "No account stood in the ring on this day."
    confirmed = sum(one.confirmed_at is not None for one in members)
    by_kind = "; ".join(
        f"{ring_words.tie(kind).lower()} {sum(edge.kind == kind for edge in edges):,}" for kind in kinds
    )
    ties = f"{len(edges):,} tied pairs by their strongest tie: {by_kind}" if edges else "no tie on this day"
    return f"Drawing of {len(members):,} accounts, {confirmed:,} of them confirmed as crime, and {ties}."
