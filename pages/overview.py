"""Overview: did we get safer this quarter, and what is worth looking at now?"""

import streamlit as st

from dashboard import alerts, cards, region_map, state
from dashboard.facts import facts
from dashboard.questions.measures import BY_NAME, CARDS, WORLD, readings
from dashboard.questions.overview import headline, worth_looking_at
from dashboard.questions.period import shown_period

known = facts()
view = state.current()
period = shown_period(view.period, known)
found = readings(period)
here = view.region or WORLD
unit = known.money_unit

with st.container(key="headline", gap=None):
    st.caption("Did we get safer this quarter, and what is worth looking at now?")
    st.title(headline(cards.reading_in(found, "organised_crime", here), period))

with st.container(key="cards"):
    for column, measure in zip(st.columns(len(CARDS), gap="small"), CARDS, strict=True):
        with column:
            cards.measure_card(cards.reading_in(found, measure.name, here), period, unit)

left, right = st.columns([1.35, 1], gap="small")
with left, st.container(border=True, key="card_map", height="stretch"):
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**Change by region, {period.name} against {period.base_name}**", width="stretch")
        with st.container(width=190):
            chosen = state.pick(
                "Measure",
                [measure.name for measure in CARDS],
                name="measure",
                default="organised_crime",
                words=lambda name: cards.title(BY_NAME[name], unit),
                show_label=False,
            )
    chosen = chosen or "organised_crime"
    region_map.draw_map(
        found[chosen],
        period,
        unit,
        # One key for all measures: a new key is a new map, which forgets where it was moved to.
        key="overview_map",
        height=505,
        on_click=lambda place: state.go_later("regions", region=place["region"], measure=chosen),
    )
    region_map.legend(BY_NAME[chosen], "change", period.refusal)

with right, st.container(border=True, key="card_alerts", height="stretch"):
    alerts.draw_list(worth_looking_at(view.region), view.region, known)
