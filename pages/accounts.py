"""Accounts: what is normal for this customer, what happened, and who is connected?"""

import streamlit as st

from dashboard import account_views, acting, state, tables, theme, unmasked
from dashboard.anomaly import anomaly_views
from dashboard.charts.draw import draw
from dashboard.charts.hours import hours
from dashboard.charts.timeline import timeline
from dashboard.columns import columns
from dashboard.facts import facts
from dashboard.formats import literal
from dashboard.questions import accounts, explanations, words

known = facts()
view = state.current()
unit = known.money_unit
look = columns(unit)
palette = theme.current()

with st.container(key="headline", gap=None):
    st.caption("What is normal for this customer, what happened, and who is connected?")
if view.find and not view.account:
    with st.container(border=True, key="card_found"):
        st.markdown(f"**Accounts found for {literal(view.find)}**")
        tables.show(
            accounts.find_accounts(view.find),
            key="found",
            columns=look,
            on_pick=lambda row: state.change(account=str(row["account_id"])),
            empty="No account, device, network address or counterparty has this name. "
            "Search needs the whole name, or at least three letters of an account's.",
        )
    st.stop()

chosen = view.account or accounts.riskiest_account(view.region)
account = accounts.account(chosen) if chosen else None
if account is None:
    st.title(f"There is no account {literal(view.account)}" if view.account else "No account is known here")
    st.markdown("Search above by account, device, IP or address, or open the riskiest.")
    st.button("Open the riskiest account", on_click=state.change, kwargs={"account": None, "find": None})
    st.stop()

account_id = account.account_id
account_views.draw_header(account, known)
if known.now is not None:
    unmasked.draw(account_id, acting.actor(), known.now)
anomaly_views.draw_account(account_id)

with st.container(border=True, key="card_timeline"):
    marks, total = accounts.account_timeline(account_id)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**Everything it did, and what was decided**", width="stretch")
        if total > len(marks):
            st.caption(f"The newest {len(marks):,} of {total:,} events", width="content")
    chart = timeline(marks, palette, unit)
    draw(chart, key=f"timeline_{account_id}", on_pick=lambda event_id: state.change(event=event_id))

left, right = st.columns([1, 1.25], gap="small")
with left, st.container(border=True, key="card_normal", height="stretch"):
    st.markdown("**Normal against now**")
    account_views.draw_normal(accounts.account_normal(account_id), unit)
    st.markdown("**Hours of activity, UTC**")
    clock = hours(*accounts.account_hours(account_id), palette)
    draw(clock, key="hours")
with right, st.container(border=True, key="card_flagged", height="stretch"):
    shown = view.event or account.peak_event_id
    event = explanations.event(shown, account_id) if shown else None
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**Why it was flagged**", width="stretch")
        if event is not None:
            st.button(
                "Explanation",
                key="explain",
                type="tertiary",
                icon=":material/fact_check:",
                shortcut="E",
                on_click=state.go_later,
                args=("explanations",),
                kwargs={"event": event.event_id, "account": account_id},
            )
        if event is not None and event.model == "liveness":
            st.button(
                "Check",
                key="check",
                type="tertiary",
                icon=":material/badge:",
                on_click=state.go_later,
                args=("check",),
                kwargs={"check": event.event_id},
            )
    if event is not None and event.account_id == account_id:
        account_views.draw_reasons(explanations.event_reasons(event), event, unit)
    tables.show(
        accounts.account_flagged(account_id),
        key=f"flagged_{account_id}",
        columns=look,
        order=("occurred_at", "kind", "amount", "score", "decision", "sentence"),
        height=244,
        on_pick=lambda row: state.change(event=str(row["event_id"])),
        empty="None of its events was flagged.",
    )

with st.container(border=True, key="card_ties"):
    st.markdown("**Devices, networks and counterparties, the riskiest first**")
    tables.show(
        accounts.account_ties(account_id),
        key=f"ties_{account_id}",
        columns=look,
        height=244,
        on_pick=lambda row: state.change(entity=f"{row['entity_kind']}:{row['entity']}"),
        empty="Its events name no device, network address or counterparty.",
    )
    # What the licences of the reference data ask for, where it is shown (docs/reference-data.md).
    st.caption(
        "Countries and operators of addresses: IP Geolocation by [DB-IP](https://db-ip.com), RouteViews, NRO."
    )
    kind, _, name = (view.entity or "").partition(":")
    if not name:
        st.caption("Choose a row to see who else uses it.")
    else:
        st.markdown(f"**Who else uses {words.ENTITIES.get(kind, kind).lower()} {literal(name)}**")
        tables.show(
            accounts.entity_users(kind, name),
            key=f"users_{kind}_{name}",
            columns=look,
            height=214,
            on_pick=lambda row: state.change(account=str(row["account_id"]), event=None),
        )
