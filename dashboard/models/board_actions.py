"""What people do about an area's models: retrain, propose, approve, carry out, roll back; each confirmed.

Whoever may not is told why not and who may; the rules lie in `desk/promotions.py` and are held there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard import acting, owner, refused, work
from dashboard.approvals import Ways, draw_approval
from dashboard.desk_records import desk_records
from dashboard.job_lines import asked_by
from dashboard.models.scene import ModelScene
from dashboard.questions.regional import VERDICTS, Challenger, Served
from data.errors import WatchfloorError
from desk.actors import PROMOTE_MODEL, RETRAIN, Actor, require, why_not
from desk.approvals import Approval
from desk.promotions import (
    approve_promotion,
    promote,
    promotions_waiting,
    propose_promotion,
    roll_back,
)

RETRAIN_CONSEQUENCE = (
    "Three challengers are trained on what is known by now, score in shadow, and are compared. They decide "
    "nobody's events."
)
PROPOSE_CONSEQUENCE = (
    "Another person must approve it. Then it decides for the next share of the area's accounts (10, 50, "
    "then 100 %), from that moment on, at the area's own alert budget. What was decided stays so."
)
CARRY_OUT_CONSEQUENCE = "From now on the model decides for this share of the area's accounts."
BACK_CONSEQUENCE = (
    "From now on the global champion decides for all accounts of the area again. What the promoted model "
    "decided stays decided. One person may do this; it is recorded."
)


def draw(scene: ModelScene, challengers: Sequence[Challenger], served: Served | None) -> None:
    """Draw the acts on an area's models, with what waits for a second person."""
    actor = acting.actor()
    try:
        waiting = promotions_waiting(desk_records(), scene.area, scene.now)
    except WatchfloorError as error:
        refused.draw(error)
        return
    for asked in waiting:
        draw_approval(asked, _ways(scene))
    fit = [one for one in challengers if one.verdict is not None and not one.is_worse]
    is_served = served is not None and served.share_percent > 0
    with st.container(horizontal=True, gap="small", key="board_actions"):
        may_retrain = "" if actor.may(RETRAIN) else why_not(actor, RETRAIN)
        if _button("Retrain", "model_training", may_retrain, RETRAIN_CONSEQUENCE):
            st.dialog(f"Retrain {scene.where}?")(lambda: retrain_form(scene))()
        if _button("Propose promotion", "upgrade", _why_not_propose(actor, fit), PROPOSE_CONSEQUENCE):
            st.dialog("Propose a promotion?")(lambda: propose_form(scene, fit, actor))()
        if _button("Roll back", "undo", _why_not_back(actor, is_served=is_served), BACK_CONSEQUENCE):
            st.dialog("Give the area back to the champion?")(lambda: back_form(scene, actor))()


def _button(label: str, icon: str, refusal: str, says: str) -> bool:
    """Draw a button, or one that cannot be pressed and says why."""
    return st.button(
        label,
        key=f"board_{label.split(maxsplit=1)[0].lower()}",
        icon=f":material/{icon}:",
        disabled=bool(refusal),
        help=refusal or says,
    )


def _why_not_propose(actor: Actor, fit: Sequence[Challenger]) -> str:
    if not actor.may(PROMOTE_MODEL):
        return why_not(actor, PROMOTE_MODEL)
    return "" if fit else "No challenger may be promoted: none was judged, or each is shown to be worse."


def _why_not_back(actor: Actor, *, is_served: bool) -> str:
    if not (actor.may(PROMOTE_MODEL) or actor.may_check(PROMOTE_MODEL)):
        return why_not(actor, PROMOTE_MODEL)
    return "" if is_served else "The champion decides for all accounts here already."


def _ways(scene: ModelScene) -> Ways:
    """Return how a promotion is approved and carried out: the rule's verdict is read and binds both."""

    def approve(asked: Approval, actor: Actor, note: str) -> None:
        with owner.store().cursor() as cursor:
            approve_promotion(desk_records(), cursor, asked.approval_id, actor, note, scene.now)

    return Ways(
        carry_out=lambda asked, actor: promote(
            desk_records(), owner.store(), asked.approval_id, actor, scene.now
        ),
        approve=approve,
        says=lambda asked: str(asked.act.details["rule"]),
        note="Note; against the rule, the reason",
        consequence=CARRY_OUT_CONSEQUENCE,
    )


def retrain_form(scene: ModelScene) -> None:
    """Ask for a confirmation and queue the job."""
    st.markdown(RETRAIN_CONSEQUENCE)
    if st.button("Retrain now", type="primary", key="board_retrain_sure") and refused.done(
        lambda: queue_retraining(scene.area, acting.actor())
    ):
        st.rerun()


def queue_retraining(area: str, actor: Actor) -> None:
    """Queue the training of challengers for an area. Raises RightError."""
    require(actor, RETRAIN)
    mine = owner.current()
    asked = {"area": area, "as_of": None, "due": False, **asked_by(actor)}
    mine.submit(work.make("retrain", mine, asked))


def propose_form(scene: ModelScene, fit: Sequence[Challenger], actor: Actor) -> None:
    """Ask which challenger and why, and propose it."""
    st.markdown(PROPOSE_CONSEQUENCE)
    with st.form("propose_promotion", border=False):
        named = {f"{one.title} \u2013 {VERDICTS.get(one.verdict or '', '')}": one for one in fit}
        chosen = st.selectbox("Challenger", list(named), key="board_challenger")
        reason = st.text_area("Why should it decide?", key="board_reason")
        if not st.form_submit_button("Propose", type="primary"):
            return

    def act() -> None:
        with owner.store().cursor() as cursor:
            propose_promotion(
                desk_records(), cursor, named[str(chosen)].model_version, actor, reason, scene.now
            )

    _do(reason, act)


def back_form(scene: ModelScene, actor: Actor) -> None:
    """Ask for the reason and roll back."""
    st.markdown(BACK_CONSEQUENCE)
    with st.form("roll_back_model", border=False):
        reason = st.text_area("Why does it go back?", key="board_back_reason")
        if not st.form_submit_button("Roll back", type="primary"):
            return
    _do(reason, lambda: roll_back(desk_records(), owner.store(), scene.area, actor, reason, scene.now))


def _do(reason: str, act: Callable[[], object]) -> None:
    """Do what was confirmed, and draw the page anew; say what was wrong otherwise."""
    if refused.fits(reason) and refused.done(act):
        owner.bump()
        st.rerun()
