"""The headline of the queue: how many cases live, breach, are due, are in one's hands; what is at stake."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from dashboard import drawer
from dashboard.desk import queue_words
from dashboard.desk.scene import DeskScene
from dashboard.drawer import Figure
from dashboard.formats import compact, counted, exact, literal, money
from dashboard.questions import queue
from dashboard.questions.queue import Chosen, Counts, Place

FIGURE = "queue_figure"
PAUSED = "A paused case counts as live; its clock stands still."
# Columns of the rows behind a number that are read in the case itself.
_HIDDEN = ("version", "level", "regions", "rings", "loss", "closed_at", "closed_by", "matching", "last_at")


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the headline, its label, what it means, and the rows behind it."""

    name: str
    label: str
    shown: str
    exact: str
    meaning: str
    chosen: Chosen
    more: tuple[tuple[str, object], ...] = ()


def numbers(counts: Counts, place: Place, unit: str) -> tuple[Number, ...]:
    """Return the five numbers."""
    live = Chosen()
    return (
        Number("live", "Live", compact(counts.live), counted(counts.live, "live case"), PAUSED, live),
        Number(
            "breached",
            "Breached",
            compact(counts.breached),
            f"{counted(counts.breached, 'case')} past their time",
            "Live cases whose service level of the channel, kind and severity is over. " + PAUSED,
            replace(live, clock=("breached",)),
        ),
        Number(
            "due_soon",
            "Due soon",
            compact(counts.due_soon),
            f"{counted(counts.due_soon, 'case')} due soon",
            "Live cases with little of their service level left, as the channel's settings say.",
            replace(live, clock=("due_soon",)),
        ),
        Number(
            "in_hand",
            "In my hands",
            compact(counts.in_hand),
            f"{counted(counts.in_hand, 'case')} in your hands",
            "Cases that you took and nobody else is offered. A lock ends by itself when you do nothing.",
            live,
            (("holder", place.me),),
        ),
        Number(
            "at_stake",
            "Expected loss of what waits",
            money(counts.waiting_loss, unit),
            f"{exact(counts.waiting_loss)} {unit} in {counted(counts.waiting, 'case')}",
            "The expected loss of live cases that are in nobody's hands and not paused.",
            replace(live, order="loss"),
            (("waiting", True),),
        ),
    )


def draw(scene: DeskScene, place: Place) -> None:
    """Draw the sentence and the numbers; a click keeps the number, and the page opens its rows."""
    counts = queue.counts(place)
    first = queue.most_urgent(place) if counts.waiting else None
    st.markdown(literal(queue_words.urgent(first, counts.breached, counts.due_soon, place.now)))
    with st.container(border=True, horizontal=True, gap="large", key="queue_numbers"):
        for number in numbers(counts, place, scene.known.money_unit):
            with st.container(width="content", gap=None, key=f"queue_number_{number.name}"):
                st.html(f'<div class="wf-label">{number.label}</div>')
                if st.button(
                    number.shown,
                    key=f"figure_queue_{number.name}",
                    type="tertiary",
                    help=f"{number.exact}. Click for its rows",
                ):
                    st.session_state[FIGURE] = _figure(number, place)
                    st.rerun()


def _figure(number: Number, place: Place) -> Figure:
    return Figure(
        number.label,
        number.shown,
        number.exact,
        number.meaning,
        queue.asked(number.chosen, place, **dict(number.more)),
        columns=columns(),
    )


def open_figure() -> None:
    """Open the rows of the number that was clicked, if one was."""
    figure: Figure | None = st.session_state.pop(FIGURE, None)
    if figure is not None:
        drawer.show(figure)


def columns() -> dict[str, object]:
    """Return how the columns of the queue's rows look in a table."""
    config = st.column_config
    texts = {
        "case_id": "Case",
        "severity": "Severity",
        "kind": "Kind",
        "subject_kind": "About",
        "subject_id": "Which",
        "channel": "Channel",
        "status": "Status",
        "clock": "Clock",
        "in_hand": "In the hands of",
        "assignee": "For",
        "outcome": "Outcome",
        "typology": "Typology",
        "last_action": "Last",
        "last_actor": "By",
    }
    zone = st.context.timezone or "UTC"
    times = {"due_at": "Due", "opened_at": "Opened"}
    return {
        **{name: config.TextColumn(label) for name, label in texts.items()},
        **{
            name: config.DatetimeColumn(label, format="YYYY-MM-DD HH:mm", timezone=zone)
            for name, label in times.items()
        },
        "expected_loss": config.NumberColumn("Expected loss", format="localized"),
        "alerts": config.NumberColumn("Alerts", format="localized"),
        "sentence": config.TextColumn("Strongest reason", width="large"),
        **dict.fromkeys(_HIDDEN),
    }
