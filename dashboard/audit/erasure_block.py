"""Erasure of an account's personal data on the tab Administration: asked, approved, done, and its limits."""

from __future__ import annotations

import streamlit as st

from dashboard import approvals, owner, refused
from dashboard.approvals import Ways
from dashboard.desk.scene import DeskScene
from dashboard.desk_records import desk_records
from dashboard.facts import last_event
from desk.actors import ERASE, Actor, why_not
from desk.acts import Approval
from desk.erasure import LEFT, ask_erasure, erase

CONSEQUENCE = (
    "Devices, addresses, user agents, payout addresses and pictures of the account are replaced by tokens, "
    "and nobody can bring them back. Its events, features and scores stay."
)
LIMITS = f"Not erased from here: {'; '.join(LEFT)}."


def draw(scene: DeskScene) -> None:
    """Draw what it does, what it cannot, what waits, and the button that asks for it."""
    may = scene.actor.may(ERASE)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown("**Erasure of personal data**", width="stretch")
        if st.button(
            "Ask for an erasure",
            key="erasure_ask",
            icon=":material/ink_eraser:",
            type="tertiary",
            disabled=not may,
            help=None if may else why_not(scene.actor, ERASE),
        ):
            st.dialog("Erase an account's personal data?")(lambda: form(scene))()
    st.caption(
        f"{CONSEQUENCE} It is refused while a freeze, an order, a request, a claim or a case needs them."
    )
    st.caption(LIMITS)
    approvals.draw_waiting(ERASE.name, ways=Ways(carry_out=carry_out, consequence=CONSEQUENCE))


def carry_out(asked: Approval, actor: Actor) -> None:
    """Erase; what pages kept of the store is out of date then."""
    erase(desk_records(), owner.store(), asked.approval_id, actor, last_event())
    owner.bump()


def form(scene: DeskScene) -> None:
    """Ask for the account and why; what the dialog holds."""
    st.markdown(CONSEQUENCE)
    with st.form("erasure_form", border=False):
        account = str(st.text_input("Account", key="erasure_account")).strip()
        reason = st.text_area("Why?", key="erasure_reason")
        if not st.form_submit_button("Ask for a second person", type="primary"):
            return
    if refused.fits(reason) and refused.done(
        lambda: ask_erasure(desk_records(), owner.store(), account, scene.actor, reason, scene.now)
    ):
        st.rerun()
