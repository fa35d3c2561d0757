"""The head of a case: the way back, what it is, who has it, its clock, and what happened in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Literal

import streamlit as st

from dashboard import state
from dashboard.case.clock import clocks_in_words
from dashboard.case.summary import summary
from dashboard.case.view import CaseView
from dashboard.desk.queue_words import level
from dashboard.desk_records import desk_records
from dashboard.formats import exact, literal, money
from dashboard.questions.words import region as region_name
from dashboard.questions.words import spoken
from dashboard.state import OWNED
from dashboard.viewer import local

Badge = Literal["red", "orange", "green", "gray", "blue"]
SEVERITY_BADGES: Mapping[str, Badge] = {"critical": "red", "high": "orange", "medium": "gray", "low": "gray"}
STATUS_BADGES: Mapping[str, Badge] = {"open": "blue", "paused": "orange"}


def breadcrumb(case_id: str | None) -> None:
    """Draw the way back to the queue as it was left: its filters are still in the URL."""
    view = state.current()
    left = {name: getattr(view, name) for name in OWNED["desk"]}
    with st.container(key="breadcrumb", horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.button(
            "Queue", key="crumb_queue", type="tertiary", shortcut="B",
            on_click=state.go_later, args=("desk",), kwargs=left | {"tab": None},
        )  # fmt: skip
        if case_id is not None:
            st.markdown(":gray[/]", width="content")
            st.markdown(f"**{literal(case_id)}**", width="content")


def draw_head(view: CaseView) -> None:
    """Draw what the case is in one line, and what happened in a few sentences."""
    now = view.state
    with st.container(key="case_head", gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.title(literal(title(view)), width="content")
            st.badge(now.severity.capitalize(), color=SEVERITY_BADGES[now.severity])
            st.badge(_status(view), color=STATUS_BADGES.get(now.status, "gray"))
            if now.level:
                st.badge(level(now.level), color="orange")
            for words, colour in clocks_in_words(now, view.now) if now.is_live else ():
                st.badge(words, color=colour, icon=":material/schedule:")
        st.html(f'<div class="wf-meta wf-case">{_facts(view)}</div>')


def title(view: CaseView) -> str:
    """Say what the case is about."""
    kind = spoken(view.state.kind)
    return f"{kind} case, {view.state.subject_kind} {view.state.subject_id}"


def _status(view: CaseView) -> str:
    now = view.state
    if now.outcome:
        return f"{spoken(now.outcome)}{f', {spoken(now.typology).lower()}' if now.typology else ''}"
    return now.status.capitalize()


def holder(view: CaseView) -> str | None:
    """Return who has the case in hand now, by the wall clock."""
    return view.state.held_by(desk_records().clock())


def _facts(view: CaseView) -> str:
    now = view.state
    parts = [
        escape(now.case_id),
        escape(f"{region_name(now.channel)} channel"),
        _titled(
            f"{money(view.expected_loss, view.unit)} expected loss",
            f"{exact(view.expected_loss)} {view.unit}",
        ),
        escape(f"{now.alerts:,} {'alert' if now.alerts == 1 else 'alerts'}"),
        escape(f"opened {when(now.opened_at)}"),
        "" if view.is_past else escape(_hands(view)),
    ]
    return " · ".join(part for part in parts if part)


def _hands(view: CaseView) -> str:
    now = view.state
    if not now.is_live:
        by = f" by {now.closed_by}" if now.closed_by else ""
        return f"ended {when(now.closed_at)}{by}" if now.closed_at else ""
    who = holder(view)
    told = f"{who} has it in hand" if who else "in nobody's hands"
    return f"{told}, assigned to {now.assignee}" if now.assignee and now.assignee != who else told


def _titled(shown: str, exactly: str) -> str:
    return f'<span title="{escape(exactly)}">{escape(shown)}</span>'


def when(moment: datetime | None) -> str:
    """Write a moment in the viewer's zone."""
    return local(moment)


def draw_summary(view: CaseView) -> None:
    """Draw the case in plain words, built from its facts by rules."""
    said = summary(view)
    st.markdown(
        "**What happened**", help="Written by fixed rules from the case's facts; no model writes here."
    )
    st.markdown(literal(" ".join(said)) if said else "Nothing is known of this case yet.")
