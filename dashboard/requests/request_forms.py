"""The forms of a request: each asks for what one action takes, says whether it can be undone, and does it.

What is done is done to the request as it is then: where somebody was faster, the desk says so, and nothing is
done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import streamlit as st

from dashboard import acting, ask, owner, reader, refused
from dashboard.desk_records import desk_records, follow
from dashboard.formats import literal
from dashboard.requests.book import book
from dashboard.requests.request_view import RequestView
from desk.requests import acting as checking
from desk.requests import answering
from desk.requests.taking import FOLDER

ENDS = "The request ends with it. It cannot be undone."
SAID, PANEL = "request_said", "request_panel"
# As long as most preservation orders ask for.
KEPT_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Panel:
    """The form that is open: of which request, which one, and of which of its freezes."""

    request_id: str
    name: str
    freeze_id: str | None = None


def open_panel(request_id: str, name: str, freeze_id: str | None = None) -> None:
    """Open a form; it stays open until it is sent or put away."""
    st.session_state[PANEL] = Panel(request_id, name, freeze_id)


def close_panel() -> None:
    """Put the form away."""
    st.session_state.pop(PANEL, None)


def panel(request_id: str) -> Panel | None:
    """Return the form that is open for a request."""
    found = st.session_state.get(PANEL)
    return found if isinstance(found, Panel) and found.request_id == request_id else None


def say(text: str) -> None:
    """Keep a word on what was done, to be shown once."""
    st.session_state[SAID] = text


def draw_said() -> None:
    """Draw what was done last, once."""
    told = st.session_state.pop(SAID, None)
    if told:
        st.toast(literal(told), icon=":material/check:")


def finish(act: Callable[[], object], says: str) -> None:
    """Do an act; show the request after it, or why it was not done."""
    if refused.done(act):
        follow()
        say(says)
        close_panel()
        st.rerun()


def _words(question: str, view: RequestView, name: str) -> str:
    return str(st.text_area(question, key=f"request_words_{name}_{view.request_id}", height=100))


def _sent(label: str, view: RequestView, name: str, text: str) -> bool:
    """Draw the button that sends a form; answer whether it was pressed with words that can be kept."""
    pressed = st.button(
        label, key=f"request_send_{name}_{view.request_id}", type="primary", shortcut="Mod+Enter"
    )
    return pressed and refused.fits(text)


def call_back(view: RequestView) -> None:
    """Ask who was called, under which number, and what they said."""
    number = checking.number_to_call(view.state, book()) or ""
    if view.state.asker == "user":
        st.markdown("Ask the customer from within their own account; never answer the mail itself.")
        called = number
    else:
        st.markdown(
            f"Call **{literal(number)}**, the number of the book for {literal(view.who)}. A number in the "
            "request itself may lead to whoever forged it."
        )
        called = st.text_input(
            "Number that was called", value=number, key=f"request_number_{view.request_id}"
        )
    answer = st.radio(
        "What did they say?",
        ["It is theirs", "It is not theirs"],
        index=None,
        horizontal=True,
        key=f"request_answer_{view.request_id}",
    )
    text = _words("With whom did you speak, and what did they confirm?", view, "call")
    if not _sent("Write the call down", view, "call", text):
        return
    if answer is None:
        st.error("Say whether the request is theirs. Nothing was done yet.", icon=":material/call:")
        return
    is_theirs = answer == "It is theirs"
    finish(
        lambda: checking.call_back(
            desk_records(),
            view.request_id,
            called,
            book(),
            acting.actor(),
            text,
            view.now,
            is_theirs=is_theirs,
        ),
        f"The call is written down: {answer.lower()}.",
    )


def verify(view: RequestView) -> None:
    """Ask why it is taken for genuine."""
    st.markdown("From then on it may be answered.")
    text = _words("Why is it genuine?", view, "verify")
    if _sent("It is genuine", view, "verify", text):
        finish(
            lambda: checking.verify(desk_records(), view.request_id, book(), acting.actor(), text, view.now),
            "Verified: it may be answered.",
        )


def doubt(view: RequestView) -> None:
    """Ask why it may be forged."""
    st.markdown("It is not answered until somebody verifies or refuses it.")
    text = _words("What speaks against it?", view, "doubt")
    if _sent("It may be forged", view, "doubt", text):
        finish(
            lambda: checking.doubt(desk_records(), view.request_id, book(), acting.actor(), text, view.now),
            "Marked as doubtful.",
        )


def ask_disclosure(view: RequestView) -> None:
    """Ask why the data may be handed over; a second person decides."""
    scope = ", ".join(view.state.scope_given or view.state.scope_asked).replace("_", " ")
    st.markdown(
        f"**{literal(scope)}** of {len(view.state.account_ids)} accounts, to {literal(view.who)}. A second "
        "person approves it before a file is made; the approval holds for exactly this."
    )
    text = _words("Why may it be handed over?", view, "disclose")
    if _sent("Ask a second person", view, "disclose", text):
        finish(
            lambda: answering.ask_disclosure(desk_records(), view.request_id, acting.actor(), text, view.now),
            "A second person is asked.",
        )


def keep(view: RequestView) -> None:
    """Ask until when the data are kept, and keep them as they are now."""
    st.markdown(f"The data are written to a file as they are now; nobody is given it. {ENDS}")
    day = st.date_input(
        "Keep until (UTC)", value=(view.now + KEPT_FOR).date(), key=f"request_kept_{view.request_id}"
    )
    text = _words("On what does it rest?", view, "keep")
    if _sent("Keep them", view, "keep", text) and isinstance(day, date):
        finish(lambda: _keep(view, datetime.combine(day, time()), text), "Kept.")


def _keep(view: RequestView, until: datetime, text: str) -> None:
    with reader.as_program(), ask.cursor("package") as cursor:
        answering.keep(
            desk_records(),
            cursor,
            owner.home().path / FOLDER,
            view.request_id,
            until,
            acting.actor(),
            text,
            view.now,
        )


def give_help(view: RequestView) -> None:
    """Ask what was done for it."""
    st.markdown(ENDS)
    text = _words("What was done for them?", view, "help")
    if _sent("Answer it", view, "help", text):
        finish(
            lambda: answering.give_help(desk_records(), view.request_id, acting.actor(), text, view.now),
            "Answered.",
        )


def nothing_found(view: RequestView) -> None:
    """Ask how it is known that there is nothing."""
    st.markdown(f"That nobody here is concerned is an answer too. {ENDS}")
    text = _words("Where was looked?", view, "nothing")
    if _sent("Answer that nothing was found", view, "nothing", text):
        finish(
            lambda: answering.say_nothing_found(
                desk_records(), view.request_id, acting.actor(), text, view.now
            ),
            "Answered: nothing was found.",
        )


def refuse(view: RequestView) -> None:
    """Ask why it is refused."""
    st.markdown(f"Nothing is handed over. {ENDS}")
    text = _words("Why is it refused? The letter says it in these words.", view, "refuse")
    if _sent("Refuse it", view, "refuse", text):
        finish(
            lambda: answering.refuse(desk_records(), view.request_id, acting.actor(), text, view.now),
            "Refused.",
        )


def withdraw(view: RequestView) -> None:
    """Ask how it is known that the asker took it back."""
    st.markdown(ENDS)
    text = _words("How do you know that they took it back?", view, "withdraw")
    if _sent("They took it back", view, "withdraw", text):
        finish(
            lambda: answering.withdraw(desk_records(), view.request_id, acting.actor(), text, view.now),
            "Written down as taken back.",
        )


def secrecy(view: RequestView) -> None:
    """Ask until when the customer must not learn of it."""
    st.markdown("Without a day, the customer may learn of it from now on.")
    day = st.date_input(
        "The customer must not learn of it until (UTC)",
        value=view.state.secret_until.date() if view.state.secret_until else None,
        key=f"request_secret_{view.request_id}",
    )
    text = _words("Who said so?", view, "secrecy")
    if _sent("Set it", view, "secrecy", text):
        until = datetime.combine(day, time()) if isinstance(day, date) else None
        finish(
            lambda: answering.set_secret(
                desk_records(), view.request_id, until, acting.actor(), text, view.now
            ),
            "Secrecy is set.",
        )


def check_anew(view: RequestView) -> None:
    """Make all checks anew at once, as after the book of authorities changed."""
    finish(
        lambda: checking.check(desk_records(), view.request_id, book(), acting.actor(), view.now),
        "Checked anew.",
    )
