"""Requests: what do authorities ask, is it genuine, what may be handed over, and by when?"""

import streamlit as st

from dashboard import state
from dashboard.desk.scene import desk_scene
from dashboard.facts import facts
from dashboard.requests import allowed

known = facts()
scene = desk_scene(known, state.current().region)

with st.container(key="headline", gap=None):
    st.caption("What do authorities ask, is it genuine, what may be handed over, and by when?")
    st.title("Requests")
if scene is None:
    st.stop()

allowed.draw(scene)
