"""The customer of a case: what is normal, who is connected, identity checks, money, and the timeline."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from html import escape

import streamlit as st

from dashboard import acting, drawer, state, theme, unmasked
from dashboard.account_views import draw_normal
from dashboard.case.head import when
from dashboard.case.view import CaseView, Customer
from dashboard.charts.draw import draw as draw_chart
from dashboard.charts.timeline import timeline
from dashboard.columns import columns
from dashboard.formats import compact, counted, exact, literal
from dashboard.freezes import asking
from dashboard.freezes.asking import Wanted
from dashboard.questions import case as questions
from dashboard.questions.case import IdentityCheck, Stop, Tie
from dashboard.questions.words import ENTITIES, decision, spoken
from dashboard.questions.words import score as score_words
from dashboard.tables import Asked

# What led to a case lies within these days; the account's page has the rest.
DAYS_BEFORE, DAYS_AFTER = 60, 7
EDGE = timedelta(hours=12)
TIES_LISTED, CHECKS_LISTED, STOPS_LISTED = 7, 8, 6
FREEZE_WORDS = {"held": "still stopped", "released": "released", "confirmed": "stopped, confirmed as crime"}


def draw(view: CaseView) -> None:
    """Draw the customer in four tabs; the first compares its normal with the days of the case."""
    found = view.customer
    if found is None:
        st.caption("No account of this case is known.")
        return
    _title(view, found)
    if not view.is_past:
        unmasked.draw(found.account_id, acting.actor(), view.now)
    normal, connected, identity, money = st.tabs(["Normal", "Connected", "Identity", "Money"])
    with normal:
        st.caption(f"Amounts in {view.unit}; now is since the first event of the case.")
        draw_normal(found.habits, "", now_label="Now")
    with connected:
        _connected(view, found)
    with identity:
        _identity(view, found)
    with money:
        _money(view, found)


def _title(view: CaseView, found: Customer) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if len(view.accounts) > 1:
            _choice(view, found)
        else:
            st.markdown(f"**Account {literal(found.account_id)}**", width="stretch")
        if not view.is_past:
            asking.button(view.scene.known, _wanted(view, found), key="case", is_quiet=True)
            st.button(
                "Account",
                key="case_account",
                type="tertiary",
                icon=":material/person_search:",
                shortcut="G",
                on_click=state.go_later,
                args=("accounts",),
                kwargs={"account": found.account_id},
            )


def _wanted(view: CaseView, found: Customer) -> Wanted:
    """Return what would be frozen of the account shown: by its event that moved most, in this case."""
    mine = [one for one in view.events if one.account_id == found.account_id and one.amount is not None]
    most = max(mine, key=lambda one: one.amount or Decimal(0), default=None)
    return Wanted(found.account_id, most.event_id if most else None, view.case_id)


def _choice(view: CaseView, found: Customer) -> None:
    key = f"case_shown_{view.case_id}"
    st.session_state[key] = found.account_id

    def choose() -> None:
        state.change(account=st.session_state[key])

    st.selectbox(
        f"Account, of {len(view.accounts)}",
        view.accounts,
        key=key,
        on_change=choose,
        format_func=lambda name: f"Account {name}" if view.is_training else name,
        label_visibility="collapsed",
    )


def draw_timeline(view: CaseView) -> None:
    """Draw what the account did around the case, the events of the case marked."""
    found = view.customer
    if found is None:
        st.caption("No account of this case is known.")
        return
    first, last = view.since - timedelta(days=DAYS_BEFORE), view.until + timedelta(days=DAYS_AFTER)
    marks = [mark for mark in found.marks if first <= mark.occurred_at <= last]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**What the account did, this case's events ringed**", width="stretch")
        label = f"{counted(len(marks), 'event')} of {exact(found.marks_total)}"
        if view.is_training:
            st.caption(label, width="content")
        else:
            asked = questions.timeline_asked(found.account_id, view.now)
            drawer.button(
                _figure(view, "Everything the account did", asked), key="case_timeline", label=label
            )
    seen = [view.since, *(mark.occurred_at for mark in marks)]
    span = (min(seen) - EDGE, max(seen) + EDGE)
    chart = timeline(marks, theme.current(), view.unit, marked=view.event_ids, span=span)
    draw_chart(chart, key=f"case_timeline_{view.case_id}_{found.account_id}")


def _connected(view: CaseView, found: Customer) -> None:
    for place, ring in enumerate(found.rings[:2]):
        left = f" until {ring.left_at:%d %b %Y}" if ring.left_at else ""
        likely = f", {score_words(ring.score)} likely a ring of crime" if ring.score is not None else ""
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            accounts = f" of {counted(ring.accounts, 'account')}" if ring.accounts else ""
            st.markdown(f":material/hub: In a ring{accounts} since {ring.since:%d %b %Y}{left}{likely}.")
            if not view.is_past:
                st.button(
                    literal(ring.ring_id),
                    key=f"crumb_case_ring_{place}",
                    type="tertiary",
                    on_click=state.go_later,
                    args=("ring",),
                    kwargs={"ring": ring.ring_id},
                )
    if not found.ties:
        st.caption("Its events name no device, network address or counterparty.")
        return
    rows = "".join(_tie(tie) for tie in found.ties[:TIES_LISTED])
    st.html(
        '<table class="wf-facts before"><thead><tr><th>Shared with</th><th>First used</th><th>Others</th>'
        f"<th>Known crime</th></tr></thead><tbody>{rows}</tbody></table>"
    )
    if view.is_training:
        return
    asked = questions.ties_asked(found.account_id, _entities(view, found), view.now)
    drawer.button(_figure(view, "Devices, networks and counterparties", asked), key="case_ties")


def _entities(view: CaseView, found: Customer) -> list[str]:
    mine = [one for one in view.events if one.account_id == found.account_id]
    return [name for one in mine for name in (one.device_id, one.counterparty) if name]


def _tie(tie: Tie) -> str:
    name = f"{ENTITIES.get(tie.entity_kind, tie.entity_kind)} {tie.entity}"
    more = f"{tie.description or ''} {'of this case' if tie.is_in_case else ''}".strip()
    shown = name if len(name) <= 26 else f"{name[:25]}…"
    listed = f" · listed: {spoken(tie.listed).lower()}" if tie.listed else ""
    accounts = ", ".join(tie.accounts)
    return (
        f'<tr class="{"this" if tie.is_in_case else ""}">'
        f'<td title="{escape(f"{name} {more}")}">{escape(shown)}</td>'
        f"<td>{tie.first_seen:%d %b %Y}</td>"
        f'<td title="{escape(accounts)}">{exact(tie.other_accounts)}</td>'
        f'<td class="{"notable" if tie.confirmed_accounts or tie.listed else ""}">'
        f"{exact(tie.confirmed_accounts)}{escape(listed)}</td></tr>"
    )


def _identity(view: CaseView, found: Customer) -> None:
    if not found.checks:
        st.caption("This account had no identity check.")
        return
    rows = "".join(_check(check, view) for check in found.checks[:CHECKS_LISTED])
    st.html(
        '<table class="wf-facts before"><thead><tr><th>When</th><th>Purpose</th><th>Device</th><th>Score</th>'
        f"<th>Decision</th></tr></thead><tbody>{rows}</tbody></table>"
    )
    if not view.is_past:
        st.button(
            "Open the newest of them",
            key="crumb_case_newest_check",
            type="tertiary",
            on_click=state.go_later,
            args=("check",),
            kwargs={"check": found.checks[0].event_id},
        )


def _check(check: IdentityCheck, view: CaseView) -> str:
    is_of_case = check.event_id in view.event_ids
    return (
        f'<tr class="{"this" if is_of_case else ""}"><td>{escape(when(check.occurred_at))}</td>'
        f"<td>{escape(spoken(check.purpose) if check.purpose else '')}</td>"
        f"<td>{escape(spoken(check.device) if check.device else '')}</td>"
        f"<td>{escape(score_words(check.score))}</td><td>{escape(decision(check.decision))}</td></tr>"
    )


def _money(view: CaseView, found: Customer) -> None:
    still = [stop for stop in found.stops if stop.state != "released"]
    stops = questions.stops_asked(found.account_id, view.now)
    events = questions.events_asked(view.case_id, view.now)
    everything = questions.timeline_asked(found.account_id, view.now)
    amounts = sum((one.amount for one in view.events if one.amount is not None), Decimal(0))
    figures = (
        ("In its alerts", amounts, "Value of the events of this case's alerts.", events),
        ("Left since", found.moved.went_out, "What left the account since the first of them.", everything),
        ("Held or frozen", sum((s.amount for s in still), Decimal(0)), "What is still stopped of it.", stops),
        ("May be lost", view.expected_loss, "Sum of the alerts' expected loss: score times amount.", events),
    )
    for pair in (figures[:2], figures[2:]):
        for column, (label, value, says, asked) in zip(st.columns(2), pair, strict=True):
            with column:
                st.html(f'<div class="wf-label">{escape(label)}, {escape(view.unit)}</div>')
                figure = drawer.Figure(
                    label,
                    compact(value),
                    f"{exact(value)} {view.unit}",
                    says,
                    asked,
                    columns=columns(view.unit),
                )
                if view.is_training:
                    st.markdown(figure.shown, help=figure.exact)
                else:
                    drawer.number(figure, key=f"case_{label}")
    if not found.stops:
        st.caption("No money of this account was stopped.")
        return
    rows = "".join(_stop(stop, view.unit) for stop in found.stops[:STOPS_LISTED])
    st.html(f'<table class="wf-facts before"><tbody>{rows}</tbody></table>')


def _stop(stop: Stop, unit: str) -> str:
    ended = f" {stop.ended_at:%d %b %Y}" if stop.ended_at else ""
    return (
        f"<tr><td>{stop.placed_at:%d %b %Y}</td><td>{escape(decision(stop.decision))}</td>"
        f'<td title="{escape(stop.event_id)}">{escape(exact(stop.amount))} {escape(unit)}</td>'
        f"<td>{escape(FREEZE_WORDS.get(stop.state, stop.state))}{ended}</td></tr>"
    )


def _figure(view: CaseView, title: str, asked: Asked) -> drawer.Figure:
    return drawer.Figure(
        title, "", title, "All of it that was known then.", asked, columns=columns(view.unit)
    )
