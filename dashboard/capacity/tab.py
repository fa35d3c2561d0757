"""Capacity planning."""

from __future__ import annotations

import streamlit as st

from dashboard.desk.scene import DeskScene


def draw(scene: DeskScene) -> None:
    """Draw this part of the page."""
    st.caption(f"As of {scene.now}")
