"""Rings: which groups of accounts work together, where do they grow, and what do they move?"""

import streamlit as st

from dashboard import state
from dashboard.facts import facts
from dashboard.questions.period import shown_period
from dashboard.rings import headline, nothing, overview
from dashboard.rings.scene import ring_scene

known = facts()
view = state.current()
scene = ring_scene(known, view, shown_period(view.period, known))

with st.container(key="headline", gap=None):
    st.caption("Which groups of accounts work together, where do they grow, and what do they move?")
    st.title(headline.title(scene))

if not scene.regions:
    nothing.draw(scene.period)
    st.stop()

headline.draw(scene)

left, right = st.columns([1, 1.15], gap="small")
with left, st.container(border=True, key="card_growth", height="stretch"):
    overview.draw_growth(scene)
with right, st.container(border=True, key="card_ring_regions", height="stretch"):
    overview.draw_regions(scene)

with st.container(border=True, key="card_rings"):
    overview.draw_ranking(scene)
