"""Dangerous actions on a page: see what waits for a second person, decide, take back, and carry out.

    approvals.draw_waiting(PROMOTE_MODEL.name, ways=Ways(carry_out=promote))

What a person may not do is a button that cannot be pressed, with the reason in words. The rule itself lies in
`desk/approvals.py` and is held there, whatever a page offers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from dashboard import acting, owner, refused
from dashboard.desk_records import desk_records
from dashboard.facts import last_event
from dashboard.formats import literal
from dashboard.viewer import local
from desk import approvals as desk
from desk.actors import Actor, why_not, why_not_check
from desk.approvals import Approval


@dataclass(frozen=True, slots=True)
class Ways:
    """What a room adds to the drawing of its approvals.

    `approve` stands in for the desk's own where a room asks for more; it takes the approval, who approves,
    and the note. `carry_out` does an act that is approved; where there is none, no button offers it.
    `says` is a line about the act that the checker must read, `note` how the note is asked for.
    """

    carry_out: Callable[[Approval, Actor], object] | None = None
    approve: Callable[[Approval, Actor, str], object] | None = None
    says: Callable[[Approval], str] = lambda _: ""
    note: str = "A note, if you like"
    consequence: str = "It is done now, and the approval is used up."


PLAIN = Ways()


def draw_waiting(action: str | None = None, object_id: str | None = None, *, ways: Ways = PLAIN) -> None:
    """Draw what waits for a second person and what is approved but not done, of one action or object."""
    found = [
        asked
        for asked in desk.approvals(desk_records(), last_event(), action, object_id)
        if asked.state in ("waiting", "approved")
    ]
    if not found:
        st.caption("Nothing waits for a second person.")
    for asked in found:
        draw_approval(asked, ways)


def draw_approval(asked: Approval, ways: Ways = PLAIN) -> None:
    """Draw one approval that is open: what is asked, by whom, until when, and what can be done about it."""
    actor = acting.actor()
    with st.container(border=True, key=f"approval_{asked.approval_id}"):
        st.markdown(f"**{literal(asked.act.summary)}** · {_state(asked)}")
        st.caption(
            f"{asked.approval_id}: proposed by {literal(asked.maker.name)}, {asked.maker.role_in_words}, at "
            f"{local(asked.proposed_at)}, good until {local(asked.expires_at)}. {literal(asked.reason)}"
        )
        refusal = why_not_decide(asked, actor)
        if ways.says(asked):
            st.caption(literal(ways.says(asked)))
        with st.container(horizontal=True, gap="small"):
            if asked.state == "waiting":
                _decisions(asked, refusal, ways)
            elif ways.carry_out is not None:
                _offer_to_carry_out(asked, actor, ways)
            if actor.name == asked.maker.name and _button(asked, "Withdraw", "undo", ""):
                _open("Withdraw this?", asked, ways, lambda: decision_form(asked, "Withdraw", ways))
        if refusal and asked.state == "waiting":
            st.caption(refusal)


def why_not_decide(asked: Approval, actor: Actor) -> str:
    """Say why `actor` may not approve or reject; empty where they may."""
    if not actor.may_check(asked.right):
        return why_not_check(actor, asked.right)
    if actor.name == asked.maker.name:
        return "You proposed it, so somebody else must decide."
    return ""


def _decisions(asked: Approval, refusal: str, ways: Ways) -> None:
    if _button(asked, "Approve", "check", refusal):
        _open("Approve this?", asked, ways, lambda: decision_form(asked, "Approve", ways))
    if _button(asked, "Reject", "close", refusal):
        _open("Reject this?", asked, ways, lambda: decision_form(asked, "Reject", ways))


def _offer_to_carry_out(asked: Approval, actor: Actor, ways: Ways) -> None:
    is_able = actor.may(asked.right) or actor.may_check(asked.right)
    if _button(asked, "Carry out", "play_arrow", "" if is_able else why_not(actor, asked.right)):
        _open("Carry it out?", asked, ways, lambda: carry_out_form(asked, ways))


def carry_out_form(asked: Approval, ways: Ways) -> None:
    """Ask for a confirmation, and do the act; what the dialog holds."""
    st.markdown(ways.consequence)
    if ways.carry_out is None or not st.button("Do it now", type="primary", key=f"sure_{asked.approval_id}"):
        return
    carry_out = ways.carry_out
    if refused.done(lambda: carry_out(asked, acting.actor())):
        owner.bump()
        st.rerun()


def _button(asked: Approval, label: str, icon: str, refusal: str) -> bool:
    return st.button(
        label,
        key=f"{label.split(maxsplit=1)[0].lower()}_{asked.approval_id}",
        icon=f":material/{icon}:",
        disabled=bool(refusal),
        help=refusal or None,
    )


def _open(title: str, asked: Approval, ways: Ways, draw: Callable[[], None]) -> None:
    def hold() -> None:
        st.markdown(f"**{literal(asked.act.summary)}**")
        st.caption(f"Proposed by {literal(asked.maker.name)}: {literal(asked.reason)}")
        if ways.says(asked):
            st.markdown(literal(ways.says(asked)))
        draw()

    st.dialog(title)(hold)()


def decision_form(asked: Approval, label: str, ways: Ways = PLAIN) -> None:
    """Ask for words, and Approve, Reject or Withdraw; what the dialog holds."""
    asks = {"Approve": ways.note, "Reject": "Why is it rejected?", "Withdraw": "Why is it taken back?"}

    def decide(words: str) -> None:
        if label == "Approve" and ways.approve is not None:
            ways.approve(asked, acting.actor(), words)
            return
        step = {"Approve": desk.approve, "Reject": desk.reject, "Withdraw": desk.withdraw}[label]
        step(desk_records(), asked.approval_id, acting.actor(), words, last_event())

    _ask(asks[label], label, decide, key=f"decide_{asked.approval_id}")


def _ask(question: str, label: str, done: Callable[[str], object], *, key: str) -> None:
    """Draw a form with one question, and do what it is for when it is sent."""
    with st.form(f"{key}_form", border=False):
        words = st.text_area(question, key=f"{key}_words")
        if not st.form_submit_button(label, type="primary"):
            return
    if refused.fits(words) and refused.done(lambda: done(words)):
        st.rerun()


def _state(asked: Approval) -> str:
    if asked.state == "waiting":
        return "waits for a second person"
    checker = literal(asked.checker.name) if asked.checker else ""
    return f"approved by {checker}, not done yet"
