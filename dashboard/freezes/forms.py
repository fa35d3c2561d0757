"""The dialogs of a freeze: each says what happens, asks for words, and does it; a refusal loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from dashboard import acting, refused
from dashboard.desk_records import desk_records
from dashboard.formats import literal
from dashboard.viewer import local
from data.errors import WatchfloorError
from desk.freezes import appeals
from desk.freezes.acting import ask_release, ask_seizure, confirm, freeze, review
from desk.freezes.state import REVIEW_EVERY, FreezeState
from desk.money import in_words, micro_of

WRONGFUL = {"unknown": "Not known", "yes": "Yes, it is honest money", "no": "No"}
_WRONGFUL = {"unknown": None, "yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Form:
    """What a dialog is about: the freeze as it stood when it was opened, the unit, and the data's now."""

    state: FreezeState
    unit: str
    now: datetime

    @property
    def stopped(self) -> str:
        """What is stopped now, in words."""
        return f"{in_words(self.state.remaining_micro)} {self.unit}"

    @property
    def may_go_back(self) -> int:
        """What may be given back, in millionths: not what an authority ordered, unless this is that order."""
        return self.state.remaining_micro if self.state.kind == "order" else self.state.held_micro


def confirm_form(form: Form) -> None:
    """Ask why a provisional hold stays."""
    until = local(form.now + REVIEW_EVERY)
    st.markdown(
        f"{form.stopped} stay stopped, and do not go back by themselves. Somebody looks again by {until}."
    )
    _ask(
        "Why does it stay?",
        "Confirm the hold",
        lambda why: confirm(desk_records(), form.state.freeze_id, acting.actor(), why, form.now),
    )


def review_form(form: Form) -> None:
    """Ask why an active freeze still has its reason."""
    st.markdown(f"{form.stopped} stay stopped. Somebody looks again by {local(form.now + REVIEW_EVERY)}.")
    _ask(
        "Why does it still have its reason?",
        "Keep it",
        lambda why: review(desk_records(), form.state.freeze_id, acting.actor(), why, form.now),
    )


def release_form(form: Form) -> None:
    """Ask how much goes back, whether the freeze was wrongful, and why."""
    st.markdown(
        f"At most {in_words(form.may_go_back)} {form.unit}. Nothing moves until another person approves; "
        "then it goes back at once, and this freeze cannot fetch it back."
    )
    amount = _amount_field(form, form.may_go_back)
    answer = st.radio(
        "Was it wrongful?",
        list(WRONGFUL),
        format_func=lambda name: WRONGFUL[name],
        horizontal=True,
        key="freeze_wrongful",
        help="Wrongful: on money of somebody honest. It counts among the wrongful freezes.",
    )

    def ask(why: str) -> None:
        ask_release(
            desk_records(),
            form.state.freeze_id,
            micro_of(amount),
            acting.actor(),
            why,
            form.now,
            is_wrongful=_WRONGFUL[answer],
        )

    _ask("Why should it go back?", "Ask for the release", ask)


def seizure_form(form: Form) -> None:
    """Ask how much is handed over, to whom, and why."""
    st.markdown(
        f"At most {form.stopped}. Nothing moves until another person approves; then it leaves the exchange "
        "for good."
    )
    amount = _amount_field(form, form.state.ordered_micro or form.state.held_micro)
    whom = st.text_input("To which authority?", key="freeze_whom")

    def ask(why: str) -> None:
        ask_seizure(
            desk_records(),
            form.state.freeze_id,
            micro_of(amount),
            acting.actor(),
            why,
            form.now,
            to_whom=whom,
        )

    _ask("On what does it rest?", "Ask for the handover", ask)


def appeal_form(form: Form) -> None:
    """Ask what the customer says."""
    st.markdown(
        "Another person than who stood by the freeze decides on it. The money stays stopped until then."
    )
    _ask(
        "What does the customer say?",
        "Write the appeal down",
        lambda said: appeals.file_appeal(
            desk_records(), form.state.freeze_id, acting.actor(), said, form.now
        ),
    )


def decide_form(form: Form) -> None:
    """Ask whether an appeal is granted; granting asks for the release with it."""
    st.markdown(
        f"Granting asks for the release of {in_words(form.may_go_back)} {form.unit}; another person approves "
        "that. Upholding leaves the money stopped."
        if form.may_go_back
        else "Nothing of it can be given back any more: the answer stands in the records."
    )
    answer = st.radio(
        "The appeal is",
        ["granted", "upheld"],
        format_func=lambda name: "Granted" if name == "granted" else "Refused: the freeze is upheld",
        horizontal=True,
        key="freeze_answer",
    )

    def decide(why: str) -> None:
        records, freeze_id, actor = desk_records(), form.state.freeze_id, acting.actor()
        is_granted = answer == "granted"
        appeals.decide_appeal(records, freeze_id, actor, why, form.now, is_granted=is_granted)

    _ask("Why?", "Decide", decide)


def standing(freeze_id: str) -> FreezeState | None:
    """Return a freeze as the records have it now, and draw why not where they cannot say."""
    try:
        return freeze(desk_records(), freeze_id)
    except WatchfloorError as error:
        refused.draw(error)
        return None


def _amount_field(form: Form, proposed: int) -> str:
    return st.text_input(
        f"How much, {literal(form.unit)}",
        value=in_words(proposed),
        key=f"freeze_amount_{form.state.freeze_id}",
        help="All of it, or a part: 1,234.5",
    )


def _ask(question: str, label: str, act: Callable[[str], object]) -> None:
    """Ask for words and do what the dialog is for; it closes when that was done."""
    words = st.text_area(question, key="freeze_words")
    if not st.button(label, type="primary", key="freeze_send", shortcut="Mod+Enter"):
        return
    if refused.fits(words) and refused.done(lambda: act(words)):
        st.rerun()
