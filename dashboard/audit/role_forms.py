"""Asking for a person to join, change role or leave: the buttons and their forms."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import refused
from dashboard.desk.scene import DeskScene
from dashboard.desk_records import desk_records
from desk.actors import CHANGE_ROLE, ROLES, why_not
from desk.people import Person
from desk.role_changes import Change, Kind, ask_change

TITLES: dict[Kind, str] = {
    "joined": "Name a person",
    "role_changed": "Change a role",
    "left": "Take a role away",
}
ICONS: dict[Kind, str] = {"joined": "person_add", "role_changed": "manage_accounts", "left": "person_remove"}
CONSEQUENCE = (
    "Another person approves it, then it is carried out. Nobody changes their own role, and a change after "
    "which an action had no two people is refused."
)


def buttons(scene: DeskScene, here: Sequence[Person]) -> None:
    """Draw the three buttons; what a person may not do cannot be pressed and says why."""
    may = scene.actor.may(CHANGE_ROLE)
    others = [one for one in here if one.name != scene.actor.name]
    for kind, title in TITLES.items():
        refusal = "" if may else why_not(scene.actor, CHANGE_ROLE)
        if not refusal and not here:
            refusal = "Name the first people on the command line, all at once."
        if st.button(
            title,
            key=f"role_{kind}",
            icon=f":material/{ICONS[kind]}:",
            type="tertiary",
            disabled=bool(refusal),
            help=refusal or None,
        ):
            st.dialog(title)(lambda kind=kind: form(scene, kind, others))()


def form(scene: DeskScene, kind: Kind, others: Sequence[Person]) -> None:
    """Ask whom, which role and why, and ask for a second person; what the dialog holds."""
    st.markdown(CONSEQUENCE)
    with st.form(f"role_form_{kind}", border=False):
        name = _name(kind, others)
        role = "" if kind == "left" else _role()
        reason = st.text_area("Why?", key=f"role_reason_{kind}")
        if not st.form_submit_button("Ask for a second person", type="primary"):
            return
    change = Change(name, kind, role)
    if refused.fits(reason) and refused.done(
        lambda: ask_change(desk_records(), change, scene.actor, reason, scene.now)
    ):
        st.rerun()


def _name(kind: Kind, others: Sequence[Person]) -> str:
    if kind == "joined":
        return str(st.text_input("Name", key="role_name")).strip()
    said = {one.name: f"{one.name}, {ROLES[one.role]}" for one in others}
    return str(
        st.selectbox("Who", list(said), format_func=lambda name: said[name], key=f"role_who_{kind}") or ""
    )


def _role() -> str:
    return str(st.selectbox("Role", list(ROLES), format_func=lambda role: ROLES[role], key="role_role"))
