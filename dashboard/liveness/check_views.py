"""The parts of the page of one identity check: decision, signals, near-duplicates, what came afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard import drawer, state, tables, theme
from dashboard.charts.draw import draw
from dashboard.charts.waterfall import waterfall
from dashboard.check_columns import check_columns
from dashboard.explanation_views import facts_table
from dashboard.formats import compact, counted, duration, exact, literal, money, percent, points
from dashboard.questions import check_words, checks
from dashboard.questions.checks import Check, Signal
from dashboard.questions.words import country as country_name
from dashboard.questions.words import region as region_name
from dashboard.questions.words import score as score_words
from dashboard.questions.words import spoken
from dashboard.state import OWNED
from dashboard.viewer import local

TABS_OF_LIVENESS = "liveness"


def title(found: Check) -> str:
    """Say the decision, the score and what it turned out to be in one line."""
    return f"{check_words.decision(found.decision)} at {score_words(found.score)}: {truth(found)}"


def truth(found: Check) -> str:
    """Say what is known of a check by now."""
    if found.is_attack:
        kind = check_words.species_with_attack(found.species) if found.species else "kind not named"
        return f"confirmed as an attack, {kind.lower()}"
    return "nobody said otherwise, bona fide" if found.is_ripe else "not known yet"


def breadcrumb(found: Check | None) -> None:
    """Draw the way back to where the reader came from: the page Liveness as it was left."""
    view = state.current()
    left = {name: getattr(view, name) for name in OWNED[TABS_OF_LIVENESS]}
    with st.container(key="breadcrumb", horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.button(
            "Liveness", key="crumb_liveness", type="tertiary", shortcut="B",
            on_click=state.go_later, args=(TABS_OF_LIVENESS,), kwargs=left,
        )  # fmt: skip
        st.markdown(":gray[/]", width="content")
        st.button(
            "Checks", key="crumb_checks", type="tertiary",
            on_click=state.go_later, args=(TABS_OF_LIVENESS,), kwargs={**left, "tab": "checks"},
        )  # fmt: skip
        if found is not None:
            st.markdown(":gray[/]", width="content")
            st.markdown(f"**{literal(found.event_id)}**", width="content")


def meta(found: Check) -> str:
    """Say how a check was decided in one line of HTML."""
    parts = [
        check_words.STAGES_IN_FULL.get(found.stage, spoken(found.stage)),
        f"threshold {percent(found.threshold, 1)}" if found.threshold is not None else "",
        f"{percent(found.cheap_score, 1)} before media" if found.cheap_score is not None else "",
        local(found.occurred_at),
        f"attempt {found.attempt}" if found.attempt else "",
        spoken(found.purpose) if found.purpose else "",
    ]
    return escape(" · ".join(part for part in parts if part))


def draw_facts(found: Check) -> None:
    """Draw what the check was: account, device, place, media, model."""
    st.button(
        f"Account {literal(found.account_id)}",
        key="check_account",
        icon=":material/person_search:",
        shortcut="A",
        on_click=state.go_later,
        args=("accounts",),
        kwargs={"account": found.account_id, "event": found.event_id},
        width="stretch",
    )
    st.button(
        "Explanation",
        key="check_explanation",
        icon=":material/fact_check:",
        shortcut="E",
        on_click=state.go_later,
        args=("explanations",),
        kwargs={"event": found.event_id, "account": found.account_id},
        width="stretch",
    )
    rows = {
        "Check": found.event_id,
        "When": local(found.occurred_at),
        "Device": " · ".join(part for part in (spoken(found.device), found.device_id) if part),
        "Network": found.ip or "",
        "Place": " · ".join((country_name(found.country), region_name(found.region))),
        "Capture kit": spoken(found.vendor_outcome) if found.vendor_outcome else "",
        "Media": check_words.SOURCES.get(found.media, spoken(found.media)),
        "Light": spoken(found.light) if found.light else "",
        "Model": f"{found.model_version or 'not known'}{_seen(found)}",
        "Policy": found.policy_version or "",
    }
    st.html(facts_table({name: value or "not known" for name, value in rows.items()}))


def _seen(found: Check) -> str:
    return "" if found.is_unseen or found.is_unseen is None else ", trained on this time"


def draw_why(found: Check, signals: Sequence[Signal], palette: theme.Palette) -> None:
    """Draw how the groups of signals lead from the base rate to the score."""
    st.markdown("**From the base rate to the score, by group of signals**")
    if not signals or found.base_probability is None:
        st.caption(
            "No signals are stored: the check passed at once and is not in the sample that is explained."
        )
        return
    steps = checks.steps_by_group(signals, found.base_probability, found.score)
    draw(waterfall(found.base_probability, found.score, steps, palette, found.threshold), key="groups")
    if found.nearest_change:
        st.info(found.nearest_change, icon=":material/alt_route:")


def draw_signals(found: Check, signals: Sequence[Signal]) -> None:
    """Draw the signals by group: value, what is normal, points and sentence."""
    st.markdown("**Signals, against what is normal among bona fide checks**")
    if found.media == "drawn":
        other = literal(found.drawn_from or "another check")
        st.caption(
            f"Its own pictures were not kept. The media signals are drawn from the measured media of "
            f"{other}: "
            "they show what such a check measures, not this one's pixels."
        )
    families = list(dict.fromkeys(signal.family for signal in signals))
    if not families:
        st.caption("No signals are stored for this check.")
        return
    rows = "".join(_family(family, signals) for family in families)
    st.html(
        '<table class="wf-facts signals"><thead><tr><th scope="col">Signal</th><th scope="col">Value</th>'
        '<th scope="col">Normal</th><th scope="col">Points</th><th scope="col">In words</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
    tables.downloads_of(checks.signals_asked(found.event_id), key="signals")


def _family(family: str, signals: Sequence[Signal]) -> str:
    own = [signal for signal in signals if signal.family == family]
    total = points(sum(signal.points for signal in own))
    name = check_words.FAMILIES.get(family, family)
    head = (
        f'<tr class="group"><th scope="rowgroup" colspan="3">{escape(name)}</th>'
        f'<td class="number">{escape(total)}</td><td></td></tr>'
    )
    return head + "".join(_signal(signal) for signal in own)


def _signal(signal: Signal) -> str:
    way = "up" if signal.points > 0 else "down"
    name = spoken(signal.feature.removeprefix("event_"))
    return (
        f'<tr><th scope="row">{escape(name)}</th><td>{_value(signal.value)}</td>'
        f'<td>{_value(signal.normal)}</td><td class="number {way}">{escape(points(signal.points))}</td>'
        f"<td>{escape(signal.sentence or '')}</td></tr>"
    )


def _value(value: float | None) -> str:
    return '<span class="none">not known</span>' if value is None else escape(f"{value:.4g}")


def draw_after(found: Check, unit: str) -> None:
    """Draw what the account moved after the check, each sum with its events behind it."""
    st.markdown("**What this account did afterwards**")
    after = checks.after(found)
    asked = checks.after_asked(found)
    for column, (label, value, definition) in zip(
        st.columns(3, gap="small"),
        (
            (f"In, {unit}", after.moved_in, "Deposits and transfers to it after the check, not stopped."),
            (f"Out, {unit}", after.moved_out, "Withdrawals and transfers out after the check, not stopped."),
            (f"Stopped, {unit}", after.stopped_out, "Value that would have left, held, blocked or frozen."),
        ),
        strict=True,
    ):  # fmt: skip
        with column:
            st.html(f'<div class="wf-label">{escape(label)}</div>')
            figure = drawer.Figure(
                f"{label}, account {found.account_id}",
                compact(round(value, 2)),
                f"{exact(round(value, 6))} {unit}",
                definition,
                asked,
                columns=check_columns(unit),
            )
            drawer.number(figure, key=f"after_{label.partition(',')[0].lower()}")
    if not after.events and not after.moved_in:
        st.caption("Nothing: it has no event after this check.")
    elif after.last_seen is not None:
        span = duration(after.last_seen - found.occurred_at)
        st.caption(f"{counted(after.events, 'event')} of its own, the last one {span} after the check.")
    _draw_cluster(found, unit)


def _draw_cluster(found: Check, unit: str) -> None:
    mine = checks.membership(found.event_id)
    if mine is None:
        st.caption("Its media were not seen under another account.")
        return
    st.markdown(
        f"It hangs together with {counted(mine.checks, 'check')} of {counted(mine.accounts, 'account')} by "
        "re-used media. "
        f"{exact(mine.came_in)} of them came in and moved **{money(round(mine.moved_out, 2), unit)}** out; "
        f"**{money(round(mine.stopped_out, 2), unit)}** was stopped."
    )
    st.button(
        "Open the cluster",
        key="check_cluster",
        icon=":material/hub:",
        on_click=state.go_later,
        args=(TABS_OF_LIVENESS,),
        kwargs={"tab": "reuse", "cluster": mine.cluster_id},
    )
