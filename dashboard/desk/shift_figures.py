"""A shift in five figures: opened, closed, open now, breached, due next; each opens its rows."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import drawer
from dashboard.drawer import Figure
from dashboard.formats import compact, exact
from dashboard.questions import shifts
from dashboard.questions.shifts import Asking
from dashboard.tables import Asked
from desk.handover.snapshot import Snapshot
from desk.handover.text import AHEAD_HOURS, CHANGES, OUTCOMES


def draw_figures(asking: Asking, found: Snapshot) -> None:
    """Draw the figures in a row of cards."""
    closed = sum(found.closed.values())
    is_open = sum(one.cases for one in found.open)
    outcomes = ", ".join(f"{n} {OUTCOMES.get(name, name)}" for name, n in found.closed.items())
    moved = ", ".join(
        f"{found.changed[name]} {said}"
        for name, said in CHANGES.items()
        if name != "opened" and found.changed.get(name)
    )
    severities = ", ".join(f"{one.cases} {one.severity}" for one in found.open)
    held = ", ".join(f"{name} {n}" for name, n in found.hands.items())
    changes, standing = shifts.changes_asked(asking), shifts.standing_asked(asking, "all")
    figures = (
        ("Opened", found.changed.get("opened", 0), moved or "Nothing else moved", changes),
        ("Closed", closed, outcomes or "No disposition", changes),
        ("Open now", is_open, severities or "Nothing is open", standing),
        ("In hands", sum(found.hands.values()), held or "In nobody's hands", standing),
        (
            "Breached",
            found.breached_in_all,
            "in this shift",
            shifts.breached_asked(asking),
        ),
        (
            f"Due in {AHEAD_HOURS} hours",
            found.soon_in_all,
            f"{found.paused_in_all} paused" if found.paused_in_all else "none paused",
            shifts.standing_asked(asking, "soon"),
        ),
    )
    for column, (title, count, beside, rows) in zip(
        st.columns(len(figures), gap="small"), figures, strict=True
    ):
        with column:
            _draw_figure(asking, title, count, beside, rows)


def _draw_figure(asking: Asking, title: str, count: int, beside: str, rows: Asked) -> None:
    key = title.lower().replace(" ", "_")
    with st.container(border=True, key=f"card_shift_{key}_figure", height="stretch"):
        st.html(f'<div class="wf-label">{escape(title)}</div>')
        drawer.number(
            Figure(
                title=f"{title}, {asking.channel.title}",
                shown=compact(count),
                exact=f"{exact(count)} cases",
                definition=rows.statement.sentence,
                rows=rows,
                caveats=("Clocks as of the product's now.",),
            ),
            key=f"shift_{key}",
        )
        st.html(f'<div class="wf-change" title="{escape(beside)}"><span>{escape(beside)}</span></div>')
