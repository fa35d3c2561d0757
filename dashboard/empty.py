"""The written empty states of a store that has nothing to show yet, each with its next step."""

from __future__ import annotations

import streamlit as st

from dashboard.facts import Facts
from dashboard.formats import exact


def draw(facts: Facts) -> None:
    """Draw the state of a store whose pages have nothing to read: nothing loaded, or nothing scored."""
    with st.container(key="build", gap="small"):
        if facts.stage == "empty":
            _nothing_loaded()
        else:
            _nothing_scored(facts)


def _nothing_loaded() -> None:
    st.title("Nothing is loaded yet")
    st.markdown("This store is empty. Load your own files in three steps, in a terminal:")
    st.code(
        "watchfloor map FILES > mapping.toml      # proposes what your columns mean\n"
        "watchfloor load FILES --map mapping.toml # takes every row, or says why not\n"
        "watchfloor train && watchfloor score     # learns from your labels, scores and explains",
        language="bash",
    )
    st.markdown("Or look around first, with a made-up exchange:")
    st.code("watchfloor demo", language="bash")
    st.caption("Commands may run while this screen is open; it fills by itself on reload.")


def _nothing_scored(facts: Facts) -> None:
    events = "1 event is" if facts.events == 1 else f"{exact(facts.events)} events are"
    st.title(f"{events} loaded, none is scored yet")
    st.markdown("Train on your labels, then score. Both can run while this screen is open:")
    st.code("watchfloor train\nwatchfloor score", language="bash")
    st.caption("`watchfloor doctor` says what is missing or odd in what was loaded.")
