"""Drafts of a policy by what they cost and what they catch, with a line along those that no other beats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import theme
from dashboard.charts.figure import Chart, Part, figure_of


@dataclass(frozen=True, slots=True)
class Tried:
    """A draft on the chart: its words, what a click on it gives, its cost and its gain.

    `role` is present, draft or other; `is_best` where no other beats it.
    """

    name: str
    pick: str
    cost: float
    gain: float
    role: str
    is_best: bool


def frontier(points: Sequence[Tried], cost: str, gain: str, palette: theme.Palette) -> Chart:
    """Draw the drafts, those that no other beats brought forward, the present policy and the draft marked."""
    best = sorted((p for p in points if p.is_best), key=lambda p: p.cost)
    line = {
        "type": "scatter",
        "x": [p.cost for p in best],
        "y": [p.gain for p in best],
        "mode": "lines",
        "line": {"color": palette.accent, "width": 1.4, "shape": "hv"},
        "hoverinfo": "skip",
        "showlegend": False,
    }
    others = [p for p in points if p.role == "other"]
    traces: list[Part] = [
        line,
        _dots("beaten by another", [p for p in others if not p.is_best], palette.muted, 7, "circle"),
        _dots("not beaten", [p for p in others if p.is_best], palette.accent, 9, "circle"),
        _dots("present policy", [p for p in points if p.role == "present"], palette.text, 13, "diamond"),
        _dots("your draft", [p for p in points if p.role == "draft"], palette.amber, 13, "star"),
    ]
    figure = figure_of(
        [trace for trace in traces if trace["x"]],
        palette,
        300,
        x={"title": {"text": cost}, "rangemode": "tozero", "tickformat": "~s"},
        y={"title": {"text": gain}, "tickformat": "~s"},
        showlegend=True,
        legend={"orientation": "h", "y": 1.12},
        hovermode="closest",
    )
    return Chart(figure, _in_words(points, cost, gain))


def _dots(name: str, points: Sequence[Tried], colour: str, size: int, symbol: str) -> Part:
    return {
        "type": "scatter",
        "x": [p.cost for p in points],
        "y": [p.gain for p in points],
        "customdata": [[p.pick] for p in points],
        "text": [p.name for p in points],
        "name": name,
        "mode": "markers",
        "marker": {"color": colour, "size": size, "symbol": symbol, "opacity": 0.9},
        "hovertemplate": "<b>%{text}</b><br>%{x:,.0f} for %{y:,.0f}<extra></extra>",
    }


def _in_words(points: Sequence[Tried], cost: str, gain: str) -> str:
    named = {p.role: p for p in points}
    said = [f"{len(points)} policies by {cost.lower()} and {gain.lower()}"]
    said += [
        f"{words}: {named[role].cost:,.0f} for {named[role].gain:,.0f}"
        + ("" if named[role].is_best else ", beaten by another")
        for role, words in (("present", "the present policy"), ("draft", "the draft"))
        if role in named
    ]
    return f"{'; '.join(said)}. {sum(p.is_best for p in points)} are not beaten."
