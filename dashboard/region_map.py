"""The map of a measure: the quarter's change or its rate, by region or by the countries of one region."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Literal

import streamlit as st

from dashboard import maps, state, theme
from dashboard.cards import change_words, shown_value, signed_percent, title
from dashboard.formats import compact
from dashboard.questions.measures import WORLD, Measure, Reading
from dashboard.questions.period import Period
from dashboard.questions.regions import UNKNOWN
from dashboard.questions.words import country as country_name
from dashboard.questions.words import region as region_name

Shade = Literal["change", "rate"]
# A halving is the full green, a doubling the full red; beyond that the colour says no more.
FULL_CHANGE = math.log(2)
# A change that may be chance is drawn with this part of its colour: seen, and not mistaken for a shown one.
PALE = 0.2


def draw_map(
    readings: Mapping[str, Reading],
    period: Period,
    unit: str,
    *,
    key: str,
    height: int,
    shade: Shade = "change",
    level: maps.Level = "region",
    region: str | None = None,
    marked: str | None = None,
    arcs: tuple[maps.Arc, ...] = (),
    on_click: Callable[[Mapping[str, str]], None] | None = None,
) -> None:
    """Draw `readings` by region slug (or alpha-2 at level "country"); `on_click` gets the country clicked.

    `region` is looked at whole; `marked` (slug or alpha-2) is outlined.
    """
    palette = theme.current()
    shown = {place: reading for place, reading in readings.items() if place != WORLD}
    content = maps.MapContent(
        level=level,
        places=tuple(
            _places(shown, period, unit, shade, palette, with_labels=level == "region" and region is None)
        ),
        look=maps.look_at(region),
        marked=marked,
        arcs=arcs,
    )

    def clicked() -> None:
        found = maps.clicked(st.session_state.get(key))
        if found is not None and on_click is not None:
            on_click(found)

    st.pydeck_chart(
        maps.world_map(content, palette.kind),
        key=key,
        height=height,
        on_select=clicked if on_click else "ignore",
        alt=in_words(shown, period, unit, level),
    )
    if shown and set(shown) == {UNKNOWN}:
        st.caption(
            "No country is known here. Files bring them as `kyc_country` of accounts or `ip` of events."
        )


def breadcrumb(region: str | None, country: str | None) -> None:
    """Draw the way from the world to the country shown; each step but the last leads back to it."""
    with st.container(
        key="breadcrumb", horizontal=True, vertical_alignment="center", gap="xsmall", width="stretch"
    ):
        steps = [("World", {"region": None, "country": None})]
        if region:
            steps.append((region_name(region), {"country": None}))
        if region and country:
            steps.append((country_name(country), {}))
        for place, (name, change) in enumerate(steps):
            if place:
                st.markdown(":gray[/]", width="content")
            if place == len(steps) - 1:
                st.markdown(f"**{name}**", width="content")
            else:
                st.button(name, key=f"crumb_{place}", type="tertiary", on_click=state.change, kwargs=change)


def shade_of(text: str | None) -> Shade:
    """Read how the map is coloured from the URL."""
    return "rate" if text == "rate" else "change"


def legend(measure: Measure, shade: Shade, refusal: str | None) -> None:
    """Draw what the map's colours mean in one line."""
    palette = theme.current()
    if refusal and shade == "change":
        st.caption(f"No change is shown: {refusal}")
        return
    stops = palette.sequential if shade == "rate" else _good_to_bad(palette, measure)
    low, high = ("less", "more") if shade == "rate" else (signed_percent(0.5), signed_percent(2.0))
    middle = "" if shade == "rate" else "<span>pale: may be chance</span>"
    st.html(
        f'<div class="wf-legend"><span>{low}</span>'
        f'<i style="background:linear-gradient(90deg,{",".join(stops)})"></i>'
        f"<span>{high}</span>{middle}</div>"
    )


def in_words(readings: Mapping[str, Reading], period: Period, unit: str, level: maps.Level) -> str:
    """Say what the map shows, the places with the largest shown change first."""
    if not readings:
        return "Map without data for this choice."
    measure = next(iter(readings.values())).measure
    name = country_name if level == "country" else region_name
    ordered = sorted(readings.items(), key=lambda item: (-_size(item[1]), -item[1].value))
    parts = [
        f"{name(place)} {shown_value(reading, unit)}, {change_words(reading, period).size}"
        for place, reading in ordered[:4]
    ]
    return f"Map of {title(measure, unit)} in {period.name} by {level}: {'; '.join(parts)}."


def _places(
    readings: Mapping[str, Reading],
    period: Period,
    unit: str,
    shade: Shade,
    palette: theme.Palette,
    *,
    with_labels: bool,
) -> list[maps.Place]:
    places = list(readings)
    if shade == "rate":
        largest = max((_rate(readings[p]) for p in places), default=0.0) or 1.0
        shares = [_rate(readings[p]) / largest for p in places]
        colours = theme.ramp(palette.sequential, shares)
    else:
        shares = [_share(readings[p]) for p in places]
        colours = theme.ramp(palette.diverging, shares)
    return [
        maps.Place(
            place,
            (int(colour[0]), int(colour[1]), int(colour[2]), 255),
            _tips(readings[place], period, unit),
            _label(readings[place], unit, shade) if with_labels else "",
        )
        for place, colour in zip(places, colours, strict=True)
    ]


def _share(reading: Reading) -> float:
    """Place a change on the diverging ramp: 0 good, 0.5 none, 1 bad; pale where it may be chance."""
    change = reading.change
    if change is None or change.before + change.after == 0:
        return 0.5
    size = (
        math.log(change.ratio)
        if 0 < change.ratio < math.inf
        else math.copysign(FULL_CHANGE, change.ratio - 1)
    )
    worse = size if reading.measure.is_less_better else -size
    strength = 1.0 if change.is_shown else PALE
    return 0.5 + 0.5 * strength * max(-1.0, min(1.0, worse / FULL_CHANGE))


def _good_to_bad(palette: theme.Palette, measure: Measure) -> tuple[str, ...]:
    return palette.diverging if measure.is_less_better else tuple(reversed(palette.diverging))


def _rate(reading: Reading) -> float:
    return reading.per_thousand if reading.per_thousand is not None else reading.value


def _size(reading: Reading) -> float:
    return abs(_share(reading) - 0.5)


def _label(reading: Reading, unit: str, shade: Shade) -> str:
    if shade == "rate":
        return shown_value(reading, unit)
    change = reading.change
    return signed_percent(change.ratio) if change is not None and change.is_shown else ""


def _tips(reading: Reading, period: Period, unit: str) -> tuple[str, str, str]:
    measure, words = reading.measure, change_words(reading, period)
    now = f"{title(measure, unit)}: {shown_value(reading, unit)}, {compact(round(reading.previous))} before"
    change = f"{words.size}, {words.detail}"
    if reading.per_thousand is None or measure.is_money:
        return now, change, ""
    return now, change, f"{reading.per_thousand:.3g} per 1,000 {measure.exposure}"
