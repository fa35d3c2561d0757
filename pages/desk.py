"""Desk: what is most urgent, what breaches next, and who has it in hand?"""

import streamlit as st

from dashboard import state
from dashboard.desk.scene import desk_scene
from dashboard.desk.tabs import TABS
from dashboard.facts import facts

known = facts()
scene = desk_scene(known, state.current().region)

with st.container(key="headline", gap=None):
    st.caption("What is most urgent, what breaches next, and who has it in hand?")
    st.title("Desk")
if scene is None:
    st.stop()

chosen = state.pick_tab(TABS)
TABS[chosen][1](scene)
