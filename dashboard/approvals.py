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
from desk.money import in_words
from desk.people import people


@dataclass(frozen=True, slots=True)
class Ways:
    """What a room adds to the drawing of its approvals.

    `approve` stands in for the desk's own where a room asks for more; it takes the approval, who approves,
    and the note. `carry_out` does an act that is approved; where there is none, no button offers it.
    `says` is a line about the act that the checker must read, `note` how the note is asked for. With
    `at_once` who approves may have it done with the same click. `is_of_desk_only`: the act changes nothing
    but the desk's own records, so answers about events are kept. `door` draws a way to what it is about.
    """

    carry_out: Callable[[Approval, Actor], object] | None = None
    approve: Callable[[Approval, Actor, str], object] | None = None
    says: Callable[[Approval], str] = lambda _: ""
    note: str = "A note, if you like"
    consequence: str = "It is done now, and the approval is used up."
    at_once: bool = False
    is_of_desk_only: bool = False
    door: Callable[[Approval], None] = lambda _: None


PLAIN = Ways()


def draw_waiting(action: str | None = None, object_id: str | None = None, *, ways: Ways = PLAIN) -> None:
    """Draw what waits for a second person and what is approved but not done, of one action or object."""
    found = desk.still_open(desk_records(), last_event(), action, object_id)
    if not found:
        st.caption("Nothing waits for a second person.")
    for asked in found:
        draw_approval(asked, ways)


def draw_approval(asked: Approval, ways: Ways = PLAIN) -> None:
    """Draw one approval that is open: what is asked, by whom, until when, and what can be done about it."""
    actor = acting.actor()
    with st.container(border=True, key=f"approval_{asked.approval_id}", gap="small"):
        st.markdown(f"**{literal(asked.act.summary)}** · {state_in_words(asked)}")
        st.caption(
            f"{asked.approval_id}: proposed by {literal(asked.maker.name)}, {asked.maker.role_in_words}, at "
            f"{local(asked.proposed_at)}, good until {local(asked.expires_at)}. {literal(asked.reason)}",
            help=literal(bound_to(asked)),
        )
        refusal = why_not_decide(asked, actor)
        if ways.says(asked):
            st.caption(literal(ways.says(asked)))
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            if asked.state == "waiting":
                _decisions(asked, refusal, ways)
            elif ways.carry_out is not None:
                _offer_to_carry_out(asked, actor, ways)
            if actor.name == asked.maker.name and _button(asked, "Withdraw", "undo", ""):
                _open("Withdraw this?", asked, ways, lambda: decision_form(asked, "Withdraw", ways))
            if asked.state == "waiting":
                if refusal:
                    st.caption(refusal, width="content")
                st.caption(may_decide(asked), width="stretch")
            ways.door(asked)


def why_not_decide(asked: Approval, actor: Actor) -> str:
    """Say why `actor` may not approve or reject; empty where they may."""
    if not actor.may_check(asked.right):
        return why_not_check(actor, asked.right)
    if actor.name == asked.maker.name:
        return "You proposed it, so somebody else must decide."
    return ""


def may_decide(asked: Approval) -> str:
    """Say who may approve or reject: people by name where they are named, else roles."""
    able = [
        literal(one.name)
        for one in people(desk_records())
        if one.actor.may_check(asked.right) and one.name != asked.maker.name
    ]
    return f"May decide: {', '.join(able) or asked.right.checkers_in_words}."


def bound_to(asked: Approval) -> str:
    """Say what an approval is good for: one use, of exactly this."""
    act = asked.act
    amount = "" if act.amount_micro is None else f", amount {in_words(act.amount_micro)}"
    return (
        f"Good for one use, of exactly this: {asked.right.words}, {act.object_id}{amount}, asked for by "
        f"{asked.maker.name}. Its hash begins {asked.act_hash[:12]}."
    )


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
        _done(ways)


def _done(ways: Ways) -> None:
    if not ways.is_of_desk_only:
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
    carry_out = ways.carry_out

    def decide(words: str) -> None:
        if label == "Approve" and ways.approve is not None:
            ways.approve(asked, acting.actor(), words)
            return
        step = {"Approve": desk.approve, "Reject": desk.reject, "Withdraw": desk.withdraw}[label]
        step(desk_records(), asked.approval_id, acting.actor(), words, last_event())

    if label == "Approve" and ways.at_once and carry_out is not None:
        do = carry_out
        st.markdown(ways.consequence)
        _ask(
            asks[label],
            label,
            decide,
            ways,
            key=f"decide_{asked.approval_id}",
            then=lambda: do(asked, acting.actor()),
        )
        return
    _ask(asks[label], label, decide, ways, key=f"decide_{asked.approval_id}")


def _ask(
    question: str,
    label: str,
    done: Callable[[str], object],
    ways: Ways,
    *,
    key: str,
    then: Callable[[], object] | None = None,
) -> None:
    """Draw a form with one question, and do what it is for when it is sent; `then` is done with it."""
    with st.form(f"{key}_form", border=False):
        words = st.text_area(question, key=f"{key}_words")
        with st.container(horizontal=True, gap="small"):
            both = then is not None and st.form_submit_button(f"{label} and do it", type="primary")
            one = st.form_submit_button(
                f"{label} only" if then else label, type="secondary" if then else "primary"
            )
    if not (both or one) or not refused.fits(words) or not refused.done(lambda: done(words)):
        return
    if not both or then is None:
        st.rerun()
    # Approved it is, whatever becomes of the act: a refusal stays on the screen.
    elif refused.done(then):
        _done(ways)


def state_in_words(asked: Approval) -> str:
    """Say how far an open approval is."""
    if asked.state == "waiting":
        return "waits for a second person"
    checker = literal(asked.checker.name) if asked.checker else ""
    return f"approved by {checker}, not done yet"
