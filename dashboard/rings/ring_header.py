"""The head of a ring's page: the way back, its name and state, its life in a line, and its figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Literal

import streamlit as st

from dashboard import drawer, state
from dashboard.formats import NOT_KNOWN, compact, counted, exact, literal, percent
from dashboard.questions import ring as questions
from dashboard.questions import ring_words
from dashboard.questions.ring import Ring
from dashboard.questions.words import country as country_name
from dashboard.questions.words import region as region_name
from dashboard.questions.words import score as score_words
from dashboard.rings.ring_columns import ring_columns
from dashboard.rings.ring_scene import RingView
from dashboard.state import OWNED

PAGE_OF_RINGS = "rings"
STATE_BADGES: Mapping[str, Literal["red", "green", "gray"]] = {
    "active": "red",
    "broken": "green",
    "ended": "gray",
}


def breadcrumb(ring_id: str | None) -> None:
    """Draw the way back to the page Rings as it was left."""
    view = state.current()
    left = {name: getattr(view, name) for name in OWNED[PAGE_OF_RINGS]}
    with st.container(key="breadcrumb", horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.button(
            "Rings", key="crumb_rings", type="tertiary", shortcut="B",
            on_click=state.go_later, args=(PAGE_OF_RINGS,), kwargs=left,
        )  # fmt: skip
        if ring_id is not None:
            st.markdown(":gray[/]", width="content")
            st.markdown(f"**{literal(ring_id)}**", width="content")


def title(found: Ring) -> str:
    """Say in one line how many accounts it is and how sure the program is."""
    return f"{counted(found.accounts, 'account')}, {score_words(found.score)} likely a ring of crime"


def life_in_words(found: Ring) -> str:
    """Say where a ring is and what became of it; times are UTC dates."""
    parts = [
        found.ring_id,
        country_name(found.country) if found.country else "country not known",
        region_name(found.region),
        ring_words.pattern(found.pattern),
        f"found {_day(found.found_at)}",
        f"alarm {_day(found.alarmed_at)}",
        f"last grew {_day(found.grew_at)}" if found.grew_at else "",
        f"broken {_day(found.broken_at)}" if found.broken_at else "",
        f"ended {_day(found.ended_at)}" if found.ended_at else "",
    ]
    return " · ".join(part for part in parts if part)


def _day(moment: datetime) -> str:
    return f"{moment:%d %b %Y}"


def draw(scene: RingView) -> None:
    """Draw name, state and life of the ring, its figures, and the rings that it came from or went into."""
    found = scene.ring
    with st.container(key="ring_header", horizontal=True, vertical_alignment="center", gap="medium"):
        with st.container(gap=None, width="stretch"):
            st.caption("Why does the program believe in this ring, who is in it, and what does it move?")
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.title(title(found), width="content")
                st.badge(ring_words.state(found.state), color=STATE_BADGES.get(found.state, "gray"))
            st.html(f'<div class="wf-meta">{escape(life_in_words(found))}</div>')
        for label, figure, key in _figures(scene):
            with st.container(gap=None, width="content"):
                st.html(f'<div class="wf-label">{escape(label)}</div>')
                drawer.number(figure, key=f"ring_{key}")
    _relatives(found)


def _relatives(found: Ring) -> None:
    for key, words, other in (
        ("merged", "Merged into", found.merged_into),
        ("split", "Split off from", found.split_from),
    ):
        if other:
            st.button(
                f"{words} {literal(other)}",
                key=f"ring_{key}",
                type="tertiary",
                icon=":material/hub:",
                on_click=state.go_later,
                args=("ring",),
                kwargs={"ring": other},
            )


def _figures(scene: RingView) -> list[tuple[str, drawer.Figure, str]]:
    found, unit = scene.ring, scene.unit
    look = ring_columns(unit)
    accounts = f"{counted(found.accounts, 'account')}, {exact(found.confirmed_accounts)} confirmed as crime"
    score = drawer.Figure(
        "Score",
        score_words(found.score),
        f"{percent(found.score, 2)}, at most {percent(found.highest_score, 2)}",
        "Calibrated probability that it is a ring of crime, on its last day.",
        questions.history_asked(found.ring_id),
        columns=look,
    )
    members = drawer.Figure(
        "Accounts",
        exact(found.accounts),
        accounts,
        "Its accounts on its last day; the rows also name those that left before.",
        questions.members_asked(found.ring_id, scene.as_of),
        columns=look,
    )
    moved = "What left its accounts to the outside while they were in it."
    inside = "What its accounts sent one another while they were in it."
    risk = (
        "What came in over its accounts and has not left yet, if it stands: the rows are all its movements."
    )
    return [
        ("Score", score, "score"),
        ("Accounts", members, "accounts"),
        (f"Moved, {unit}", _money(scene, "Moved", found.moved, moved, "out"), "moved"),
        (f"Inside, {unit}", _money(scene, "Inside", found.moved_inside, inside, "inside"), "inside"),
        (f"At risk, {unit}", _money(scene, "At risk", found.at_risk, risk, None), "at_risk"),
    ]


def _money(
    scene: RingView, label: str, value: float | None, definition: str, leg: str | None
) -> drawer.Figure:
    return drawer.Figure(
        f"{label}, {scene.ring_id}",
        NOT_KNOWN if value is None else compact(round(value, 2)),
        NOT_KNOWN if value is None else f"{exact(round(value, 6))} {scene.unit}",
        definition,
        questions.transfers_asked(scene.ring_id, leg=leg),
        columns=ring_columns(scene.unit),
    )
