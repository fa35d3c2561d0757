"""Performance: precision foretold from scores before labels come and confirmed after, and calibration."""

from __future__ import annotations

import streamlit as st

from dashboard import state, tables
from dashboard.charts.draw import draw as draw_chart
from dashboard.charts.foretold import COMPLETE, foretold
from dashboard.charts.reliability import reliability
from dashboard.formats import counted, exact, percent
from dashboard.models.scene import ModelScene
from dashboard.questions import monitoring
from dashboard.questions.monitoring import Calibrated

PARTS = ("all", "device_class", "account_age", "typology")
SHARES = {
    "foretold_precision": "Precision foretold",
    "confirmed_precision": "Confirmed",
    "foretold_recall": "Recall foretold",
    "confirmed_recall": "Of known crime",
    "audited_recall": "With the audit",
    "arrived": "Labels in",
}


def draw(scene: ModelScene, model: str) -> None:
    """Draw precision by week, the calibration curve, and both shares by month and group."""
    left, right = st.columns([1.6, 1], gap="small")
    with left, st.container(border=True, key="card_foretold", height="stretch"):
        _draw_weeks(scene, model)
    with right, st.container(border=True, key="card_calibration", height="stretch"):
        _draw_calibration(scene, model)
    with st.container(border=True, key="card_performance_parts"):
        _draw_parts(scene, model)


def _draw_weeks(scene: ModelScene, model: str) -> None:
    st.markdown(f"**How often an alert is right, {scene.where}**")
    weeks = monitoring.performance_by_week(scene.area, model)
    if not weeks:
        st.caption(f"No model has scored events of {scene.where} that it was not trained on.")
        return
    draw_chart(foretold(weeks, scene.palette), key="foretold_weeks")
    tables.downloads_of(monitoring.weeks_asked(scene.area, model), key="foretold_rows")
    st.caption(
        "Foretold: the mean calibrated score of alerts, known at once. Confirmed: the share that labels call "
        f"crime; hollow until {percent(COMPLETE)} of the alerts are judged, since crime is confirmed sooner "
        "than innocence."
    )


def _draw_calibration(scene: ModelScene, model: str) -> None:
    st.markdown("**Are scores what they say?**")
    found = monitoring.calibration_curve(scene.area, model)
    if not found:
        st.caption(f"Not measured: no event of {scene.where} has had its time for labels.")
        return
    whole, bins = found[0], found[1:]
    draw_chart(reliability(bins, scene.palette), key="calibration")
    st.caption(_calibration_words(whole))
    tables.downloads_of(monitoring.curve_asked(scene.area, model), key="calibration_rows")


def _calibration_words(whole: Calibrated) -> str:
    said = (
        f"{whole.model_version}: {counted(whole.crimes, 'crime')} among "
        f"{counted(whole.events, 'event')}, where "
        f"scores expected {exact(round(whole.expected * whole.events))}."
    )
    if whole.slope is None or whole.slope_low is None or whole.slope_high is None:
        return said
    return (
        f"{said} Slope {whole.slope:.2f} ({whole.slope_low:.2f} to {whole.slope_high:.2f}); 1 is right, less "
        "is too extreme."
    )


def _draw_parts(scene: ModelScene, model: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="performance_head"):
        st.markdown("**By month**", width="stretch")
        cut = state.pick(
            "Split by",
            list(PARTS),
            name="cut",
            words=lambda name: "Everybody" if name == "all" else monitoring.CUTS[name],
            style="segments",
            show_label=False,
        )
    columns = {
        "since": st.column_config.DateColumn("Month", format="MMM YYYY"),
        "part": st.column_config.TextColumn("Group"),
        "alerts": st.column_config.NumberColumn("Alerts", format="localized"),
        "crimes": st.column_config.NumberColumn("Known crimes", format="localized"),
        "audited": st.column_config.NumberColumn("Audited", format="localized"),
        "model_version": st.column_config.TextColumn("Model"),
        **{name: st.column_config.NumberColumn(said, format="percent") for name, said in SHARES.items()},
    }
    chosen = cut or "all"
    left_out = {"typology": ("alerts", "foretold_precision", "confirmed_precision", "foretold_recall")}
    tables.show(
        monitoring.parts_asked(scene.area, model, chosen),
        key=f"performance_{model}_{chosen}",
        columns=columns,
        order=[name for name in ORDER if name not in left_out.get(chosen, ())],
        height=300,
        empty=f"Nothing is measured by this split in {scene.where}.",
    )


ORDER = (
    "since",
    "part",
    "alerts",
    "arrived",
    "foretold_precision",
    "confirmed_precision",
    "crimes",
    "foretold_recall",
    "confirmed_recall",
    "audited",
    "audited_recall",
    "model_version",
)
