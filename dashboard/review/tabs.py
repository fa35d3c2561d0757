"""The tabs of the Quarterly review: one question each, at most seven blocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape

import streamlit as st

from dashboard import cards, full_world, region_map, state, theme
from dashboard.charts.bridge import bridge
from dashboard.charts.draw import draw
from dashboard.charts.flows import flow_chart
from dashboard.charts.leads import lead_chart
from dashboard.questions.measures import WORLD
from dashboard.review import content, views
from dashboard.review.figures import grid, line_of, lines_of
from dashboard.review.model import Attribution, Review

Tab = Callable[[Review], None]


def changed(review: Review) -> None:
    """Did it really change, and what is the change made of?"""
    names = content.card_measures(review)
    with st.container(key="cards"):
        for column, name in zip(st.columns(max(len(names), 1), gap="small"), names, strict=False):
            with column:
                views.measure_card(cards.reading_in(review.readings, name, WORLD), review)
    left, right = st.columns([1.35, 1], gap="small")
    with left, st.container(border=True, key="card_bridge", height="stretch"):
        _bridge(review)
    with right, st.container(border=True, key="card_conditions", height="stretch"):
        st.markdown(f"**Verdict: {review.verdict.word}**")
        views.conditions(review)


def measures(review: Review) -> None:
    """What was measured, group by group?"""
    for place, section in enumerate(review.sections):
        with st.container(border=True, key=f"card_section_{place}"):
            st.markdown(f"**{section.title}** · {section.question}")
            known = [review.readings[name].get(WORLD) for name in section.measures if name in review.readings]
            lines = [line_of(reading, review) for reading in known if reading is not None]
            views.figure_table(lines, review, key=f"section_{place}")


def regions(review: Review) -> None:
    """Where did it change?"""
    regional = [name for name, places in review.readings.items() if len(places) > 1]
    if not regional:
        st.caption("No measure is known by region in this quarter.")
        return
    measure = content.regional_measure(review, state.current().measure)
    countries = content.countries_of(review, measure)
    found = content.panels_of(review, measure, countries)
    with st.container(key="place_cards"):
        views.place_cards(content.with_readings(found, review, measure, countries), review, measure)
    left, right = st.columns([1.15, 1], gap="small")
    with left, st.container(border=True, key="card_map", height="stretch"):
        _map(review, measure, regional)
    with right, st.container(border=True, key="card_regions", height="stretch"):
        title = cards.title(review.readings[measure][WORLD].measure, review.money_unit)
        st.markdown(f"**{title} by region**")
        own = [line_of(reading, review) for slug, reading in review.readings[measure].items() if slug]
        own += [line_of(reading, review) for reading in countries.values()]
        views.figure_table(own, review, key=f"regions_{measure}", first="Region")
        st.caption("A row opens its rows and SQL; the map opens Regions.")


def money(review: Review) -> None:
    """What was frozen, given back, asked for and recovered?"""
    lines = lines_of(review)
    left, right = st.columns([1.5, 1], gap="small")
    with left, st.container(border=True, key="card_flows", height="stretch"):
        st.markdown("**Freezes and releases**")
        if review.flows:
            draw(flow_chart(review.flows, review.money_unit, theme.current()), key="flows")
        else:
            st.caption("No money was frozen in the quarter.")
    with right, st.container(border=True, key="card_flow_rows", height="stretch"):
        st.markdown(f"**The same as numbers, {review.period.name}**")
        rows = [[line.title, line.shown] for line in lines if line.block == "flows"]
        views.cells(rows, ["Amount"], "Money")
        views.rows_button(review, "flows", "Freezes and releases")
    left, right = st.columns(2, gap="small")
    with left, st.container(border=True, key="card_requests", height="stretch"):
        st.markdown("**Requests and orders of authorities**")
        rows = grid(lines, "requests", content.REQUEST_COLUMNS)
        _cells_or(rows, content.REQUEST_COLUMNS, "Class", "No request is known in the quarter.")
        views.rows_button(review, "requests", "Requests and orders")
    with right, st.container(border=True, key="card_recoveries", height="stretch"):
        st.markdown("**Mistaken transfers**")
        rows = grid(lines, "recoveries", content.RECOVERY_COLUMNS)
        empty = "No claim of a mistaken transfer ended in the quarter."
        _cells_or(rows, content.RECOVERY_COLUMNS, "Kind", empty)
        views.rows_button(review, "recoveries", "Mistaken transfers")


def believed(review: Review) -> None:
    """Did a measure of ours do it, did crime move, and what can not be said?"""
    with st.container(border=True, key="card_effects"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("**What dated regional measures did**", width="stretch")
            views.rows_button(review, "attributions", "Regional measures")
        if not review.attributions:
            st.caption("No regional measure began in the quarter, or none is recorded.")
        else:
            columns = st.columns(len(review.attributions), gap="medium")
            for place, (column, effect) in enumerate(zip(columns, review.attributions, strict=True)):
                with column:
                    _effect(effect, place)
    left, right = st.columns(2, gap="small")
    with left, st.container(border=True, key="card_displacement", height="stretch"):
        _sentences(review, "displacement", "Did crime move elsewhere?", review.displacement)
    with right, st.container(border=True, key="card_audit", height="stretch"):
        _sentences(review, "audit", "What went unseen?", review.audit)
    if review.published and review.is_synthetic:
        with st.container(border=True, key="card_published"):
            _published(review)
    with st.container(border=True, key="card_notes"):
        st.markdown("**What could not be compared**")
        for note in review.notes or ("Everything that was asked for could be compared.",):
            st.markdown(note)


def every(review: Review) -> None:
    """Which figures are there, and what stands behind each?"""
    region = state.current().region
    lines = [line for line in lines_of(review) if not region or line.region == region]
    views.figure_table(lines, review, key=f"every_{region}")
    st.caption(
        f"{len(lines)} figures. A row opens its definition, rows and SQL. Contract, owner and hashes of each "
        "are in the CSV and Parquet files of Export."
    )


TABS: Mapping[str, tuple[str, Tab]] = {
    "changed": ("What changed", changed),
    "measures": ("Measures", measures),
    "regions": ("Regions", regions),
    "money": ("Money and requests", money),
    "believed": ("Can it be believed?", believed),
    "every": ("Every figure", every),
}


def _bridge(review: Review) -> None:
    whole = review.decomposition
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**What the change is made of**", width="stretch")
        views.rows_button(review, "decomposition", "What the change is made of")
    if whole is None:
        st.caption(review.period.refusal or "The change cannot be split: one of the quarters was not scored.")
        return
    draw(bridge(whole, review.period.base.name, review.period.name, theme.current()), key="bridge")
    st.caption(whole.caveat)


def _map(review: Review, measure: str, regional: list[str]) -> None:
    period, unit = review.period, review.money_unit
    readings = review.readings[measure]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**Change, {period.name} against {period.base.name}**", width="stretch")
        with st.container(width=200):
            state.pick(
                "Measure",
                regional,
                name="measure",
                default=content.regional_measure(review),
                words=lambda name: cards.title(review.readings[name][WORLD].measure, unit),
                show_label=False,
            )
    region_map.draw_map(
        readings,
        period,
        unit,
        key="review_map",
        height=330,
        on_click=lambda place: state.go_later("regions", region=place["region"], measure=measure),
    )
    region_map.legend(readings[WORLD].measure, "change", period.refusal)


def _effect(effect: Attribution, place: int) -> None:
    interval = f"{cards.signed_percent(effect.low)} to {cards.signed_percent(effect.high)}"
    st.html(
        f'<div class="wf-label">{escape(f"{effect.title}, {effect.place}")}</div>'
        f'<div class="wf-number">{escape(cards.signed_percent(effect.ratio))}</div>'
        f'<div class="wf-change"><span>{escape(interval)}, since {effect.starts_at:%d %B %Y}</span></div>'
    )
    st.markdown(effect.verdict)
    if effect.leads:
        draw(lead_chart(effect, theme.current()), key=f"leads_{place}")
    st.caption(content.pre_trend(effect.pre_trend_p))


def _sentences(review: Review, block: str, title: str, sentences: tuple[str, ...]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{title}**", width="stretch")
        views.rows_button(review, block, title)
    for sentence in sentences or ("There is nothing to tell it from in this quarter.",):
        st.markdown(sentence)


def _cells_or(rows: list[list[str]], columns: tuple[str, ...], first: str, empty: str) -> None:
    if rows:
        views.cells(rows, columns, first)
    else:
        st.caption(empty)


def _published(review: Review) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("**Public figures beside ours**", width="stretch")
        full_world.button()
    st.caption("A demonstration on made-up data; the world was built to come near the public figures.")
    rows = [
        [
            p.words,
            p.published,
            p.measured or "\u2013",
            p.difference or "\u2013",
            p.interval,
            p.contract,
            p.state,
        ]
        for p in review.published
    ]
    views.cells(
        rows,
        ["Published", "Measured", "Difference", "95 % interval", "Contract", "Comparable?"],
        "Public figure",
    )
