"""The tab Checks of Liveness: the list of identity checks, filtered, the riskiest or the newest first."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard import state, tables
from dashboard.check_columns import check_columns
from dashboard.formats import exact
from dashboard.liveness.scene import Scene
from dashboard.questions import check_words, liveness

COLUMNS = (
    "occurred_at",
    "account_id",
    "score",
    "decision",
    "stage",
    "truth",
    "species",
    "purpose",
    "attempt",
    "device",
    "media",
    "country",
)
ORDERS = {"riskiest": "Riskiest first", "newest": "Newest first"}


def checks(scene: Scene) -> None:
    """Which checks are worth a look?"""
    with st.container(border=True, key="card_checks"):
        with st.container(key="check_filters", horizontal=True, vertical_alignment="center", gap="small"):
            decision = _choice("Decision", "decision", check_words.DECISIONS, "All decisions", 160)
            there = {name: check_words.species_with_attack(name) for name in liveness.species_there()}
            species = _choice("Species", "species", there, "All species", 220)
            stage = _choice("Stage", "stage", check_words.STAGES, "All stages", 160)
            st.space("stretch")
            ordering = state.pick(
                "Order",
                list(ORDERS),
                name="order",
                words=lambda name: ORDERS[name],
                style="segments",
                show_label=False,
            )
        asked = liveness.checks_asked(
            scene.period,
            scene.region,
            decision=decision,
            species=species,
            stage=stage,
            ordering=ordering or "riskiest",
        )
        tables.show(
            asked,
            key=f"checks_{decision}_{species}_{stage}_{ordering}_{scene.region}",
            columns=check_columns(scene.known.money_unit),
            order=COLUMNS,
            height=604,
            on_pick=lambda row: state.go_later("check", check=str(row["event_id"])),
            empty=f"None of the {exact(scene.counts.checks)} checks of {scene.period.name} in "
            f"{scene.where} is like "
            "this. Choose other filters.",
        )
        st.caption(
            "A row opens its check: frames, signals, near-duplicates, and what the account did afterwards."
        )


def _choice(label: str, name: str, words: Mapping[str, str], anything: str, width: int) -> str | None:
    with st.container(width=width):
        return state.pick(
            label, list(words), name=name, words=lambda key: words[key], show_label=False, anything=anything
        )
