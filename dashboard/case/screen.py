"""The screen of one case: its head, what can be done, and the evidence in blocks."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.case.actions import draw_actions
from dashboard.case.blocks import draw_blocks
from dashboard.case.head import breadcrumb, draw_head
from dashboard.case.view import case_view
from dashboard.desk.queue_tab import place_of
from dashboard.desk.scene import DeskScene
from dashboard.formats import literal
from dashboard.questions.queue import most_urgent
from desk.cases.state import CaseError


def draw(scene: DeskScene | None, case_id: str | None) -> None:
    """Draw one case, without an id the most urgent one, or say that there is none such.

    `scene` is None for a store without events.
    """
    shown = case_id or _most_urgent(scene)
    if scene is None or shown is None:
        breadcrumb(None)
        st.title("No case waits")
        st.markdown("Open the queue: all that ended are under Filters, Status.")
        return
    try:
        view = case_view(scene, shown, account=state.current().account)
    except CaseError:
        breadcrumb(None)
        st.title(f"There is no case {literal(shown)}")
        st.markdown("Open the queue and choose one, or search for an account, a ring or a case above.")
        return
    breadcrumb(view.case_id)
    draw_head(view)
    draw_actions(view)
    draw_blocks(view)


def _most_urgent(scene: DeskScene | None) -> str | None:
    found = most_urgent(place_of(scene)) if scene is not None else None
    return found.case_id if found else None
