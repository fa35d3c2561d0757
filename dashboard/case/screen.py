"""The screen of one case, also for a training shift."""

from __future__ import annotations

import streamlit as st

from dashboard.desk.scene import DeskScene


def draw(scene: DeskScene, case_id: str) -> None:
    """Draw one case."""
    st.caption(f"{case_id} as of {scene.now}")
