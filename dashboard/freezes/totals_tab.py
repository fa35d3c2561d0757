"""The tab Totals: what is stopped, what became of it, and as large as that, what was stopped wrongly."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard import cards, drawer, state, tables, theme
from dashboard.charts.ageing import ageing_chart
from dashboard.charts.draw import draw as draw_chart
from dashboard.charts.flows import flow_chart
from dashboard.desk.scene import DeskScene
from dashboard.drawer import Figure
from dashboard.formats import compact, counted, exact
from dashboard.freezes.look import look
from dashboard.questions import freezes, measures, words
from dashboard.questions.freezes import AGES, KINDS, Way
from dashboard.questions.measures import WORLD
from dashboard.questions.period import Period, shown_period
from dashboard.review.model import Flow

ENDS = {
    "still": "Still stopped",
    "released": "Released",
    "seized": "Handed over",
    "wrongful": "Of these wrongful",
}
MEASURED = ("money_frozen", "money_released", "wrongful_freezes", "wrongful_value", "hours_to_release")
BY_REGION = (
    "region",
    "stopped",
    "placed",
    "placed_before",
    "released",
    "released_before",
    "seized",
    "wrongful",
    "wrongful_before",
    "wrongful_value",
    "hours",
    "hours_before",
)


def draw(scene: DeskScene) -> None:
    """Draw the totals of the header's period and region."""
    period = shown_period(state.current().period, scene.known)
    _figures(scene, period)
    left, right = st.columns([1.5, 1], gap="small")
    with left, st.container(border=True, key="card_freeze_flow", height="stretch"):
        _flow(scene, period)
    with right, st.container(border=True, key="card_freeze_ageing", height="stretch"):
        _ageing(scene)
    with st.container(border=True, key="card_freezes_by_region"):
        st.markdown(f"**By region, {period.name} and {period.base_name} before it**")
        tables.show(
            freezes.by_region_asked(period),
            key="freezes_by_region",
            columns=look(scene.known.money_unit),
            order=BY_REGION,
            on_pick=lambda row: state.change(region=str(row["region"])),
            empty="No money was ever frozen.",
        )


def _figures(scene: DeskScene, period: Period) -> None:
    """Draw eight numbers of one size: four of money stopped, four of what was wrong about it."""
    unit = scene.known.money_unit
    found = measures.readings(period)
    named = {name: _known(cards.reading_in(found, name, scene.region or WORLD)) for name in MEASURED}
    own = _own(scene, period)
    rows: tuple[tuple[object, ...], ...] = (
        (own["stopped"], named["money_frozen"], named["money_released"], own["seized"]),
        (
            named["wrongful_freezes"],
            named["wrongful_value"],
            named["hours_to_release"],
            own["ordered"],
        ),
    )
    for place, row in enumerate(rows):
        with st.container(key=f"freeze_figures_{place}"):
            columns = zip(st.columns(len(row), gap="small"), row, strict=True)
            for number, (column, shown) in enumerate(columns):
                with column:
                    if isinstance(shown, measures.Reading):
                        cards.measure_card(shown, period, unit)
                    elif isinstance(shown, Figure):
                        _card(shown, f"freeze_{place}_{number}")


def _known(reading: measures.Reading) -> measures.Reading:
    """Return a median of nothing as not known, and anything else as it is."""
    is_of_nothing = reading.measure.kind == "median" and reading.value == 0
    return replace(reading, is_measured=False) if is_of_nothing else reading


def _card(figure: Figure, key: str) -> None:
    with st.container(border=True, key=f"card_{key}", height="stretch"):
        st.html(f'<div class="wf-label">{figure.title}</div>')
        drawer.number(figure, key=key)
        st.html(f'<div class="wf-change"><span>{figure.caveats[0]}</span></div>')


def _own(scene: DeskScene, period: Period) -> dict[str, Figure]:
    """Return the numbers that are no measures of the quarterly review, each with its rows."""
    unit, region = scene.known.money_unit, scene.region
    found = freezes.totals(region)
    seized = freezes.moved(period, region, "seized")
    columns = look(unit)
    return {
        "stopped": Figure(
            f"{unit} stopped now",
            compact(found.stopped),
            f"{exact(found.stopped)} {unit}",
            "Money that policy, people or orders hold at this moment and that nobody has given back.",
            freezes.stopped_asked(region),
            (f"{counted(found.stopped_freezes, 'freeze')} at the store's last event",),
            columns,
        ),
        "ordered": Figure(
            f"{unit} under orders now",
            compact(found.ordered),
            f"{exact(found.ordered)} {unit}",
            "Money that freeze orders of authorities hold at this moment; part of what is stopped now.",
            freezes.stopped_asked(region, only_ordered=True),
            (f"In {counted(found.ordered_freezes, 'freeze')}",),
            columns,
        ),
        "seized": Figure(
            f"{unit} handed over",
            compact(seized),
            f"{exact(seized)} {unit}",
            "Frozen money that was handed over to authorities in the period, after two people agreed.",
            freezes.moved_asked(period, region, "seized"),
            (f"To authorities, in {period.name}",),
            columns,
        ),
    }


def _flow(scene: DeskScene, period: Period) -> None:
    unit, where = scene.known.money_unit, words.region(scene.region)
    st.markdown(f"**What became of the money stopped in {period.name}, {where}**")
    ways = freezes.flow(period, scene.region)
    if not ways:
        st.caption("No money was stopped there in this quarter. Choose another period or region.")
        return
    palette = theme.current()
    place = words.region if scene.region is None else words.country
    flows = [_as_flow(way, place) for way in ways]
    colours = {ENDS["wrongful"]: palette.red, ENDS["released"]: palette.green, ENDS["seized"]: palette.muted}
    draw_chart(flow_chart(flows, unit, palette, 340, colours), key="freeze_flow")
    tables.downloads_of(freezes.flow_asked(period, scene.region), key="freeze_flow")


def _as_flow(way: Way, place: object) -> Flow:
    source = place(way.source) if way.layer == 1 and callable(place) else KINDS.get(way.source, way.source)
    target = KINDS.get(way.target, ENDS.get(way.target, way.target))
    return Flow(str(ENDS.get(source, source)), target, float(way.amount))


def _ageing(scene: DeskScene) -> None:
    st.markdown(f"**How long money has been stopped, {words.region(scene.region)}**")
    found = freezes.ageing(scene.region, scene.now)
    if not found:
        st.caption("No money is stopped now.")
        return
    chart = ageing_chart(found, AGES, scene.known.money_unit, theme.current())
    draw_chart(
        chart,
        key="freeze_ageing_chart",
        on_pick=lambda age: state.change(tab="open", age=age, status="stopped", kind=None),
    )
    overdue = sum(one.overdue for one in found)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f":material/priority_high: **{counted(overdue, 'review')} overdue**"
            if overdue
            else ":material/check_circle: No review is overdue",
            width="stretch",
        )
        st.button(
            "Open them",
            key="freeze_overdue",
            type="tertiary",
            disabled=not overdue,
            on_click=state.change,
            kwargs={"tab": "open", "status": "alarmed", "age": None, "kind": None},
        )
    tables.downloads_of(freezes.ageing_asked(scene.region, scene.now), key="freeze_ageing")
