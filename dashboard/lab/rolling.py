"""From draft to roll-out: propose it, have another person approve it, make it, and take it back."""

from __future__ import annotations

from datetime import date, datetime, time

import streamlit as st

from dashboard import acting, approvals, owner, refused
from dashboard.approvals import Ways
from dashboard.desk_records import desk_records
from dashboard.lab import levers
from dashboard.lab.scene import LabScene
from dashboard.questions.lab import Found
from data.errors import WatchfloorError
from desk.actors import ROLL_OUT_POLICY, Actor, why_not
from desk.acts import Approval
from desk.rollouts import Made, Plan, back_of, plan_of, propose_rollout, roll_out, rollouts
from scoring.lab.draft import Draft

CONSEQUENCE = (
    "Another person must approve it. From its beginning on the draft decides every event of the area; events "
    "before keep their decisions. It is taken back in one step."
)
CONSEQUENCE_NOW = (
    "The roll-out is recorded. From its beginning on it decides every event of the area, until it is taken "
    "back."
)
# A title is read in a list, on one line.
LONGEST_TITLE = 120


def draw(scene: LabScene, answer: Found | None) -> None:
    """Draw what can be proposed, and what waits for a second person."""
    st.markdown("**Roll-out**")
    try:
        made = rollouts(desk_records(), scene.trial.area)
        _draw_proposing(scene, answer, made, acting.actor())
        approvals.draw_waiting(ROLL_OUT_POLICY.name, scene.trial.area, ways=_ways(scene))
    except WatchfloorError as error:
        refused.draw(error)


def _ways(scene: LabScene) -> Ways:
    """Return how a roll-out is carried out, and what the checker reads of it."""
    return Ways(
        carry_out=lambda asked, actor: roll_out(
            desk_records(), owner.store(), asked.approval_id, actor, scene.page.now
        ),
        says=lambda asked: _says(scene, asked),
        consequence=CONSEQUENCE_NOW,
    )


def _says(scene: LabScene, asked: Approval) -> str:
    """Say what a proposed roll-out changes against what is in force."""
    plan = plan_of(asked.act)
    if plan.is_back:
        return "The policy of the model holds again."
    draft = Draft.of_changes(plan.area, plan.changes)
    return f"{levers.in_words(scene, draft) or 'what is in force already'}. In the lab: {draft.text()}"


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
        title = st.text_input("Title", value="A stricter policy", key="lab_title")
        day = st.date_input("Begins on (UTC)", value=scene.trial.starts_at.date(), key="lab_day")
        reason = st.text_area("Why?", key="lab_reason")
        if not st.form_submit_button("Propose", type="primary"):
            return
    if not refused.fits(title, LONGEST_TITLE):
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
        reason = st.text_area("Why?", key="lab_back_reason")
        if not st.form_submit_button("Propose", type="primary"):
            return
    _propose(scene, back_of(scene.trial.area, _midnight(day)), actor, reason)


def _propose(scene: LabScene, plan: Plan, actor: Actor, reason: str) -> None:
    if refused.fits(reason) and refused.done(
        lambda: propose_rollout(desk_records(), plan, actor, reason, scene.page.now)
    ):
        st.rerun()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
