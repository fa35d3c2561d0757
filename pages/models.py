"""Models and policy: what decides in each area, does it still hold, and what would a change cost?"""

import streamlit as st

from dashboard import state
from dashboard.facts import facts
from dashboard.models import headline, nothing, tabs
from dashboard.models.scene import model_scene
from dashboard.questions import words
from dashboard.questions.period import shown_period

known = facts()
view = state.current()
scene = model_scene(known, view, shown_period(view.period, known))

with st.container(key="headline", gap=None):
    st.caption(
        "Which model and policy decide in each area, do they still hold, and what would a change cost?"
    )
    st.title(headline.title(scene))

if not scene.areas:
    nothing.draw()
    st.stop()

with st.container(key="toolbar", horizontal=True, vertical_alignment="center", gap="small"):
    with st.container(key="toolbar_area", width=220):
        state.pick(
            "Area",
            [found.area for found in scene.areas],
            name="area",
            default=scene.usual_area,
            words=words.area,
            show_label=False,
        )
    tab = state.pick_tab(tabs.TABS)
tabs.TABS[tab][1](scene)
