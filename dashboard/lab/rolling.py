"""From draft to roll-out: propose it, have another person approve it, make it, and take it back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time

import streamlit as st

from dashboard import owner, state
from dashboard.formats import literal
from dashboard.lab import acting, levers
from dashboard.lab.scene import LabScene
from dashboard.questions.lab import Found
from dashboard.rings.desk_records import desk_records
from data.errors import WatchfloorError
from desk.actors import ROLL_OUT_POLICY, Actor, why_not
from desk.acts import Approval
from desk.approvals import approvals, approve, reject
from desk.rollouts import Made, Plan, back_of, plan_of, propose_rollout, roll_out, rollouts
from scoring.lab.draft import Draft

CONSEQUENCE = (
    "Another person must approve it. From its beginning on the draft decides every event of the area; events "
    "before keep their decisions. It is taken back in one step."
)


def draw(scene: LabScene, answer: Found | None) -> None:
    """Draw what can be proposed, what waits for a second person, and the roll-outs there were."""
    st.markdown("**Roll-out**")
    actor = acting.actor()
    try:
        made = rollouts(desk_records(), scene.trial.area)
        asked = [
            one
            for one in approvals(desk_records(), scene.page.now, ROLL_OUT_POLICY.name, scene.trial.area)
            if one.state in ("waiting", "approved")
        ]
    except WatchfloorError as error:
        _failed(error)
        return
    _draw_proposing(scene, answer, made, actor)
    for one in asked:
        _draw_asked(scene, one, actor)
    if not asked:
        st.caption("Nothing waits for a second person.")


def _draw_proposing(scene: LabScene, answer: Found | None, made: list[Made], actor: Actor) -> None:
    is_allowed = actor.may(ROLL_OUT_POLICY)
    with st.container(horizontal=True, gap="small"):
        if st.button(
            "Propose this draft",
            key="lab_propose",
            type="primary",
            disabled=not (is_allowed and scene.is_changed and not scene.trial.is_past),
            help=_why_not_proposed(scene, actor),
        ):
            st.dialog("Propose a roll-out?")(lambda: proposal_form(scene, answer, actor))()
        is_there = bool(made) and not made[0].plan.is_back
        if is_there and st.button("Propose the way back", key="lab_back", disabled=not is_allowed):
            st.dialog("Propose the way back?")(lambda: back_form(scene, actor))()
    if not is_allowed:
        st.caption(why_not(actor, ROLL_OUT_POLICY))


def _why_not_proposed(scene: LabScene, actor: Actor) -> str:
    if not actor.may(ROLL_OUT_POLICY):
        return why_not(actor, ROLL_OUT_POLICY)
    if scene.trial.is_past:
        return "This is a look at the past: open the lab without a day, then propose."
    return CONSEQUENCE if scene.is_changed else "The draft changes nothing yet."


def proposal_form(scene: LabScene, answer: Found | None, actor: Actor) -> None:
    """Draw what a roll-out does, and ask for its beginning, title and reason; what the dialog holds."""
    st.markdown(CONSEQUENCE)
    st.markdown(f"**{scene.where}**: {levers.in_words(scene, scene.draft)}.")
    told = answer.forecast if answer else None
    with st.form("lab_proposal", border=False):
        title = st.text_input("Title", value="A stricter policy", key="lab_title", max_chars=120)
        day = st.date_input("Begins on (UTC)", value=scene.trial.starts_at.date(), key="lab_day")
        reason = st.text_area("Why?", key="lab_reason", max_chars=2000)
        if not st.form_submit_button("Propose", type="primary"):
            return
    plan = Plan(
        scene.trial.area, title, _midnight(day), scene.draft.changes(), told.as_json() if told else {}
    )
    _propose(scene, plan, actor, reason)


def back_form(scene: LabScene, actor: Actor) -> None:
    """Ask for the day from which the policy of the model holds again; what the dialog holds."""
    st.markdown(f"The policy of the model holds again in **{scene.where}**. Another person must approve it.")
    with st.form("lab_way_back", border=False):
        day = st.date_input("Begins on (UTC)", value=scene.trial.starts_at.date(), key="lab_back_day")
        reason = st.text_area("Why?", key="lab_back_reason", max_chars=2000)
        if not st.form_submit_button("Propose", type="primary"):
            return
    _propose(scene, back_of(scene.trial.area, _midnight(day)), actor, reason)


def _propose(scene: LabScene, plan: Plan, actor: Actor, reason: str) -> None:
    try:
        propose_rollout(desk_records(), plan, actor, reason, scene.page.now)
    except WatchfloorError as error:
        _failed(error)
        return
    st.rerun()


def _draw_asked(scene: LabScene, asked: Approval, actor: Actor) -> None:
    with st.container(border=True, key=f"card_asked_{asked.approval_id}"):
        st.markdown(f"**{literal(asked.act.summary)}**, {asked.state}")
        st.caption(
            f"{literal(asked.maker.name)}: {literal(asked.reason)} Good until "
            f"{asked.expires_at:%d %B %Y, %H:%M} UTC."
            + (f" Approved by {literal(asked.checker.name)}." if asked.checker else "")
        )
        with st.container(horizontal=True, gap="small"):
            _show_draft(asked)
            if asked.state == "waiting":
                _draw_deciding(scene, asked, actor)
            elif st.button("Make the roll-out", key=f"lab_make_{asked.approval_id}", type="primary"):
                _make(scene, asked, actor)


def _show_draft(asked: Approval) -> None:
    plan = plan_of(asked.act)
    if plan.changes and st.button("Show in the lab", key=f"lab_show_{asked.approval_id}"):
        limits, rules = plan.changes["thresholds"], plan.changes.get("verification", {})
        draft = Draft(
            plan.area,
            limits["step_up"],
            limits["hold"],
            limits["block"],
            None,
            rules.get("new_address_hours"),
            rules.get("step_up_from"),
            rules.get("new_device_hours"),
            tuple(rules.get("corridors", ())),
        )
        state.change(draft=draft.text())
        st.rerun()


def _draw_deciding(scene: LabScene, asked: Approval, actor: Actor) -> None:
    is_other = actor.name != asked.maker.name
    can = is_other and actor.may_check(ROLL_OUT_POLICY)
    says = (
        "" if can else "You proposed it: somebody else must decide." if not is_other else "Your role may not."
    )
    if st.button("Approve", key=f"lab_approve_{asked.approval_id}", disabled=not can, help=says or None):
        _decide(lambda: approve(desk_records(), asked.approval_id, actor, "", scene.page.now))
    if st.button("Reject", key=f"lab_reject_{asked.approval_id}", disabled=not can, help=says or None):
        st.dialog("Reject this roll-out?")(lambda: rejection_form(scene, asked, actor))()


def rejection_form(scene: LabScene, asked: Approval, actor: Actor) -> None:
    """Ask why a roll-out is rejected; what the dialog holds."""
    with st.form("lab_rejection", border=False):
        note = st.text_area("Why?", key="lab_rejected_because", max_chars=2000)
        if st.form_submit_button("Reject", type="primary"):
            _decide(lambda: reject(desk_records(), asked.approval_id, actor, note, scene.page.now))


def _decide(act: Callable[[], Approval]) -> None:
    try:
        act()
    except WatchfloorError as error:
        _failed(error)
        return
    st.rerun()


def _make(scene: LabScene, asked: Approval, actor: Actor) -> None:
    try:
        roll_out(desk_records(), owner.store(), asked.approval_id, actor, scene.page.now)
    except WatchfloorError as error:
        _failed(error)
        return
    # What was answered before does not know of it.
    owner.bump()
    st.rerun()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _failed(error: WatchfloorError) -> None:
    st.error(f"```text\n{error}\n```", icon=":material/error:")
