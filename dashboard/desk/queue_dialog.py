"""The dialog of an act on cases: how many, what with, the words it takes, its progress."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import partial

import streamlit as st

from dashboard import refused
from dashboard.desk import pauses, queue_words
from dashboard.desk.queue_acts import ACTS, ASKED, Act, Outcome, Target, finish, run
from dashboard.desk.scene import DeskScene
from dashboard.desk_records import desk_records, follow
from dashboard.formats import counted, exact, literal
from dashboard.questions import queue, words
from data.errors import WatchfloorError
from desk.actors import WORK_CASES
from desk.cases.checklists import FALSE_POSITIVES
from desk.cases.endings import Dispose
from desk.cases.moves import Assign, Escalate, Hand, Move, Note, Pause, Rate, Release, Resume
from desk.cases.state import MOST_WORDS, SEVERITIES
from desk.cases.state import Outcome as CaseOutcome
from desk.people import people

NOBODY = ""
# Crime is confirmed case by case, with its checklist.
OUTCOMES: tuple[CaseOutcome, ...] = ("false_positive", "inconclusive")


def draw(scene: DeskScene) -> None:
    """Open the dialog that was asked for, if one was."""
    asked: tuple[str, Target] | None = st.session_state.pop(ASKED, None)
    if asked is not None:
        name, target = asked
        title = f"{ACTS[name].label}: {target.words}"
        st.dialog(title, width="medium")(partial(form, name, target, scene))()


def form(name: str, target: Target, scene: DeskScene) -> None:
    """Ask what the act takes, and do it; what the dialog holds."""
    act = ACTS[name]
    _what(act, target)
    with st.form(f"queue_act_{name}", border=False):
        move = _move(name, scene)
        needs = act.move.needs_words
        note = st.text_area(
            "Why" if needs else "Note (not needed)",
            key=f"queue_words_{name}",
            help="It stands in the history of each case and in the audit log.",
        )
        label = f"{act.label}: {counted(len(target.versions), 'case')}"
        if not st.form_submit_button(label, type="primary"):
            return
    if needs and not note.strip():
        st.error("Say in a sentence why. Nothing was done yet.", icon=":material/edit_note:")
        return
    if not refused.fits(note, MOST_WORDS):
        return
    do(act, target, move, note, scene)
    st.rerun()


def _what(act: Act, target: Target) -> None:
    shown = list(target.versions)[:6]
    more = len(target.versions) - len(shown)
    st.markdown(
        f"**{counted(len(target.versions), 'case')}**"
        + (", all that matched the filters when this opened: " if target.is_all else ": ")
        + ", ".join(map(literal, shown))
        + (f" and {exact(more)} more." if more > 0 else ".")
    )
    undo = (
        "It can be undone."
        if act.move.can_be_undone
        else "A closed case is reopened one by one, with a reason."
        if act.move is Dispose
        else ""
    )
    st.caption(
        "Each gets a step in its history and a line of the audit log. A case that somebody acted on since "
        f"is left alone and named. {undo}"
    )


def do(act: Act, target: Target, move: Move, note: str, scene: DeskScene) -> None:
    """Do it with a bar of its progress, and keep what came of it."""
    bar = st.progress(0.0, f"0 of {exact(len(target.versions))}")
    begun = time.perf_counter()
    try:
        done = run(
            desk_records(),
            target,
            move,
            scene.actor,
            note,
            scene.now,
            lambda so_far, whole: _show(bar, so_far, whole),
        )
    except WatchfloorError as error:
        finish(Outcome(f"{act.done}: {error.what} {error.to_do}", 0))
        return
    follow()
    bulk_id = done.bulk_id if act.move.can_be_undone and done.states else None
    finish(
        Outcome(act.done, len(done.states), done.refused, bulk_id, time.perf_counter() - begun),
    )


def _show(bar: st.delta_generator.DeltaGenerator, so_far: int, whole: int) -> None:
    bar.progress(so_far / whole if whole else 1.0, f"{exact(so_far)} of {exact(whole)}")


def _move(name: str, scene: DeskScene) -> Move:
    """Ask what the move of an act takes beside words, and return it."""
    if name == "dispose":
        return _disposition()
    if name == "pause":
        chosen = st.selectbox("For how long", list(pauses.PAUSES), key="queue_pause")
        return Pause(pauses.until(scene.now, chosen))
    if name == "rate":
        return Rate(st.selectbox("Severity", SEVERITIES, format_func=words.spoken, key="queue_rate"))
    if name == "hand":
        there = [*dict.fromkeys([*queue.choices()["channel"], *words.region_slugs()])]
        return Hand(st.selectbox("Channel", there, format_func=queue_words.channel, key="queue_hand"))
    if name == "assign":
        return Assign(_person() or None)
    plain: Mapping[str, Move] = {
        "mine": Assign(scene.actor.name),
        "note": Note(),
        "escalate": Escalate(),
        "release": Release(),
        "resume": Resume(),
    }
    return plain[name]


def _person() -> str:
    here = [one.name for one in people(desk_records()) if one.actor.may(WORK_CASES)]
    return str(
        st.selectbox(
            "To whom",
            [*here, NOBODY],
            format_func=lambda name: name or "Nobody: offered to everybody",
            key="queue_person",
        )
    )


def _disposition() -> Dispose:
    outcome: CaseOutcome = st.radio(
        "What they turned out to be", OUTCOMES, format_func=words.spoken, horizontal=True
    )
    because = st.selectbox(
        "Why, where false positive",
        list(FALSE_POSITIVES),
        format_func=FALSE_POSITIVES.__getitem__,
        key="queue_because",
    )
    st.caption("Crime is confirmed case by case, on the case's own page.")
    return Dispose(outcome, because=because if outcome == "false_positive" else None)
