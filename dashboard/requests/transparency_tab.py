"""The tab Transparency."""

from __future__ import annotations

import streamlit as st

from dashboard.desk.scene import DeskScene


def draw(scene: DeskScene) -> None:
    """Draw the tab."""
    st.caption(f"Nothing is drawn here yet, {scene.actor.name}.")
