"""Regions: where did it move, in which country, along which corridors, and by which accounts?"""

import streamlit as st

from dashboard import cards, places, region_map, state, tables, theme
from dashboard.charts.corridors import corridor_bars
from dashboard.charts.draw import draw
from dashboard.charts.trend import trend
from dashboard.columns import columns
from dashboard.facts import facts
from dashboard.questions import regions, words
from dashboard.questions.measures import BY_NAME, WORLD, readings, readings_in
from dashboard.questions.period import shown_period

ACCOUNT_COLUMNS = (
    "account_id",
    "score",
    "state",
    "sentence",
    "country",
    "flagged",
    "events",
    "amount_stopped",
    "last_seen",
)

known = facts()
view = state.current()
period = shown_period(view.period, known)
unit = known.money_unit
measure = BY_NAME.get(view.measure or "", BY_NAME["suspicious_actions"])
world = readings(period)[measure.name]
region = view.region or regions.moved_most(world) or WORLD
inside = readings_in(period, measure.name, region)
country = view.country if view.country in inside else None
reading = inside[country] if country else cards.reading_in(readings(period), measure.name, region)
place = words.country(country) if country else words.region(region)

with st.container(key="headline", gap=None):
    st.caption("Which region moved most, in which country, along which corridors, and by which accounts?")
    st.title(regions.headline(reading, period, place))

with st.container(key="toolbar", horizontal=True, vertical_alignment="center", gap="small"):
    region_map.breadcrumb(view.region, country)
    with st.container(width=200):
        state.pick(
            "Measure",
            list(BY_NAME),
            name="measure",
            words=lambda name: cards.title(BY_NAME[name], unit),
            show_label=False,
        )
    shade = state.pick(
        "Colour by",
        ["change", "rate"],
        name="tab",
        words=lambda name: {"change": "Change", "rate": "Rate"}[name],
        style="segments",
        show_label=False,
    )

corridors = regions.corridors_between(period, region, country)
left, right = st.columns([1.15, 1], gap="small")
with left, st.container(border=True, key="card_map", height="stretch"):
    region_map.draw_map(
        inside if view.region else world,
        period,
        unit,
        # One key for all measures: a new key is a new map, which forgets where it was moved to.
        key=f"regions_map_{view.region}",
        height=440 if view.region else 400,
        shade=region_map.shade_of(shade),
        level="country" if view.region else "region",
        region=view.region,
        marked=country or region,
        arcs=regions.arcs(corridors) if view.region else (),
        on_click=lambda found: state.change(
            region=found["region"], country=found["alpha2"] if view.region == found["region"] else None
        ),
    )
    region_map.legend(measure, region_map.shade_of(shade), period.refusal)
with right, st.container(border=True, key="card_places", height="stretch"):
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"**{f'Countries of {words.region(region)}' if view.region else 'Regions'}**", width="stretch"
        )
        cards.drawer_button(reading, period, unit, key="place")
    places.draw_places(
        inside if view.region else world,
        period,
        unit,
        key=f"places_{view.region}_{measure.name}",
        by_country=bool(view.region),
        height=390 if not view.region else 214,
        on_pick=lambda code: state.change(country=code) if view.region else state.change(region=code),
    )
    if view.region:
        st.markdown(f"**All measures, {words.region(region)}**")
        st.html(cards.measures_table(readings(period), region, period, unit))

left, right = st.columns([1.15, 1], gap="small")
with left, st.container(border=True, key="card_trend", height="stretch"):
    st.markdown(f"**{cards.title(measure, unit)} by week, {place}**")
    lines = regions.trend_lines(inside if country else world, words.country if country else words.region)
    chart = trend(
        lines, place, cards.title(measure, unit), theme.current(), split=period.starts.date(), height=300
    )
    draw(chart, key="trend")
    st.caption(
        f"Whole weeks of both quarters; the dotted line is where {period.name} starts. Grey: the others."
    )
with right, st.container(border=True, key="card_corridors", height="stretch"):
    st.markdown(f"**Corridors, {place}**")
    st.caption("From the country of the network to the other side's: flagged events, and their share.")
    if corridors:
        draw(corridor_bars(corridors, theme.current()), key="corridors")
        tables.downloads_of(regions.corridors_asked(period, region, country), key="corridors")
    else:
        st.caption("No flagged event crossed a border here, or the countries of its networks are not known.")

with st.container(border=True, key="card_accounts"):
    st.markdown(f"**Riskiest accounts, {place}**")
    tables.show(
        regions.riskiest_accounts(region, country),
        key=f"riskiest_{region}_{country}",
        columns=columns(unit),
        order=ACCOUNT_COLUMNS,
        height=304,
        on_pick=lambda row: state.go_later("accounts", account=str(row["account_id"])),
        empty="No account is known here.",
    )
