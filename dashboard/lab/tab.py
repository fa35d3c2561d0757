"""The tab Policy lab: try another policy on what happened, see what it would cost and catch, roll it out."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import reader, refused, state
from dashboard.lab import afterwards, desk_card, forecast_card, front_card, levers, results, rolling, taking
from dashboard.lab.scene import LabScene, lab_scene
from dashboard.models.scene import ModelScene
from dashboard.questions import lab
from dashboard.questions.lab import Found


def draw(page: ModelScene) -> None:
    """Draw the whole tab for the area of the page."""
    with st.spinner("Reading the events of the area"):
        scene = lab_scene(page)
    if scene is None:
        st.caption(
            "No transaction or sign-in of this area was scored in this period: choose another area or "
            "period, or run `watchfloor score`."
        )
        return
    _draw_span(scene)
    with st.container(border=True, key="card_lab_levers"):
        levers.draw(scene)
    if scene.refusal is not None:
        refused.draw(scene.refusal)
    answer = _answered(scene)
    results.draw(scene, answer)
    first, second = st.columns(2, gap="small")
    with first, st.container(border=True, key="card_lab_front"):
        front_card.draw(scene, answer)
    with second, st.container(border=True, key="card_lab_desk"):
        desk_card.draw(scene, answer)
    with st.container(border=True, key="card_lab_forecast"):
        forecast_card.draw(scene, answer)
    with st.container(border=True, key="card_lab_rollout"):
        rolling.draw(scene, answer)
        afterwards.draw(scene, answer)


def _draw_span(scene: LabScene) -> None:
    said = levers.in_words(scene, scene.draft)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="lab_span"):
        st.caption(
            f"{scene.where}, {scene.trial.words}. "
            + (f"The draft: {said}." if said else "Nothing changed yet."),
            width="stretch",
        )
        known = scene.page.known
        day = scene.trial.starts_at.date() if scene.trial.is_past else None
        chosen = st.date_input(
            "As known on",
            value=day,
            min_value=known.first.date() if known.first else None,
            max_value=scene.page.now.date(),
            key=f"lab_as_of_{scene.tag}",
            help="A day of the past: only what was known then is used. Empty for the period, as known now.",
            width=170,
        )
    if chosen != day:
        state.change(as_of=chosen.isoformat() if isinstance(chosen, date) else None)
        st.rerun()


def _say(bar: DeltaGenerator, share: float, words: str) -> None:
    bar.progress(share, words)


def _answered(scene: LabScene) -> Found:
    """Answer the draft, with progress where that takes a while."""
    asked = (scene.trial, scene.draft, scene.desk, scene.cost)
    if lab.is_found(*asked):
        answer = lab.found(*asked)
    else:
        bar = st.progress(0.0, "Trying the draft")
        answer = lab.found(*asked, lambda share, words: _say(bar, share, words))
        bar.empty()
    st.download_button(
        "The whole result as CSV",
        data=reader.bound(partial(taking.as_csv, scene, answer)),
        file_name=f"policy-lab-{scene.trial.area}.csv",
        mime="text/csv",
        key="lab_csv",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )
    return answer
