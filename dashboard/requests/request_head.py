"""The head of a request: the way back, what it is, its clock and status, and whether it is a secret."""

from __future__ import annotations

from functools import partial
from html import escape

import streamlit as st

from dashboard import state
from dashboard.formats import literal
from dashboard.questions import requests, words
from dashboard.questions.requests import CLOCKS, Chosen
from dashboard.requests import request_forms as forms
from dashboard.requests import request_words
from dashboard.requests.queue_tab import moment_of
from dashboard.requests.request_view import RequestView
from dashboard.requests.request_words import Badge
from dashboard.viewer import local

STATUS_BADGES: dict[str, Badge] = {"doubtful": "red", "waiting_approval": "orange", "verified": "green"}


def breadcrumb(request_id: str) -> None:
    """Draw the way back to the queue as it was left: its filters are still in the URL."""
    with st.container(key="breadcrumb", horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.button(
            "Queue",
            key="crumb_requests",
            type="tertiary",
            shortcut="B",
            on_click=partial(state.change, tab=None, request=None),
        )
        st.markdown(":gray[/]", width="content")
        st.markdown(f"**{literal(request_id)}**", width="content")


def draw(view: RequestView) -> None:
    """Draw what the request is in one line, and what stands beside it."""
    now = view.state
    with st.container(key="request_title", gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.title(literal(title(view)), width="content")
            st.badge(request_words.status(now.outcome or now.status), color=_status_colour(view))
            st.badge(
                clock_words(view), color=request_words.CLOCK_BADGES[view.clock], icon=":material/schedule:"
            )
            if now.is_secret:
                st.badge("Secret", color="red", icon=":material/visibility_off:")
            st.space("stretch")
            _next(view)
        st.html(f'<div class="wf-meta wf-case">{_meta(view)}</div>')
    if now.is_secret:
        st.warning(secrecy(view), icon=":material/visibility_off:")


def title(view: RequestView) -> str:
    """Say what the request is."""
    kind = request_words.request_class(view.state.request_class)
    return f"{kind if view.state.request_class == 'freeze' else f'{kind} request'} of {view.who}"


def clock_words(view: RequestView) -> str:
    """Say how its clock stands and how long is left."""
    said = CLOCKS[view.clock]
    return (
        said if view.state.answered_at else f"{said}, {request_words.time_left(view.state.due_at, view.now)}"
    )


def secrecy(view: RequestView) -> str:
    """Say what of it nobody may say, and until when."""
    until = view.state.secret_until
    said = f"until {local(until)}" if until else "until the authority says so"
    return (
        f"**The customer must not learn of this request, {said}.** It is in no answer, letter or count for "
        "roles without need. Do not mention it to the customer, nor to anybody who speaks with them."
    )


def _status_colour(view: RequestView) -> Badge:
    return STATUS_BADGES.get(view.state.status, "blue" if view.state.is_live else "gray")


def _meta(view: RequestView) -> str:
    now = view.state
    parts = [
        now.request_id,
        f"received {local(now.received_at)} by {now.channel}",
        f"due {local(now.due_at)}",
        f"desk of {words.region(now.place)}",
        f"ended {local(now.answered_at)}" if now.answered_at else "",
    ]
    return " · ".join(escape(part) for part in parts if part)


def _next(view: RequestView) -> None:
    """Draw the button that opens the most urgent other one of the list as it was left."""
    chosen = Chosen.of(state.current())
    following = requests.most_urgent(chosen, moment_of(view.scene), but=view.request_id)
    st.button(
        "Next",
        key="request_following",
        shortcut=None if forms.panel(view.request_id) else "N",
        disabled=following is None,
        help="The most urgent other one of the list"
        if following
        else "No other open request is in the list.",
        on_click=partial(state.change, request=str(following["request_id"]) if following else None),
    )
