"""Handing a shift over: notes, the page as text, the next shift that accepts it, and those before."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.desk.scene import DeskScene
from dashboard.desk_records import desk_records
from dashboard.formats import literal, local_time
from dashboard.questions.shifts import Asking
from data.errors import WatchfloorError
from desk.actors import WORK_CASES, why_not
from desk.handover.handing import MOST_NOTES, Handed, Left, accept, hand_over, handed_over
from desk.handover.snapshot import Snapshot
from desk.handover.text import written

_EARLIER = 8


def draw_handing_over(scene: DeskScene, asking: Asking, found: Snapshot) -> None:
    """Draw the text with what takes it along, the notes, and the handovers of the channel."""
    left, right = st.columns([1.25, 1], gap="small")
    with right, st.container(border=True, key="card_shift_notes", height="stretch"):
        notes = _draw_notes(scene, asking, found)
        _draw_earlier(scene, asking)
    with left, st.container(border=True, key="card_shift_text", height="stretch"):
        _draw_text(asking, found, notes)


def _draw_text(asking: Asking, found: Snapshot, notes: str) -> None:
    markdown, plain = written(found, notes), written(found, notes, "plain")
    name = f"handover-{asking.channel.slug}-{asking.shift.starts:%Y%m%d-%H%M}"
    with st.container(horizontal=True, vertical_alignment="center", key="shift_text_head"):
        st.markdown("**As text**", width="stretch")
        for ending, text, mime in (("txt", plain, "text/plain"), ("md", markdown, "text/markdown")):
            st.download_button(
                f".{ending}",
                text,
                f"{name}.{ending}",
                mime,
                key=f"shift_{ending}",
                on_click="ignore",
                type="tertiary",
                icon=":material/download:",
            )
    # A box that scrolls holds something that the keyboard reaches: the button that copies.
    with st.container(height=440, border=False):
        st.code(plain, language=None, wrap_lines=True)


def _draw_notes(scene: DeskScene, asking: Asking, found: Snapshot) -> str:
    st.markdown("**Hand over**")
    key = f"shift_notes_{asking.channel.slug}_{asking.shift.starts:%Y%m%d%H%M}"
    notes = st.text_area(
        "Notes for the next desk",
        key=key,
        help=f"Up to {MOST_NOTES:,} characters.",
        height=120,
        placeholder="What the next desk must know and no case says",
    )
    may = scene.actor.may(WORK_CASES)

    def give() -> None:
        said = str(st.session_state.get(key) or "")
        left = Left(asking.channel.slug, asking.shift.starts, asking.shift.ends, said, written(found, said))
        _try(lambda: hand_over(desk_records(), left, scene.actor, scene.now), "Handed over.")

    st.button(
        "Hand over this shift",
        key="shift_hand_over",
        type="primary",
        on_click=give,
        disabled=not may,
        help=None if may else why_not(scene.actor, WORK_CASES),
    )
    told = st.session_state.pop("shift_told", None)
    if told:
        st.caption(told)
    return notes or ""


def _draw_earlier(scene: DeskScene, asking: Asking) -> None:
    st.markdown("**Handed over before**")
    earlier = handed_over(desk_records(), asking.channel.slug, _EARLIER)
    if not earlier:
        st.caption(f"No shift of {asking.channel.title} was handed over yet.")
    for handed in earlier:
        _draw_handed(scene, handed)


def _draw_handed(scene: DeskScene, handed: Handed) -> None:
    zone = st.context.timezone
    said = f"{local_time(handed.at, zone)} by {literal(handed.by)}: " + (
        f"accepted by {literal(handed.accepted_by or '')}" if not handed.waits else "waits"
    )
    with st.expander(said):
        with st.container(height=260, border=False):
            st.code(handed.left.text, language=None, wrap_lines=True)
        if not handed.waits:
            return
        reason = _why_not_accept(scene, handed)

        def take() -> None:
            _try(lambda: accept(desk_records(), handed.handover_id, scene.actor, scene.now), "Accepted.")

        st.button(
            "Accept for the next shift",
            key=f"accept_{handed.handover_id}",
            on_click=take,
            disabled=reason is not None,
            help=reason,
        )


def _why_not_accept(scene: DeskScene, handed: Handed) -> str | None:
    if not scene.actor.may(WORK_CASES):
        return why_not(scene.actor, WORK_CASES)
    return (
        "A person of the next shift accepts it, not you who handed it over."
        if handed.by == scene.actor.name
        else None
    )


def _try(act: Callable[[], object], done: str) -> None:
    try:
        act()
    except WatchfloorError as error:
        st.session_state["shift_told"] = literal(str(error))
    else:
        st.session_state["shift_told"] = done
