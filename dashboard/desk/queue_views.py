"""Saved views of the queue: opened, kept under a name, shared, taken away and brought back."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from dashboard import refused, state
from dashboard.desk.scene import DeskScene
from dashboard.desk_records import desk_records
from dashboard.formats import literal
from dashboard.questions.queue import KEPT, Chosen
from desk import saved_views
from desk.actors import SUPERVISE, WORK_CASES, why_not
from desk.saved_views import LONGEST_NAME, SavedView

DELETED = "queue_view_deleted"


def draw(scene: DeskScene, chosen: Chosen) -> None:
    """Draw the button behind which views are opened and kept."""
    there = saved_views.views(desk_records(), scene.actor)
    opened = next((view for view in there if view.view_id == state.current().saved), None)
    label = f"View: {literal(opened.name)}" if opened is not None else "Views"
    if opened is not None and dict(opened.chosen) != as_address(chosen):
        label += ", changed"
    with st.popover(label, icon=":material/bookmark:", key="queue_views"):
        if not there:
            st.caption("None is kept yet. Choose filters and an order, then keep them under a name.")
        for view in there:
            _draw_one(view, scene)
        _draw_deleted(scene)
        _form(scene, chosen, opened)


def as_address(chosen: Chosen) -> dict[str, str]:
    """Return what was chosen as the page's address holds it; what is by default is left out."""
    plain = Chosen()
    changed = {name: getattr(chosen, name) for name in KEPT if getattr(chosen, name) != getattr(plain, name)}
    return {name: value if isinstance(value, str) else ",".join(value) for name, value in changed.items()}


def open_view(view: SavedView) -> None:
    """Have the address show a view, its first page."""
    told = {name: view.chosen.get(name) for name in KEPT}
    state.change(**told, saved=view.view_id, sheet=None)


def _draw_one(view: SavedView, scene: DeskScene) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        whose = "" if view.owner == scene.actor.name else f", {literal(view.owner)}'s"
        shared = " (shared)" if view.is_shared else ""
        st.button(
            f"{literal(view.name)}{shared}{whose}",
            key=f"queue_view_{view.view_id}",
            type="tertiary",
            on_click=partial(open_view, view),
            width="stretch",
        )
        if view.owner == scene.actor.name or (view.is_shared and scene.actor.may(SUPERVISE)):
            st.button(
                "Delete",
                key=f"queue_view_delete_{view.view_id}",
                type="tertiary",
                on_click=partial(_delete, view, scene),
            )


def _delete(view: SavedView, scene: DeskScene) -> None:
    if refused.done(partial(saved_views.delete, desk_records(), view.view_id, scene.actor, scene.now)):
        st.session_state[DELETED] = view
        if state.current().saved == view.view_id:
            state.change(saved=None)


def _draw_deleted(scene: DeskScene) -> None:
    view: SavedView | None = st.session_state.get(DELETED)
    if view is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(f"{literal(view.name)} was deleted.", width="stretch")
        st.button("Undo", key="queue_view_undo", type="tertiary", on_click=partial(_restore, view, scene))


def _restore(view: SavedView, scene: DeskScene) -> None:
    if refused.done(partial(saved_views.restore, desk_records(), view.view_id, scene.actor, scene.now)):
        st.session_state.pop(DELETED, None)


def _form(scene: DeskScene, chosen: Chosen, opened: SavedView | None) -> None:
    may_share = scene.actor.may(WORK_CASES)
    with st.form("queue_view_form", border=False):
        name = st.text_input(
            "Keep what is chosen as",
            key="queue_view_name",
            value="" if opened is None else opened.name,
            placeholder="Night shift, critical",
        )
        is_shared = st.checkbox(
            "For everybody",
            value=opened is not None and opened.is_shared and may_share,
            disabled=not may_share,
            help=None if may_share else why_not(scene.actor, WORK_CASES),
        )
        if not st.form_submit_button("Keep", type="primary"):
            return
    kept: list[SavedView] = []

    def keep() -> None:
        address = as_address(replace(chosen, sheet=1))
        kept.append(
            saved_views.save(desk_records(), name, address, scene.actor, scene.now, is_shared=is_shared)
        )

    if refused.fits(name, LONGEST_NAME) and refused.done(keep):
        state.change(saved=kept[0].view_id)
        st.rerun()
