"""What a person chooses on the queue of requests: who asks, search, clock, class and more; all in the URL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st

from dashboard import state
from dashboard.questions import requests, words
from dashboard.questions.requests import ASKED_BY, CLOCKS, MOST_WORDS, ORDERS, STATUS_WORDS, Chosen
from dashboard.requests import request_words
from desk.requests.state import CLASSES

# An open request is one of these; how an ended one stood is under Filters.
_OPEN_CLOCKS = ("breached", "at_risk", "on_time")
_NAMES = ("find", "kind", "clock", "status", "country", "agency")


def draw_asker() -> None:
    """Draw whose requests these are: those of authorities, or those of users about their own accounts."""
    state.pick(
        "Asked by",
        list(ASKED_BY),
        name="asker",
        words=lambda name: ASKED_BY[name],
        style="segments",
        show_label=False,
    )


def draw(chosen: Chosen) -> None:
    """Draw the filters in one row, those used seldom behind a button."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="request_choice"):
        _find(chosen)
        _several("Clock", _OPEN_CLOCKS, "clock", lambda name: CLOCKS[name])
        _several("Class", CLASSES, "kind", request_words.request_class)
        with st.popover(_more_label(chosen), icon=":material/tune:", key="request_more"):
            _more(chosen)
        with st.container(width=160):
            state.pick("Order", list(ORDERS), name="order", words=lambda name: ORDERS[name], show_label=False)


def clear() -> None:
    """Take every filter out of the address; who asks and the order stay."""
    state.change(**dict.fromkeys(_NAMES))


def _find(chosen: Chosen) -> None:
    st.session_state["request_find"] = chosen.find

    def write() -> None:
        state.change(find=str(st.session_state["request_find"]).strip() or None)

    st.text_input(
        "Find",
        key="request_find",
        placeholder="Find request, agency, account",
        help=f"Up to {MOST_WORDS} words in any order, in ids, agencies, officers, references and accounts.",
        on_change=write,
        icon=":material/search:",
        width=190,
        label_visibility="collapsed",
    )


def _several(
    label: str, options: Sequence[str], name: Literal["clock", "kind"], said: Callable[[str], str]
) -> None:
    """Draw a choice of several, kept in the address with commas between."""
    key = f"request_{name}"
    st.session_state[key] = [one for one in getattr(Chosen.of(state.current()), name) if one in options]

    def write() -> None:
        state.change(**{name: ",".join(st.session_state[key]) or None})

    st.pills(
        label,
        options,
        format_func=said,
        key=key,
        on_change=write,
        selection_mode="multi",
        label_visibility="collapsed",
    )


def _more_label(chosen: Chosen) -> str:
    count = sum(map(bool, [chosen.country, chosen.agency, chosen.status != "live"]))
    return f"Filters, {count}" if count else "Filters"


def _more(chosen: Chosen) -> None:
    found = requests.choices(chosen.asker)
    state.pick("Status", list(STATUS_WORDS), name="status", words=request_words.status)
    state.pick(
        "Country of the authority",
        list(found["country"]),
        name="country",
        words=words.country,
        anything="Any country",
    )
    state.pick(
        "Kind of authority",
        list(found["agency_kind"]),
        name="agency",
        words=request_words.agency_kind,
        anything="Any kind",
    )
    st.button(
        "Clear all", key="request_clear", on_click=clear, type="tertiary", icon=":material/filter_alt_off:"
    )
