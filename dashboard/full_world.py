"""The button that builds the full demonstration in the place of a smaller one."""

from __future__ import annotations

import streamlit as st

from dashboard import acting, demonstration, owner, work
from dashboard.formats import exact
from dashboard.job_lines import asked_by
from data.world import FULL_EVENTS

QUESTION = (
    f"The full world has about {exact(FULL_EVENTS)} events, and its levels are calibrated to the public "
    "figures. Building it takes about five minutes on two cores and replaces this demonstration, which can be"
    " built again. Data of your own lies elsewhere and is not touched."
)


def button() -> None:
    """Draw the button where a smaller demonstration is open; a click asks before anything is replaced."""
    present = demonstration.built(owner.store())
    if present is None or present.is_full:
        return
    if st.button("Build the full world", icon=":material/public:", key="build_full_world"):
        _confirm(present)


@st.dialog("Build the full demonstration?")
def _confirm(present: demonstration.Wanted) -> None:
    st.markdown(QUESTION)
    left, right = st.columns(2)
    if left.button("Build it", type="primary", width="stretch"):
        wanted = {"seed": present.seed, "events": FULL_EVENTS, **asked_by(acting.actor())}
        mine = owner.current()
        mine.submit(work.make("demo", mine, wanted))
        st.rerun()
    if right.button("Keep this one", width="stretch"):
        st.rerun()
