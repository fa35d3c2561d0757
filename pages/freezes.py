"""Freezes: how much money is stopped, how long already, whose, and was it right?"""

import streamlit as st

from dashboard import state
from dashboard.desk.scene import desk_scene
from dashboard.facts import facts
from dashboard.freezes.tabs import TABS

known = facts()
scene = desk_scene(known, state.current().region)

with st.container(key="headline", gap=None):
    st.caption("How much money is stopped, how long already, whose is it, and was it right?")
    st.title("Freezes")
if scene is None:
    st.stop()

chosen = state.pick_tab(TABS)
TABS[chosen][1](scene)
