"""What a person does about a ring: escalate it as one case, take that back, export its evidence.

    actions.draw("R-0f3a91c2")

Whoever may not is told why not and who may; the rule itself lies in `desk/actors.py` and is held there.
"""

from __future__ import annotations

import streamlit as st

from dashboard import acting, owner, refused
from dashboard.case.links import open_button
from dashboard.desk_records import desk_records
from dashboard.evidence import button
from dashboard.facts import facts, last_event
from dashboard.formats import counted, literal, money
from dashboard.questions import words
from dashboard.viewer import local
from data.errors import WatchfloorError
from desk.actors import ESCALATE, EXPORT_EVIDENCE, ROLES, Actor, Right, why_not
from desk.cases.opening import Subject
from desk.ring_cases import RingCase, case_of, escalate, ring_of, withdraw

CONSEQUENCE = (
    "One case is opened about the whole ring, with your name, your note and what is known of the ring now. "
    "Nothing is frozen, and no customer is told. A case can be withdrawn with a reason; the record of both "
    "stays."
)


def draw(ring_id: str) -> None:
    """Draw the actions on a ring, with the case about it where there is one."""
    actor = acting.actor()
    try:
        ring = _ring(ring_id)
        case = case_of(desk_records(), ring_id)
    except WatchfloorError as error:
        refused.draw(error)
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="ring_actions"):
        if case is not None:
            _draw_case(case)
            open_button(case.case_id, key="crumb_case")
        if case is not None and case.is_open:
            if _button("Withdraw", "undo", actor, ESCALATE, "Take the case back, with a reason"):
                st.dialog("Withdraw this case?")(lambda: withdrawal_form(case, actor))()
        elif _button("Escalate", "campaign", actor, ESCALATE, "Open one case about the whole ring"):
            st.dialog("Escalate this ring?")(lambda: escalation_form(ring, actor))()
        button.draw("ring", ring_id)
    for right in (ESCALATE, EXPORT_EVIDENCE):
        if not actor.may(right):
            st.caption(why_not(actor, right))


def _ring(ring_id: str) -> Subject:
    with owner.store().cursor() as cursor:
        return ring_of(cursor, ring_id)


def _button(label: str, icon: str, actor: Actor, right: Right, says: str) -> bool:
    is_allowed = actor.may(right)
    return st.button(
        label,
        key=f"ring_{label.split(maxsplit=1)[0].lower()}",
        icon=f":material/{icon}:",
        disabled=not is_allowed,
        help=says if is_allowed else why_not(actor, right),
    )


def _draw_case(case: RingCase) -> None:
    opened = f"opened by {literal(case.opened_by)} at {local(case.state.opened_at)}"
    if case.is_open:
        st.markdown(f"Case **{case.case_id}** {opened}", width="content", help=_of_case(case))
        return
    because = f": {literal(case.withdrawn_because)}" if case.withdrawn_because else ""
    st.markdown(
        f"Case **{case.case_id}** was {case.state.status} by {literal(case.state.closed_by or '')} at "
        f"{local(case.state.closed_at)}{because}",
        width="content",
        help=f"It was {opened}. {_of_case(case)}",
    )


def _of_case(case: RingCase) -> str:
    """Say why it was opened, how severe it is, and when the clock of the wall showed what."""
    role = ROLES.get(case.opened_as, case.opened_as)
    return (
        f"{literal(case.note)} Severity: {case.subject.severity}. Opened as {role}. "
        f"Recorded at {local(case.recorded_at)} by the wall clock."
    )


def escalation_form(ring: Subject, actor: Actor) -> None:
    """Draw what escalating does, and ask for a note and a confirmation; what the dialog holds."""
    st.markdown(CONSEQUENCE)
    st.markdown(_in_words(ring))
    with st.form("escalate_ring", border=False):
        note = st.text_area("Why does this ring need people?", key="ring_note")
        accounts = counted(len(ring.facts["accounts"]), "account")
        is_sure = st.checkbox(f"Open one case about these {accounts}", key="ring_sure")
        if not st.form_submit_button("Open the case", type="primary"):
            return
    if not is_sure:
        st.error("Tick the box to confirm.")
        return
    if refused.fits(note) and refused.done(lambda: escalate(desk_records(), ring, actor, note, last_event())):
        st.rerun()


def withdrawal_form(case: RingCase, actor: Actor) -> None:
    """Draw what withdrawing does, and ask for the reason; what the dialog holds."""
    st.markdown(
        f"Case **{case.case_id}** is closed as withdrawn. It stays in the records with your reason, and the "
        "ring can be escalated again."
    )
    with st.form("withdraw_case", border=False):
        reason = st.text_area("Why is it taken back?", key="ring_reason")
        if not st.form_submit_button("Withdraw the case", type="primary"):
            return
    if refused.fits(reason) and refused.done(
        lambda: withdraw(desk_records(), case.case_id, actor, reason, last_event())
    ):
        st.rerun()


def _in_words(ring: Subject) -> str:
    """Say what the case starts from."""
    facts_of = ring.facts
    places = ", ".join(words.region(slug) for slug in ring.regions) or "an unknown region"
    unit = facts().money_unit
    return (
        f"**{literal(ring.subject_id)}**: {counted(len(facts_of['accounts']), 'account')} in {places}; "
        f"score {words.score(facts_of['score'])}, severity {ring.severity}, "
        f"expected loss {money(facts_of['expected_loss'], unit)}."
    )
