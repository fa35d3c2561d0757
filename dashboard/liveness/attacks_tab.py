"""The tab Attacks of Liveness: how many came, by side of the camera, species, week and region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

import streamlit as st

from dashboard import cards, drawer, state, tables
from dashboard.charts.attacks import attacks_by_week
from dashboard.charts.draw import draw
from dashboard.check_columns import check_columns
from dashboard.liveness import alarm, headline
from dashboard.liveness.scene import Scene
from dashboard.questions import check_words, liveness
from dashboard.questions.liveness import WeekOfAttacks

REGION_COLUMNS = (
    "region",
    "checks",
    "attacks",
    "presentations",
    "injections",
    "injection_share",
    "stopped_share",
    "disturbed_share",
)


def attacks(scene: Scene) -> None:
    """Which attacks came, and were they stopped?"""
    headline.draw(scene)
    alarm.draw(scene)
    found = liveness.attack_weeks(scene.period, scene.region)
    species_before = 0
    for column, side in zip(st.columns(2, gap="small"), check_words.ATTACKS, strict=True):
        with column, st.container(border=True, key=f"card_{side}", height="stretch"):
            species_before += _side(scene, side, found, species_before)
    with st.container(border=True, key="card_attack_regions"):
        st.markdown(f"**Identity checks by region, {scene.period.name}**")
        tables.show(
            liveness.regions_asked(scene.period),
            key="attack_regions",
            columns=check_columns(scene.known.money_unit),
            order=REGION_COLUMNS,
            height=304,
            on_pick=lambda row: state.change(region=str(row["region"])),
            empty="No identity check was made in this period. Choose another one.",
        )
        st.caption("A row chooses its region for the whole page. Attacks are those confirmed by now.")


def _side(scene: Scene, side: str, found: Sequence[WeekOfAttacks], first_colour: int) -> int:
    """Draw the weeks of one side of the camera; return how many species it has."""
    reading = headline.reading_of(scene, headline.SIDES[side])
    words = cards.change_words(reading, scene.period)
    name = check_words.ATTACKS[side]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{name} attacks by week and species**", width="stretch")
        figure = cards.figure_of(reading, scene.period, scene.known.money_unit)
        drawer.button(figure, key=f"stopped_{side}", label=f"{figure.shown} stopped")
    st.html(
        f'<div class="wf-change"><b style="color:{cards.COLOURS[words.tone]}">{escape(words.size)}</b> '
        f"<span>{escape(words.detail)}, stopped against {escape(scene.period.base_name)}</span></div>"
    )
    own = [week for week in found if week.attack == side]
    if not own:
        st.caption(f"No {name.lower()} attack is confirmed in these two quarters in {scene.where}.")
        return 0
    weeks = weeks_of(found)
    species = stacked(own, weeks)
    chart = attacks_by_week(
        weeks, species, name, scene.palette, split=scene.period.starts.date(), first_colour=first_colour
    )
    draw(chart, key=f"attacks_{side}")
    return len(species)


def weeks_of(found: Sequence[WeekOfAttacks]) -> list[date]:
    """Return the Mondays from the first to the last week of attacks of either side of the camera."""
    first, last = min(week.week for week in found), max(week.week for week in found)
    return [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1, 7)]


def stacked(found: Sequence[WeekOfAttacks], weeks: Sequence[date]) -> Mapping[str, list[int]]:
    """Return the attempts in each of `weeks` by species, the most frequent species first."""
    species: dict[str, list[int]] = {}
    for week in found:
        name = check_words.species(week.species) if week.species else "Not named"
        species.setdefault(name, [0] * len(weeks))[(week.week - weeks[0]).days // 7] += week.attempts
    return dict(sorted(species.items(), key=lambda item: -sum(item[1])))
