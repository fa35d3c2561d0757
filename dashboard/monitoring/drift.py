"""Drift: how far what the models of an area see lies from what they were trained on, week by week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard import drawer, state, tables
from dashboard.charts.draw import draw as draw_chart
from dashboard.charts.heat import heat
from dashboard.charts.then_now import then_now
from dashboard.formats import compact, counted, exact, literal
from dashboard.models.scene import ModelScene
from dashboard.questions import monitoring
from dashboard.questions.monitoring import DriftCounts, Drifted

METHOD = (
    "Population stability of each week against the eight weeks before the model came into force. A cell is "
    "over its limit when it is above the larger of 0.1 and what chance and habit reach once in twenty, and "
    "when a chi-square test, adjusted for all comparisons of the week, says so too."
)


def draw(scene: ModelScene, model: str) -> None:
    """Draw the furthest subjects by week, and one of them then and now."""
    with st.container(border=True, key="card_drift"):
        st.markdown(f"**Drift of what the model sees, {scene.where}**", help=METHOD)
        found = monitoring.drift_heat(scene.area, model)
        counts = monitoring.drift_counts(scene.area, model)
        if not found or counts is None:
            st.caption(
                f"Nothing is compared in {scene.where}: no model has scored a week of 100 events after its "
                "training here."
            )
            return
        _draw_count(scene, model, counts)
        with st.container(key="drift_pair"):
            left, right = st.columns([1.7, 1], gap="medium")
        with left:
            _draw_heat(scene, found)
            tables.downloads_of(monitoring.heat_asked(scene.area, model), key="drift_heat_rows")
        with right:
            _draw_then_now(scene, model, _chosen(found, scene.view.feature))


def _draw_count(scene: ModelScene, model: str, counts: DriftCounts) -> None:
    figure = drawer.Figure(
        title=f"Comparisons that moved, {scene.where}",
        shown=f"{exact(counts.moved)} of {exact(counts.compared)}",
        exact=f"{counted(counts.moved, 'comparison')} of {exact(counts.compared)} moved in the week of "
        f"{counts.week:%d %B %Y}",
        definition=METHOD,
        rows=monitoring.drift_asked(scene.area, model),
        caveats=(
            f"Features on a random sample of at most {compact(counts.events)} events a week, against "
            f"{compact(counts.before)} of the reference.",
            "In a store younger than a year, features that look over all history grow with it: they are "
            "shown, and raise no alarm.",
        ),
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="drift_count"):
        drawer.number(figure, key="drift_moved")
        st.caption(f"comparisons moved in the week of {counts.week:%d %B %Y}", width="content")


def _draw_heat(scene: ModelScene, found: Sequence[Drifted]) -> None:
    rows: dict[str, dict[date, tuple[float, float, str]]] = {}
    names: dict[str, str] = {}
    for one in found:
        key = f"{one.kind}:{one.subject}"
        names[key] = one.words
        rows.setdefault(key, {})[one.week] = (one.psi, one.psi_limit, _cell(one))
    weeks = sorted({one.week for one in found})
    draw_chart(
        heat(weeks, rows, names, scene.palette),
        key="drift_heat",
        on_pick=lambda name: state.change(feature=name),
    )


def _cell(one: Drifted) -> str:
    moved = "moved" if one.is_moved else "not moved"
    return (
        f"week of {one.week:%d %b}: {one.psi:.3f}, limit {one.psi_limit:.3f}, {exact(one.events)} events, "
        f"{moved}"
    )


def _chosen(found: Sequence[Drifted], named: str | None) -> Drifted:
    """Return the cell that the URL names, else the one furthest over its limit."""
    by_name = {f"{one.kind}:{one.subject}@{one.week.isoformat()}": one for one in found}
    return by_name.get(named or "") or max(found, key=lambda one: one.psi / one.psi_limit)


def _draw_then_now(scene: ModelScene, model: str, chosen: Drifted) -> None:
    st.markdown(f"**{literal(chosen.words)}**, week of {chosen.week:%d %B %Y}")
    st.caption(monitoring.subject_sentence(chosen.subject, chosen.kind))
    parts = monitoring.drift_of_week(scene.area, model, chosen)
    chart = then_now(
        [one.part for one in parts],
        [one.before for one in parts],
        [one.now for one in parts],
        scene.palette,
    )
    draw_chart(chart, key="drift_then_now")
    st.caption(
        f"Stability {chosen.psi:.3f}, limit {chosen.psi_limit:.3f}, on {exact(chosen.events)} events. A cell "
        "chooses what is shown here."
    )
    tables.downloads_of(monitoring.week_asked(scene.area, model, chosen), key="drift_week_rows")
