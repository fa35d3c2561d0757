"""Liveness: are attacks on identity checks stopped, and what does that cost the honest?"""

import streamlit as st

from dashboard import state
from dashboard.facts import facts
from dashboard.liveness import headline, tabs
from dashboard.liveness.scene import scene_of
from dashboard.questions.period import shown_period

known = facts()
view = state.current()
scene = scene_of(known, view, shown_period(view.period, known))

with st.container(key="headline", gap=None):
    st.caption("Are attacks on identity checks stopped, by which signs, and what does it cost the honest?")
    st.title(headline.title(scene))

if not scene.counts.checks:
    st.markdown(
        "Choose another period or region. Identity checks come with `watchfloor load`, table "
        "`liveness_checks`."
    )
    st.stop()

with st.container(key="toolbar", horizontal=True, vertical_alignment="center", gap="small"):
    tab = state.pick_tab(tabs.TABS)
tabs.TABS[tab][1](scene)
