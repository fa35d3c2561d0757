"""The tab Evidence: the packs that were made, who holds each, and the check of one that somebody has."""

from __future__ import annotations

import os
from typing import Any

import streamlit as st

from dashboard import owner, refused, state, tables
from dashboard.desk.scene import DeskScene
from dashboard.desk_records import desk_records
from dashboard.evidence import check_block, pack_card
from dashboard.questions import evidence
from dashboard.tables import Row
from data.errors import WatchfloorError
from desk.actors import EXPORT_EVIDENCE, SEE_AUDIT, why_not
from desk.evidence.custody import pack_of
from desk.evidence.keeping import Keeping

LISTED = (
    "pack_id",
    "object_kind",
    "object_id",
    "recorded_at",
    "actor",
    "downloads",
    "handed_over",
    "holder",
    "why",
)


def draw(scene: DeskScene) -> None:
    """Draw the key, the packs, the one that is chosen, and the check of an uploaded one."""
    if not (scene.actor.may(EXPORT_EVIDENCE) or scene.actor.may(SEE_AUDIT)):
        st.caption(why_not(scene.actor, SEE_AUDIT))
        return
    keeping = Keeping.of(owner.home(), os.environ)
    st.caption(
        f"Packs are signed with the key **{keeping.fingerprint()}**. Give this fingerprint to whoever gets "
        "a pack, by another way than the pack itself."
    )
    tables.show(
        evidence.PACKS,
        key="evidence_packs",
        columns=columns(),
        order=LISTED,
        height=300,
        on_pick=_open,
        empty="No pack was made yet. A case, a ring, a freeze and a request each have a button for it.",
    )
    chosen = state.current().pack
    if chosen:
        try:
            pack_card.draw(pack_of(desk_records(), chosen, scene.actor), scene.actor, keeping)
        except WatchfloorError as error:
            refused.draw(error)
    check_block.draw(keeping)


def columns() -> dict[str, Any]:
    """Return how the columns of packs and their custody are shown."""
    text = st.column_config.TextColumn
    return {
        "pack_id": text("Pack"),
        "object_kind": text("Of a"),
        "object_id": text("Which"),
        "recorded_at": pack_card.time_column("Made"),
        "actor": text("By"),
        "downloads": st.column_config.NumberColumn("Downloads", width="small"),
        "handed_over": st.column_config.NumberColumn("Handed over", width="small"),
        "holder": text("Held by"),
        "why": text("Why"),
    }


def _open(row: Row) -> None:
    state.change(pack=str(row["pack_id"]))
