"""The actions on a case, always in sight: each with its key, and with the reason where it cannot be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from dashboard import acting
from dashboard.case import acts, closing_form, forms
from dashboard.case.head import holder
from dashboard.case.view import CaseView
from dashboard.formats import literal
from desk.actors import WORK_CASES, Actor, why_not
from desk.cases.endings import UNDOABLE, Dispose, Reopen, Review
from desk.cases.moves import (
    Assign,
    Attach,
    Escalate,
    ForceRelease,
    Hand,
    Move,
    Note,
    Pause,
    Rate,
    Release,
    Resume,
    Take,
)


@dataclass(frozen=True, slots=True)
class Door:
    """One action: its name, what stands on the button, its key, its move and what it does in words."""

    name: str
    label: str
    key: str | None
    move: type[Move]
    says: str


TAKE = Door("take", "Take", "T", Take, "Have the case in hand, alone")
KEEP = Door("take", "Keep", "T", Take, "Have it in hand for as long again")
DISPOSE_OF = Door("dispose", "Dispose", "D", Dispose, "Say what it was, and close it")
NOTE = Door("note", "Note", "M", Note, "Write something down")
ESCALATE = Door("escalate", "Escalate", "E", Escalate, "Send it one level up")
ASSIGN = Door("assign", "Assign", "A", Assign, "Have it offered to one person only")
HAND = Door("hand", "Hand over", "H", Hand, "Hand it to another channel")
RATE = Door("rate", "Severity", "S", Rate, "Say how urgent it is")
PAUSE = Door("pause", "Pause", "P", Pause, "Stop its clock, with a reason")
RESUME = Door("resume", "Resume", "P", Resume, "Let its clock run on")
LET_GO = Door("release", "Let go", "L", Release, "Offer it to others again")
FREE = Door("free", "Take from holder", None, ForceRelease, "Take it out of another person's hands")
FILE = Door("file", "File", "F", Attach, "Add a file to the case")
REOPEN = Door("reopen", "Reopen", "O", Reopen, "Open it again, with a reason")
REVIEW = Door("review", "Second look", "V", Review, "Agree with how it was closed, or not")
# What opens a form; the others are done at once.
FORMS: dict[str, tuple[str, Callable[[CaseView, acts.Panel], None]]] = {
    "dispose": ("What was it?", closing_form.draw),
    "note": ("Note", forms.note),
    "escalate": ("Escalate this case", forms.escalate),
    "assign": ("Whose case is it?", forms.assign),
    "hand": ("Hand over to another channel", forms.hand),
    "rate": ("How urgent is it?", forms.rate),
    "pause": ("Stop its clock", forms.pause),
    "free": ("Take it from its holder", forms.free),
    "file": ("Add a file", forms.attach),
    "reopen": ("Open it again", forms.reopen),
    "review": ("Second look", closing_form.draw_review),
}


def draw_actions(view: CaseView) -> None:
    """Draw every action on a case in one bar, then the form that is open."""
    actor = acting.actor()
    who = holder(view)
    open_form = acts.panel(view.case_id)
    acts.draw_said()
    with st.container(key="case_actions", horizontal=True, vertical_alignment="center", gap="small"):
        _next(view, actor, is_quiet=open_form is not None)
        for door in _doors(view, actor, who):
            _button(view, actor, door, who, is_quiet=open_form is not None)
        _undo(view, actor, is_quiet=open_form is not None)
    told = _told(view, actor, who)
    if told:
        st.caption(literal(told))
    if open_form is not None:
        title, form = FORMS[open_form.name]
        st.dialog(title, width="medium", position="right", on_dismiss=acts.close_panel)(form)(view, open_form)


def _doors(view: CaseView, actor: Actor, who: str | None) -> list[Door]:
    if not view.state.is_live:
        second = [REVIEW] if view.state.second_look else []
        return [*second, NOTE, FILE, REOPEN]
    is_mine = who == actor.name
    is_paused = view.state.status == "paused"
    doors = [KEEP if is_mine else TAKE, DISPOSE_OF, NOTE, ESCALATE, ASSIGN, HAND, RATE]
    doors += [RESUME if is_paused else PAUSE, *([LET_GO] if is_mine else []), FILE]
    is_theirs = who is not None and not is_mine
    return [*doors, FREE] if is_theirs and actor.may(FREE.move.right) else doors


def _next(view: CaseView, actor: Actor, *, is_quiet: bool) -> None:
    may = actor.may(WORK_CASES)
    st.button(
        "Next",
        key="case_next",
        type="secondary" if view.state.is_live else "primary",
        shortcut=None if is_quiet else "N",
        disabled=not may,
        help="Let go of this one and take the next best case" if may else why_not(actor, WORK_CASES),
        on_click=acts.open_next,
        args=(view.state, view.now),
    )


def _button(view: CaseView, actor: Actor, door: Door, who: str | None, *, is_quiet: bool) -> None:
    refused = acts.refusal(view, actor, door.move, who)
    st.button(
        door.label,
        key=f"case_{door.name}",
        type="primary" if door.name == "dispose" else "secondary",
        shortcut=None if is_quiet else door.key,
        disabled=refused is not None,
        help=literal(refused) if refused else door.says,
        on_click=_done(view, door),
    )


def _done(view: CaseView, door: Door) -> Callable[..., None]:
    if door.name in FORMS:
        return partial(acts.open_panel, view, door.name)
    says = {"take": "It is in your hands.", "release": "Let go.", "resume": "Its clock runs on."}[door.name]
    return partial(acts.act_now, view.case_id, door.move(), says, view.now)


def _undo(view: CaseView, actor: Actor, *, is_quiet: bool) -> None:
    last = view.steps[-1]
    can = last.actor == actor.name and last.action in UNDOABLE
    st.button(
        "Undo",
        key="case_undo",
        shortcut=None if is_quiet else "U",
        disabled=not can,
        help=f"Take back: {last.action}"
        if can
        else "Only your own last step is taken back, before another comes",
        on_click=acts.take_back,
        args=(view.case_id, view.now),
    )


def _told(view: CaseView, actor: Actor, who: str | None) -> str:
    """Say why most of these cannot be done, where that is so."""
    if not actor.may(WORK_CASES):
        return f"{why_not(actor, WORK_CASES)} The case is shown to read."
    if who is not None and who != actor.name:
        return f"{who} has this case in hand: you can read it and add a note. Next takes another one."
    if view.state.second_look and view.state.closed_by == actor.name:
        return "It waits for a second look by another person than who closed it."
    return ""
