"""Alarms of monitoring: what the desk is asked to look at, who took it, and how it ended."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st

from dashboard import acting, refused, tables
from dashboard.desk_records import desk_records
from dashboard.facts import last_event
from dashboard.formats import counted, literal
from dashboard.models.scene import ModelScene
from dashboard.questions import monitoring, words
from dashboard.questions.monitoring import ALARM_KINDS, Raised
from dashboard.viewer import local
from data.errors import WatchfloorError
from desk.actors import HANDLE_ALARMS, Actor, why_not
from desk.model_alarms import Handled, close, states, take

# Newest first; the rest is in the export.
MOST_SHOWN = 8
NOT_HANDLED = Handled()


def draw(scene: ModelScene) -> None:
    """Draw the alarms of the area and of everywhere, those that nobody closed first."""
    with st.container(border=True, key="card_alarms"):
        raised = monitoring.alarms_of_area(scene.area)
        if not raised:
            st.markdown("**Alarms of monitoring**")
            st.caption(f"None was raised in {scene.where}: nothing passed its limit and its test.")
            return
        try:
            handled = states(desk_records())
        except WatchfloorError as error:
            refused.draw(error)
            return
        ordered = in_order(raised, handled)
        is_open = [one for one in ordered if handled.get(one.alarm_id, NOT_HANDLED).state != "closed"]
        st.markdown(f"**{counted(len(is_open), 'alarm')} not closed, {scene.where} and everywhere**")
        actor = acting.actor()
        for one in ordered[:MOST_SHOWN]:
            _draw_alarm(one, handled.get(one.alarm_id, NOT_HANDLED), actor)
        if len(ordered) > MOST_SHOWN:
            st.caption(f"Shown are {MOST_SHOWN}, open and newest first; all are in the export.")
        if not actor.may(HANDLE_ALARMS):
            st.caption(why_not(actor, HANDLE_ALARMS))
        tables.downloads_of(monitoring.alarms_asked(scene.area), key="alarm_rows")


def in_order(raised: Sequence[Raised], handled: Mapping[str, Handled]) -> list[Raised]:
    """Return alarms with the closed ones last, else in the order given."""
    return sorted(raised, key=lambda one: handled.get(one.alarm_id, NOT_HANDLED).state == "closed")


def _draw_alarm(one: Raised, handled: Handled, actor: Actor) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"alarm_{one.alarm_id}"):
        icon = ":material/priority_high:" if one.severity == "high" else ":material/notifications:"
        if handled.state == "closed":
            icon = ":material/check:"
        others = f" With it: {', '.join(words.spoken(name) for name in one.others)}." if one.others else ""
        st.markdown(
            f"{icon} **{ALARM_KINDS[one.kind]}**, {_place(one)}, {one.raised_at:%d %b}: "
            f"{literal(one.sentence)} {_state(handled)}",
            width="stretch",
            help=f"{one.alarm_id}, {words.MODELS[one.model]}, {one.severity}.{others}",
        )
        if handled.state == "closed" or not actor.may(HANDLE_ALARMS):
            return
        if handled.state == "open" and st.button("Take", key=f"take_{one.alarm_id}", type="tertiary"):
            st.dialog("Take this alarm?")(partial(take_form, one, actor))()
        if st.button("Close", key=f"close_{one.alarm_id}", type="tertiary"):
            st.dialog("Close this alarm?")(partial(close_form, one, actor))()


def take_form(one: Raised, actor: Actor) -> None:
    """Ask what will be done; what the dialog holds."""
    st.markdown(literal(one.sentence))
    with st.form("take_alarm", border=False):
        reason = st.text_area("What will you look at?", key="alarm_reason")
        if not st.form_submit_button("Take it", type="primary"):
            return
    _do(reason, lambda: take(desk_records(), one.alarm_id, actor, reason, last_event()))


def close_form(one: Raised, actor: Actor) -> None:
    """Ask how it ended; what the dialog holds."""
    st.markdown(f"{literal(one.sentence)} It stays in the records with your reason.")
    with st.form("close_alarm", border=False):
        reason = st.text_area("How did it end?", key="alarm_reason")
        if not st.form_submit_button("Close it", type="primary"):
            return
    _do(reason, lambda: close(desk_records(), one.alarm_id, actor, reason, last_event()))


def _do(reason: str, act: Callable[[], object]) -> None:
    if refused.fits(reason) and refused.done(act):
        st.rerun()


def _place(one: Raised) -> str:
    return "everywhere" if one.area == monitoring.EVERYWHERE else words.area(one.area)


def _state(handled: Handled) -> str:
    if handled.state == "closed":
        return f"*Closed by {literal(handled.closed_by or '')}: {literal(handled.closed_because or '')}*"
    if handled.state == "taken":
        when = local(handled.taken_at)
        return f"*Taken by {literal(handled.taken_by or '')}, {when}: {literal(handled.taken_because or '')}*"
    return ""
