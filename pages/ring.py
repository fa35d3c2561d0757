"""One ring: why does the program believe in it, who is in it, and what does it move?"""

import streamlit as st

from dashboard import state
from dashboard.facts import facts
from dashboard.formats import literal
from dashboard.questions import rings
from dashboard.rings import actions, nothing, ring_header, ring_money, ring_views
from dashboard.rings.ring_scene import ring_view

known = facts()
view = state.current()
asked_for = view.ring or rings.riskiest_ring(view.region) or rings.riskiest_ring(None)
scene = ring_view(known, view, asked_for) if asked_for else None

ring_header.breadcrumb(scene.ring_id if scene else None)
if scene is None:
    st.title(f"There is no ring {literal(view.ring)}" if view.ring else "No ring is known")
    if view.ring and rings.rings_there().rings:
        st.markdown("Open Rings and choose one from its list, or open the riskiest.")
        st.button("Open the riskiest ring", on_click=state.change, kwargs={"ring": None, "as_of": None})
    else:
        nothing.draw_needs()
    st.stop()

ring_header.draw(scene)
actions.draw(scene.ring_id)

with st.container(border=True, key="card_why"):
    ring_views.draw_why(scene)

with st.container(border=True, key="card_graph"):
    ring_views.draw_graph(scene)

with st.container(border=True, key="card_members"):
    ring_views.draw_members(scene)

left, right = st.columns([1.1, 1], gap="small")
with left, st.container(border=True, key="card_flows", height="stretch"):
    ring_money.draw_flows(scene)
with right, st.container(border=True, key="card_patterns", height="stretch"):
    ring_money.draw_patterns(scene)

with st.container(border=True, key="card_ring_ties"):
    ring_views.draw_ties(scene)
