"""The history of a case: who did what and when, its files, and other cases of the same subject."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from html import escape
from typing import Any

import streamlit as st

from dashboard import state
from dashboard.case import taking_away
from dashboard.case.head import when
from dashboard.case.view import CaseView
from dashboard.desk_records import desk_records
from dashboard.formats import compact, literal
from dashboard.questions.words import region as region_name
from dashboard.questions.words import spoken
from desk.cases.files import content_of
from desk.cases.reading import Told

STEPS_SHOWN = 40
# What stands of an action's details, by the action.
WORDS: Mapping[str, str] = {
    "opened": "opened",
    "joined": "more alerts joined",
    "taken": "took it",
    "released": "let go of it",
    "released_by_lead": "took it out of their hands",
    "assigned": "assigned it",
    "noted": "noted",
    "attached": "added a file",
    "escalated": "escalated it",
    "handed": "handed it over",
    "rated": "set the severity",
    "paused": "stopped its clock",
    "resumed": "let its clock run on",
    "disposed": "closed it",
    "reviewed": "took a second look",
    "reopened": "opened it again",
    "undone": "took back the last step",
    "merged": "merged it",
    "withdrawn": "withdrew it",
    "lapsed": "let it lapse",
}


def draw(view: CaseView) -> None:
    """Draw what was done with a case in tabs: its steps, its files, other cases."""
    named = {
        "Steps": _steps,
        f"Files ({len(view.files)})": _files,
        f"Other cases ({len(view.others)})": _others,
    }
    if view.is_past:
        named = {"Steps": _steps, f"Earlier cases ({len(view.others)})": _others}
    for tab, draw_tab in zip(st.tabs(list(named)), named.values(), strict=True):
        with tab:
            draw_tab(view)


def _steps(view: CaseView) -> None:
    newest = list(reversed(view.steps))
    rows = "".join(_step(step) for step in newest[:STEPS_SHOWN])
    st.html(f'<table class="wf-facts steps"><tbody>{rows}</tbody></table>')
    if len(newest) > STEPS_SHOWN:
        st.caption(f"The newest {STEPS_SHOWN} of {len(newest)} steps; the case file has all.")


def _step(step: Told) -> str:
    wall = f"{when(step.recorded_at)} by the wall clock, as {step.role.replace('_', ' ')}"
    said = f"<br>{escape(step.reason)}" if step.reason else ""
    return (
        f'<tr><td title="{escape(wall)}">{escape(when(step.at))}</td>'
        f"<td><b>{escape(step.actor)}</b> {escape(step_in_words(step))}{said}</td></tr>"
    )


def step_in_words(step: Told) -> str:
    """Say what a step was, with what belongs to it."""
    said = WORDS.get(step.action, step.action.replace("_", " "))
    more = _more(step.action, step.details, step)
    return f"{said}{f': {more}' if more else ''}"


def _more(action: str, details: Mapping[str, Any], step: Told) -> str:
    if action == "assigned":
        return f"to {details.get('to') or 'everyone'}"
    if action == "handed":
        return f"to {region_name(str(details.get('channel')))}"
    if action == "rated":
        return str(details.get("severity"))
    if action == "attached":
        return str(details.get("name"))
    if action in ("disposed", "reviewed"):
        typology = details.get("typology")
        return f"{spoken(details.get('outcome'))}{f', {spoken(typology).lower()}' if typology else ''}"
    if action == "merged":
        return f"into {step.state.merged_into}"
    return ""


def _files(view: CaseView) -> None:
    for kept in view.files:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(
                f"{literal(kept.name)} :gray[{compact(kept.size)} bytes, {literal(kept.actor)}]",
                width="stretch",
                help=f"{when(kept.at)}. SHA-256 {kept.sha256}",
            )
            st.download_button(
                "Download",
                data=partial(content_of, desk_records(), kept.number),
                file_name=kept.name,
                mime=kept.media_type,
                key=f"file_{kept.number}",
                on_click="ignore",
                type="tertiary",
            )
    if not view.files:
        st.caption("No file is attached. F adds one.")
    taking_away.draw(view)


def _others(view: CaseView) -> None:
    if not view.others:
        st.caption(f"There is no other case of this {view.state.subject_kind}.")
    for place, other in enumerate(view.others[:8]):
        ended = spoken(other.outcome).lower() if other.outcome else other.status
        how = f"{ended}, {spoken(other.typology).lower()}" if other.typology else ended
        merged = f" into {other.merged_into}" if other.merged_into else ""
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(
                f"{other.opened_at:%d %b %Y}, {other.kind}, {other.severity}: {literal(how)}{merged}",
                width="stretch",
            )
            if not view.is_past:
                st.button(
                    other.case_id,
                    key=f"crumb_other_{place}",
                    type="tertiary",
                    on_click=state.change,
                    kwargs={"case": other.case_id, "event": None},
                )
