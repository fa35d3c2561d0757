"""One case: what is it about, why was it flagged, and what is done about it?"""

import streamlit as st

from dashboard import state
from dashboard.case import screen
from dashboard.desk.scene import desk_scene
from dashboard.facts import facts

known = facts()
view = state.current()
scene = desk_scene(known, view.region)
if scene is None or not view.case:
    st.title("No case is chosen")
    st.markdown("Open Desk and choose one from the queue.")
    st.stop()

screen.draw(scene, view.case)
