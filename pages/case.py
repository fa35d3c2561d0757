"""One case: what is it about, why was it flagged, and what is done about it?"""

import streamlit as st

from dashboard import state
from dashboard.case import head, screen
from dashboard.desk.queue_tab import place_of
from dashboard.desk.scene import desk_scene
from dashboard.facts import facts
from dashboard.questions.queue import most_urgent

known = facts()
view = state.current()
scene = desk_scene(known, view.region)
first = most_urgent(place_of(scene)) if scene is not None and not view.case else None
asked_for = view.case or (first.case_id if first else None)
if scene is None or asked_for is None:
    head.breadcrumb(None)
    st.title("No case waits")
    st.markdown("Open the queue: all that ended are under Filters, Status.")
    st.stop()

screen.draw(scene, asked_for)
