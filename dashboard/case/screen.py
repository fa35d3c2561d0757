"""The screen of one case: its head, what can be done, and the evidence in blocks."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.case.actions import draw_actions
from dashboard.case.blocks import draw_blocks
from dashboard.case.head import breadcrumb, draw_head
from dashboard.case.view import case_view
from dashboard.desk.scene import DeskScene
from dashboard.formats import literal
from desk.cases.state import CaseError


def draw(scene: DeskScene, case_id: str) -> None:
    """Draw one case with everything that a decision on it takes; or say that there is none such."""
    try:
        view = case_view(scene, case_id, account=state.current().account)
    except CaseError:
        breadcrumb(None)
        st.title(f"There is no case {literal(case_id)}")
        st.markdown("Open the queue and choose one, or search for an account, a ring or a case above.")
        return
    breadcrumb(view.case_id)
    draw_head(view)
    draw_actions(view)
    draw_blocks(view)
