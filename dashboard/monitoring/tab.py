"""The tab Monitoring of Models and policy: alarms and drift, performance, or fairness."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.models.scene import ModelScene
from dashboard.monitoring import alarms, drift, fairness, performance
from dashboard.monitoring.model_choice import chosen_model

PARTS = {"drift": "Alarms and drift", "performance": "Performance", "fairness": "Fairness"}


def draw(scene: ModelScene) -> None:
    """Draw the part that the URL names."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="monitoring_head"):
        part = state.pick(
            "Part of monitoring",
            list(PARTS),
            name="stage",
            words=lambda name: PARTS[name],
            style="segments",
            show_label=False,
        )
        model = chosen_model() if part != "fairness" else "fraud"
    if part == "performance":
        performance.draw(scene, model)
    elif part == "fairness":
        fairness.draw(scene)
    else:
        alarms.draw(scene)
        drift.draw(scene, model)
