"""What a trainee ticked in the case at hand: of the session, until the case is decided."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.formats import literal
from desk.drills.state import DrillState

# Keys of widgets go to the browser, so they hold the place of a fact and never an id.
KEPT = "drill_cited"
DIGITS = 10


def cited(state: DrillState) -> tuple[str, ...]:
    """Return the keys of the facts that are ticked, in their order."""
    chosen = _chosen(state)
    return tuple(one.key for one in state.evidence if one.key in chosen)


def draw_ticks(state: DrillState) -> None:
    """Draw a button for each fact that the case shows, to cite it or not; the first ten have a digit.

    Not boxes to tick: while one of these has the focus, the browser's keys do not reach the page.
    """
    chosen = _chosen(state)
    half = (len(state.evidence) + 1) // 2
    columns = [column.container(gap=None) for column in st.columns(2, gap="small")]
    for place, one in enumerate(state.evidence):
        is_on = one.key in chosen
        columns[place >= half].button(
            f"**{literal(one.words)}**" if is_on else literal(one.words),
            key=f"cite_{state.place}_{place}",
            type="tertiary",
            icon=":material/check_box:" if is_on else ":material/check_box_outline_blank:",
            shortcut=str((place + 1) % 10) if place < DIGITS else None,
            help="Cited: click to leave it out" if is_on else None,
            on_click=partial(_turned, state, one.key),
            width="stretch",
        )


def forget(state: DrillState) -> None:
    """Drop what was ticked."""
    st.session_state.pop(_name(state), None)


def _turned(state: DrillState, key: str) -> None:
    st.session_state[_name(state)] = _chosen(state) ^ {key}


def _chosen(state: DrillState) -> set[str]:
    return set(st.session_state.get(_name(state), ()))


def _name(state: DrillState) -> str:
    return f"{KEPT}_{state.drill_id}_{state.place}"
