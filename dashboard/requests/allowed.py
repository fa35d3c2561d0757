"""Who sees what of the page Requests: its tabs for who works or checks requests, else the published table.

That a request exists may be what its customer must not learn of, so who has no need sees no list, no count
and no single request; what is published of them all is for everybody.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard import state
from dashboard.desk.scene import DeskScene
from dashboard.requests import transparency_tab
from dashboard.requests.tabs import TABS
from desk.actors import SEE_REQUESTS, why_not


def draw(scene: DeskScene) -> None:
    """Draw the chosen tab; for who may not see requests, why, and the published table."""
    if scene.actor.may(SEE_REQUESTS):
        tabs: Mapping[str, tuple[str, object]] = TABS
        TABS[state.pick_tab(tabs)][1](scene)
        return
    with st.container(border=True, key="requests_refused"):
        st.markdown(f"**{why_not(scene.actor, SEE_REQUESTS)}**")
        st.caption("What is published of all requests together is below: no single one, and none of a few.")
    transparency_tab.draw(scene)
