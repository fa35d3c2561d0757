"""The form in which an analyst says what an event turned out to be, with what was said of it before."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import acting, owner, refused
from dashboard.desk_records import desk_records
from dashboard.facts import last_event
from dashboard.formats import literal
from dashboard.questions import monitoring, words
from dashboard.viewer import local
from data.errors import WatchfloorError
from desk.actors import DISPOSE, Actor, why_not
from desk.cases.state import OUTCOMES, Outcome
from desk.dispositions import Disposition, Said, dispose, of_event, project

SPOKEN = {"confirmed": "Confirmed crime", "false_positive": "False positive", "inconclusive": "Inconclusive"}


def draw(event_id: str) -> None:
    """Draw what was said of an event, and for whoever may the button that says more."""
    actor = acting.actor()
    try:
        said = of_event(desk_records(), event_id)
    except WatchfloorError as error:
        refused.draw(error)
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="disposition"):
        st.markdown(in_words(said), width="content")
        may = actor.may(DISPOSE)
        if st.button(
            "Correct" if said else "Say what it was",
            key="dispose",
            icon=":material/gavel:",
            type="tertiary",
            disabled=not may,
            help="Becomes a label that models learn from" if may else why_not(actor, DISPOSE),
        ):
            st.dialog("What did this event turn out to be?")(lambda: form(event_id, said, actor))()


def in_words(said: Sequence[Said]) -> str:
    """Say the newest disposition, who said it and when, and how often it was corrected."""
    if not said:
        return "No analyst has said what this event was."
    newest = said[-1]
    kind = f" ({words.spoken(newest.disposition.typology)})" if newest.disposition.typology else ""
    corrected = (
        "" if len(said) == 1 else f", corrected {len(said) - 1} times" if len(said) > 2 else ", corrected"
    )
    return (
        f"**{SPOKEN[newest.disposition.outcome]}**{kind} by {literal(newest.actor)}, "
        f"{local(newest.at)}{corrected}: {literal(newest.disposition.note)}"
    )


def form(event_id: str, said: Sequence[Said], actor: Actor) -> None:
    """Ask for outcome, kind of crime and note; what the dialog holds."""
    st.markdown(
        "Your word becomes a label of source desk: the next training learns from it. "
        + ("It stands over what was said before; both stay in the records." if said else "")
    )
    with st.form("dispose_event", border=False):
        outcome = st.radio("Outcome", OUTCOMES, format_func=lambda name: SPOKEN[name], key="outcome")
        typology = st.selectbox(
            "Kind of crime, where it is one",
            monitoring.typologies_known(),
            index=None,
            format_func=words.spoken,
            accept_new_options=True,
            key="typology",
        )
        note = st.text_area("How is it known?", key="disposition_note")
        if not st.form_submit_button("Say so", type="primary"):
            return
    if refused.fits(note) and refused.done(lambda: said_now(event_id, outcome, typology, note, actor)):
        st.rerun()


def said_now(event_id: str, outcome: Outcome, typology: str | None, note: str, actor: Actor) -> None:
    """Write a disposition and have the store know it as a label. Raises what `dispose` raises."""
    found = monitoring.event_to_dispose(event_id)
    if found is None:
        return
    account_id, occurred_at = found
    kind = typology if outcome == "confirmed" else None
    disposition = Disposition(event_id, account_id, outcome, kind, note, occurred_at)
    dispose(desk_records(), disposition, actor, last_event())
    with owner.store().writing() as cursor:
        project(cursor, desk_records())
