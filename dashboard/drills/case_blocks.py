"""The blocks of a past case in a drill: its alerts, its customer, what is usual, what was done before."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Literal

import streamlit as st

from dashboard.case.likely import likely, outcomes
from dashboard.drills.disguise import Disguise
from dashboard.formats import MINUS, NOT_KNOWN, compact, counted, duration, literal, money, percent
from dashboard.questions import words
from dashboard.questions.drills import AlertThen, CaseThen, EarlierCase, EventThen, UsualThen
from desk.cases.checklists import checklist

# What is read at a glance; the rest of a long history is counted.
EVENTS_SHOWN = 30
# More rows than these scroll in a box of so many pixels.
EVENTS_AT_ONCE, TALL = 9, 320
ALERTS_SHOWN = 8
NETWORKS = {"vpn": "VPN", "tor": "Tor"}


def draw(found: CaseThen, disguise: Disguise, unit: str) -> None:
    """Draw everything that the case was at its opening, in disguise; amounts are in `unit`."""
    with st.container(border=True, key="card_drill_alerts"):
        st.markdown(f"**Why it was opened: {counted(len(found.alerts), 'alert')}**")
        st.caption(summary(found, unit))
        st.html(
            _table(_alert_head(unit), [_alert(one, disguise, unit) for one in found.alerts[:ALERTS_SHOWN]])
        )
        if len(found.alerts) > ALERTS_SHOWN:
            st.caption(f"{len(found.alerts) - ALERTS_SHOWN} more, older or of the same instant.")
    with st.container(border=True, key="card_drill_usual"):
        st.markdown("**What is usual for this customer**")
        st.html(_usual(found.usual, unit))
        st.caption(earlier(found.earlier, disguise))
    with st.container(border=True, key="card_drill_past"):
        st.markdown("**How cases like it had ended by then**")
        for line in alike(found):
            st.markdown(line)
    with st.container(border=True, key="card_drill_timeline"):
        shown = found.timeline[:EVENTS_SHOWN]
        st.markdown(f"**What was done before: {counted(len(found.timeline), 'event')}**")
        height: int | Literal["content"] = TALL if len(shown) > EVENTS_AT_ONCE else "content"
        with st.container(height=height, border=False, key="drill_timeline"):
            st.html(_table(_event_head(unit), [_event(one, disguise, unit) for one in shown]))
        if len(found.timeline) > EVENTS_SHOWN:
            st.caption(f"The newest {EVENTS_SHOWN} of {len(found.timeline):,}.")


def summary(found: CaseThen, unit: str) -> str:
    """Return the case in a sentence: kind, what may be lost, who the customer is."""
    customer = found.customer
    loss = money(sum(one.expected_loss for one in found.alerts), unit)
    parts = [f"{words.spoken(customer.kind)} case", f"{loss} may be lost"]
    if customer.subject_kind == "ring":
        return ", ".join([*parts, "about a ring"]) + "."
    if customer.customer_type:
        parts.append(words.spoken(customer.customer_type).lower())
    if customer.kyc_country:
        parts.append(f"papers of {words.country(customer.kyc_country)}")
    if customer.customer_since:
        parts.append(f"customer for {duration(customer.opened_at - customer.customer_since, 1)}")
    return ", ".join(parts) + "."


def alike(found: CaseThen) -> list[str]:
    """Say how the most similar cases that were closed by then had ended, and what is to be done next."""
    if not found.alike:
        return ["No closed case of this kind had a reason in common with this one."]
    shares = ", ".join(
        f"{percent(many / len(found.alike))} {words.spoken(name).lower()}"
        for name, many in outcomes(found.alike).items()
    )
    guess = likely(found.alike)
    steps = checklist(guess.typology if guess else None).next_steps
    said = [f"Of the {len(found.alike)} most alike: {shares}."]
    if guess is not None:
        said.append(literal(guess.in_words))
    return [*said, f"Next: {' · '.join(literal(step) for step in steps)}"]


def earlier(cases: Sequence[EarlierCase], disguise: Disguise) -> str:
    """Say what the desk had to do with the same account or ring before."""
    if not cases:
        return "No case before this one."
    newest = cases[0]
    ended = words.spoken(newest.outcome) if newest.outcome else f"{newest.status} at the time"
    kind = f" ({words.spoken(newest.typology)})" if newest.typology else ""
    return (
        f"{counted(len(cases), 'case')} before this one; the last was opened "
        f"{disguise.before(newest.opened_at)}: {ended.lower()}{kind.lower()}."
    )


def _alert_head(unit: str) -> Sequence[str]:
    return ("When", "Event", f"Amount, {unit}", "Score", "Policy", "From")


def _event_head(unit: str) -> Sequence[str]:
    return ("When", "Event", f"Amount, {unit}", "To or from", "Device", "Network", "Country", "Score")


def _alert(one: AlertThen, disguise: Disguise, unit: str) -> Sequence[str]:
    return (
        disguise.when(one.raised_at),
        _what(one.kind or one.alert_kind, one.outcome),
        _amount(one.amount, one.asset, unit),
        words.score(one.score),
        words.decision(one.decision) if one.decision else NOT_KNOWN,
        _origin(one.country, one.network_country, one.network_kind),
    )


def _event(one: EventThen, disguise: Disguise, unit: str) -> Sequence[str]:
    return (
        disguise.when(one.occurred_at),
        _what(one.kind, one.outcome),
        _amount(one.amount, one.asset, unit),
        disguise.entity("counterparty", one.counterparty),
        disguise.entity("device", one.device_id),
        disguise.entity("ip", one.ip),
        words.country(one.network_country) if one.network_country else "\u2013",
        words.score(one.score),
    )


def _what(kind: str, outcome: str | None) -> str:
    quiet = (None, "success", "settled", "pass")
    return words.kind(kind) + ("" if outcome in quiet else f", {words.spoken(outcome).lower()}")


def _amount(amount: float | None, asset: str | None, unit: str) -> str:
    if amount is None:
        return "\u2013"
    return compact(amount) + (f" in {asset}" if asset not in (None, unit) else "")


def _origin(home: str | None, network: str | None, kind: str | None) -> str:
    place = words.country(network) if network else NOT_KNOWN
    away = " (not the customer's)" if network and home and network != home else ""
    named = NETWORKS.get(kind or "", words.spoken(kind).lower())
    return f"{place}{away}, {named}" if kind else f"{place}{away}"


def _usual(rows: Sequence[UsualThen], unit: str) -> str:
    before = next((one for one in rows if not one.is_now), None)
    now = next((one for one in rows if one.is_now), None)
    lines = (
        ("Events a week", "events_a_week", ""),
        (f"Usual amount out, {unit}", "out_median", ""),
        (f"Largest amount out, {unit}", "out_largest", ""),
        ("Devices", "devices", ""),
        ("Countries", "countries", ""),
        ("Counterparties", "counterparties", ""),
        ("Not allowed by policy", "flagged", ""),
    )
    told = [(title, _number(before, name), _number(now, name)) for title, name, _ in lines]
    return _table(("", "Before", "Last 30 days"), told)


def _number(row: UsualThen | None, name: str) -> str:
    value = None if row is None else getattr(row, name)
    return MINUS if value is None else compact(round(value, 1) if isinstance(value, float) else value)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    top = "".join(f"<th>{escape(title)}</th>" for title in head)
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f'<table class="wf-facts drill"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>'
