"""What is taken away from a case: its evidence, and the letter that answers an appeal."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

import streamlit as st

from dashboard import acting
from dashboard.case.view import CaseView
from dashboard.evidence import button
from dashboard.formats import exact, literal
from desk.actors import EXPORT_EVIDENCE, why_not
from desk.case_file.letter import CaseFacts, letter


def draw(view: CaseView) -> None:
    """Draw the button of a case's evidence and its letter; nothing of a past case is taken away."""
    if view.is_past:
        return
    actor = acting.actor()
    refused = None if actor.may(EXPORT_EVIDENCE) else why_not(actor, EXPORT_EVIDENCE)
    with st.container(horizontal=True, gap="small"):
        button.draw("case", view.case_id)
        st.download_button(
            "Letter to the customer",
            data=partial(letter_of, view),
            file_name=f"letter-{view.case_id}.txt",
            mime="text/plain",
            key="case_letter",
            on_click="ignore",
            icon=":material/mail:",
            disabled=refused is not None or view.customer is None,
            help=literal(refused)
            if refused
            else "The same reasons in words that name nobody else and help nobody to attack",
        )


def letter_of(view: CaseView) -> bytes:
    """Return the letter to the customer that is shown."""
    found = view.customer
    if found is None:
        return b""
    amount = sum((stop.amount for stop in found.stops if stop.event_id in view.event_ids), Decimal(0))
    still = [stop for stop in found.stops if stop.event_id in view.event_ids and stop.state != "released"]
    facts = CaseFacts(
        view.case_id,
        found.account_id,
        view.state.opened_at,
        f"{exact(amount)} {view.unit}" if amount else "",
        not still,
    )
    mine = {one.event_id for one in view.events if one.account_id == found.account_id}
    return letter(facts, [one for one in view.reasons if one.event_id in mine], view.now).encode()
