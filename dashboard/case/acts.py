"""Doing something about the case on the screen: each door does it, says what came of it, and shows it.

What a person typed is kept by case until it is sent, so that a refusal loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from dashboard import acting, refused, state
from dashboard.case.view import CaseView
from dashboard.desk.queue_channels import next_channels
from dashboard.desk.skipped import skip, skip_none, skipped
from dashboard.desk_records import desk_records, follow
from dashboard.formats import literal
from data.errors import WatchfloorError
from desk.actors import Actor, why_not
from desk.cases.acting import Doing, do
from desk.cases.moves import Move, Release
from desk.cases.next_case import claim_next
from desk.cases.reading import case
from desk.cases.state import CaseState
from desk.cases.undoing import undo

# Which form is open, what was said last, and what was typed.
PANEL, SAID, TYPED = "case_panel", "case_said", "case_typed"


@dataclass(frozen=True, slots=True)
class Panel:
    """The form that is open: of which case, which one, and which version of the case was read then."""

    case_id: str
    name: str
    seen: int


def refusal(view: CaseView, actor: Actor, move: type[Move], holder: str | None) -> str | None:
    """Return why `actor` cannot do this now, in words; None when it can be done."""
    if not actor.may(move.right):
        return why_not(actor, move.right)
    if view.state.status not in move.allowed:
        return f"The case is {view.state.status}."
    if move.needs_hands and holder is not None and holder != actor.name:
        return f"{holder} has it in hand."
    return None


def open_panel(view: CaseView, name: str) -> None:
    """Open a form; what is done with it is done to the case as it was read now."""
    st.session_state[PANEL] = Panel(view.case_id, name, view.state.version)


def close_panel() -> None:
    """Close the form; what was typed is kept."""
    st.session_state.pop(PANEL, None)


def panel(case_id: str) -> Panel | None:
    """Return the form that is open for a case."""
    found = st.session_state.get(PANEL)
    return found if isinstance(found, Panel) and found.case_id == case_id else None


def read_again(shown: Panel) -> None:
    """Go on with a form after a look at what changed: with the case as it is now."""
    version = case(desk_records(), shown.case_id).version
    st.session_state[PANEL] = Panel(shown.case_id, shown.name, version)


def act(
    case_id: str, move: Move, says: str, *, note: str = "", at: datetime, seen: int | None = None
) -> bool:
    """Do a move on a case as whoever sits here; answer whether it was done, say why not."""
    try:
        do(desk_records(), Doing(case_id, move, acting.actor(), note, at, seen))
    except WatchfloorError as error:
        say_error(error)
        return False
    follow()
    say(says)
    return True


def act_now(case_id: str, move: Move, says: str, at: datetime) -> None:
    """Do a move that asks for nothing; from a button."""
    act(case_id, move, says, at=at)


def take_back(case_id: str, at: datetime) -> None:
    """Undo the last step of a case, where it was one's own."""
    try:
        undo(desk_records(), case_id, acting.actor(), at)
    except WatchfloorError as error:
        say_error(error)
        return
    follow()
    say("Taken back.")


def open_next(leaving: CaseState | None, at: datetime) -> None:
    """Let go of the case on the screen, claim the next best one and show it."""
    actor = acting.actor()
    close_panel()
    try:
        if leaving is not None and leaving.is_live:
            if leaving.held_by(desk_records().clock()) == actor.name:
                do(desk_records(), Doing(leaving.case_id, Release(), actor, "", at))
            skip(leaving.case_id)
        found = claim_next(
            desk_records(), actor, next_channels(state.current(), actor, at), at, skip=skipped()
        )
    except WatchfloorError as error:
        say_error(error)
        return
    follow()
    if found is None:
        skip_none()
        say("Nothing else waits in your channels. Cases that you let go of are offered again.")
        return
    state.change(case=found.case_id, event=None, tab=None)


def say(text: str) -> None:
    """Keep a word on what was done, to be shown once."""
    st.session_state[SAID] = ("done", text)


def say_error(error: WatchfloorError) -> None:
    """Keep a refusal, to be shown once."""
    st.session_state[SAID] = ("refused", str(error))


def draw_said() -> None:
    """Draw what was said last, once."""
    told = st.session_state.pop(SAID, None)
    if told is None:
        return
    how, text = told
    if how == "done":
        st.toast(literal(text), icon=":material/check:")
    else:
        refused.draw(text)


def typed(name: str, case_id: str, default: str = "") -> str:
    """Return the key of a field whose text is kept by case, with what was typed there before."""
    kept: dict[str, str] = st.session_state.setdefault(TYPED, {})
    key = f"{name}_{case_id}"
    if key not in st.session_state:
        st.session_state[key] = kept.get(key, default)
    return key


def keep(key: str) -> str:
    """Keep what stands in a field, and return it."""
    text = str(st.session_state.get(key) or "")
    st.session_state.setdefault(TYPED, {})[key] = text
    return text


def forget(case_id: str) -> None:
    """Forget what was typed about a case: it was sent."""
    kept: dict[str, str] = st.session_state.setdefault(TYPED, {})
    for key in [key for key in kept if key.endswith(case_id)]:
        del kept[key]
