"""The answer of a request: what waits for a second person, the file that is handed over, and the letter."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import approvals, ask, owner, reader
from dashboard.approvals import Ways
from dashboard.desk_records import desk_records, follow
from dashboard.evidence import button as evidence
from dashboard.formats import literal
from dashboard.questions import words
from dashboard.requests.answer_letter import letter
from dashboard.requests.request_view import RequestView
from desk.actors import DISCLOSE, Actor, why_not
from desk.approvals import Approval
from desk.freezes.acting import carry_out
from desk.requests import answering, orders
from desk.requests.taking import FOLDER, file_name, take

_GONE = "Data that were handed over do not come back. The file is made now, and the approval is used up."


def draw(view: RequestView) -> None:
    """Draw the approvals that are open, the file, and the letter as it would be sent."""
    st.markdown("**The answer**")
    for asked in view.asked:
        approvals.draw_approval(asked, _ways(view, asked))
    _file(view)
    _letter(view)
    evidence.draw("request", view.request_id, view.scene)


def _ways(view: RequestView, asked: Approval) -> Ways:
    if asked.act.action == DISCLOSE.name:
        return Ways(partial(disclose, view), consequence=_GONE, says=lambda _: _scope_words(view))
    if view.state.status == "waiting_approval":
        return Ways(partial(execute, view), consequence="The money is frozen now, and the ledger follows.")
    return Ways(partial(_money, view), consequence="The money moves now, and the approval is used up.")


def _scope_words(view: RequestView) -> str:
    checks = view.authenticity
    score = f" Authenticity {words.score(checks.score)}." if checks else ""
    called = f" {view.state.called_by} called back." if view.state.call_confirmed else " Nobody called back."
    return f"To {view.who}, resting on {view.state.legal_basis or 'nothing'}.{score}{called}"


def disclose(view: RequestView, asked: Approval, actor: Actor) -> None:
    """Make the file that was approved, and end the request with it. Raises as `desk.requests` does."""
    # The file holds what was approved, whoever carries that out; only who may hand data over takes it.
    with reader.as_program(), ask.cursor("package") as cursor:
        folder = owner.home().path / FOLDER
        answering.disclose(desk_records(), cursor, folder, asked.approval_id, actor, view.now)
    follow()


def execute(view: RequestView, asked: Approval, actor: Actor) -> None:
    """Freeze what an approved order names; the request follows. Raises as `desk.requests.orders` does."""
    orders.execute(desk_records(), asked.approval_id, actor, view.now)
    follow()


def _money(view: RequestView, asked: Approval, actor: Actor) -> None:
    carry_out(desk_records(), asked.approval_id, actor, view.now)
    follow()


def _file(view: RequestView) -> None:
    """Draw the download of the file that was made, or why there is none."""
    now = view.state
    if now.package_hash is None:
        if now.is_live and now.scope_asked:
            st.caption("A file is made when a second person has approved that it is handed over.")
        return
    refusal = "" if view.actor.may(DISCLOSE) else why_not(view.actor, DISCLOSE)
    st.download_button(
        "Take the file" if now.outcome != "kept" else "Take the kept file",
        data=partial(_taken, view),
        file_name=file_name(now),
        mime="application/zip",
        key="request_file",
        icon=":material/download:",
        on_click="ignore",
        disabled=bool(refusal),
        help=refusal or "The audit log says who took it and when.",
    )
    st.caption(f"SHA-256 {now.package_hash}")


def _taken(view: RequestView) -> bytes:
    return take(desk_records(), owner.home().path / FOLDER, view.request_id, view.actor, view.now)


def _letter(view: RequestView) -> None:
    """Draw the letter, to read and to take along."""
    reason = "" if view.state.is_live else view.steps[-1].reason
    text = letter(view.state, view.received, reason, view.now)
    with st.expander("The letter" if not view.state.is_live else "The letter, as it stands now"):
        st.code(text, language=None, wrap_lines=True)
        st.download_button(
            "Letter",
            data=text,
            file_name=f"{view.request_id}-letter.txt",
            mime="text/plain",
            key="request_letter",
            icon=":material/download:",
            on_click="ignore",
            type="tertiary",
        )
        st.caption(literal("Written by fixed rules from the facts of the request."))
