"""Audit: who did what, when, under which approval, and was anything changed since?"""

import streamlit as st

from dashboard import state
from dashboard.audit.tabs import TABS
from dashboard.desk.scene import desk_scene
from dashboard.facts import facts

known = facts()
scene = desk_scene(known, state.current().region)

with st.container(key="headline", gap=None):
    st.caption("Who did what, when, under which approval, and was anything changed since?")
    st.title("Audit")
if scene is None:
    st.stop()

chosen = state.pick_tab(TABS)
TABS[chosen][1](scene)
