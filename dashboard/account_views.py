"""The parts of the Accounts page: who it is, what is normal against now, the reasons of a chosen event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Literal

import streamlit as st

from dashboard import drawer, state
from dashboard.cards import signed_percent
from dashboard.case.links import account_line
from dashboard.facts import Facts
from dashboard.formats import NOT_KNOWN, compact, exact, literal, money, percent, points
from dashboard.freezes import asking
from dashboard.freezes.asking import Wanted
from dashboard.questions import ring_words
from dashboard.questions.accounts import Account, Normal, account_flagged, timeline_asked
from dashboard.questions.explanations import Event, Reason
from dashboard.questions.ring import AccountRing, rings_of_account
from dashboard.questions.words import country as country_name
from dashboard.questions.words import decision, kind, spoken
from dashboard.questions.words import region as region_name
from dashboard.questions.words import score as score_words
from dashboard.questions.words import state as state_words
from dashboard.tables import Asked
from dashboard.viewer import local

Badge = Literal["green", "orange", "red", "gray"]
# A habit that doubled or more is worth a look; below that weeks differ by themselves.
NOTABLE_RATIO = 2.0
STATE_BADGES: Mapping[str, Badge] = {
    "open": "green",
    "watched": "orange",
    "restricted": "orange",
    "frozen": "red",
    "confirmed": "red",
}
REASONS_SHOWN = 6
# An account is in one ring at a time; those that it left before are one click away from that one.
RINGS_SHOWN = 2


def draw_header(account: Account, known: Facts) -> None:
    """Draw the account's name, state, score and the facts of its life, each number with its rows."""
    with st.container(key="account_header", horizontal=True, vertical_alignment="center", gap="medium"):
        with st.container(gap=None, width="stretch"):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.title(literal(account.account_id), width="content")
                st.badge(state_words(account.state), color=STATE_BADGES.get(account.state, "gray"))
                _money_buttons(account, known)
            st.html(f'<div class="wf-meta">{escape(life_in_words(account))}</div>')
            if account.sentence:
                st.markdown(f"{_score_words(account)} {account.sentence}.".replace("..", "."))
        for label, figure in _figures(account, known.money_unit):
            with st.container(gap=None, width="content"):
                st.html(f'<div class="wf-label">{escape(label)}</div>')
                drawer.number(figure, key=f"account_{label}")
    account_line(account.account_id)
    for place, found in enumerate(rings_of_account(account.account_id)[:RINGS_SHOWN]):
        _ring_line(place, found)


def _money_buttons(account: Account, known: Facts) -> None:
    """Draw the ways to stop money of the account, and to what of it is stopped."""
    event_id = state.current().event or account.peak_event_id
    asking.button(known, Wanted(account.account_id, event_id=event_id), key="account")
    st.button(
        "Ledger",
        key="account_ledger",
        type="tertiary",
        icon=":material/account_balance_wallet:",
        help="What of its money is stopped, and every transfer",
        on_click=state.go_later,
        args=("freezes",),
        kwargs={"tab": "account", "account": account.account_id},
    )


def _ring_line(place: int, found: AccountRing) -> None:
    with st.container(key=f"ring_line_{place}", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":material/hub: {ring_in_words(found)}", width="content")
        st.button(
            f"Open {literal(found.ring_id)}",
            key=f"crumb_ring_{place}",
            type="tertiary",
            shortcut="G" if place == 0 else None,
            on_click=state.go_later,
            args=("ring",),
            kwargs={"ring": found.ring_id},
        )


def ring_in_words(found: AccountRing) -> str:
    """Say in which ring an account is or was, since when and in which role; times are UTC dates."""
    when = (
        f"In ring {literal(found.ring_id)} since {found.since:%d %B %Y}"
        if found.until is None
        else f"Was in ring {literal(found.ring_id)} from {found.since:%d %B %Y} to {found.until:%d %B %Y}"
    )
    state_of_it = ring_words.state(found.state).lower()
    said = f"{when}, role {ring_words.role(found.role).lower()}; it is {state_of_it}"
    return f"{said}, {score_words(found.score)} likely a ring of crime."


def life_in_words(account: Account) -> str:
    """Say who the account is and since when, as far as it is known; times are UTC dates."""
    parts = [
        spoken(account.customer_type) if account.customer_type else "Customer type not known",
        country_name(account.country) if account.country else "country not known",
        region_name(account.region),
        f"opened {account.opened_at:%d %B %Y}" if account.opened_at else "opening date not known",
        _active(account),
        f"invited by {account.referrer_id}" if account.referrer_id else "",
    ]
    return " · ".join(part for part in parts if part)


def _active(account: Account) -> str:
    if account.first_seen is None or account.last_seen is None:
        return "no event yet"
    return f"active {account.first_seen:%d %b %Y} to {account.last_seen:%d %b %Y}"


def draw_normal(habits: Sequence[Normal], unit: str, now_label: str = "Last 30 days") -> None:
    """Draw each habit before and in the time called `now_label`, with how many times as much it is now."""
    if all(habit.before is None for habit in habits):
        st.caption("It has no event before that time, so it has no past of its own to compare with.")
    rows = "".join(_habit(habit, unit) for habit in habits)
    st.html(
        '<table class="wf-facts"><thead><tr><th>Habit</th><th>Before</th>'
        f"<th>{escape(now_label)}</th><th>Now against before</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def draw_reasons(reasons: Sequence[Reason], event: Event, unit: str) -> None:
    """Draw what an event was and why it has its score, the strongest reasons first."""
    st.html(f'<div class="wf-meta">{escape(event_in_words(event, unit))}</div>')
    if not reasons:
        st.caption("No reasons are stored: the event was allowed and is not in the random sample.")
        return
    st.html(reasons_table(reasons[:REASONS_SHOWN]))
    if event.nearest_change:
        st.markdown(f":material/alt_route: {event.nearest_change}")


def reasons_table(reasons: Sequence[Reason]) -> str:
    """Return the reasons as HTML rows: points, a bar as long as them, and the sentence."""
    most = max((abs(reason.points) for reason in reasons), default=0.0) or 1.0
    rows = "".join(_reason_row(reason, most) for reason in reasons)
    return f'<table class="wf-facts reasons"><tbody>{rows}</tbody></table>'


def _reason_row(reason: Reason, most: float) -> str:
    way = "up" if reason.points > 0 else "down"
    return (
        f'<tr><td class="number {way}">{escape(points(reason.points))}</td>'
        f'<td class="bar"><i class="{way}" style="width:{100 * abs(reason.points) / most:.0f}%"></i></td>'
        f"<td>{escape(reason.sentence or spoken(reason.reason))}</td></tr>"
    )


def event_in_words(event: Event, unit: str) -> str:
    """Say one event in a line: kind, amount, time, decision, score and threshold."""
    parts = [
        kind(event.kind),
        money(event.amount, unit) if event.amount is not None else "",
        local(event.occurred_at),
        f"{decision(event.decision).lower()} at {score_words(event.score)}",
        f"threshold {percent(event.threshold, 1)}" if event.threshold is not None else "",
    ]
    return " · ".join(part for part in parts if part)


def _score_words(account: Account) -> str:
    shown = account.score if account.score is not None else account.peak_score
    when = "in the last 30 days" if account.score is not None else "ever; no event in the last 30 days"
    return f"**{score_words(shown)}** highest score {when}:"


def _figures(account: Account, unit: str) -> list[tuple[str, drawer.Figure]]:
    everything = timeline_asked(account.account_id)
    flagged = account_flagged(account.account_id)
    return [
        (
            "Events",
            _figure("Events", account.events, "events", "All its events of the three streams.", everything),
        ),
        (
            "Flagged",
            _figure("Flagged", account.flagged, "events", "Its events that were not allowed.", flagged),
        ),
        (
            f"Moved, {unit}",
            _figure("Moved", account.amount, unit, "Value of all its transactions.", everything),
        ),
        (
            f"Stopped, {unit}",
            _figure(
                "Stopped",
                account.amount_stopped,
                unit,
                "Value of its events held, blocked or frozen.",
                flagged,
            ),
        ),
    ]


def _figure(title: str, value: float | None, unit: str, definition: str, rows: Asked) -> drawer.Figure:
    return drawer.Figure(
        title, compact(value or 0), f"{exact(round(value or 0, 2))} {unit}", definition, rows
    )


def _habit(habit: Normal, unit: str) -> str:
    ratio = habit.ratio
    is_notable = ratio is not None and ratio >= NOTABLE_RATIO
    if habit.unit == "named" and not habit.before and not habit.now:
        none = f'<span class="none">{NOT_KNOWN}</span>'
        return f'<tr><td>{escape(habit.label)}</td><td colspan="3">{none}</td></tr>'
    words = "" if ratio is None else (f"{ratio:.1f} times" if is_notable else signed_percent(ratio))
    return (
        f"<tr><td>{escape(habit.label)}</td><td>{_amount(habit.before, habit.unit, unit)}</td>"
        f"<td>{_amount(habit.now, habit.unit, unit)}</td>"
        f'<td class="{"notable" if is_notable else ""}">{words}</td></tr>'
    )


def _amount(value: float | None, kind_of_unit: str, unit: str) -> str:
    if value is None:
        return '<span class="none">none</span>'
    shown = money(round(value, 2), unit) if kind_of_unit == "money" else compact(round(value, 1))
    return f'<span title="{escape(exact(round(value, 6)))}">{escape(shown)}</span>'
