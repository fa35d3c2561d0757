"""A drill that runs: one past case at a time, with the truth hidden and a clock."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import refused
from dashboard import state as address
from dashboard.case.blocks import draw_blocks
from dashboard.case.head import draw_head as draw_case_head
from dashboard.case.view import CaseView, case_view
from dashboard.desk.scene import DeskScene
from dashboard.desk_records import desk_records
from dashboard.drills import clock, decide
from dashboard.drills.disguise import Disguise, disguised
from dashboard.drills.evidence import citable, evidence_of
from dashboard.drills.running_state import draw_ticks
from dashboard.questions.drills import CaseThen, case_then, proved
from data.errors import WatchfloorError
from desk.drills.acting import pause, show
from desk.drills.state import DrillState

BANNER = "Training case. Nothing here reaches a real queue."
DISGUISED = "Ids are numbered anew, and all dates are moved by the same number of weeks."


def draw(scene: DeskScene, state: DrillState) -> None:
    """Draw the case at hand, or what waits while the clock stands."""
    state = clock.stopped_if_gone(state, scene.actor, scene.now)
    st.info(BANNER, icon=":material/school:")
    if state.shown_at is None:
        _draw_waiting(scene, state)
        return
    _draw_head(scene, state)
    view = shown(scene, state)
    draw_case_head(view)
    with st.container(border=True, key="card_drill_evidence"):
        st.markdown("**Which facts carry your decision?**")
        st.caption(f"Choose those that you would cite, then decide. Points are shown afterwards. {DISGUISED}")
        draw_ticks(state)
        if st.button("Decide", key="drill_decide", type="primary", shortcut="D", icon=":material/gavel:"):
            st.dialog("What was it?")(partial(decide.form, scene, state))()
    draw_blocks(view)


def shown(scene: DeskScene, state: DrillState) -> CaseView:
    """Return the case at hand as of its opening, in disguise, with the account that the address names."""
    chosen = state.case
    view, found, names = _then(scene, state)
    account = names.account_called(address.current().account)
    if account is not None and view.customer is not None and account != view.customer.account_id:
        view = case_view(scene, chosen.case_id, as_of=chosen.opened_at, account=account)
    return disguised(view, names, f"Case {state.place}", citable(found))


def _then(scene: DeskScene, state: DrillState) -> tuple[CaseView, CaseThen, Disguise]:
    chosen = state.case
    view = case_view(scene, chosen.case_id, as_of=chosen.opened_at)
    found = case_then(chosen.case_id, chosen.opened_at)
    return view, found, Disguise(chosen.opened_at, view.accounts, found, st.context.timezone)


def _draw_head(scene: DeskScene, state: DrillState) -> None:
    many = len(state.cases)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="drill_head"):
        st.markdown(f"**Case {state.place} of {many}**", width="content")
        clock.draw(state)
        st.progress((state.place - 1) / many, width="stretch")
        if st.button("Pause", key="drill_pause", shortcut="P", icon=":material/pause:"):
            pause(desk_records(), state.drill_id, scene.actor, scene.now)
            st.rerun()
        if st.button("Skip", key="drill_skip", shortcut="N", icon=":material/skip_next:"):
            st.dialog("Skip this case?")(partial(decide.skip_form, scene, state))()
        if st.button("Abandon", key="drill_abandon", type="tertiary"):
            st.dialog("Abandon this drill?")(partial(decide.abandon_form, scene, state))()


def _draw_waiting(scene: DeskScene, state: DrillState) -> None:
    is_new = state.spent_seconds == 0
    with st.container(border=True, key="card_drill_waiting"):
        st.markdown(f"**Case {state.place} of {len(state.cases)}**")
        st.caption(
            "The clock starts when the case is shown."
            if is_new
            else "The clock stands, and the case is covered while it does."
        )
        with st.container(horizontal=True, gap="small"):
            label = "Show the case" if is_new else "Go on"
            if st.button(label, key="drill_show", type="primary", shortcut="N", icon=":material/play_arrow:"):
                _show(scene, state)
            if st.button("Abandon", key="drill_abandon", type="tertiary"):
                st.dialog("Abandon this drill?")(partial(decide.abandon_form, scene, state))()


def _show(scene: DeskScene, state: DrillState) -> None:
    chosen = state.case
    try:
        _, found, disguise = _then(scene, state)
        later = proved(chosen.case_id, chosen.opened_at, scene.now)
        show(
            desk_records(),
            state.drill_id,
            scene.actor,
            evidence_of(found, later, disguise, state.seed),
            scene.now,
        )
    except WatchfloorError as error:
        refused.draw(error)
        return
    clock.seen(state.drill_id)
    address.change(account=None, event=None)
    st.rerun()
