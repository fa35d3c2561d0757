"""Asking for money to be frozen, from wherever an account, an event or a case is looked at.

    asking.button(scene, Wanted("A1", event_id="E1", case_id="C-1"), key="case")

The amount proposed is what is tainted where that is known, else what the event moved; a person may name
another. Nothing is stopped until another person approves.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from dashboard import acting, owner, refused, state
from dashboard.desk_records import desk_records
from dashboard.facts import Facts, last_event
from dashboard.formats import literal
from dashboard.questions import freezes
from desk.actors import FREEZE, why_not
from desk.freezes import taint
from desk.freezes.acting import Asked, request_freeze
from desk.money import MICRO, in_words, micro_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose money somebody thinks of freezing, and what that rests on.

    `tainted_micro` is what of it is known to come from crime, in millionths; None: work it out.
    """

    account_id: str
    event_id: str | None = None
    case_id: str | None = None
    tainted_micro: int | None = None


def button(known: Facts, wanted: Wanted, *, key: str, is_quiet: bool = False) -> None:
    """Draw the button that opens the dialog; with the reason where the person's role may not ask."""
    actor = acting.actor()
    may = actor.may(FREEZE)
    if st.button(
        "Freeze money",
        key=f"freeze_money_{key}",
        icon=":material/ac_unit:",
        type="tertiary" if is_quiet else "secondary",
        disabled=not may,
        help="Ask for money of this account to be stopped; another person approves"
        if may
        else literal(why_not(actor, FREEZE)),
    ):
        st.dialog("Freeze money")(lambda: request_form(known, wanted))()


def request_form(known: Facts, wanted: Wanted) -> None:
    """Ask how much is to be frozen, and why; what the dialog holds."""
    place = freezes.to_freeze(wanted.account_id, wanted.event_id)
    if place is None:
        st.markdown(
            f"Nothing is known of account {literal(wanted.account_id)}, so nothing of it can be frozen."
        )
        return
    tainted = wanted.tainted_micro
    if tainted is None:
        with owner.store().cursor() as cursor:
            tainted = taint.tainted(cursor, wanted.account_id, last_event()).micro
    moved = place["amount"]
    stopped = _micro(place["stopped"])
    # What is stopped already need not be stopped twice.
    proposed = max(tainted - stopped, 0) if tainted else _micro(moved)
    st.markdown(
        f"Money of account **{literal(wanted.account_id)}** is stopped once another person approves. It then "
        "stays stopped until two people release it or hand it over."
    )
    st.caption(_rests_on(tainted, moved, known.money_unit))
    if stopped:
        st.caption(f"{in_words(stopped)} {known.money_unit} of this account are stopped already.")
    with st.form(f"freeze_request_{wanted.account_id}", border=False):
        amount = st.text_input(
            f"How much, {literal(known.money_unit)}",
            value=in_words(proposed) if proposed else "",
            placeholder="1,234.5",
            key=f"freeze_request_amount_{wanted.account_id}_{wanted.event_id}",
        )
        why = st.text_area("Why?", key="freeze_request_why")
        if not st.form_submit_button("Ask for the freeze", type="primary"):
            return

    def ask() -> None:
        asked = Asked(
            wanted.account_id,
            str(place["asset"] or known.money_unit),
            micro_of(amount),
            str(place["region"]),
            place["country"],
            tainted_micro=tainted,
            event_id=place["event_id"],
            case_id=wanted.case_id,
        )
        made, _ = request_freeze(desk_records(), asked, acting.actor(), why, last_event())
        state.go_later("freezes", tab="open", freeze=made.freeze_id)

    if refused.fits(why) and refused.done(ask):
        st.rerun()


def _rests_on(tainted: int | None, moved: Decimal | None, unit: str) -> str:
    if tainted:
        return (
            f"Known to come from crime: {in_words(tainted)} {unit}. What of that is not stopped is proposed."
        )
    if moved is not None:
        amount = f"{in_words(_micro(moved))} {unit}"
        return f"Its flagged event moved {amount}. That is proposed; name less where less is doubtful."
    return "No flagged event of this account moved money that is not stopped: name the amount."


def _micro(amount: Decimal | None) -> int:
    return int(Decimal(str(amount)) * MICRO) if amount is not None else 0
