"""The history of a request: who did what, when and why, the newest first."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard.questions.words import spoken
from dashboard.requests.request_view import RequestView
from dashboard.viewer import local
from desk.requests.reading import Told

STEPS_SHOWN = 40


def draw(view: RequestView) -> None:
    """Draw the steps of a request."""
    st.markdown("**What was done**")
    newest = list(reversed(view.steps))
    rows = "".join(_step(step) for step in newest[:STEPS_SHOWN])
    st.html(f'<table class="wf-facts steps"><tbody>{rows}</tbody></table>')
    if len(newest) > STEPS_SHOWN:
        st.caption(f"The newest {STEPS_SHOWN} of {len(newest)} steps; the audit log has all.")


def _step(step: Told) -> str:
    what = escape(spoken(step.action).lower())
    said = f"<br>{escape(step.reason)}" if step.reason else ""
    approval = f" ({escape(step.approval_id)})" if step.approval_id else ""
    return (
        f'<tr><td title="as {escape(step.actor.role_in_words)}">{escape(local(step.at))}</td>'
        f"<td><b>{escape(step.actor.name)}</b> {what}{approval}{said}</td></tr>"
    )
