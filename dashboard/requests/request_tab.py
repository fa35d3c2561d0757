"""One request: is it genuine, what may be handed over, and by when? The most urgent where none is named."""

from __future__ import annotations

import streamlit as st

from dashboard import refused, state
from dashboard.desk.scene import DeskScene
from dashboard.questions import requests
from dashboard.questions.requests import Chosen
from dashboard.requests import (
    request_acts,
    request_answer,
    request_blocks,
    request_head,
    request_history,
    request_orders,
    request_scope,
)
from dashboard.requests.queue_tab import moment_of
from dashboard.requests.request_view import RequestView, read
from data.errors import WatchfloorError


def draw(scene: DeskScene) -> None:
    """Draw the request that the URL names."""
    asked_for = state.current().request or _most_urgent(scene)
    if asked_for is None:
        with st.container(border=True, key="request_none"):
            st.markdown("**No request waits for an answer**")
            st.caption("Ended ones are in the queue under Filters, Status: Ended.")
        return
    request_head.breadcrumb(asked_for)
    try:
        view = read(asked_for, scene)
    except WatchfloorError as error:
        refused.draw(error)
        return
    draw_request(view)


def draw_request(view: RequestView) -> None:
    """Draw one request as it was read."""
    request_head.draw(view)
    request_acts.draw(view)
    left, right = st.columns([1, 1.1], gap="small")
    with left, st.container(border=True, key="card_request_facts", height="stretch"):
        request_blocks.draw_facts(view)
    with right, st.container(border=True, key="card_request_checks", height="stretch"):
        request_blocks.draw_checks(view)
    left, right = st.columns([1, 1.1], gap="small")
    with left, st.container(border=True, key="card_request_scope", height="stretch"):
        if view.state.request_class == "freeze":
            request_orders.draw(view)
        request_scope.draw(view)
    with right, st.container(border=True, key="card_request_answer", height="stretch"):
        request_answer.draw(view)
    with st.container(border=True, key="card_request_steps"):
        request_history.draw(view)


def _most_urgent(scene: DeskScene) -> str | None:
    chosen = Chosen.of(state.current())
    first = requests.most_urgent(chosen, moment_of(scene)) or requests.most_urgent(
        Chosen(asker=chosen.asker), moment_of(scene)
    )
    return str(first["request_id"]) if first else None
