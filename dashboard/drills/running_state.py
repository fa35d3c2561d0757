"""What a trainee ticked in the case at hand: of the session, until the case is decided."""

from __future__ import annotations

from functools import partial

import streamlit as st

from desk.drills.state import DrillState

# Keys of widgets go to the browser, so they hold the place of a fact and never an id.
KEPT = "drill_cited"


def cited(state: DrillState) -> tuple[str, ...]:
    """Return the keys of the facts that are ticked, in their order."""
    chosen = _chosen(state)
    return tuple(one.key for one in state.evidence if one.key in chosen)


def draw_ticks(state: DrillState) -> None:
    """Draw a box to tick for each fact that the case shows."""
    chosen = _chosen(state)
    for place, one in enumerate(state.evidence):
        key = f"cite_{state.place}_{place}"
        st.checkbox(
            one.words, value=one.key in chosen, key=key, on_change=partial(_ticked, state, one.key, key)
        )


def forget(state: DrillState) -> None:
    """Drop what was ticked."""
    st.session_state.pop(_name(state), None)


def _ticked(state: DrillState, cited_key: str, widget: str) -> None:
    chosen = set(_chosen(state))
    is_on = bool(st.session_state.get(widget))
    st.session_state[_name(state)] = chosen | {cited_key} if is_on else chosen - {cited_key}


def _chosen(state: DrillState) -> set[str]:
    return set(st.session_state.get(_name(state), ()))


def _name(state: DrillState) -> str:
    return f"{KEPT}_{state.drill_id}_{state.place}"
