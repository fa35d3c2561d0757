"""Why the case was opened: its alerts, and the reasons of the one chosen in probability points."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard import drawer, state
from dashboard.account_views import REASONS_SHOWN, reasons_table
from dashboard.anomaly.anomaly_views import reasons_table as anomaly_table
from dashboard.case.head import when
from dashboard.case.view import CaseView
from dashboard.columns import columns
from dashboard.formats import counted, exact, literal, money, percent
from dashboard.questions import case as questions
from dashboard.questions.anomalies import AnomalyReason
from dashboard.questions.case import CaseEvent
from dashboard.questions.explanations import Reason
from dashboard.questions.words import decision, kind
from dashboard.questions.words import score as score_words
from desk.case_file.reasons import CaseReason

# Of a case with more alerts than these the gravest are shown; the drawer has all.
ALERTS_SHOWN = 8


def draw(view: CaseView) -> None:
    """Draw the alerts of a case, one of them chosen, and why that one was raised."""
    chosen = chosen_event(view)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**Why it was flagged**", width="stretch")
        if view.is_training:
            st.caption(counted(len(view.events), "alert"), width="content")
        else:
            drawer.button(_figure(view), key="case_alerts", label=counted(len(view.events), "alert"))
        if chosen is not None and not view.is_past:
            _links(chosen)
    _rings(view)
    if chosen is not None:
        _choice(view, chosen)
        _reasons(view, chosen)
    elif view.ring is None:
        st.caption("No alert of a single event is in this case.")


def chosen_event(view: CaseView) -> CaseEvent | None:
    """Return the event that the URL names where it is of this case, else the one that scored highest."""
    own = [one for one in view.events if one.event_id]
    named = state.current().event
    by_id = {one.event_id: one for one in own}
    return by_id.get(named) or max(own, key=lambda one: (one.score or 0.0, one.occurred_at), default=None)


def gravest(view: CaseView) -> list[CaseEvent]:
    """Return the events of a case to choose from: those with most at stake, in the order of time."""
    own = [one for one in view.events if one.event_id]
    most = sorted(own, key=lambda one: (-one.expected_loss, -(one.score or 0.0)))[:ALERTS_SHOWN]
    return sorted(most, key=lambda one: one.occurred_at)


def _choice(view: CaseView, chosen: CaseEvent) -> None:
    offered = {one.event_id: one for one in [*gravest(view), chosen] if one.event_id}
    if len(offered) < 2:
        return
    key = f"case_event_{view.case_id}"
    st.session_state[key] = chosen.event_id

    def choose() -> None:
        state.change(event=st.session_state[key])

    st.pills(
        "Alert",
        list(offered),
        format_func=lambda name: _short(offered[name], view.unit),
        key=key,
        on_change=choose,
        required=True,
        label_visibility="collapsed",
    )


def _short(one: CaseEvent, unit: str) -> str:
    amount = f" {money(one.amount, unit)}" if one.amount is not None else ""
    return f"{one.occurred_at:%d %b %H:%M} {kind(one.kind).lower()}{amount}"


def _reasons(view: CaseView, chosen: CaseEvent) -> None:
    st.html(f'<div class="wf-meta">{escape(event_in_words(chosen, view.unit))}</div>')
    told = [one for one in view.reasons if one.event_id == chosen.event_id]
    if view.is_training:
        st.markdown(
            "\n".join(f"- {literal(one.sentence or one.reason)}" for one in told if one.source != "ring")
        )
        return
    points = [_reason(one) for one in told if one.source == "model"]
    if points:
        st.html(reasons_table(sorted(points, key=lambda one: one.rank)[:REASONS_SHOWN]))
    unusual = [_unusual(one) for one in told if one.source == "anomaly"]
    if unusual:
        st.html('<div class="wf-meta">What is unusual beside the score, as shares of the surprise</div>')
        st.html(anomaly_table(tuple(unusual[:3])))
    if not points and not unusual:
        st.caption(literal(chosen.sentence or "No reasons are stored for this event."))


def event_in_words(one: CaseEvent, unit: str) -> str:
    """Say one event of a case in a line."""
    parts = [
        kind(one.kind),
        f"{exact(one.amount)} {unit}" if one.amount is not None else "",
        when(one.occurred_at),
        f"{decision(one.decision).lower()} at {score_words(one.score)}" if one.decision else "",
        f"threshold {percent(one.threshold, 1)}" if one.threshold is not None else "",
        f"to or from {one.counterparty}" if one.counterparty else "",
    ]
    return " · ".join(part for part in parts if part)


def _reason(one: CaseReason) -> Reason:
    return Reason(
        one.rank, one.reason, one.feature, one.value, one.normal, 0.0, one.weight or 0.0, one.sentence
    )


def _unusual(one: CaseReason) -> AnomalyReason:
    return AnomalyReason(one.rank, one.reason, one.weight or 0.0, one.sentence or "")


def _rings(view: CaseView) -> None:
    if view.ring is not None:
        _ring(view, view.ring.ring_id, view.ring.score, None if view.is_past else view.ring.sentence)
    told: Sequence[CaseReason] = [one for one in view.reasons if one.source == "ring"]
    for one in told[:2]:
        if view.ring is None or view.is_past:
            _ring(view, one.event_id, one.weight, one.sentence)


def _ring(view: CaseView, ring_id: str, score: float | None, sentence: str | None) -> None:
    likely = f", {score_words(score)} likely a ring of crime" if score is not None else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        said = f": {literal(sentence)}" if sentence else ""
        st.markdown(f":material/hub: Ring {literal(ring_id)}{likely}{said}", width="stretch")
        if not view.is_past:
            st.button(
                "Ring",
                key=f"crumb_case_of_ring_{ring_id}",
                type="tertiary",
                shortcut="W" if view.ring is not None else None,
                on_click=state.go_later,
                args=("ring",),
                kwargs={"ring": ring_id},
            )


def _links(chosen: CaseEvent) -> None:
    st.button(
        "Explanation",
        key="case_explain",
        type="tertiary",
        icon=":material/fact_check:",
        shortcut="X",
        on_click=state.go_later,
        args=("explanations",),
        kwargs={"event": chosen.event_id, "account": chosen.account_id},
    )
    if chosen.model == "liveness":
        st.button(
            "Check",
            key="case_check",
            type="tertiary",
            icon=":material/badge:",
            shortcut="I",
            on_click=state.go_later,
            args=("check",),
            kwargs={"check": chosen.event_id},
        )


def _figure(view: CaseView) -> drawer.Figure:
    return drawer.Figure(
        f"Alerts of {literal(view.case_id)}",
        exact(len(view.events)),
        counted(len(view.events), "alert"),
        "Every alert that this case holds, with its event as it was scored and decided.",
        questions.events_asked(view.case_id, view.now),
        columns=columns(view.unit),
    )
