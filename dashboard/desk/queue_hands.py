"""The next best case, and what one has in hand: taken, opened, let go of."""

from __future__ import annotations

import streamlit as st

from dashboard import refused, state
from dashboard.desk.queue_acts import OUTCOME, Outcome
from dashboard.desk.scene import DeskScene
from dashboard.desk.skipped import skip, skip_none, skipped
from dashboard.desk_records import desk_records, follow
from dashboard.formats import duration, literal
from data.errors import WatchfloorError
from desk.actors import WORK_CASES, why_not
from desk.cases.acting import Doing, do
from desk.cases.moves import Release
from desk.cases.next_case import claim_next, in_hand

# More than a person works at once; the rest is in the list under With: Mine.
MOST_SHOWN = 4


def next_button(scene: DeskScene, channels: tuple[str, ...]) -> None:
    """Draw the button that takes the next best case of these channels and opens it."""
    may = scene.actor.may(WORK_CASES)
    if st.button(
        "Next case",
        key="queue_next",
        type="primary",
        icon=":material/play_arrow:",
        shortcut="N",
        disabled=not may,
        help="The most urgent case that nobody has. It is yours for 15 minutes, longer while you act."
        if may
        else why_not(scene.actor, WORK_CASES),
    ):
        _open_next(scene, channels)


def _open_next(scene: DeskScene, channels: tuple[str, ...]) -> None:
    records = desk_records()
    try:
        found = claim_next(records, scene.actor, channels, scene.now, skipped())
        if found is None and skipped():
            skip_none()
            found = claim_next(records, scene.actor, channels, scene.now)
    except WatchfloorError as error:
        refused.draw(error)
        return
    if found is None:
        st.session_state[OUTCOME] = Outcome("taken: nothing waits in your channels", 0)
        st.rerun()
    follow()
    state.go("case", case=found.case_id)


def draw(scene: DeskScene) -> None:
    """Draw the cases in one's hands, each to open or to let go of; nothing where there are none."""
    held = in_hand(desk_records(), scene.actor)
    if not held:
        return
    wall = desk_records().clock()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="queue_hands"):
        st.markdown("**In my hands**", width="content")
        for case in held[:MOST_SHOWN]:
            left = "" if case.lease_until is None else duration(case.lease_until - wall, 1)
            if st.button(
                case.case_id,
                key=f"queue_open_{case.case_id}",
                help=f"{literal(case.subject_kind)} {literal(case.subject_id)}, yours for {left}",
            ):
                state.go("case", case=case.case_id)
            st.button(
                "Release",
                key=f"queue_release_{case.case_id}",
                type="tertiary",
                on_click=lambda case_id=case.case_id: release(scene, case_id),
            )
        if len(held) > MOST_SHOWN:
            st.caption(f"and {len(held) - MOST_SHOWN} more, under With: Mine")


def release(scene: DeskScene, case_id: str) -> None:
    """Let go of a case, and have another one be next."""
    try:
        do(desk_records(), Doing(case_id, Release(), scene.actor, "", scene.now))
    except WatchfloorError as error:
        st.session_state[OUTCOME] = Outcome(f"let go of: {error.what}", 0)
        return
    skip(case_id)
    follow()
