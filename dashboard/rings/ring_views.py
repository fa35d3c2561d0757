"""The parts of a ring's page: why it is believed in, its drawing on a day, its accounts and its ties."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

import streamlit as st

from dashboard import state, tables
from dashboard.charts.draw import draw
from dashboard.charts.ring_graph import ring_graph
from dashboard.formats import counted, exact, literal
from dashboard.questions import ring as questions
from dashboard.questions import ring_words
from dashboard.questions.ring import KeyTie
from dashboard.rings.ring_columns import ring_columns
from dashboard.rings.ring_scene import RingView

# Drawings of three accounts and of hundreds; the legend takes the first hundred pixels.
LOWEST, HIGHEST, PIXELS_AN_ACCOUNT = 280, 620, 8
HISTORY_COLUMNS = ("as_of", "change", "accounts", "joined", "gone", "known_bad", "score", "other_ring_id")
MEMBER_COLUMNS = (
    "account_id",
    "is_in",
    "role",
    "state",
    "received",
    "sent",
    "cashed_out",
    "frozen",
    "confirmed_at",
    "since",
    "until",
    "role_sentence",
)
TIE_COLUMNS = (
    "kind",
    "artefact",
    "account_a",
    "account_b",
    "strength",
    "sharers",
    "amount",
    "since",
    "last_at",
    "sentence",
)


def draw_why(scene: RingView) -> None:
    """Draw the sentence, what holds the ring together, and what became of it day by day."""
    st.markdown("**Why the program believes in it**")
    st.markdown(literal(scene.ring.sentence) if scene.ring.sentence else "No sentence is stored for it.")
    left, right = st.columns([1.25, 1], gap="medium")
    with left, st.container(key="why_ties", gap="small"):
        found = questions.key_ties(scene.ring_id)
        st.markdown(f"**{_holds(found)}**")
        if found:
            st.html(key_ties_table(found))
            tables.downloads_of(questions.key_ties_asked(scene.ring_id), key="key_ties")
    with right:
        st.markdown("**What became of it**")
        tables.show(
            questions.history_asked(scene.ring_id),
            key=f"ring_history_{scene.ring_id}",
            columns=ring_columns(scene.unit),
            order=HISTORY_COLUMNS,
            height=244,
            on_pick=lambda row: _show_day(scene, row),
            empty="Nothing is written of its days. Run `watchfloor score`.",
        )
        st.caption("A row shows the ring as it stood on that day.")


def _show_day(scene: RingView, row: Mapping[str, object]) -> None:
    day = str(row["as_of"])[:10]
    state.change(as_of=None if day == scene.days[-1].isoformat() else day)


def _holds(found: Sequence[KeyTie]) -> str:
    if not found:
        return "No single shared thing holds it together"
    left = found[-1].accounts_left
    rest = "nobody hangs together" if left <= 1 else f"at most {exact(left)} accounts hang together"
    return f"Without {'this' if len(found) == 1 else f'these {exact(len(found))}'} it falls apart: {rest}"


def key_ties_table(found: Sequence[KeyTie]) -> str:
    """Return what holds a ring together as HTML rows, a sentence each."""
    rows = "".join(
        f'<tr><th scope="row">{escape(ring_words.tie(one.kind))}</th>'
        f'<td title="{escape(one.artefact or "")}">{escape(one.sentence or one.artefact or "")}</td>'
        f"<td>{exact(one.accounts_held)}</td><td>{exact(one.accounts_left)}</td></tr>"
        for one in found
    )
    return (
        '<table class="wf-facts ties"><thead><tr><th scope="col">Tie</th><th scope="col">In words</th>'
        '<th scope="col">Accounts held</th><th scope="col">Largest part left</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def draw_graph(scene: RingView) -> None:
    """Draw the ring as it stood on the day of the slider."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.markdown(f"**Accounts and ties on {scene.as_of:%d %B %Y}**", width="stretch")
        if len(scene.days) > 1:
            with st.container(key="ring_day", width=420):
                state.pick(
                    "Day shown, UTC",
                    [day.isoformat() for day in scene.days],
                    name="as_of",
                    default=scene.days[-1].isoformat(),
                    words=lambda day: f"{date.fromisoformat(day):%d %b %Y}",
                    style="slider",
                )
    found, pairs = questions.edges(scene.ring_id, scene.as_of)
    chart = ring_graph(
        scene.members, found, scene.palette, scene.unit, others=scene.others, height=height_of(scene.accounts)
    )
    draw(
        chart,
        key=f"ring_graph_{scene.ring_id}",
        on_pick=lambda account: state.go_later("accounts", account=account),
    )
    drawn = (
        f"{counted(pairs, 'tied pair')}, each as its strongest tie"
        if pairs == len(found)
        else f"the {exact(len(found))} strongest of {counted(pairs, 'tied pair')}"
    )
    st.caption(
        f"{counted(len(scene.members), 'account')}; {drawn}. A point opens its account, as does a row of the "
        "table below. Larger: received more."
    )


def height_of(accounts: int) -> int:
    """Return the pixels of a drawing: enough to tell accounts apart, no more than a screen."""
    return min(HIGHEST, LOWEST + PIXELS_AN_ACCOUNT * accounts)


def draw_members(scene: RingView) -> None:
    """Draw every account that was ever in the ring, with what it did there and how it is treated now."""
    st.markdown(f"**{counted(scene.accounts, 'account')}, {exact(len(scene.members))} on the day shown**")
    tables.show(
        questions.members_asked(scene.ring_id, scene.as_of),
        key=f"ring_members_{scene.ring_id}",
        columns=ring_columns(scene.unit),
        order=MEMBER_COLUMNS,
        limit=questions.MEMBERS_SHOWN,
        height=334,
        on_pick=lambda row: state.go_later("accounts", account=str(row["account_id"])),
        empty="No account is written for it. Run `watchfloor score`.",
    )
    st.caption(
        "A row opens its account. One that came back has a row for each stay, each with the money of all. "
        "State and money held or frozen are of today."
    )


def draw_ties(scene: RingView) -> None:
    """Draw every tie that counted on the day shown, with its reason."""
    st.markdown(f"**Ties on {scene.as_of:%d %B %Y}, the strongest first**")
    tables.show(
        questions.ties_asked(scene.ring_id, scene.as_of),
        key=f"ring_ties_{scene.ring_id}",
        columns=ring_columns(scene.unit),
        order=TIE_COLUMNS,
        height=334,
        on_pick=lambda row: state.go_later("accounts", account=str(row["account_a"])),
        empty="No tie counted on this day. Choose a later day above.",
    )
    st.caption(
        "Strength: the log-odds that a tie adds when it is last seen; it fades from then on. A row opens its "
        "first account."
    )
