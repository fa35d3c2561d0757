"""Dangerous actions on a page: ask for a second person, see what waits, decide, and carry out.

    approvals.propose_button(act, "Promote", key="promote_cis")        # or propose_dialog(act) from a button
    approvals.draw_waiting(PROMOTE_MODEL.name, carry_out=promote)      # Approve, Reject, Withdraw, Carry out

What a person may not do is a button that cannot be pressed, with the reason in words. The rule itself lies in
`desk/approvals.py` and is held there, whatever a page offers.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from dashboard import acting
from dashboard.facts import facts
from dashboard.formats import literal, local_time
from dashboard.rings.desk_records import desk_records
from data.errors import WatchfloorError
from desk import approvals as desk
from desk.actors import Actor, why_not, why_not_check
from desk.acts import right_of
from desk.approvals import Act, Approval

# Does the act of an approval that is approved: it takes the approval and who carries it out.
CarryOut = Callable[[Approval, Actor], None]


def propose_button(act: Act, label: str, *, key: str, icon: str = "two_pager") -> None:
    """Draw a button that asks for a second person to approve `act`."""
    refused = why_not_propose(act, acting.actor())
    if st.button(
        label,
        key=key,
        icon=f":material/{icon}:",
        disabled=bool(refused),
        help=refused or "Another person must approve it before it is done",
    ):
        propose_dialog(act)


def propose_dialog(act: Act) -> None:
    """Open the dialog that asks why `act` should be done, and proposes it."""
    st.dialog("Ask a second person?")(lambda: propose_form(act))()


def propose_form(act: Act) -> None:
    """Draw what is proposed, and ask for the reason; what the dialog holds."""
    st.markdown(f"**{literal(act.summary)}**")
    st.markdown(
        f"Nothing is done yet. {right_of(act).checkers_in_words.capitalize()} can approve it, but not you. "
        f"The approval is good for one use, for this act only, and for {desk.LIFE.days} days."
    )
    _ask(
        "Why should this be done?",
        "Propose",
        lambda words: desk.propose(desk_records(), act, acting.actor(), words, _now()),
        key="propose",
    )


def draw_waiting(
    action: str | None = None, object_id: str | None = None, *, carry_out: CarryOut | None = None
) -> None:
    """Draw what waits for a second person and what is approved but not done, of one action or object.

    With `carry_out`, what is approved has a button that does it.
    """
    found = [
        asked
        for asked in desk.approvals(desk_records(), _now(), action, object_id)
        if asked.state in ("waiting", "approved")
    ]
    if not found:
        st.caption("Nothing waits for a second person.")
    for asked in found:
        draw_approval(asked, carry_out)


def draw_approval(asked: Approval, carry_out: CarryOut | None = None) -> None:
    """Draw one approval that is open: what is asked, by whom, until when, and what can be done about it."""
    actor = acting.actor()
    with st.container(border=True, key=f"approval_{asked.approval_id}"):
        st.markdown(f"**{literal(asked.act.summary)}** · {_state(asked)}")
        st.caption(
            f"{asked.approval_id}: proposed by {literal(asked.maker.name)}, {asked.maker.role_in_words}, at "
            f"{_local(asked.proposed_at)}, good until {_local(asked.expires_at)}. {literal(asked.reason)}"
        )
        refused = why_not_decide(asked, actor)
        with st.container(horizontal=True, gap="small"):
            if asked.state == "waiting":
                _decisions(asked, refused)
            elif carry_out is not None:
                _carry_out(asked, actor, carry_out)
            if actor.name == asked.maker.name and _button(asked, "Withdraw", "undo", ""):
                _open("Withdraw this?", asked, lambda: _form(asked, "Why is it taken back?", "Withdraw"))
        if refused and asked.state == "waiting":
            st.caption(refused)


def why_not_propose(act: Act, actor: Actor) -> str:
    """Say why `actor` may not propose `act`; empty where they may."""
    right = right_of(act)
    return "" if actor.may(right) else why_not(actor, right)


def why_not_decide(asked: Approval, actor: Actor) -> str:
    """Say why `actor` may not approve or reject; empty where they may."""
    if not actor.may_check(asked.right):
        return why_not_check(actor, asked.right)
    if actor.name == asked.maker.name:
        return "You proposed it, so somebody else must decide."
    return ""


def _decisions(asked: Approval, refused: str) -> None:
    if _button(asked, "Approve", "check", refused):
        _open("Approve this?", asked, lambda: _form(asked, "A note, if you like", "Approve"))
    if _button(asked, "Reject", "close", refused):
        _open("Reject this?", asked, lambda: _form(asked, "Why is it rejected?", "Reject"))


def _carry_out(asked: Approval, actor: Actor, carry_out: CarryOut) -> None:
    is_able = actor.may(asked.right) or actor.may_check(asked.right)
    if not _button(asked, "Carry out", "play_arrow", "" if is_able else why_not(actor, asked.right)):
        return
    try:
        carry_out(asked, actor)
    except WatchfloorError as error:
        _failed(error)
        return
    st.rerun()


def _button(asked: Approval, label: str, icon: str, refused: str) -> bool:
    return st.button(
        label,
        key=f"{label.split(maxsplit=1)[0].lower()}_{asked.approval_id}",
        icon=f":material/{icon}:",
        disabled=bool(refused),
        help=refused or None,
    )


def _open(title: str, asked: Approval, draw: Callable[[], None]) -> None:
    def hold() -> None:
        st.markdown(f"**{literal(asked.act.summary)}**")
        st.caption(f"Proposed by {literal(asked.maker.name)}: {literal(asked.reason)}")
        draw()

    st.dialog(title)(hold)()


def _form(asked: Approval, question: str, label: str) -> None:
    steps = {"Approve": desk.approve, "Reject": desk.reject, "Withdraw": desk.withdraw}

    def decide(words: str) -> None:
        steps[label](desk_records(), asked.approval_id, acting.actor(), words, _now())

    _ask(question, label, decide, key=f"decide_{asked.approval_id}")


def _ask(question: str, label: str, done: Callable[[str], object], *, key: str) -> None:
    """Draw a form with one question, and do what it is for when it is sent."""
    with st.form(f"{key}_form", border=False):
        words = st.text_area(question, key=f"{key}_words", max_chars=2000)
        if not st.form_submit_button(label, type="primary"):
            return
    try:
        done(words)
    except WatchfloorError as error:
        _failed(error)
        return
    st.rerun()


def _state(asked: Approval) -> str:
    if asked.state == "waiting":
        return "waits for a second person"
    checker = literal(asked.checker.name) if asked.checker else ""
    return f"approved by {checker}, not done yet"


def _now() -> datetime:
    """Return the data's now: the time of the store's last event."""
    now = facts().now
    if now is None:
        raise ValueError("a store without events has nothing to approve")
    return now


def _local(at: datetime) -> str:
    return local_time(at, st.context.timezone)


def _failed(error: WatchfloorError) -> None:
    st.error(f"```text\n{error}\n```", icon=":material/error:")
