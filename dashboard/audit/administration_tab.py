"""The tab Administration: people and roles under four eyes, rights, who completes what, sessions, erasure."""

from __future__ import annotations

import streamlit as st

from dashboard import acting, approvals, demonstration, owner, tables
from dashboard.approvals import Ways
from dashboard.audit import erasure_block, role_forms
from dashboard.audit.pairs import pairs
from dashboard.desk.scene import DeskScene
from dashboard.desk_records import desk_records
from dashboard.formats import counted, literal
from desk.actors import CHANGE_ROLE, RIGHTS, ROLES, SEE_AUDIT, Actor, Right, why_not
from desk.people import PERSON_VARIABLE, Person, people
from desk.role_changes import carry_out_change


def draw(scene: DeskScene) -> None:
    """Draw the people and what waits, the table of rights, the pairs, sessions, and erasure."""
    if not scene.actor.may(SEE_AUDIT):
        st.caption(why_not(scene.actor, SEE_AUDIT))
        return
    here = people(desk_records())
    left, right = st.columns([3, 2])
    with left, st.container(border=True, key="card_people"):
        _draw_people(scene, here)
    with right, st.container(border=True, key="card_role_approvals"):
        st.markdown("**Waiting for a second person**")
        approvals.draw_waiting(
            CHANGE_ROLE.name,
            ways=Ways(
                carry_out=lambda asked, actor: carry_out_change(
                    desk_records(), asked.approval_id, actor, scene.now
                ),
                consequence="The person has the role, or none, from now on; open sessions follow at once.",
            ),
        )
    with st.container(border=True, key="card_pairs"):
        _draw_pairs(here)
    with st.container(border=True, key="card_rights"):
        _draw_rights()
    with st.container(border=True, key="card_sessions"):
        _draw_sessions(scene.actor, here)
    with st.container(border=True, key="card_erasure"):
        erasure_block.draw(scene)


def _draw_people(scene: DeskScene, here: list[Person]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{counted(len(here), 'person') if len(here) == 1 else f'{len(here)} people'}**")
        st.space("stretch")
        role_forms.buttons(scene, here)
    if not here:
        st.caption(
            "Nobody was named yet: one person acts alone in local mode, and nothing is done that takes two. "
            'Name the first people at once: watchfloor people "Their Name=risk_manager" "Another=desk_lead"'
        )
        return
    zone = st.context.timezone or "UTC"
    st.dataframe(
        {
            "name": [one.name for one in here],
            "role": [ROLES[one.role] for one in here],
            "since": [one.since for one in here],
        },
        key="people_table",
        hide_index=True,
        row_height=tables.ROW_HEIGHT,
        height=min(tables.ROW_HEIGHT * (len(here) + 1) + 3, 380),
        column_config={
            "name": st.column_config.TextColumn("Name"),
            "role": st.column_config.TextColumn("Role"),
            "since": st.column_config.DatetimeColumn("Since", format="YYYY-MM-DD HH:mm", timezone=zone),
        },
        alt=f"{len(here)} people with their roles.",
    )


def _draw_pairs(here: list[Person]) -> None:
    st.markdown("**Who could complete what takes two**")
    found = pairs(here)
    st.dataframe(
        {
            "Action": [pair.right.words.capitalize() for pair in found],
            "One asks": [pair.maker or "nobody" for pair in found],
            "Another approves": [pair.checker or "nobody" for pair in found],
            "May ask": [pair.makers for pair in found],
            "May approve": [pair.checkers for pair in found],
        },
        key="pairs_table",
        hide_index=True,
        row_height=tables.ROW_HEIGHT,
        height=tables.ROW_HEIGHT * (len(found) + 1) + 3,
        alt="Each dangerous action with two people who could complete it.",
    )
    st.caption("A change of people after which one of these had no two is refused, and so is the start.")


def _draw_rights() -> None:
    with st.expander(f"Rights: {len(RIGHTS)} of {len(ROLES)} roles", key="rights_open"):
        rows = {"Right": [right.words.capitalize() for right in RIGHTS.values()]}
        rows |= {
            words.capitalize(): [_held(right, role) for right in RIGHTS.values()]
            for role, words in ROLES.items()
        }
        st.dataframe(
            rows,
            key="rights_table",
            hide_index=True,
            row_height=tables.ROW_HEIGHT,
            height=tables.ROW_HEIGHT * (len(RIGHTS) + 1) + 3,
            alt="Each right with the roles that hold or check it.",
        )
        st.caption(
            "Holds: may do it, or ask for it where it takes two. Checks: approves what another asked for."
        )


def _held(right: Right, role: str) -> str:
    held = [word for word, roles in (("holds", right.holders), ("checks", right.checkers)) if role in roles]
    return ", ".join(held)


def _draw_sessions(actor: Actor, here: list[Person]) -> None:
    st.markdown("**Who sits here**")
    st.markdown(f"You act as {literal(actor.name)}, {actor.role_in_words}.")
    if demonstration.built(owner.store()) is not None and acting.choosable():
        st.caption(
            "This is local demonstration mode: nobody signs in, the header lets you act as any of the "
            "made-up people, and each switch is a line of the log. It answers on this machine's own address "
            "only."
        )
    elif here:
        st.caption(
            f"On one machine {PERSON_VARIABLE} names the person who sits here; with a sign-in, who signed in "
            "acts, in the role that the store gives that name. A role that is taken away is gone at the next "
            "click."
        )
    else:
        st.caption("Local mode: one person on this machine, in the role that WATCHFLOOR_ROLE names.")
