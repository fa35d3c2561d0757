"""What a person chooses on the queue: search, clock, severity and more, order; all of it in the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st

from dashboard import state
from dashboard.desk import queue_views, queue_words
from dashboard.desk.scene import DeskScene
from dashboard.questions import queue, words
from dashboard.questions.queue import AGES, CLOCKS, KEPT, ORDERS, STATUSES, Chosen
from desk.cases.state import KINDS, SEVERITIES


def draw(scene: DeskScene, chosen: Chosen) -> None:
    """Draw the filters in one row, those used seldom behind a button."""
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="small", key="queue_choice", border=False
    ):
        _find(chosen)
        _several("Clock", list(CLOCKS)[:3], "clock", lambda name: CLOCKS[name])
        _several(
            "Severity",
            list(SEVERITIES)[:3],
            "severity",
            words.spoken,
        )
        _whose(chosen)
        with st.popover(_more_label(chosen), icon=":material/tune:", key="queue_more"):
            _more()
        queue_views.draw(scene, chosen)
        with st.container(width=140):
            state.pick(
                "Order",
                list(ORDERS),
                name="order",
                words=lambda name: ORDERS[name],
                show_label=False,
            )


def clear() -> None:
    """Take every filter out of the address; the order stays."""
    state.change(**{name: None for name in KEPT if name != "order"}, sheet=None, saved=None)


def _find(chosen: Chosen) -> None:
    st.session_state["queue_find"] = chosen.find

    def write() -> None:
        state.change(find=str(st.session_state["queue_find"]).strip() or None, sheet=None)

    st.text_input(
        "Find",
        key="queue_find",
        placeholder="Find case, account, words",
        help=f"Up to {queue.MOST_WORDS} words in any order, in ids, accounts, events, rings, reasons, notes. "
        "Key F or /.",
        on_change=write,
        icon=":material/search:",
        width=196,
        label_visibility="collapsed",
    )


def _several(
    label: str,
    options: Sequence[str],
    name: Literal["clock", "severity", "channel", "kind"],
    said: Callable[[str], str],
    *,
    is_long: bool = False,
) -> None:
    """Draw a choice of several, kept in the address with commas between."""
    key = f"queue_{name}{'_all' if is_long else ''}"
    there = [one for one in getattr(Chosen.of(state.current()), name) if one in options]
    st.session_state[key] = there

    def write() -> None:
        others = [one for one in getattr(Chosen.of(state.current()), name) if one not in options]
        state.change(**{name: ",".join([*st.session_state[key], *others]) or None}, sheet=None)

    if is_long:
        st.multiselect(label, options, format_func=said, key=key, on_change=write, placeholder="Any")
    else:
        st.pills(
            label,
            options,
            format_func=said,
            key=key,
            on_change=write,
            selection_mode="multi",
            label_visibility="collapsed",
        )


def _whose(chosen: Chosen) -> None:
    people = [name for name in queue.choices()["person"] if name]
    offered = ["mine", "nobody", *people]
    if chosen.who and chosen.who not in offered:
        offered.append(chosen.who)
    said = {"mine": "Mine", "nobody": "Nobody's"}
    st.session_state["queue_who"] = chosen.who or ""

    def write() -> None:
        state.change(who=st.session_state["queue_who"] or None, sheet=None)

    st.selectbox(
        "With",
        ["", *offered],
        format_func=lambda name: said.get(name, name) or "Anybody's",
        key="queue_who",
        on_change=write,
        label_visibility="collapsed",
        width=130,
    )


def _more_label(chosen: Chosen) -> str:
    used = [chosen.channel, chosen.kind, chosen.typology, chosen.age, chosen.status != "live"]
    count = sum(map(bool, used))
    return f"Filters, {count}" if count else "Filters"


def _more() -> None:
    found = queue.choices()
    _several("Channel", list(found["channel"]), "channel", queue_words.channel, is_long=True)
    _several("Kind", list(KINDS), "kind", words.spoken, is_long=True)
    _several(
        "Severity",
        list(SEVERITIES),
        "severity",
        words.spoken,
        is_long=True,
    )
    _several("Clock", list(CLOCKS), "clock", lambda name: CLOCKS[name], is_long=True)
    state.pick("Status", list(STATUSES), name="status", words=lambda name: STATUSES[name])
    state.pick("Age", list(AGES), name="age", words=lambda name: AGES[name], anything="Any age")
    state.pick(
        "Typology, of confirmed cases",
        list(found["typology"]),
        name="typology",
        words=words.spoken,
        anything="Any typology",
    )
    st.button(
        "Clear all", key="queue_clear", on_click=clear, type="tertiary", icon=":material/filter_alt_off:"
    )
