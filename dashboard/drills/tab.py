"""Training shifts: ten past cases with the truth hidden, and afterwards how one did and why."""

from __future__ import annotations

import secrets

import streamlit as st

from dashboard import reader, refused, state
from dashboard.desk.scene import DeskScene
from dashboard.desk_records import desk_records
from dashboard.drills import progress, result, running
from dashboard.formats import counted
from data.errors import WatchfloorError
from desk.actors import SUPERVISE, TRAIN, why_not
from desk.drills.acting import begin, drill
from desk.drills.acting import running as running_of
from desk.drills.drawing import CASES, draw_cases
from desk.drills.marking import DECISION, EVIDENCE, TIME
from desk.drills.pool import candidates, record, seen_by
from desk.drills.state import DrillState

SEEDS = 2**31


def draw(scene: DeskScene) -> None:
    """Draw the drill that the address names, running or over; else where one starts."""
    asked = state.current().drill
    try:
        if asked is None:
            _draw_start(scene)
            return
        found = drill(desk_records(), asked)
        if found.status == "running" and found.trainee == scene.actor.name:
            running.draw(scene, found)
        else:
            result.draw(scene, asked)
    except WatchfloorError as error:
        refused.draw(error)
        st.button("To training", key="drill_home", on_click=lambda: state.change(drill=None, turn=None))


def _draw_start(scene: DeskScene) -> None:
    going = running_of(desk_records(), scene.actor) if scene.actor.may(TRAIN) else None
    with st.container(border=True, key="card_drill_start"):
        st.markdown(f"**{CASES} past cases, as they were when they were opened**")
        st.markdown(
            "You decide each as on the desk, with the facts that carry your decision, while a clock runs. "
            "Afterwards you see what each turned out to be, what colleagues said, and what you missed. "
            "Nothing of it reaches a real queue, a label or a measure."
        )
        st.caption(
            f"Points of 100 a case: decision {DECISION:.0f}, evidence {EVIDENCE:.0f}, time {TIME:.0f}. "
            "Kinds of crime that you had wrong before come more often."
        )
        _draw_button(scene, going)
    progress.draw_own(scene)
    if scene.actor.may(SUPERVISE):
        progress.draw_everybody()


def _draw_button(scene: DeskScene, going: DrillState | None) -> None:
    if going is not None:
        left = counted(len(going.cases) - going.place + 1, "case")
        st.button(
            f"Go on: {left} left", key="drill_resume", type="primary", shortcut="N",
            icon=":material/play_arrow:", on_click=lambda: state.change(drill=going.drill_id, turn=None),
        )  # fmt: skip
        return
    may = scene.actor.may(TRAIN)
    if st.button(
        "Start a drill", key="drill_start", type="primary", shortcut="N", icon=":material/school:",
        disabled=not may, help=None if may else why_not(scene.actor, TRAIN),
    ):  # fmt: skip
        started = start(scene)
        state.change(drill=started.drill_id, turn=None)
        st.rerun()


def start(scene: DeskScene) -> DrillState:
    """Begin a drill for whoever acts. Raises DrillError where there are too few past cases, RightError."""
    records, name = desk_records(), scene.actor.name
    with reader.cursor_of(scene.actor) as cursor:
        there = candidates(cursor, name, seen_by(records, name), scene.now)
    drawn = draw_cases(there, record(records, name), secrets.randbelow(SEEDS))
    return begin(records, drawn, scene.actor, scene.now)
