"""Labels: what models learn from, how many, how old, how sure, how many at random; is it time to train?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard import drawer, tables
from dashboard.formats import compact, counted, exact, percent
from dashboard.models.scene import ModelScene
from dashboard.questions import monitoring, words

ORDER = (
    "quarter",
    "model",
    "source",
    "labels",
    "confirmed",
    "false_positives",
    "inconclusive",
    "corrected",
    "delay_days",
    "delay_days_p90",
    "is_random",
)


def draw(scene: ModelScene) -> None:
    """Draw the cards of labels, whether retraining is due, and labels by quarter and source."""
    rows = monitoring.label_supply(scene.area)
    with st.container(border=True, key="card_labels"):
        st.markdown(f"**Labels of {scene.where}**")
        if not rows:
            st.caption("No label of this area is known. Load labels, or say on an event's page what it was.")
            return
        _draw_numbers(scene, rows)
        for need in monitoring.label_need(scene.area):
            icon = ":material/model_training:" if need.is_due else ":material/check:"
            st.markdown(f"{icon} **{words.MODELS[need.model]}** ({need.model_version}). {need.sentence}")
        tables.show(
            monitoring.supply_asked(scene.area),
            key="label_supply",
            columns=_columns(),
            order=ORDER,
            height=330,
        )
        st.caption(
            "Days from the event to the label. Random: drawn by chance, by the audit or by exploring blocks; "
            "they measure what chosen labels cannot. A label is corrected when a later one says otherwise."
        )


def _draw_numbers(scene: ModelScene, rows: Sequence[Mapping[str, Any]]) -> None:
    newest = [row for row in rows if row["quarter"] == rows[0]["quarter"]]
    labels = sum(row["labels"] for row in newest)
    at_random = sum(row["labels"] for row in newest if row["is_random"])
    sure = sum(row["confirmed"] + row["false_positives"] - row["corrected"] for row in newest)
    since = f"{rows[0]['quarter']:%d %B %Y}"
    told = (
        ("Labels", compact(labels), counted(labels, "label"), f"known since {since}"),
        ("Random", percent(at_random / labels), exact(at_random), f"{exact(at_random)} drawn by chance"),
        ("Sure", percent(sure / labels), exact(sure), "neither inconclusive nor corrected"),
    )
    with st.container(horizontal=True, gap="large", key="label_numbers"):
        for name, shown, in_full, detail in told:
            with st.container(width="content", gap=None):
                st.caption(name)
                figure = drawer.Figure(
                    title=f"{name} of labels, {scene.where}"
                    if name != "Labels"
                    else f"Labels, {scene.where}",
                    shown=shown,
                    exact=f"{in_full}, {detail}",
                    definition="What is known of the area's events, of all sources, by quarter in which it "
                    "became known.",
                    rows=monitoring.supply_asked(scene.area),
                    columns=_columns(),
                )
                drawer.number(figure, key=f"labels_{name.lower()}")
                st.caption(detail)


def _columns() -> Mapping[str, Any]:
    numbers = {
        "labels": "Labels",
        "confirmed": "Crime",
        "false_positives": "Honest",
        "inconclusive": "Inconclusive",
        "corrected": "Corrected",
    }
    return {
        "quarter": st.column_config.DateColumn("Quarter from", format="DD MMM YYYY"),
        "model": st.column_config.TextColumn("Model"),
        "source": st.column_config.TextColumn("Source"),
        **{name: st.column_config.NumberColumn(said, format="localized") for name, said in numbers.items()},
        "delay_days": st.column_config.NumberColumn("Days, median", format="%.1f"),
        "delay_days_p90": st.column_config.NumberColumn("Days, nine in ten", format="%.1f"),
        "is_random": st.column_config.CheckboxColumn("Random"),
    }
