"""What is taken away from a case: its file as a zip, and the letter that answers an appeal."""

from __future__ import annotations

import streamlit as st

from dashboard.case.view import CaseView


def draw(view: CaseView) -> None:
    """Draw the downloads of a case's file and of its letter."""
    st.caption(f"{view.case_id}")
