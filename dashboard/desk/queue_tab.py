"""The queue: what is most urgent, the next best case, and the list that is worked, live."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import state
from dashboard.desk import (
    queue_choice,
    queue_dialog,
    queue_hands,
    queue_headline,
    queue_list,
)
from dashboard.desk.queue_channels import next_channels, offered
from dashboard.desk.scene import DeskScene
from dashboard.desk_records import desk_records, follow
from dashboard.facts import facts
from dashboard.questions.queue import Chosen, Place

# How long somebody else's action stays unseen at most.
EVERY_SECONDS = 3.0
# Locks and marks of what changed just now move on in such steps, so that answers are kept between them.
_STEP_SECONDS = 15


def draw(scene: DeskScene) -> None:
    """Draw the headline, the filters and the list; the first and the last follow what others do."""
    chosen = Chosen.of(state.current())
    with st.container(horizontal=True, vertical_alignment="top", gap="medium", key="queue_head"):
        with st.container(width="stretch", gap="small", key="queue_head_words"):
            _live_headline(scene)
        queue_hands.next_button(scene, next_channels(state.current(), scene.actor, scene.now))
    queue_choice.draw(scene, chosen)
    _live_list(scene)
    queue_headline.open_figure()
    queue_dialog.draw(scene)


@st.fragment(run_every=EVERY_SECONDS)
def _live_headline(scene: DeskScene) -> None:
    here = _followed(scene)
    queue_headline.draw(here, place_of(here))
    queue_hands.draw(here)


@st.fragment(run_every=EVERY_SECONDS)
def _live_list(scene: DeskScene) -> None:
    here = _followed(scene)
    queue_list.draw(here, Chosen.of(state.current()), place_of(here))


def _followed(scene: DeskScene) -> DeskScene:
    """Return the scene with what was done meanwhile, and its now where new events have come."""
    follow()
    known = facts()
    return scene if known.now is None else replace(scene, known=known, now=known.now)


def place_of(scene: DeskScene) -> Place:
    """Return where one stands: the region of the header, the channels that one is on duty for."""
    wall = desk_records().clock()
    step = wall.replace(second=wall.second // _STEP_SECONDS * _STEP_SECONDS, microsecond=0)
    return Place(scene.now, step, scene.actor.name, scene.region, offered(scene.actor, scene.now))
