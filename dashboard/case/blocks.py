"""The blocks of a case: what happened, why, when, the customer, past cases, history. They draw a frozen view.

draw_blocks(case_view(scene, case_id))        # on the page of a case, or of a training shift
"""

from __future__ import annotations

import streamlit as st

from dashboard.case import customer_block, history_block, past_block, why_block
from dashboard.case.head import draw_summary
from dashboard.case.view import CaseView


def draw_blocks(view: CaseView) -> None:
    """Draw the evidence of a case in two columns; nothing here acts on it."""
    left, right = st.columns([1.3, 1], gap="small")
    with left:
        with st.container(border=True, key="card_case_summary"):
            draw_summary(view)
            past_block.draw_suggestion(view)
        with st.container(border=True, key="card_case_why"):
            why_block.draw(view)
        with st.container(border=True, key="card_case_timeline"):
            customer_block.draw_timeline(view)
    with right:
        with st.container(border=True, key="card_case_customer"):
            customer_block.draw(view)
        with st.container(border=True, key="card_case_past"):
            past_block.draw(view)
        with st.container(border=True, key="card_case_history"):
            history_block.draw(view)
