"""The list of events that wait for a person: each with its strongest reason, its account and its score."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard import drawer, state
from dashboard.facts import Facts
from dashboard.formats import duration, exact, literal, money, percent
from dashboard.questions.overview import Alert, worth_looking_at_asked
from dashboard.questions.words import country as country_name
from dashboard.questions.words import decision, kind
from dashboard.questions.words import score as score_words
from dashboard.questions.words import state as state_words
from dashboard.tables import Asked
from dashboard.viewer import local

# A sentence longer than this takes a third line in the narrowest card.
LONGEST_SENTENCE = 92


def draw_list(found: Sequence[Alert], region: str | None, known: Facts) -> None:
    """Draw the title with its drawer, then one row an alert; or what to do when none waits."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**Worth looking at now**", width="stretch")
        if found:
            drawer.button(_figure(found, worth_looking_at_asked(region)), key="alerts")
    if not found:
        more = "Choose all regions, or open Accounts." if region else "Accounts shows the riskiest there is."
        st.caption(f"No alert of the last seven days waits here. {more}")
    for place, alert in enumerate(found):
        _row(place, alert, known)


def _row(place: int, alert: Alert, known: Facts) -> None:
    with st.container(key=f"row_{place}", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(_score(alert.score), width=56)
        with st.container(gap=None):
            st.button(
                _short(alert.sentence or "No reason is stored for this event"),
                key=f"alert_why_{place}",
                type="tertiary",
                help=f"{alert.sentence or ''} Opens the explanation.",
                on_click=state.go_later,
                args=("explanations",),
                kwargs={"event": alert.event_id, "account": alert.account_id},
            )
            st.html(_also(alert) + _details(alert, known))
        st.button(
            literal(alert.account_id),
            key=f"alert_who_{place}",
            type="secondary",
            help=f"{_account(alert)}. Opens it.",
            on_click=state.go_later,
            args=("accounts",),
            kwargs={"account": alert.account_id},
        )


def _score(score: float) -> str:
    words = f"Score {percent(score, 2)}"
    return (
        f'<div class="wf-score" role="img" aria-label="{words}" title="{words}"><b>{score_words(score)}</b>'
        f'<i><u style="width:{100 * score:.0f}%"></u></i></div>'
    )


def _details(alert: Alert, known: Facts) -> str:
    age = duration(known.now - alert.occurred_at, units=1) if known.now else ""
    parts = [
        decision(alert.decision),
        kind(alert.kind).lower(),
        money(alert.at_stake, known.money_unit) + ("" if alert.amount is not None else " at stake"),
        country_name(alert.country) if alert.country else "",
        f"{age} ago",
    ]
    words = " · ".join(part for part in parts if part)
    moment = local(alert.occurred_at)
    return f'<div class="wf-meta" title="{escape(moment)}">{escape(words)}</div>'


def _account(alert: Alert) -> str:
    account = f"Account {literal(alert.account_id)}"
    return f"{account}, {state_words(alert.state).lower()}" if alert.state else account


def _also(alert: Alert) -> str:
    words = "Also: " + "; ".join(sentence.rstrip(".") for sentence in alert.also) if alert.also else ""
    return f'<div class="wf-also" title="{escape(words)}">{escape(words)}</div>' if words else ""


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= LONGEST_SENTENCE else f"{sentence[: LONGEST_SENTENCE - 1].rstrip()}…"


def _figure(found: Sequence[Alert], asked: Asked) -> drawer.Figure:
    return drawer.Figure(
        title="Worth looking at now",
        shown=exact(len(found)),
        exact=f"{exact(len(found))} events",
        definition="The alerts of the last seven days that nobody has answered, one an account, in the order "
        "of what may still be lost: the score times the money at stake, halved for each day the alert has "
        "waited. At stake is the amount of the event; of a sign-in or an identity check what the account "
        "moved in the last 30 days, and at least the median alert's amount.",
        rows=asked,
    )
