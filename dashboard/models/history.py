"""The history of models: champions and challengers with their cards, lineage, and what they decided.

history.draw(scene)
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import state, tables
from dashboard.models.scene import ModelScene
from dashboard.questions import regional, words
from dashboard.tables import Row
from scoring.regional.kinds import KINDS

COLUMNS = {
    "model_version": st.column_config.TextColumn("Model", width="large"),
    "parent": st.column_config.TextColumn("Champion then"),
    "trained_as_of": st.column_config.DatetimeColumn("As of", format="YYYY-MM-DD"),
    "window_from": st.column_config.DatetimeColumn("Events from", format="YYYY-MM-DD"),
    "window_to": st.column_config.DatetimeColumn("to", format="YYYY-MM-DD"),
    "average_precision": st.column_config.NumberColumn("Average precision, held out", format="%.3f"),
    "held_out_cases": st.column_config.NumberColumn("Cases held out"),
    "verdict": st.column_config.TextColumn("Verdict"),
    "events_decided": st.column_config.NumberColumn("Events decided"),
    "first_event": st.column_config.DatetimeColumn("First", format="YYYY-MM-DD"),
    "last_event": st.column_config.DatetimeColumn("Last", format="YYYY-MM-DD"),
    "fingerprint": st.column_config.TextColumn("Fingerprint of its data"),
    "artefact_hash": st.column_config.TextColumn("SHA-256 of its file"),
}
PROMOTION_COLUMNS = {
    "kind": st.column_config.TextColumn("What"),
    "model_version": st.column_config.TextColumn("Model", width="large"),
    "share_percent": st.column_config.NumberColumn("Share of accounts", format="%d %%"),
    "valid_from": st.column_config.DatetimeColumn("From", format="YYYY-MM-DD HH:mm"),
    "proposed_by": st.column_config.TextColumn("Proposed by"),
    "approved_by": st.column_config.TextColumn(
        "Approved by", help="Empty: a roll-back, which needs one person."
    ),
    "approval_id": st.column_config.TextColumn("Approval"),
    "done_at": st.column_config.DatetimeColumn("Done", format="YYYY-MM-DD HH:mm"),
}


def draw(scene: ModelScene) -> None:
    """Draw every model of the area and of everywhere, the card of the one chosen, and the promotions."""
    with st.container(border=True, key="card_history"):
        st.markdown("**Every model**")
        st.caption("The champions of everywhere and the challengers of the area. Click one to read its card.")
        tables.show(
            regional.history_asked(scene.area),
            key="model_history",
            columns=COLUMNS | _in_words(scene),
            on_pick=_pick,
            empty="No model was trained yet: `watchfloor train` makes the first.",
        )
    with st.container(border=True, key="card_model_card"):
        _draw_card(scene)
    with st.container(border=True, key="card_promotions"):
        st.markdown("**Promotions and roll-backs**")
        tables.show(
            regional.promotions_asked(scene.area),
            key="model_promotions",
            columns=PROMOTION_COLUMNS | {"area": _in_words(scene)["area"]},
            empty="Nothing was promoted here: the global champion always decided.",
        )


def _in_words(scene: ModelScene) -> dict[str, Any]:
    """Return the columns whose cells are said otherwise than they are kept; the export keeps the store's."""
    titles = {name: kind.title for name, kind in KINDS.items()}
    return {
        "area": st.column_config.SelectboxColumn(
            "Area",
            help="Empty: everywhere.",
            options=[found.area for found in scene.areas],
            format_func=lambda name: words.area(str(name)),
        ),
        "kind": st.column_config.SelectboxColumn(
            "Kind",
            options=["champion", *titles],
            format_func=lambda name: titles.get(str(name), "Champion"),
        ),
    }


def _pick(row: Row) -> None:
    state.change(version=str(row["model_version"]))


def _draw_card(scene: ModelScene) -> None:
    """Draw the card of the model that the URL names, else of the newest."""
    there = regional.model_history(scene.area)
    named = scene.view.version if scene.view.version in there else next(iter(there), None)
    card = regional.card_of(named) if named else None
    if named is None or card is None:
        st.caption("No model, no card.")
        return
    st.markdown(f"**The card of {named}**")
    with st.expander("Read it", expanded=scene.view.version == named):
        # Its own headings would be larger than the page's.
        st.markdown("\n".join(_smaller(line) for line in card.splitlines()))


def _smaller(line: str) -> str:
    return f"###{line}" if line.startswith("#") else line
