"""The tab Account: one account's ledger in double entry, its balances in seven places, and its freezes."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import state, tables
from dashboard.desk.scene import DeskScene
from dashboard.formats import exact, literal
from dashboard.freezes import asking
from dashboard.freezes.asking import Wanted
from dashboard.freezes.look import look
from dashboard.questions import freezes
from dashboard.questions.freezes import PLACES
from desk.ledger.buckets import BUCKETS

FREEZES_SHOWN = (
    "freeze_id",
    "freeze_kind",
    "freeze_status",
    "stopped",
    "asked",
    "released",
    "seized",
    "opened_at",
    "due_at",
    "ended_at",
    "is_wrongful",
)
ENTRIES_SHOWN = (
    "done_at",
    "transfer_id",
    "asset",
    "place",
    "entry",
    "balance",
    "running_sum",
    "object_id",
    "actor",
    "approval_id",
    "reason",
)


def draw(scene: DeskScene) -> None:
    """Draw the account that the address names, else the one with most money stopped."""
    unit = scene.known.money_unit
    chosen = state.current().account or freezes.most_stopped(scene.region)
    if chosen is None:
        _draw_none()
        return
    _head(scene, chosen)
    with st.container(border=True, key="card_balances"):
        _balances(chosen, unit)
    with st.container(border=True, key="card_account_freezes"):
        st.markdown("**Its freezes**")
        tables.show(
            freezes.of_account_asked(chosen),
            key=f"account_freezes_{chosen}",
            columns=look(unit),
            order=FREEZES_SHOWN,
            height=214,
            on_pick=lambda row: state.change(tab="open", freeze=str(row["freeze_id"])),
            empty="No money of this account was ever frozen.",
        )
    with st.container(border=True, key="card_entries"):
        st.markdown("**Every transfer, both its lines: what one place lost, another gained**")
        tables.show(
            freezes.entries_asked(chosen),
            key=f"account_entries_{chosen}",
            columns=look(unit),
            order=ENTRIES_SHOWN,
            height=340,
            on_pick=_to_freeze,
            empty="The ledger knows no transfer of this account.",
        )
        st.caption(
            "The running sum is zero after both lines of each transfer. Available stands below zero by what "
            "was taken out of it."
        )


def _draw_none() -> None:
    with st.container(border=True, key="card_balances"):
        st.markdown("**The ledger is empty**")
        st.caption(
            "No money was stopped and none came in by mistake. Ask for a freeze on a case or an account."
        )


def _head(scene: DeskScene, account_id: str) -> None:
    with st.container(key="ledger_head", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**Ledger of account {literal(account_id)}**", width="stretch")
        st.session_state["ledger_account"] = account_id

        def choose() -> None:
            written = str(st.session_state.get("ledger_account") or "").strip()
            state.change(account=written or None)

        st.text_input(
            "Account",
            key="ledger_account",
            on_change=choose,
            width=200,
            label_visibility="collapsed",
            icon=":material/search:",
            help="The whole name of an account",
        )
        st.button(
            "Account",
            key="ledger_to_account",
            type="tertiary",
            icon=":material/person_search:",
            on_click=state.go_later,
            args=("accounts",),
            kwargs={"account": account_id},
        )
        asking.button(scene.known, Wanted(account_id), key="ledger")


def _balances(account_id: str, unit: str) -> None:
    st.markdown(f"**Where its money lies**, in {unit}")
    rows = freezes.balances(account_id)
    if not rows:
        st.caption(
            "The ledger knows nothing of this account: none of its money was stopped or came by mistake."
        )
        return
    heads = "".join(f"<th>{PLACES[name]}</th>" for name in BUCKETS)
    body = "".join(
        f'<tr><th scope="row">{escape(str(row["asset"]))}</th>'
        + "".join(f"<td>{exact(row[name])}</td>" for name in BUCKETS)
        + f"<td><b>{exact(row['total'])}</b></td></tr>"
        for row in rows
    )
    st.html(
        f'<table class="wf-facts cells"><thead><tr><th>Asset</th>{heads}<th>Sum</th></tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )
    tables.downloads_of(freezes.balances_asked(account_id), key="account_balances")


def _to_freeze(row: tables.Row) -> None:
    if row["object_kind"] == "freeze":
        state.change(tab="open", freeze=str(row["object_id"]))
    elif row["object_kind"] == "recovery":
        state.change(tab="recoveries", claim=str(row["object_id"]))
