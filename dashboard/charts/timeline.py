"""Everything an account did, one lane a kind, coloured where it was not allowed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from dashboard import theme
from dashboard.charts.figure import Chart, Part, figure_of, named_rows
from dashboard.questions import words

DECISIONS = ("allow", "step_up", "hold", "block", "freeze")
SYMBOLS = {"allow": "circle", "step_up": "circle", "hold": "square", "block": "x", "freeze": "diamond"}
LANE_PIXELS = 30
SMALLEST, LARGEST = 6.0, 18.0


@dataclass(frozen=True, slots=True)
class Mark:
    """One event on the timeline."""

    event_id: str
    occurred_at: datetime
    kind: str
    decision: str
    score: float | None
    amount: float | None
    sentence: str | None


def timeline(
    marks: Sequence[Mark],
    palette: theme.Palette,
    unit: str,
    marked: Collection[str] = (),
    span: tuple[datetime, datetime] | None = None,
) -> Chart:
    """Draw `marks` in lanes by kind; size follows the amount, colour and shape the decision.

    The events named in `marked` have a ring around them; `span` are the times at both ends, else the first
    and the last event.
    """
    kinds = [kind for kind in words.KINDS if any(mark.kind == kind for mark in marks)]
    kinds += sorted({mark.kind for mark in marks} - set(words.KINDS))
    largest = max((mark.amount or 0.0 for mark in marks), default=0.0)
    lanes = {kind: lane for lane, kind in enumerate(kinds)}
    traces: list[Part] = []
    for decision in DECISIONS:
        chosen = [mark for mark in marks if mark.decision == decision]
        if not chosen:
            continue
        is_quiet = decision == "allow"
        traces.append(
            {
                "type": "scatter",
                "x": [mark.occurred_at.isoformat() for mark in chosen],
                "y": [lanes[mark.kind] for mark in chosen],
                "name": words.decision(decision),
                "mode": "markers",
                "customdata": [(mark.event_id, _hover(mark, unit)) for mark in chosen],
                "marker": {
                    "color": theme.translucent(palette.muted, 0.45)
                    if is_quiet
                    else palette.decisions[decision],
                    "symbol": SYMBOLS[decision],
                    "size": [_size(mark, largest) for mark in chosen],
                    "line": {"width": 0 if is_quiet else 1, "color": palette.background},
                },
                "hovertemplate": "%{customdata[1]}<extra></extra>",
            }
        )
    ringed = [mark for mark in marks if mark.event_id in marked]
    if ringed:
        traces.append(_rings(ringed, lanes, largest, palette))
    figure = figure_of(
        traces,
        palette,
        LANE_PIXELS * max(3, len(kinds)) + 64,
        x={"showgrid": True, "nticks": 8, "type": "date"} | _range(span),
        y={
            **named_rows([words.kind(kind) for kind in kinds]),
            "showgrid": True,
            "zeroline": False,
            "range": [len(kinds) - 0.4, -0.6],
        },
        showlegend=True,
    )
    return Chart(figure, _in_words(marks))


def _range(span: tuple[datetime, datetime] | None) -> Part:
    return {} if span is None else {"range": [moment.isoformat() for moment in span]}


def _rings(marks: Sequence[Mark], lanes: dict[str, int], largest: float, palette: theme.Palette) -> Part:
    return {
        "type": "scatter",
        "x": [mark.occurred_at.isoformat() for mark in marks],
        "y": [lanes[mark.kind] for mark in marks],
        "name": "Of this case",
        "mode": "markers",
        "marker": {
            "color": palette.text,
            "symbol": "circle-open",
            "size": [_size(mark, largest) + 8 for mark in marks],
            "line": {"width": 2},
        },
        "hoverinfo": "skip",
    }


def _size(mark: Mark, largest: float) -> float:
    if largest <= 0 or not mark.amount:
        return SMALLEST if mark.decision == "allow" else SMALLEST + 4
    # Area, not diameter, follows the amount.
    size = SMALLEST + (LARGEST - SMALLEST) * (mark.amount / largest) ** 0.5
    return float(size if mark.decision == "allow" else max(size, SMALLEST + 4))


def _hover(mark: Mark, unit: str) -> str:
    amount = f" · {mark.amount:,.2f} {unit}" if mark.amount is not None else ""
    score = f" · score {100 * mark.score:.1f} %" if mark.score is not None else ""
    why = f"<br>{mark.sentence}" if mark.sentence else ""
    decision = words.decision(mark.decision).lower()
    when = f"{mark.occurred_at:%d %b %Y %H:%M} UTC"
    return f"<b>{words.kind(mark.kind)}</b>{amount}<br>{when} · {decision}{score}{why}"


def _in_words(marks: Sequence[Mark]) -> str:
    if not marks:
        return "No events."
    first, last = min(m.occurred_at for m in marks), max(m.occurred_at for m in marks)
    flagged = sum(mark.decision != "allow" for mark in marks)
    span = f"from {first:%d %B %Y} to {last:%d %B %Y}"
    return f"Timeline of {len(marks)} events {span}, {flagged} of them not allowed."
