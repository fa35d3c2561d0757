"""The tab Approvals: everything dangerous that waits for a second person, or is approved and not done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import streamlit as st

from dashboard import acting, approvals, state
from dashboard.desk.scene import DeskScene
from dashboard.desk_records import desk_records
from dashboard.formats import counted, exact, literal
from dashboard.freezes.ways import MONEY, OTHERS, is_visible, ways_of
from dashboard.viewer import local
from desk.actors import RIGHTS, Actor
from desk.approvals import Approval, still_open

# Older ones come first; nobody decides more than this in one sitting.
MOST_SHOWN = 25
# Where what is approved is carried out: its name, its page, the part of that, and how the address names the
# object. What is not here is carried out from the list.
ROOMS: Mapping[str, tuple[str, str, Mapping[str, str], str | None]] = {
    "promote_model": ("Models and policy", "models", {"tab": "board"}, None),
    "roll_out_policy": ("Policy lab", "models", {"tab": "lab"}, "area"),
    "disclose": ("the request", "requests", {"tab": "request"}, "request"),
}


def draw(scene: DeskScene) -> None:
    """Draw what this person could decide first, then what waits for others."""
    actor = acting.actor()
    found = [asked for asked in still_open(desk_records(), scene.now) if is_visible(asked, actor)]
    if not found:
        with st.container(border=True, key="card_approvals"):
            st.markdown("**Nothing waits for a second person**")
            st.caption(
                "What one person asks for and another must approve stands here: freezes, releases, "
                "handovers, disclosures, policies, models, roles, erasures. Ask for a freeze on a case or "
                "an account."
            )
        return
    chosen = _choose(found, actor)
    ordered = sorted(chosen, key=lambda asked: not _is_for(asked, actor))
    for asked in ordered[:MOST_SHOWN]:
        _draw_one(asked)
    if len(ordered) > MOST_SHOWN:
        st.caption(f"Shown are {MOST_SHOWN} of {exact(len(ordered))}, those that you can decide first.")


def _choose(found: list[Approval], actor: Actor) -> list[Approval]:
    counts = Counter(asked.act.action for asked in found)
    mine = [asked for asked in found if _is_for(asked, actor)]
    st.markdown(
        f"**{counted(len(found), 'dangerous action')} open**, {exact(len(mine))} of them you can decide or "
        f"do, as {literal(actor.name)}"
    )
    kind = None
    if len(counts) > 1:
        kind = state.pick(
            "What",
            list(counts),
            name="kind",
            words=lambda name: f"{RIGHTS[name].words.capitalize()} ({exact(counts[name])})",
            anything=f"All ({exact(len(found))})",
            style="segments",
            show_label=False,
        )
    return [asked for asked in found if kind in (None, asked.act.action)]


def _is_for(asked: Approval, actor: Actor) -> bool:
    if asked.state == "waiting":
        return not approvals.why_not_decide(asked, actor)
    return actor.may(asked.right) or actor.may_check(asked.right)


def _draw_one(asked: Approval) -> None:
    if asked.act.action in MONEY or asked.act.action in OTHERS:
        approvals.draw_approval(asked, ways_of(asked))
        return
    room = ROOMS.get(asked.act.action)
    with st.container(border=True, key=f"elsewhere_{asked.approval_id}", gap="small"):
        st.markdown(
            f"**{literal(asked.act.summary)}** · {approvals.state_in_words(asked)}, proposed by "
            f"{literal(asked.maker.name)}: {literal(asked.reason)}"
        )
        where = f" It is decided where it can be looked at: {room[0]}." if room else ""
        st.caption(f"Good until {local(asked.expires_at)}. {approvals.may_decide(asked)}{where}")
        if room is not None:
            _door(asked, *room)


def _door(asked: Approval, place: str, page: str, part: Mapping[str, str], names: str | None) -> None:
    st.button(
        f"Open {place}",
        key=f"room_{asked.approval_id}",
        type="tertiary",
        icon=":material/open_in_new:",
        on_click=state.go_later,
        args=(page,),
        kwargs={**part, **({names: asked.act.object_id} if names else {})},
    )
