"""The queue of requests: what is most urgent, six numbers, filters, the list, the way in for a new one."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import state, tables
from dashboard.desk.scene import DeskScene
from dashboard.questions import requests
from dashboard.questions.period import shown_period
from dashboard.questions.requests import ASKED_BY, Chosen, Moment
from dashboard.requests import intake_form, queue_choice, queue_headline, request_words
from desk.actors import WORK_REQUESTS, why_not

KEYS = "**N** opens the next one · a row opens its request"


def draw(scene: DeskScene) -> None:
    """Draw the queue of requests of authorities, or of users."""
    chosen = Chosen.of(state.current())
    moment = moment_of(scene)
    counts = requests.counts(chosen.asker, moment)
    first = requests.most_urgent(Chosen(asker=chosen.asker), moment)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="request_head"):
        queue_choice.draw_asker()
        st.space("stretch")
        _next_button(chosen, moment)
        _new_button(scene)
    st.markdown(queue_headline.urgent(first, counts, moment))
    queue_headline.draw(counts, chosen.asker, moment, scene.known.money_unit)
    queue_headline.draw_clocks(chosen.asker, moment)
    queue_choice.draw(chosen)
    with st.container(key="request_list", gap="small"):
        _draw_list(scene, chosen, moment)
    intake_form.draw_open(scene)


def moment_of(scene: DeskScene) -> Moment:
    """Return where the page stands: the data's now, the header's region and period."""
    return Moment(scene.now, scene.region, shown_period(state.current().period, scene.known))


def _next_button(chosen: Chosen, moment: Moment) -> None:
    first = requests.most_urgent(chosen, moment)
    st.button(
        "Next",
        key="request_next",
        icon=":material/play_arrow:",
        shortcut=None if intake_form.is_open() else "N",
        disabled=first is None,
        help="The most urgent of the list" if first else "No open request is in this list.",
        on_click=partial(_open, str(first["request_id"]) if first else ""),
    )


def _new_button(scene: DeskScene) -> None:
    may = scene.actor.may(WORK_REQUESTS)
    st.button(
        "New request",
        key="request_new",
        type="primary",
        icon=":material/add:",
        disabled=not may,
        help="Write down what came in" if may else why_not(scene.actor, WORK_REQUESTS),
        on_click=intake_form.open_form,
    )


def _open(request_id: str) -> None:
    state.change(tab="request", request=request_id)


def _draw_list(scene: DeskScene, chosen: Chosen, moment: Moment) -> None:
    question = requests.asked(chosen, moment)
    shown = tables.show(
        question,
        key="request_rows",
        columns=request_words.columns(scene.known.money_unit),
        order=_order(chosen),
        height=520,
        on_pick=lambda row: _open(str(row["request_id"])),
        alt=f"Requests of {ASKED_BY[chosen.asker].lower()}, the most urgent first.",
        empty=_empty(chosen),
    )
    if shown.num_rows:
        st.caption(KEYS)
    elif chosen.is_narrowed:
        st.button("Clear filters", key="request_clear_here", on_click=queue_choice.clear)


def _order(chosen: Chosen) -> list[str]:
    is_ended = request_words.is_ended(chosen.status)
    order = request_words.ENDED_ORDER if is_ended else request_words.LIST_ORDER
    if chosen.asker == "user":
        return [name for name in order if name not in ("agency", "country")]
    return list(order)


def _empty(chosen: Chosen) -> str:
    if chosen.is_narrowed:
        return "No request fits these filters. Take some away; those that ended are under Filters, Status."
    who = "of an authority" if chosen.asker == "authority" else "of a user"
    return f"No request {who} waits for an answer. New request writes one down; ended ones are under Filters."
