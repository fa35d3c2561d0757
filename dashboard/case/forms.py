"""The short forms of a case: a note, an assignment, an escalation, a hand-over, a pause, a file.

Each draws what it asks for and sends it with the version of the case that was read when it was opened.
"""

from __future__ import annotations

import streamlit as st

from dashboard import acting
from dashboard.case import acts
from dashboard.case.acts import Panel
from dashboard.case.view import CaseView
from dashboard.desk import pauses
from dashboard.desk_records import desk_records, follow
from dashboard.formats import counted
from dashboard.questions import words
from data.errors import WatchfloorError
from desk.actors import WORK_CASES
from desk.cases.endings import Reopen
from desk.cases.files import LARGEST_BYTES, File
from desk.cases.files import attach as attach_file
from desk.cases.moves import Assign, Escalate, ForceRelease, Hand, Move, Note, Pause, Rate
from desk.cases.state import SEVERITIES
from desk.channels.routing import ELSEWHERE
from desk.people import people

WAITS = ("Customer is asked", "Another desk is asked", "An authority is asked", "A repeated check is awaited")


def send_button(label: str) -> bool:
    """Draw the button that sends a form; Ctrl and Enter send it from the keyboard."""
    return st.button(label, key="panel_send", type="primary", shortcut="Mod+Enter")


def words_field(label: str, view: CaseView, name: str, default: str = "") -> str:
    """Draw a text field whose text is kept by case until it is sent, and return what stands in it."""
    key = acts.typed(name, view.case_id, default)
    st.text_area(label, key=key, height=140)
    return acts.keep(key)


def insert_reasons(view: CaseView, name: str) -> None:
    """Draw the button that writes the case's reasons into a field: the same that go into the evidence."""
    key = acts.typed(name, view.case_id)

    def write() -> None:
        there = str(st.session_state.get(key) or "").rstrip()
        reasons = "\n".join(f"- {said}" for said in view.in_words)
        st.session_state[key] = f"{there}\n{reasons}".strip()
        acts.keep(key)

    st.button(
        "Insert the reasons",
        key="panel_insert",
        icon=":material/playlist_add:",
        shortcut="Alt+I",
        disabled=not view.in_words,
        on_click=write,
    )


def finish(view: CaseView, shown: Panel, move: Move, says: str, note: str) -> None:
    """Send a form: close it when it was done, else say why not and keep what was typed."""
    # A dialog is drawn again with what it was opened with: what was read since then is in the session.
    read = acts.panel(view.case_id) or shown
    if acts.act(view.case_id, move, says, note=note, at=view.scene.now, seen=read.seen):
        acts.forget(view.case_id)
        acts.close_panel()
        st.rerun()
    acts.draw_said()
    st.button("I have read what changed", key="panel_again", on_click=acts.read_again, args=(shown,))


def note(view: CaseView, shown: Panel) -> None:
    """Draw the form of a note."""
    insert_reasons(view, "note")
    text = words_field("What should the next person know?", view, "note")
    if send_button("Write it down"):
        finish(view, shown, Note(), "Noted.", text)


def escalate(view: CaseView, shown: Panel) -> None:
    """Draw the form of an escalation."""
    st.caption("It goes one level up: to the desk lead, then to who answers for the region.")
    insert_reasons(view, "escalation")
    text = words_field("Why does it need somebody else?", view, "escalation")
    if send_button("Escalate"):
        finish(view, shown, Escalate(), "Escalated.", text)


def assign(view: CaseView, shown: Panel) -> None:
    """Draw the form of an assignment: to oneself with one key, to another, or to everyone again."""
    me = acting.actor().name
    here = [one.name for one in people(desk_records()) if one.actor.may(WORK_CASES)]
    others = sorted({*here, me} - {me})
    if st.button(f"To me, {me}", key="panel_me", shortcut="1"):
        finish(view, shown, Assign(me), "It is yours.", "")
    chosen = st.selectbox(
        "To another person", others, index=None, key="panel_who", placeholder="Choose a name"
    )
    text = words_field("A word to them, if you like", view, "assignment")
    left, right = st.columns(2)
    with left:
        if send_button("Assign") and chosen:
            finish(view, shown, Assign(chosen), f"Assigned to {chosen}.", text)
    if right.button("To everyone again", key="panel_nobody", disabled=view.state.assignee is None):
        finish(view, shown, Assign(None), "Offered to everyone again.", text)


def hand(view: CaseView, shown: Panel) -> None:
    """Draw the form that hands the case to another channel."""
    others = [slug for slug in (*words.region_slugs(), ELSEWHERE) if slug != view.state.channel]
    chosen = st.selectbox("To the channel", others, format_func=words.region, key="panel_channel")
    text = words_field("Why there?", view, "hand")
    if send_button("Hand over"):
        finish(view, shown, Hand(chosen), f"Handed to {words.region(chosen)}.", text)


def rate(view: CaseView, shown: Panel) -> None:
    """Draw the form that says how urgent the case is."""
    others = [severity for severity in SEVERITIES if severity != view.state.severity]
    chosen = st.radio("Severity", others, format_func=str.capitalize, horizontal=True, key="panel_severity")
    text = words_field("Why?", view, "rate")
    if send_button("Set it"):
        finish(view, shown, Rate(chosen), f"Severity is {chosen}.", text)


def pause(view: CaseView, shown: Panel) -> None:
    """Draw the form that stops the clock."""
    chosen = st.radio("For how long", list(pauses.PAUSES), horizontal=True, key="panel_pause")
    waits = st.pills("What is waited for", WAITS, key="panel_waits")
    text = words_field("More, if it needs more", view, "pause")
    if send_button("Stop the clock"):
        reason = ". ".join(part for part in (waits or "", text.strip()) if part)
        finish(view, shown, Pause(pauses.until(view.scene.now, chosen)), "Its clock stands still.", reason)


def free(view: CaseView, shown: Panel) -> None:
    """Draw the form with which a lead takes the case out of another person's hands."""
    text = words_field("Why is it taken from them?", view, "free")
    if send_button("Take it from them"):
        finish(view, shown, ForceRelease(), "It is in nobody's hands.", text)


def reopen(view: CaseView, shown: Panel) -> None:
    """Draw the form that opens an ended case again."""
    text = words_field("Why is it opened again?", view, "reopen")
    if send_button("Open it again"):
        finish(view, shown, Reopen(), "Open again.", text)


def attach(view: CaseView, _shown: Panel) -> None:
    """Draw the form that adds a file."""
    given = st.file_uploader(
        f"A file of at most {counted(LARGEST_BYTES // 1_000_000, 'megabyte')}",
        key=f"panel_file_{view.case_id}",
    )
    if not send_button("Add the file"):
        return
    if given is None:
        st.error("Choose a file first.", icon=":material/error:")
        return
    file = File(view.case_id, given.name, given.type or "application/octet-stream", given.getvalue())
    try:
        attach_file(desk_records(), file, acting.actor(), view.scene.now)
    except WatchfloorError as error:
        acts.say_error(error)
        acts.draw_said()
        return
    follow()
    acts.say(f"{given.name} is added.")
    acts.close_panel()
    st.rerun()
