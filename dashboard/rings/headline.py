"""The first sentence and the six headline cards of Rings, each number with its rows behind it."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import drawer
from dashboard.formats import compact, counted, exact, money
from dashboard.questions import rings
from dashboard.questions.words import region as region_name
from dashboard.rings.ring_columns import ring_columns
from dashboard.rings.scene import RingScene

STANDS = "A ring stands from the day its score reaches the alarm until its ties have decayed."
BROKEN = "A ring is broken on the first day on which half of its accounts are confirmed as crime."


def title(scene: RingScene) -> str:
    """Say in one sentence how many rings stand, whether that is more than before, and where they grew."""
    here, place = scene.here, f" in {scene.where}" if scene.region else ""
    if not here.standing:
        return f"No ring stands{place} {scene.at_its_end}"
    verb = "stands" if here.standing == 1 else "stand"
    said = f"{counted(here.standing, 'ring')} {verb}{place} {scene.at_its_end}"
    if scene.period.refusal:
        return f"{said}, {exact(here.new)} of them new"
    said += f", {_grown(here.grown)} at the end of {scene.period.base_name}"
    most = None if scene.region else rings.grew_most(scene.regions)
    return f"{said}; {region_name(most.region)} grew most, by {exact(most.grown)}" if most else said


def _grown(by: int) -> str:
    if by == 0:
        return "as many as"
    return f"{exact(abs(by))} {'more' if by > 0 else 'fewer'} than"


def draw(scene: RingScene) -> None:
    """Draw the cards in one row."""
    with st.container(key="cards"):
        places = st.columns(6, gap="small")
        for place, (label, figure, detail, key) in zip(places, _cards(scene), strict=True):
            with place:
                _card(label, figure, detail, key)


def _cards(scene: RingScene) -> list[tuple[str, drawer.Figure, str, str]]:
    here, unit = scene.here, scene.known.money_unit
    still = here.standing - here.active
    a_ring = f"{here.accounts / here.standing:.1f} a ring" if here.standing else "no ring stands"
    return [
        (
            "Rings standing",
            _counted_figure(scene, "Rings standing", here.standing, "standing", STANDS),
            f"{exact(here.active)} active, {exact(still)} broken with ties left",
            "standing",
        ),
        (
            "New",
            _counted_figure(scene, "New rings", here.new, "new", "Rings whose score reached the alarm then."),
            _before(scene, exact(here.new_before)),
            "new",
        ),
        (
            "Broken",
            _counted_figure(scene, "Rings broken", here.broken, "broken", BROKEN),
            _before(scene, exact(here.broken_before)),
            "broken",
        ),
        (
            "Accounts",
            _accounts_figure(scene),
            f"{a_ring}, {exact(here.confirmed)} confirmed",
            "accounts",
        ),
        (
            f"Moved, {unit}",
            _moved_figure(scene),
            _before(scene, compact(round(here.moved_before, 2))),
            "moved",
        ),
        (f"At risk, {unit}", _risk_figure(scene), "came in and has not left yet", "at_risk"),
    ]


def _before(scene: RingScene, number: str) -> str:
    if scene.period.refusal:
        return f"{scene.period.base_name} is not comparable"
    return f"{number} in {scene.period.base_name}"


def _counted_figure(scene: RingScene, label: str, number: int, stage: str, definition: str) -> drawer.Figure:
    return drawer.Figure(
        title=f"{label}, {scene.where}, {scene.period.name}",
        shown=compact(number),
        exact=counted(number, "ring"),
        definition=definition,
        rows=rings.rings_asked(scene.period, scene.region, stage),
        caveats=("Score, accounts and money are those of the ring's last day.",),
        columns=ring_columns(scene.known.money_unit),
    )


def _accounts_figure(scene: RingScene) -> drawer.Figure:
    return drawer.Figure(
        title=f"Accounts in rings that stand, {scene.where}, {scene.period.name}",
        shown=compact(scene.here.accounts),
        exact=counted(scene.here.accounts, "account"),
        definition=f"The accounts of the rings that stand {scene.at_its_end}, once for each ring. " + STANDS,
        rows=rings.accounts_asked(scene.period, scene.region),
        columns=ring_columns(scene.known.money_unit),
    )


def _moved_figure(scene: RingScene) -> drawer.Figure:
    unit, moved = scene.known.money_unit, scene.here.moved
    return drawer.Figure(
        title=f"{unit} moved by rings, {scene.where}, {scene.period.name}",
        shown=compact(round(moved, 2)),
        exact=f"{exact(round(moved, 2))} {unit}",
        definition="What left accounts to the outside of their ring while they were in it, in the period.",
        rows=rings.moved_asked(scene.period, scene.region),
        caveats=(
            "Of rings that raised an alarm before the period's end, also for the days before the alarm.",
        ),
        columns=ring_columns(unit),
    )


def _risk_figure(scene: RingScene) -> drawer.Figure:
    unit, at_risk = scene.known.money_unit, scene.here.at_risk
    return drawer.Figure(
        title=f"{unit} at risk in rings, {scene.where}, {scene.period.name}",
        shown=compact(round(at_risk, 2)),
        exact=money(round(at_risk, 2), unit),
        definition="What came in over the accounts of rings and has not left yet.",
        rows=rings.rings_asked(scene.period, scene.region, "standing"),
        caveats=(f"Of the rings that stand {scene.at_its_end}; the money is that of the store's last day.",),
        columns=ring_columns(unit),
    )


def _card(label: str, figure: drawer.Figure, detail: str, key: str) -> None:
    with st.container(border=True, key=f"card_{key}", height="stretch"):
        st.html(f'<div class="wf-label" title="{escape(label)}">{escape(label)}</div>')
        drawer.number(figure, key=key)
        st.html(f'<div class="wf-change wrapped"><span>{escape(detail)}</span></div>')
