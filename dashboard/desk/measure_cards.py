"""A measure of the desk as a card: its number, how it changed, how sure that is, and its weeks."""

from __future__ import annotations

from html import escape

import streamlit as st

from dashboard import cards, drawer, theme
from dashboard.cards import COLOURS, Tone
from dashboard.desk.measure_parts import case_columns
from dashboard.facts import facts
from dashboard.formats import MINUS, NOT_KNOWN, compact, counted, exact, percent
from dashboard.measures.desk.desk_measure import FEWEST, DeskMeasure
from dashboard.questions import desk_measures
from dashboard.questions.desk_measures import DeskReading, DeskWindow, Number
from dashboard.questions.words import region as region_name
from desk.actors import Actor

_NONE = "No change shown"


def draw_cards(found: tuple[DeskReading, ...], window: DeskWindow, actor: Actor) -> None:
    """Draw the measures in a row of cards of one height."""
    with st.container(key="desk_cards"):
        for column, reading in zip(st.columns(len(found), gap="small"), found, strict=True):
            with column:
                draw_card(reading, window, actor)


def draw_card(reading: DeskReading, window: DeskWindow, actor: Actor) -> None:
    """Draw one measure; the number opens its definition, rows and SQL."""
    measure, tone = reading.measure, tone_of(reading)
    size, detail = change_words(reading, window)
    # Both do not fit; the interval is in the hover and in the drawer.
    detail_shown = "" if size == _NONE else detail
    hover = f"{reading.refusal or base_words(reading, window)} {detail}"
    palette = theme.current()
    colour = {"good": palette.green, "bad": palette.red, "quiet": palette.accent}[tone]
    with st.container(border=True, key=f"card_{measure.name}", height="stretch"):
        st.html(f'<div class="wf-label">{escape(measure.title)}</div>')
        drawer.number(figure_of(reading, window, actor), key=measure.name)
        st.html(
            f'<div class="wf-change" title="{escape(hover)}">'
            f'<b style="color:{COLOURS[tone]}">{escape(size)}</b> <span>{escape(detail_shown)}</span></div>'
            f'<div class="wf-change"><span>{escape(beside(reading))}</span></div>'
            + cards.sparkline(tuple(value for _, value in reading.weeks), line_words(reading), colour)
        )


def number_words(measure: DeskMeasure, number: Number) -> str:
    """Write a number compactly: a share as per cent, a middle of too few as not known."""
    if number.shown is None:
        return NOT_KNOWN if number.rows == 0 or not measure.is_middle else "Too few"
    if measure.unit == "share":
        return percent(number.shown, 1)
    return compact(round(number.shown) if measure.kind == "count" else round(number.shown, 2))


def exact_words(measure: DeskMeasure, number: Number) -> str:
    """Write a number in full, with what it is made of."""
    if number.shown is None:
        return f"{number_words(measure, number)}, {counted(number.rows, 'row')}"
    if measure.is_middle:
        return f"{exact(round(number.shown, 2))} {measure.unit}, {beside_middle(number)}"
    if measure.kind == "count":
        return f"{exact(round(number.counted))} {measure.unit}"
    of = f"{exact(round(number.counted))} of {exact(round(number.of_all))}"
    shown = percent(number.shown, 2) if measure.unit == "share" else exact(round(number.shown, 3))
    return f"{shown}, {of}"


def beside(reading: DeskReading) -> str:
    """Say what a number stands on: how many, its 90th percentile, what was missed."""
    measure, number = reading.measure, reading.now
    if measure.is_middle:
        if number.shown is None:
            return f"{counted(number.rows, 'case')}: fewer than {FEWEST}" if number.rows else "No case"
        return beside_middle(number)
    if measure.unit == "share":
        missed = round(number.of_all - number.counted)
        return f"{exact(missed)} of {exact(round(number.of_all))} not" if number.of_all else "None was due"
    return f"{exact(round(number.counted))} over {exact(round(number.of_all))}" if number.of_all else "None"


def beside_middle(number: Number) -> str:
    """Say a middle's 90th percentile and of how many cases it is."""
    most = compact(round(number.most, 1)) if number.most is not None else NOT_KNOWN
    return f"9 in 10 within {most}, of {exact(number.rows)}"


def change_words(reading: DeskReading, window: DeskWindow) -> tuple[str, str]:
    """Say the size of a change and its interval in the width of a card."""
    if reading.refusal is not None or (reading.change is None and reading.points is None):
        return "Not comparable", "" if window.period.is_over else "quarter not over"
    if reading.points is not None:
        low, high = (signed_points(end) for end in (reading.points.low, reading.points.high))
        interval = f"{low.removesuffix(' pts')} to {high}"
        return (
            (signed_points(reading.points.size), interval) if reading.points.is_shown else (_NONE, interval)
        )
    change = reading.change
    assert change is not None
    interval = f"{cards.signed_percent(change.low).removesuffix('%')} to {cards.signed_percent(change.high)}"
    if not change.is_shown:
        return _NONE, interval
    arrow = "\u25bc" if change.ratio < 1 else "\u25b2"
    return f"{arrow} {cards.signed_percent(change.ratio).lstrip(MINUS + '+')}", interval


def signed_points(share: float) -> str:
    """Write a difference of shares in percentage points: 0.031 as `+3.1 pts`."""
    points = round(100 * share, 1)
    return f"{MINUS if points < 0 else '+' if points > 0 else ''}{abs(points):g} pts"


def tone_of(reading: DeskReading) -> Tone:
    """Say whether a change is good for its measure; quiet where none is shown."""
    rose = None
    if reading.points is not None and reading.points.is_shown:
        rose = reading.points.size > 0
    elif reading.change is not None and reading.change.is_shown:
        rose = reading.change.low > 1
    if rose is None or reading.measure.good == "neither":
        return "quiet"
    return "good" if rose == (reading.measure.good == "more") else "bad"


def base_words(reading: DeskReading, window: DeskWindow) -> str:
    """Say both quarters' numbers."""
    measure = reading.measure
    return (
        f"{exact_words(measure, reading.now)} in {window.period.name}; "
        f"{exact_words(measure, reading.before)} in {window.period.base_name}"
    )


def line_words(reading: DeskReading) -> str:
    """Say the line of weeks for those who do not see it."""
    if len(reading.weeks) < 2:
        return "No line of weeks."
    (first_day, first), (last_day, last) = reading.weeks[0], reading.weeks[-1]
    return (
        f"{reading.measure.title} by week: {compact(round(first, 2))} in the week of {first_day:%d %B}, "
        f"{compact(round(last, 2))} in the week of {last_day:%d %B}."
    )


def figure_of(reading: DeskReading, window: DeskWindow, actor: Actor) -> drawer.Figure:
    """Return the number with its definition, its rows and what it does not say."""
    measure = reading.measure
    size, detail = change_words(reading, window)
    caveats = [f"Change against {window.period.base_name}: {size} {detail}. {reading.refusal or ''}".strip()]
    if reading.share is not None:
        low, high = (percent(end, 1) for end in (reading.share.low, reading.share.high))
        caveats.append(
            f"95 % interval of the share: {low} to {high} (Wilson, widened by the weeks' scatter)."
        )
    return drawer.Figure(
        title=f"{measure.title}, {region_name(window.region)}, {window.period.name}",
        shown=number_words(measure, reading.now),
        exact=exact_words(measure, reading.now),
        definition=measure.definition,
        rows=desk_measures.rows_asked(actor, window, measure),
        columns=case_columns(facts().money_unit),
        caveats=(*caveats, f"Owner: {measure.owner}. Version {measure.version}."),
    )
