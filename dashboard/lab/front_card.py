"""The front of drafts: what each costs and catches; a click on one takes its settings."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.charts.draw import draw as draw_chart
from dashboard.charts.frontier import Tried, frontier
from dashboard.formats import counted
from dashboard.lab.scene import LabScene
from dashboard.questions.lab import Found
from scoring.lab.frontier import COSTS, Point

TITLES = {"wrongful_holds": "Wrongful holds", "disturbed": "Customers disturbed"}
GAINS = {"wrongful_holds": "Loss stopped", "disturbed": "Loss caught, stopped or asked again"}


def draw(scene: LabScene, answer: Found) -> None:
    """Draw the chart of drafts and the choice of what the gain is set against."""
    st.markdown("**Which policies are worth their cost**")
    state.pick(
        "Cost", list(COSTS), name="cost", words=lambda name: TITLES[name], style="segments", show_label=False
    )
    tried = [_tried(scene, place, point) for place, point in enumerate(answer.points)]
    gain = f"{GAINS[scene.cost]}, {scene.unit}"
    draw_chart(
        frontier(tried, TITLES[scene.cost], gain, scene.palette),
        key="lab_front",
        on_pick=lambda text: state.change(draft=text or None),
    )
    best = counted(sum(point.is_best for point in answer.points), "best one")
    st.caption(
        f"{len(tried) - 2} drafts around the policy in force, {best}: no other costs no more and catches no "
        "less. Click one to take its settings."
    )


def _tried(scene: LabScene, place: int, point: Point) -> Tried:
    role = ("present", "draft")[place] if place < 2 else "other"
    text = "" if point.draft is None else point.draft.text()
    return Tried(point.name, text, point.cost(scene.cost), point.gain(scene.cost), role, point.is_best)
