"""Personal data of one account, shown for a reason to somebody whose role sees tokens instead.

    unmasked.draw("A1", actor, now)      # below the head of an account: the button, or what it showed
    unmasked.leave()                     # from every page that is not this account's

It is shown in this session, to this person, until the account is left; each time is a line of the audit log.
"""

from __future__ import annotations

from datetime import datetime

import pyarrow as pa
import streamlit as st

from dashboard import ask, owner, reader, refused
from dashboard.columns import columns
from dashboard.desk_records import desk_records
from dashboard.facts import facts
from dashboard.formats import literal
from desk.actors import SEE_PERSONAL, UNMASK, Actor, why_not
from desk.masking import key_in, token
from desk.unmasking import unmask

SHOWN = "unmasked"
LABEL = "Show personal data of this account"
# What a device, an address or a client is called, by the words that begin its token.
KINDS = {"device": "Device", "ip": "Network address", "address": "Payout address", "client": "Client"}


def leave() -> None:
    """Show nobody's personal data any more."""
    st.session_state.pop(SHOWN, None)


def is_shown(account_id: str, actor: Actor) -> bool:
    """Answer whether this session shows the personal data of the account to this person."""
    return st.session_state.get(SHOWN) == (account_id, actor.name, actor.role)


def draw(account_id: str, actor: Actor, now: datetime) -> None:
    """Draw the button that asks for the account's personal data, or the data; nothing where it is seen."""
    if actor.may(SEE_PERSONAL):
        return
    if is_shown(account_id, actor) and actor.may(UNMASK):
        _draw_data(account_id)
        return
    leave()
    may = actor.may(UNMASK)
    if st.button(
        LABEL,
        key="unmask",
        type="tertiary",
        icon=":material/visibility:",
        disabled=not may,
        help="Asks for a reason, which is kept in the audit log" if may else literal(why_not(actor, UNMASK)),
    ):
        st.dialog(LABEL)(lambda: form(account_id, actor, now))()


def form(account_id: str, actor: Actor, now: datetime) -> None:
    """Ask why, and show the data from then on; what the dialog holds."""
    st.markdown(
        "Devices, network addresses, payout addresses and clients of account "
        f"{literal(account_id)}. That you looked, and why, stays in the audit log."
    )
    with st.form("unmask_form", border=False):
        reason = st.text_area("Why do you need it?", key="unmask_reason")
        if not st.form_submit_button("Show it", type="primary"):
            return
    if refused.fits(reason) and refused.done(lambda: unmask(desk_records(), actor, account_id, reason, now)):
        st.session_state[SHOWN] = (account_id, actor.name, actor.role)
        st.rerun()


def _draw_data(account_id: str) -> None:
    with st.container(border=True, key="card_unmasked"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("**Personal data of this account**", width="stretch")
            st.button("Hide", key="unmask_hide", type="tertiary", on_click=leave)
        st.dataframe(
            personal_of(account_id),
            key="unmasked_rows",
            hide_index=True,
            height=214,
            column_config={
                "kind": "What",
                "shown": "Shown as",
                "given": "Value",
                **{name: columns(facts().money_unit)[name] for name in ("events", "last_seen")},
            },
            alt="Each value of the account with the token that stands for it elsewhere.",
        )
        st.caption("Until you leave this account. Elsewhere the tokens stay.")


def personal_of(account_id: str) -> pa.Table:
    """Answer the personal data of one account beside the tokens; the right was asked before."""
    with reader.reading_as(reader.seeing(SEE_PERSONAL)):
        found = ask.answer("personal_of_account", account_id=account_id)
    key = key_in(owner.home().path)
    kinds, given = found.column("kind").to_pylist(), found.column("given").to_pylist()
    shown = [token(key, kind, value) for kind, value in zip(kinds, given, strict=True)]
    words = pa.array([KINDS[kind] for kind in kinds], pa.string())
    return found.set_column(0, "kind", words).add_column(1, "shown", pa.array(shown, pa.string()))
