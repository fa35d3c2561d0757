"""Erasure of an account's personal data on the tab Administration."""

from __future__ import annotations

import streamlit as st

from dashboard.desk.scene import DeskScene


def draw(scene: DeskScene) -> None:
    """Draw how to ask for it."""
    st.markdown("**Erasure of personal data**")
    st.caption(f"Nothing yet, {scene.actor.name}.")
