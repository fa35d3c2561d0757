"""The dialog in which a trainee decides a training case, with the fields of the disposition of a real one."""

from __future__ import annotations

import streamlit as st

from dashboard import refused
from dashboard import state as address
from dashboard.desk.scene import DeskScene
from dashboard.desk_records import desk_records
from dashboard.dispositions import SPOKEN
from dashboard.drills.running_state import cited, forget
from dashboard.formats import counted
from dashboard.questions import monitoring, words
from desk.cases.state import OUTCOMES
from desk.drills.acting import abandon, answer, skip
from desk.drills.state import Answer, DrillState
from desk.money import MICRO


def form(scene: DeskScene, state: DrillState) -> None:
    """Ask for outcome, kind of crime, loss and note; what the dialog holds."""
    chosen = cited(state)
    st.caption(
        f"You cite {counted(len(chosen), 'fact')}. The result comes after the last case."
        if chosen
        else "You cite nothing yet: close this and choose the facts that carry your decision."
    )
    with st.form("drill_answer", border=False):
        outcome = st.radio(
            "Outcome",
            OUTCOMES,
            format_func=lambda name: SPOKEN[name],
            key="drill_outcome",
            horizontal=True,
            index=None,
        )
        typology = st.selectbox(
            "Kind of crime, where it is one",
            monitoring.typologies_known(),
            index=None,
            format_func=words.spoken,
            key="drill_typology",
        )
        loss = st.number_input(
            f"Loss, {scene.known.money_unit}, where you can tell", min_value=0.0, value=None, key="drill_loss"
        )
        note = st.text_area("Why?", key="drill_note")
        if not st.form_submit_button("Decide", type="primary", shortcut="Ctrl+Enter"):
            return
    if outcome is None:
        st.warning("Choose what it was.")
        return
    given = Answer(
        outcome,
        typology if outcome == "confirmed" else None,
        None if loss is None else round(loss * MICRO),
        chosen,
        note,
    )
    if refused.fits(note) and refused.done(
        lambda: answer(desk_records(), state.drill_id, scene.actor, given, scene.now, place=state.place)
    ):
        forget(state)
        _go_on()


def skip_form(scene: DeskScene, state: DrillState) -> None:
    """Ask before a case is left without an answer; what the dialog holds."""
    st.markdown("A case that is skipped earns no points, and it does not come again.")
    if st.button("Skip it", type="primary", key="drill_skip_sure") and refused.done(
        lambda: skip(desk_records(), state.drill_id, scene.actor, scene.now, place=state.place)
    ):
        _go_on()


def abandon_form(scene: DeskScene, state: DrillState) -> None:
    """Ask before a drill is ended early; what the dialog holds."""
    left = len(state.cases) - state.place + 1
    st.markdown(
        f"{counted(left, 'case')} would stay without an answer. The drill is kept as abandoned with what you "
        "answered, and its cases do not come again."
    )
    if st.button("Abandon it", type="primary", key="drill_abandon_sure") and refused.done(
        lambda: abandon(desk_records(), state.drill_id, scene.actor, scene.now)
    ):
        _go_on()


def _go_on() -> None:
    address.change(account=None, event=None)
    st.rerun()
