"""A measure as a card: title, number, change with its interval, and the weeks behind it as a small line.

    cards.measure_card(reading, period, facts.money_unit)

The number opens the drawer. The line is a small SVG image, so a card costs a third of a
millisecond, and its words are read aloud.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from typing import Literal
from urllib.parse import quote

import streamlit as st

from dashboard import drawer, theme
from dashboard.formats import MINUS, NOT_KNOWN, compact, exact, money, percent
from dashboard.measures.change import Change
from dashboard.questions.measures import WORLD, Measure, Reading, Readings
from dashboard.questions.period import Period
from dashboard.questions.words import region as region_name

Tone = Literal["good", "bad", "quiet"]
COLOURS = {"good": "var(--wf-green)", "bad": "var(--wf-red)", "quiet": "var(--wf-muted)"}
LINE_HEIGHT = 34
# Points of the line's own grid; the picture is stretched to the card's width.
LINE_WIDTH = 200
# Beyond four-fold, per cent stop saying anything.
MOST_PERCENT = 400
# Kinds whose numbers are no counts.
UNROUNDED = ("ratio", "median", "drift")
TIMES = "\u00d7"


@dataclass(frozen=True, slots=True)
class ChangeWords:
    """A change as a card shows it: its size, its interval or reason, and whether that is good."""

    size: str
    detail: str
    tone: Tone


def measure_card(reading: Reading, period: Period, unit: str) -> None:
    """Draw one measure as a card of the row's height."""
    measure = reading.measure
    words = change_words(reading, period)
    palette = theme.current()
    colour = {"good": palette.green, "bad": palette.red, "quiet": palette.accent}[words.tone]
    with st.container(border=True, key=f"card_{measure.name}"):
        st.html(f'<div class="wf-label">{escape(title(measure, unit))}</div>')
        drawer.number(figure_of(reading, period, unit), key=measure.name)
        st.html(
            f'<div class="wf-change" title="{escape(_hover(reading, period))}">'
            f'<b style="color:{COLOURS[words.tone]}">{escape(words.size)}</b> '
            f"<span>{escape(words.detail)}</span></div>"
            + sparkline(tuple(value for _, value in reading.weeks), _line_words(reading, unit), colour)
        )


def reading_in(found: Readings, measure: str, region: str) -> Reading:
    """Return the reading of a measure in a region; zeroes where the region has none."""
    places = found[measure]
    if region in places:
        return places[region]
    world = places[WORLD]
    refusal = world.refusal or "Nothing was seen there in either quarter."
    return replace(
        world,
        region=region,
        value=0.0,
        previous=0.0,
        exposure=0.0,
        previous_exposure=0.0,
        weeks=(),
        change=None,
        refusal=refusal,
    )


def title(measure: Measure, unit: str) -> str:
    """Return the title of a measure with the store's unit of money."""
    return measure.title.format(unit=unit)


def shown_value(reading: Reading, unit: str) -> str:
    """Write the value of a reading compactly, money with its unit."""
    measure, number = reading.measure, reading.shown
    if number is None or not reading.is_measured:
        return NOT_KNOWN
    if measure.unit == "share":
        return percent(number, 1)
    if measure.is_money:
        return money(number, unit)
    return compact(number if measure.kind in UNROUNDED else round(number))


def measures_table(found: Readings, region: str, period: Period, unit: str) -> str:
    """Return all measures of a region as HTML rows: what it is now, and how it changed."""
    rows = []
    for name in found:
        reading = reading_in(found, name, region)
        words = change_words(reading, period)
        rows.append(
            f'<tr><th scope="row">{escape(title(reading.measure, unit))}</th>'
            f'<td title="{escape(exact(round(reading.value, 2)))}">{escape(compact(round(reading.value)))}'
            f'</td><td style="color:{COLOURS[words.tone]}">{escape(words.size)}</td>'
            f"<td>{escape(words.detail)}</td></tr>"
        )
    return f'<table class="wf-facts measures"><tbody>{"".join(rows)}</tbody></table>'


def drawer_button(reading: Reading, period: Period, unit: str, *, key: str) -> None:
    """Draw a quiet button that opens the rows behind a reading."""
    drawer.button(figure_of(reading, period, unit), key=key)


def figure_of(reading: Reading, period: Period, unit: str) -> drawer.Figure:
    """Return the number of a reading with its definition, its rows and what it does not say."""
    measure = reading.measure
    where = region_name(reading.region)
    shown = shown_value(reading, unit)
    words = change_words(reading, period)
    return drawer.Figure(
        title=f"{title(measure, unit)}, {where}, {period.name}",
        shown=shown.removesuffix(f" {unit}"),
        exact=_exact(reading, unit),
        definition=measure.definition,
        rows=reading.rows(period),
        caveats=(f"Change against {period.base_name}: {words.size} {words.detail}.", _method(reading)),
    )


def _exact(reading: Reading, unit: str) -> str:
    """Write the number of a reading in full with its unit; a share with the two numbers it is made of."""
    measure, number = reading.measure, reading.shown
    if number is None:
        return NOT_KNOWN
    if measure.unit == "share":
        of = f"{exact(round(reading.value, 2))} of {exact(round(reading.exposure, 2))}"
        return f"{percent(number, 2)}, {of}"
    value = round(number, 2) if measure.is_money or measure.kind in UNROUNDED else round(number)
    return f"{exact(value)} {unit if measure.is_money else measure.unit}"


def change_words(reading: Reading, period: Period) -> ChangeWords:
    """Say the change of a reading in the width of a card."""
    change = reading.change
    if change is None:
        return _no_change_words(reading, period)
    if change.before + change.after == 0:
        return ChangeWords("None", "in either quarter", "quiet")
    interval = f"{signed_percent(change.low).removesuffix('%')} to {signed_percent(change.high)}"
    if not change.is_shown:
        return ChangeWords("No change shown", interval, "quiet")
    return ChangeWords(_size(change), interval, tone(reading))


def _no_change_words(reading: Reading, period: Period) -> ChangeWords:
    if not reading.is_measured:
        return ChangeWords("Not measured yet", "", "quiet")
    if period.refusal:
        return ChangeWords(
            "Not comparable", "earlier quarter not whole" if period.is_over else "not over", "quiet"
        )
    no_exposure = reading.refusal is None or reading.refusal.startswith("There is no exposure")
    return ChangeWords("Not comparable", "no exposure" if no_exposure else "", "quiet")


def tone(reading: Reading) -> Tone:
    """Say whether the change is good for its measure; quiet where none is shown."""
    change = reading.change
    if change is None or not change.is_shown or reading.measure.good == "neither":
        return "quiet"
    return "good" if (change.high < 1) == reading.measure.is_less_better else "bad"


def signed_percent(ratio: float) -> str:
    """Write a rate ratio as a change: 0.66 as a fall of 34%, 2 as `+100%`, beyond five-fold as 6 times."""
    if not math.isfinite(ratio):
        return "∞"
    percent = 100 * (ratio - 1)
    if percent > MOST_PERCENT:
        return f"{TIMES}{ratio:.0f}"
    rounded = round(percent)
    return f"{MINUS if rounded < 0 else '+' if rounded > 0 else ''}{abs(rounded)}%"


@lru_cache(maxsize=1024)
def sparkline(values: tuple[float, ...], words: str, colour: str) -> str:
    """Return a line through `values`, from zero to the largest, with `words` for those who do not see it.

    An image, because Streamlit takes SVG elements out of HTML.
    """
    if len(values) < 2:
        return '<div class="wf-spark"></div>'
    top = max(values) or 1.0
    step = LINE_WIDTH / (len(values) - 1)
    dots = [(i * step, LINE_HEIGHT - 2 - (LINE_HEIGHT - 5) * value / top) for i, value in enumerate(values)]
    path = " L".join(f"{x:.1f},{y:.1f}" for x, y in dots)
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LINE_WIDTH} {LINE_HEIGHT}" '
        'preserveAspectRatio="none">'
        f'<path d="M{path} L{LINE_WIDTH},{LINE_HEIGHT} L0,{LINE_HEIGHT} Z" fill="{colour}" opacity="0.12"/>'
        f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="1.6" '
        'vector-effect="non-scaling-stroke" stroke-linejoin="round"/></svg>'
    )
    return f'<img class="wf-spark" src="data:image/svg+xml,{quote(picture)}" alt="{escape(words)}">'


def _size(change: Change) -> str:
    if not math.isfinite(change.ratio):
        return "New"
    arrow = "▼" if change.ratio < 1 else "▲"
    return f"{arrow} {signed_percent(change.ratio).lstrip(MINUS + '+')}"


def _hover(reading: Reading, period: Period) -> str:
    if reading.refusal:
        return reading.refusal
    change = reading.change
    per = f" per {reading.measure.exposure}" if reading.measure.exposure else ""
    if change is None:
        return ""
    return (
        f"{exact(change.after)} in {period.name}, {exact(change.before)} in {period.base_name}. "
        f"Change{per} with its 95 % interval."
    )


def _line_words(reading: Reading, unit: str) -> str:
    if not reading.weeks:
        return "No whole week yet."
    (first_day, first), (last_day, last) = reading.weeks[0], reading.weeks[-1]
    most = compact(max(value for _, value in reading.weeks))
    return (
        f"{title(reading.measure, unit)} by week: {compact(first)} in the week of {first_day:%d %B}, "
        f"{compact(last)} in the week of {last_day:%d %B}, at most {most}."
    )


def _method(reading: Reading) -> str:
    if reading.refusal:
        return reading.refusal
    if reading.change is None:
        return ""
    return (
        "95 % interval of a rate ratio, widened by how much the weeks scatter "
        f"({reading.change.dispersion:.1f} times as much as chance alone)."
    )
