"""The parts of Rings below the cards: growth day by day, the regions, and the ranking of rings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from dashboard import state, tables
from dashboard.charts.draw import draw
from dashboard.charts.growth import growth
from dashboard.formats import counted
from dashboard.questions import ring_words, rings
from dashboard.questions.rings import RingDay
from dashboard.questions.words import region as region_name
from dashboard.rings.ring_columns import ring_columns
from dashboard.rings.scene import RingScene

REGION_COLUMNS = ("region", "standing", "grown", "new", "broken", "accounts", "moved", "at_risk")
RING_COLUMNS = (
    "ring_id",
    "score",
    "accounts",
    "kinds",
    "pattern",
    "moved",
    "at_risk",
    "state",
    "alarmed_at",
    "grew_at",
    "confirmed_accounts",
    "region",
    "sentence",
)
# Areas by name; the theme has one colour more, for the others together.
REGIONS_DRAWN = 5
OTHERS = "Other regions"


def draw_growth(scene: RingScene) -> None:
    """Draw how many rings stood on each day of the period and of the one compared with."""
    st.markdown(f"**Rings that stand, by day, {scene.where}**")
    found = rings.ring_growth(scene.period, scene.region)
    if not found:
        st.caption(f"No ring stood in these two quarters in {scene.where}. Choose another period or region.")
        return
    days = days_of(found)
    chart = growth(days, stacked(found, days), scene.palette, split=scene.period.starts.date())
    draw(chart, key="growth")
    tables.downloads_of(rings.growth_asked(scene.period, scene.region), key="growth")
    st.caption(
        "Ties are weighed anew from the labels known at the start of a month: a step on that day may be "
        "learning, not growth."
    )


def draw_regions(scene: RingScene) -> None:
    """Draw the rings of every region; a row chooses its region for the whole page."""
    st.markdown(f"**Rings by region, {scene.period.name}**")
    tables.show(
        rings.regions_asked(scene.period),
        key="ring_regions",
        columns=ring_columns(scene.known.money_unit),
        order=REGION_COLUMNS,
        height=304,
        on_pick=lambda row: state.change(region=str(row["region"])),
        empty="No ring had raised an alarm by the end of this period. Choose a later one.",
    )
    st.caption("A row chooses its region for the whole page.")


def draw_ranking(scene: RingScene) -> None:
    """Draw the rings of the stage of life that is chosen, the highest score first."""
    with st.container(key="ring_filters", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**Rings, {scene.where}, {scene.period.name}**", width="stretch")
        stage = state.pick(
            "State",
            list(ring_words.STAGES),
            name="stage",
            words=lambda name: ring_words.STAGES[name],
            style="segments",
            show_label=False,
        )
    tables.show(
        rings.rings_asked(scene.period, scene.region, stage or "active"),
        key=f"rings_{stage}_{scene.region}",
        columns=ring_columns(scene.known.money_unit),
        order=RING_COLUMNS,
        height=454,
        on_pick=lambda row: state.go_later("ring", ring=str(row["ring_id"])),
        empty=nothing_here(scene, stage or "active"),
    )
    st.caption(
        f"A row opens its ring. Active: stands {scene.at_its_end} and is not broken. New, broken, ended: in "
        "the period. Score, accounts and money are those of the ring's last day."
    )


def nothing_here(scene: RingScene, stage: str) -> str:
    """Say that no ring is in this stage, and what else there is to choose."""
    everything = sum(one.standing for one in scene.regions)
    which = "" if stage == "all" else f" {ring_words.STAGES[stage].lower()}"
    elsewhere = f" {counted(everything, 'ring')} stand in all regions." if scene.region else ""
    return (
        f"No{which} ring in {scene.where} in {scene.period.name}. Choose All, another period or region."
        + elsewhere
    )


def days_of(found: Sequence[RingDay]) -> list[date]:
    """Return every day from the first to the last one that is told."""
    first, last = min(one.day for one in found), max(one.day for one in found)
    return [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]


def stacked(found: Sequence[RingDay], days: Sequence[date]) -> Mapping[str, list[int]]:
    """Return the rings on each of `days` by region's name, the most at the end first, small regions as one.

    A region without a row on a day had no ring then.
    """
    by_region: dict[str, list[int]] = {}
    for one in found:
        by_region.setdefault(one.region, [0] * len(days))[(one.day - days[0]).days] = one.standing
    ordered = sorted(by_region, key=lambda region: (-by_region[region][-1], -sum(by_region[region]), region))
    areas = {region_name(region): by_region[region] for region in ordered[:REGIONS_DRAWN]}
    rest = [by_region[region] for region in ordered[REGIONS_DRAWN:]]
    if rest:
        areas[OTHERS] = [sum(values) for values in zip(*rest, strict=True)]
    return areas
