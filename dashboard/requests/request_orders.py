"""A freeze order on its page: whose money, how much of it; and the freezes that execute it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from dashboard import acting, refused, state
from dashboard.case.closing_form import loss_of
from dashboard.desk_records import desk_records
from dashboard.formats import literal
from dashboard.questions import requests
from dashboard.requests import request_forms as forms
from dashboard.requests.request_view import RequestView
from desk.actors import SEIZE, why_not
from desk.channels.routing import ELSEWHERE
from desk.freezes.state import FreezeState
from desk.money import MICRO, in_words
from desk.requests import orders


def ask_order(view: RequestView) -> None:
    """Ask whose money the order freezes and how much; a second person decides, and the ledger follows."""
    now = view.state
    ordered = f"The order names {in_words(now.amount_micro)}." if now.amount_micro else "It names no amount."
    st.markdown(
        f"{ordered} A second person approves each freeze; the approval holds for exactly this amount."
    )
    account = st.selectbox("Whose money", now.account_ids, key=f"order_account_{view.request_id}")
    left, right = st.columns(2)
    unit = view.scene.known.money_unit
    asset = left.text_input("Asset", value=now.asset or unit, key=f"order_asset_{view.request_id}")
    rest = max((now.amount_micro or 0) - sum(each.amount_micro for each in view.freezes), 0)
    typed = right.text_input(
        f"Amount, worth in {unit}",
        value=in_words(rest) if rest else "",
        key=f"order_amount_{view.request_id}",
    )
    text = st.text_area("On what does it rest?", key=f"order_words_{view.request_id}", height=100)
    if st.button("Ask a second person", type="primary", key="order_send", shortcut="Mod+Enter"):
        _send(view, str(account), asset.strip(), typed, text)


def _send(view: RequestView, account: str, asset: str, typed: str, text: str) -> None:
    try:
        amount = int(loss_of(typed) * MICRO)
    except ValueError as error:
        st.error(str(error), icon=":material/error:")
        return
    home = requests.accounts_pasted(account)[0]
    ordered = orders.OrderedAccount(account, asset, amount, home.region or ELSEWHERE, home.country)
    if refused.fits(text):
        forms.finish(
            lambda: orders.ask_order(
                desk_records(), view.request_id, ordered, acting.actor(), text, view.now
            ),
            "A second person is asked to freeze it.",
        )


def draw(view: RequestView) -> None:
    """Draw the freezes that execute an order, each with its way to the ledger, and how they end."""
    st.markdown("**Frozen because of it**")
    if not view.freezes:
        st.caption("No money is frozen because of it yet.")
    for freeze in view.freezes:
        _draw_freeze(view, freeze)


def _draw_freeze(view: RequestView, freeze: FreezeState) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            freeze.freeze_id,
            key=f"crumb_{freeze.freeze_id}",
            type="tertiary",
            on_click=partial(state.go_later, "freezes", tab="account", account=freeze.account_id,
                             freeze=freeze.freeze_id),
        )  # fmt: skip
        st.markdown(
            f"{in_words(freeze.amount_micro)} in {literal(freeze.asset)} of {literal(freeze.account_id)}: "
            f"{freeze.status}, {in_words(freeze.remaining_micro)} stopped now",
            width="stretch",
        )
        for label, _, says in _ENDS:
            _door(view, freeze, label, says)


def _door(view: RequestView, freeze: FreezeState, label: str, says: str) -> None:
    refusal = _why_not(view, freeze, label)
    st.button(
        label,
        key=f"order_{label.split(maxsplit=1)[0].lower()}_{freeze.freeze_id}",
        disabled=bool(refusal),
        help=literal(refusal) if refusal else says,
        on_click=partial(forms.open_panel, view.request_id, label, freeze.freeze_id),
    )


def open_form(view: RequestView, shown: forms.Panel) -> None:
    """Draw the form about one freeze, where one is open."""
    for freeze in view.freezes:
        for label, form, _ in _ENDS:
            if (shown.name, shown.freeze_id) == (label, freeze.freeze_id):
                st.dialog(label, width="medium", on_dismiss=forms.close_panel)(form)(view, freeze)


def _why_not(view: RequestView, freeze: FreezeState, label: str) -> str:
    if label == "Hand over" and not view.actor.may(SEIZE):
        return why_not(view.actor, SEIZE)
    if view.state.status != "executed":
        return "The order is not executed yet."
    return "" if freeze.is_stopped else f"{freeze.freeze_id} is {freeze.status}: no money is stopped."


def hand_over(view: RequestView, freeze: FreezeState) -> None:
    """Ask why the money goes to the authority."""
    st.markdown(
        f"**{in_words(freeze.remaining_micro)}** in {literal(freeze.asset)} to {literal(view.who)}, once a "
        "second person approved it. Money that was handed over does not come back."
    )
    text = st.text_area("On what does it rest?", key=f"seize_words_{freeze.freeze_id}")
    if st.button("Ask a second person", type="primary", key="seize_send") and refused.fits(text):
        forms.finish(
            lambda: orders.ask_hand_over(
                desk_records(), view.request_id, freeze.freeze_id, acting.actor(), text, view.now
            ),
            "A second person is asked to hand it over.",
        )


def end_order(view: RequestView, freeze: FreezeState) -> None:
    """Ask how it is known that the order ended."""
    st.markdown(
        f"**{in_words(freeze.remaining_micro)}** in {literal(freeze.asset)} goes back to the customer, once "
        "a second person approved it."
    )
    text = st.text_area("How do you know that it ended?", key=f"end_words_{freeze.freeze_id}")
    if st.button("Ask a second person", type="primary", key="end_send") and refused.fits(text):
        forms.finish(
            lambda: orders.ask_end(
                desk_records(), view.request_id, freeze.freeze_id, acting.actor(), text, view.now
            ),
            "A second person is asked to give it back.",
        )


Form = Callable[[RequestView, FreezeState], None]
_ENDS: tuple[tuple[str, Form, str], ...] = (
    ("Hand over", hand_over, "Ask a second person to hand the money to the authority"),
    ("Order ended", end_order, "Ask a second person to give the money back"),
)
