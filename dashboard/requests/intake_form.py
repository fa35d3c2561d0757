"""The form that takes a new request in: who asks, on what, about which accounts, and for which data.

Accounts are pasted as text; the form says which of them are here. Only those are what the request is about;
the others stand in the words of its first step.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

import streamlit as st

from dashboard import refused, state
from dashboard.case.closing_form import loss_of
from dashboard.desk.scene import DeskScene
from dashboard.desk_records import desk_records, follow
from dashboard.formats import counted, literal
from dashboard.questions import requests, words
from dashboard.questions.requests import ASKED_BY, Pasted
from dashboard.requests import request_words
from dashboard.requests.book import book
from desk.money import MICRO
from desk.requests.acting import Incoming, receive
from desk.requests.state import CHANNELS, CLASSES, DATA_KINDS, RequestState

OPEN = "request_intake"
# Classes that a user may send.
_OF_USERS = ("information", "assistance")
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class _Sender:
    """Who asks, as it was typed."""

    agency: str | None = None
    kind: str | None = None
    country: str | None = None
    officer: str | None = None
    contact: str | None = None
    reference: str | None = None
    legal_basis: str | None = None


def open_form() -> None:
    """Open the form; it stays open until it is sent or put away."""
    st.session_state[OPEN] = True


def is_open() -> bool:
    """Answer whether the form is open: its letters are words then."""
    return bool(st.session_state.get(OPEN))


def draw_open(scene: DeskScene) -> None:
    """Open the form if it was asked for."""
    if is_open():
        st.dialog("A new request", width="large", on_dismiss=close_form)(partial(form, scene))()


def close_form() -> None:
    """Put the form away."""
    st.session_state.pop(OPEN, None)


def form(scene: DeskScene) -> None:
    """Draw what is asked of whoever writes a request down, and write it down."""
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        asker = str(
            st.segmented_control(
                "Who asks", list(ASKED_BY), format_func=lambda name: ASKED_BY[name], default="authority",
                key="intake_asker", required=True,
            )
        )  # fmt: skip
        offered = _OF_USERS if asker == "user" else CLASSES
        kind = str(
            st.pills(
                "Class", offered, format_func=request_words.request_class, default=offered[0],
                key=f"intake_class_{asker}", required=True,
            )
        )  # fmt: skip
        channel = str(st.selectbox("Came by", CHANNELS, format_func=words.spoken, key="intake_channel"))
    sender = _sender() if asker == "authority" else _user()
    said = st.text_area("What it says", key="intake_words", height=90)
    accounts = _accounts()
    scope, since, until = _scope(kind)
    amount = _order(scene) if kind == "freeze" else None
    is_secret, secret_until = _secrecy(asker)
    if not st.button("Write it down", type="primary", key="intake_send", shortcut="Mod+Enter"):
        return
    here = tuple(one.account_id for one in accounts if one.is_here)
    incoming = Incoming(
        asker,
        kind,
        said.strip(),
        channel,
        sender.agency,
        sender.kind,
        sender.country,
        sender.officer,
        sender.contact,
        sender.reference,
        sender.legal_basis,
        here,
        scope,
        since,
        until,
        amount_micro=amount,
        asset=scene.known.money_unit if amount else None,
        is_secret=is_secret,
        secret_until=secret_until,
    )
    _send(scene, incoming, accounts)


def _send(scene: DeskScene, incoming: Incoming, accounts: tuple[Pasted, ...]) -> None:
    missing = [one.account_id for one in accounts if not one.is_here]
    reason = f"It names accounts that are not here: {', '.join(missing)}." if missing else ""
    written: list[RequestState] = []

    def write() -> None:
        written.append(receive(desk_records(), incoming, book(), scene.actor, scene.now, reason))

    if refused.fits(incoming.words) and refused.fits(reason) and refused.done(write):
        follow()
        close_form()
        state.change(tab="request", request=written[0].request_id, asker=_in_address(incoming.asker))
        st.rerun()


def _in_address(asker: str) -> str | None:
    return None if asker == "authority" else asker


def _sender() -> _Sender:
    """Ask for the authority; one of the book brings its kind and country along."""
    known = {f"{each.name}, {words.country(each.country)}": each for each in book().authorities}
    named = st.selectbox(
        "Authority", list(known), index=None, key="intake_agency", accept_new_options=True,
        placeholder="One of the book, or type another name",
    )  # fmt: skip
    of_book = known.get(named or "")
    kind, country = (of_book.kind, of_book.country) if of_book else _elsewhere(named)
    left, right = st.columns(2)
    officer = left.text_input("Officer", key="intake_officer")
    contact = right.text_input("From the mail address", key="intake_contact")
    reference = left.text_input("Their number of it", key="intake_reference")
    basis = right.text_input("Law or order that it names", key="intake_basis")
    return _Sender(
        of_book.name if of_book else _or_none(named or ""),
        kind,
        country,
        _or_none(officer),
        _or_none(contact),
        _or_none(reference),
        _or_none(basis),
    )


def _elsewhere(named: str | None) -> tuple[str | None, str | None]:
    """Ask for kind and country of an authority that the book does not know."""
    left, right = st.columns(2)
    kinds = request_words.AGENCY_WORDS
    kind = left.selectbox(
        "Kind of authority", list(kinds), index=None, format_func=request_words.agency_kind, key="intake_kind"
    )
    country = right.selectbox(
        "Country", words.country_codes(), index=None, format_func=words.country, key="intake_country"
    )
    if named:
        st.caption("The book does not know this authority: it is not answered before the book does.")
    return kind, country


def _user() -> _Sender:
    contact = st.text_input("From the mail address", key="intake_user_contact")
    return _Sender(contact=_or_none(contact))


def _accounts() -> tuple[Pasted, ...]:
    """Ask for accounts, and say which of them are here."""
    text = st.text_area(
        "Accounts, as pasted",
        key="intake_accounts",
        height=70,
        placeholder="Apart by blanks, commas or lines",
    )
    found = requests.accounts_pasted(text)
    here = [one for one in found if one.is_here]
    missing = [one.account_id for one in found if not one.is_here]
    if here:
        shown = ", ".join(f"{one.account_id} ({words.country(one.country)})" for one in here[:_SHOWN])
        more = f" and {len(here) - _SHOWN} more" if len(here) > _SHOWN else ""
        st.caption(f":material/check: {counted(len(here), 'account')} here: {literal(shown)}{more}")
    if missing:
        more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
        st.caption(f":material/close: Not here: {literal(', '.join(missing[:_SHOWN]))}{more}")
    return found


def _scope(kind: str) -> tuple[tuple[str, ...], datetime | None, datetime | None]:
    """Ask for the kinds of data and the days they span, UTC; the last day is whole."""
    if kind in ("freeze", "assistance"):
        return (), None, None
    scope = st.pills(
        "Data that it asks for", DATA_KINDS, format_func=words.spoken, key="intake_scope",
        selection_mode="multi",
    )  # fmt: skip
    left, right = st.columns(2)
    since = left.date_input("From (UTC)", value=None, key="intake_since")
    until = right.date_input("To (UTC), that day included", value=None, key="intake_until")
    last = until + timedelta(days=1) if isinstance(until, date) else None
    return tuple(scope), _midnight(since), _midnight(last)


def _order(scene: DeskScene) -> int | None:
    """Ask how much the order freezes, in millionths."""
    text = st.text_input(f"Amount to freeze, {scene.known.money_unit}", key="intake_amount")
    if not text.strip():
        st.caption("Without an amount: all that is available when it is executed.")
        return None
    try:
        return int(loss_of(text) * MICRO)
    except ValueError as error:
        st.error(str(error), icon=":material/error:")
        return None


def _secrecy(asker: str) -> tuple[bool, datetime | None]:
    if asker == "user":
        return False, None
    is_secret = st.checkbox(
        "Secret: the customer must not learn of it",
        key="intake_secret",
        help="Roles without need see neither the request nor that there is one, in counts too.",
    )
    if not is_secret:
        return False, None
    until = st.date_input(
        "Secret until (UTC); empty: until the authority says so", value=None, key="intake_secret_until"
    )
    return True, _midnight(until)


def _midnight(day: object) -> datetime | None:
    return datetime.combine(day, time()) if isinstance(day, date) else None


def _or_none(text: str) -> str | None:
    return text.strip() or None
