"""The actions on a request, always in sight: each with its key, or with the reason why it cannot be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from dashboard.formats import literal
from dashboard.requests import request_forms as forms
from dashboard.requests import request_orders as orders
from dashboard.requests import request_words
from dashboard.requests.book import book
from dashboard.requests.request_view import RequestView
from desk.actors import DISCLOSE, FREEZE, WORK_REQUESTS, Right, why_not
from desk.requests.acting import BEFORE_ANSWER, number_to_call
from desk.requests.answering import OPEN
from desk.requests.state import LIVE

# Of a request that has ended somebody may still say until when it is secret.
_ANY_STATUS = (*LIVE, "answered", "executed", "kept", "refused")


@dataclass(frozen=True, slots=True)
class Door:
    """One action: its name, its button, its key, what it does, the right it takes and in which statuses."""

    name: str
    label: str
    key: str | None
    says: str
    draw: Callable[[RequestView], None]
    statuses: tuple[str, ...]
    right: Right = WORK_REQUESTS
    why_not: Callable[[RequestView], str] = lambda _: ""

    def refusal(self, view: RequestView) -> str:
        """Say why it cannot be done now by whoever looks; empty where it can."""
        if not view.actor.may(self.right):
            return why_not(view.actor, self.right)
        if view.state.status not in self.statuses:
            return _status_refusal(view, self.statuses)
        return self.why_not(view)


def _status_refusal(view: RequestView, statuses: tuple[str, ...]) -> str:
    status = view.state.status
    if not view.state.is_live:
        return f"The request has ended: {request_words.status(view.state.outcome or status).lower()}."
    if status == "waiting_approval":
        return "It waits for a second person; what was asked of them is below."
    if statuses == OPEN:
        return "It is not verified yet: nothing is answered before the required checks are passed."
    return f"It is {request_words.status(status).lower()} already."


def _no_number(view: RequestView) -> str:
    if number_to_call(view.state, book()):
        return ""
    return (
        f"The book of authorities knows no number of {view.who}. Find it out by another way than the request "
        "itself, and put it in authorities.toml."
    )


def _unchecked(view: RequestView) -> str:
    missing = ", ".join(view.state.missing).replace("_", " ")
    return f"Not passed yet: {missing}." if missing else ""


def _no_data(view: RequestView) -> str:
    now = view.state
    if not now.account_ids:
        return "It concerns no account of this exchange: answer that nothing was found."
    if not now.scope_asked:
        return "It asks for no data."
    if now.request_class == "emergency" and now.called_by == view.actor.name:
        return "You called back: in an emergency somebody else answers."
    return ""


def _nobody(view: RequestView) -> str:
    return "" if view.state.account_ids else "It concerns no account of this exchange."


CALL = Door("call", "Call back", "K", "Write down a call under the book's number", forms.call_back, LIVE,
            why_not=_no_number)  # fmt: skip
VERIFY = Door("verify", "Verify", "V", "Say that it is genuine", forms.verify, BEFORE_ANSWER,
              why_not=_unchecked)  # fmt: skip
REFUSE = Door("refuse", "Refuse", "F", "End it with a reason, and hand nothing over", forms.refuse, LIVE)
_DISCLOSE = Door("answer", "Ask to hand over", "D", "Ask a second person to let the data go",
                 forms.ask_disclosure, OPEN, DISCLOSE, _no_data)  # fmt: skip
_KEEP = Door(
    "answer", "Keep the data", "D", "Keep the data as they are now", forms.keep, OPEN, why_not=_nobody
)
_ORDER = Door("answer", "Execute the order", "D", "Ask a second person to freeze the money",
              orders.ask_order, (*OPEN, "waiting_approval"), FREEZE, _nobody)  # fmt: skip
_HELP = Door("answer", "Answer", "D", "Say what was done for them", forms.give_help, OPEN)
MAIN = {
    "information": _DISCLOSE,
    "emergency": _DISCLOSE,
    "preservation": _KEEP,
    "freeze": _ORDER,
    "assistance": _HELP,
}
CHECK = Door("check", "Check anew", None, "Make all checks again", forms.check_anew, LIVE)
DOUBT = Door("doubt", "It may be forged", None, "Have it wait until somebody is sure", forms.doubt,
             tuple(status for status in LIVE if status != "doubtful"))  # fmt: skip
NOTHING = Door("nothing", "Nothing found", None, "Answer that nobody here is concerned",
               forms.nothing_found, OPEN)  # fmt: skip
WITHDRAW = Door("withdraw", "Taken back", None, "The asker took it back", forms.withdraw, LIVE)
SECRECY = Door("secrecy", "Secrecy", None, "Say until when the customer must not learn of it",
               forms.secrecy, _ANY_STATUS)  # fmt: skip
SELDOM = (CHECK, DOUBT, NOTHING, WITHDRAW, SECRECY)


def draw(view: RequestView) -> None:
    """Draw every action on a request in one bar, and why its main one cannot be done, where that is so."""
    forms.draw_said()
    main = MAIN[view.state.request_class]
    with st.container(key="request_actions", horizontal=True, vertical_alignment="center", gap="small"):
        for door in (CALL, VERIFY, main, REFUSE):
            _button(view, door, is_main=door is _first_possible(view, main))
        with st.popover("More", icon=":material/more_horiz:", key="request_more_acts"):
            for door in SELDOM:
                _button(view, door, is_main=False)
    told = _told(view, main)
    if told:
        st.caption(literal(told))
    _open_form(view, main)


def _first_possible(view: RequestView, main: Door) -> Door | None:
    """Return what comes next: to answer, else to verify, else to call back; None while others decide."""
    if view.state.status == "waiting_approval":
        return None
    return next((door for door in (main, VERIFY, CALL) if not door.refusal(view)), None)


def _button(view: RequestView, door: Door, *, is_main: bool) -> None:
    refusal = door.refusal(view)
    st.button(
        door.label,
        key=f"request_act_{door.name}",
        type="primary" if is_main else "secondary",
        # While a form is open, its letters are words.
        shortcut=None if forms.panel(view.request_id) else door.key,
        disabled=bool(refusal),
        help=literal(refusal) if refusal else door.says,
        on_click=partial(forms.open_panel, view.request_id, door.name),
    )


def _open_form(view: RequestView, main: Door) -> None:
    """Draw the form that is open, where there is one that can still be sent."""
    shown = forms.panel(view.request_id)
    if shown is None:
        return
    orders.open_form(view, shown)
    door = next((each for each in (CALL, VERIFY, main, REFUSE, *SELDOM) if each.name == shown.name), None)
    if door is None:
        return
    if door.refusal(view):
        forms.close_panel()
    elif door is CHECK:
        forms.close_panel()
        door.draw(view)
    else:
        st.dialog(door.label, width="medium", on_dismiss=forms.close_panel)(door.draw)(view)


def _told(view: RequestView, main: Door) -> str:
    """Say why most of these cannot be done, where that is so."""
    if not view.actor.may(WORK_REQUESTS):
        return f"{why_not(view.actor, WORK_REQUESTS)} The request is shown to read."
    if not view.state.is_live:
        return ""
    refusal = main.refusal(view)
    return f"{main.label}: {refusal}" if refusal else ""
