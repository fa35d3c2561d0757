"""The tabs of Models and policy: what decides, whether it still holds, and what a change would cost."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from dashboard.anomaly import anomaly_block
from dashboard.lab import tab as policy_lab
from dashboard.models import board, exploration, history, policy_in_force
from dashboard.models.scene import ModelScene
from dashboard.monitoring import labels
from dashboard.monitoring import tab as monitoring_tab


def draw_board(scene: ModelScene) -> None:
    """Draw which model and policy decide in the area."""
    board.draw(scene)
    with st.container(border=True, key="card_policy"):
        policy_in_force.draw(scene)
    anomaly_block.draw(scene.area, scene.now)


def draw_labels(scene: ModelScene) -> None:
    """Draw what the area's models learn from, and what blocks hide."""
    labels.draw(scene)
    exploration.draw(scene.area, scene.period)


TABS: Mapping[str, tuple[str, Callable[[ModelScene], None]]] = {
    "board": ("Board", draw_board),
    "monitoring": ("Monitoring", monitoring_tab.draw),
    "labels": ("Labels", draw_labels),
    "lab": ("Policy lab", policy_lab.draw),
    "history": ("History", history.draw),
}
