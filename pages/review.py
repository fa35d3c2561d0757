"""Quarterly review: did crime really fall, by how much, and can the number be defended?"""

import streamlit as st

from dashboard import state
from dashboard.facts import facts
from dashboard.questions.period import shown_period
from dashboard.review import tabs, views
from dashboard.review.build import review_of

known = facts()
view = state.current()
period = shown_period(view.period, known, view.base)
review = review_of(period)

with st.container(key="headline", gap=None):
    st.caption("Did crime really fall, by how much, and can the number be defended?")
    st.title(review.verdict.headline)

with st.container(key="toolbar", horizontal=True, vertical_alignment="center", gap="small"):
    tab = state.pick_tab(tabs.TABS)
    st.space("stretch")
    with st.container(width=170):
        views.against(known, period.quarter)
    views.export(review)

if period.refusal:
    st.caption(f"Not comparable: {period.refusal}")
tabs.TABS[tab][1](review)
views.open_picked(review)
