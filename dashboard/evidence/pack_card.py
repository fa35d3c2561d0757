"""One pack on the tab Evidence: what it is, who held it, to have it again, to write down who got it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import refused, tables
from dashboard.desk_records import desk_records
from dashboard.evidence.downloading import download_button
from dashboard.facts import last_event
from dashboard.formats import exact, literal
from dashboard.questions import evidence
from dashboard.viewer import local
from data.errors import WatchfloorError
from desk.actors import EXPORT_EVIDENCE, ROLES, Actor, why_not
from desk.evidence.custody import Sealed, hand_over, refuse_who_sees_less
from desk.evidence.keeping import Keeping


def draw(pack: Sealed, actor: Actor, keeping: Keeping) -> None:
    """Draw a pack with its custody and what may be done with it."""
    with st.container(border=True, key="evidence_pack", gap="small"):
        st.markdown(f"**{pack.pack_id}**, evidence of {pack.object_kind} {literal(pack.object_id)}")
        role = ROLES.get(pack.role, pack.role)
        st.caption(
            f"Taken by {literal(pack.actor)}, {role}, as of {local(pack.at)}: {exact(pack.bytes)} bytes, "
            f"SHA-256 `{pack.sha256}`"
        )
        asked = evidence.custody(pack.pack_id)
        tables.show(asked, key="evidence_custody", columns=columns(), order=tuple(columns()), height=220)
        _draw_doors(pack, actor, keeping)


def columns() -> dict[str, Any]:
    """Return how the columns of custody are shown."""
    text = st.column_config.TextColumn
    return {
        "recorded_at": time_column("When"),
        "actor": text("Who"),
        "action": text("What"),
        "to_whom": text("To whom"),
        "how": text("How"),
        "why": text("Why"),
        "sha256": text("SHA-256 then"),
    }


def time_column(label: str) -> Any:
    """Return a column of instants by the wall clock, in the viewer's zone."""
    zone = st.context.timezone or "UTC"
    return st.column_config.DatetimeColumn(label, format="YYYY-MM-DD HH:mm:ss", timezone=zone)


def _draw_doors(pack: Sealed, actor: Actor, keeping: Keeping) -> None:
    if not actor.may(EXPORT_EVIDENCE):
        st.caption(why_not(actor, EXPORT_EVIDENCE))
        return
    try:
        refuse_who_sees_less(pack, actor)
    except WatchfloorError as error:
        st.caption(f"It was taken in a role that sees more than yours. {str(error).splitlines()[0]}")
        return
    download_button(pack, actor, key="evidence_again", label="Download again")
    with st.expander("Write down a hand-over", icon=":material/outbox:"):
        hand_over_form(pack, actor, keeping)


def hand_over_form(pack: Sealed, actor: Actor, keeping: Keeping) -> None:
    """Ask to whom, by which way and why; with what that means."""
    st.markdown(
        "This writes down that the pack left the house, with its hash then. It cannot be taken back. "
        "The kept file is looked at first: one that was changed is not handed over."
    )
    with st.form("evidence_hand_over", border=False):
        to_whom = st.text_input("To whom?", key="evidence_to_whom", placeholder="Name, office, authority")
        how = st.text_input("By which way?", key="evidence_how", placeholder="Encrypted disk, by courier")
        why = st.text_area("Why?", key="evidence_why", placeholder="Order or request that it answers")
        if not st.form_submit_button("Write it down", type="primary"):
            return
    if not all(map(refused.fits, (to_whom, how, why))):
        return
    if refused.done(
        lambda: hand_over(
            desk_records(),
            keeping,
            pack.pack_id,
            actor,
            last_event(),
            to_whom=to_whom,
            how=how,
            why=why,
        )
    ):
        st.rerun()
