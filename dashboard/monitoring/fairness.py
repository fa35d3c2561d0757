"""Fairness: how often honest customers are stopped, by who they are, against all others of the area."""

from __future__ import annotations

import streamlit as st

from dashboard import state, tables
from dashboard.charts.dots import Rate, dots
from dashboard.charts.draw import draw as draw_chart
from dashboard.formats import counted, exact, percent
from dashboard.models.scene import ModelScene
from dashboard.questions import monitoring, words
from dashboard.questions.monitoring import Treated

GROUPS = ("account_age", "device_class", "country")
# Countries that are held most; the rest is in the export.
MOST_SHOWN = 16


def draw(scene: ModelScene) -> None:
    """Draw the rate of wrongful holds of each group with its interval, and the findings in words."""
    with st.container(border=True, key="card_fairness"):
        with st.container(horizontal=True, vertical_alignment="center", key="fairness_head"):
            st.markdown("**Honest events that were stopped**", width="stretch")
            everywhere = state.pick(
                "Place",
                ["area", monitoring.EVERYWHERE],
                name="place",
                words=lambda name: scene.where if name == "area" else "Everywhere",
                style="segments",
                show_label=False,
            )
            cut = state.pick(
                "Group",
                list(GROUPS),
                name="cut",
                words=lambda name: monitoring.CUTS[name],
                style="segments",
                show_label=False,
            )
        area = scene.area if everywhere != monitoring.EVERYWHERE else monitoring.EVERYWHERE
        chosen = cut or GROUPS[0]
        found = monitoring.fairness_of_area(area, chosen, scene.period.ends)
        if not found:
            st.caption("Not measured: no quarter until then has honest events whose time for labels is over.")
            return
        draw_chart(
            dots([_rate(one, chosen) for one in found[:MOST_SHOWN]], scene.palette), key="fairness_dots"
        )
        for sentence in _findings(found):
            st.markdown(f"- {sentence}")
        tables.downloads_of(monitoring.fairness_asked(area, chosen, scene.period.ends), key="fairness_rows")
        st.caption(
            f"Quarter from {found[0].quarter:%d %B %Y}, the newest judged one of the period. Stopped: held, "
            "blocked or frozen, of events that no label calls crime. A finding: at least a quarter more "
            "often than others, certainly, of 20 or more accounts. It asks why; a group with more crime is "
            "held more often, the honest in it too."
        )


def _rate(one: Treated, cut: str) -> Rate:
    return Rate(
        _named(one.part, cut),
        one.rate,
        one.rate_low,
        one.rate_high,
        one.rest_rate,
        one.is_finding,
        f"{exact(one.held)} of {counted(one.events, 'event')}, {counted(one.accounts, 'account')}",
    )


def _named(part: str, cut: str) -> str:
    return words.country(part) if cut == "country" else words.spoken(part)


def _findings(found: tuple[Treated, ...]) -> list[str]:
    said = [one.sentence for one in found if one.is_finding and one.sentence]
    if said:
        return said
    most = max(found, key=lambda one: one.rate)
    return [f"No finding. The highest rate is {percent(most.rate, 2)}, others {percent(most.rest_rate, 2)}."]
