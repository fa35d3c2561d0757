"""Today beside what is tried: six cards, and a table by shift."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import streamlit as st

from dashboard import drawer
from dashboard.capacity.sentences import interval, rate, setting_words
from dashboard.cards import COLOURS, Tone
from dashboard.desk.scene import DeskScene
from dashboard.formats import MINUS, compact, exact, literal, percent
from dashboard.questions import capacity
from desk.capacity.answers import ALL_SHIFTS, MEASURES, Answer, Estimate

CAVEATS = (
    "From a replay: weeks of the past are drawn again and each case takes a measured duration. The change is "
    "paired, the same weeks and durations with and without it.",
    "Criminals and customers do not react to it, and alerts that never were are graded as a hold.",
)


@dataclass(frozen=True, slots=True)
class Card:
    """One card: its measure, title, how a number is written, and which direction is good."""

    measure: str
    title: str
    write: Callable[[float], str]
    good: str
    is_money: bool = False


def _rate(value: float) -> str:
    return rate(Estimate(value, value, value))


def _money(value: float) -> str:
    return compact(round(value))


def _share(value: float) -> str:
    return percent(value, 1)


CARDS = (
    Card("breaches", "Breaches", _rate, "less"),
    Card("chance", "Chance", _share, "less"),
    Card("missed", "Loss missed", _money, "less", is_money=True),
    Card("wrongful", "Wrongful", _rate, "less"),
    Card("wrongful_hours", "Their hours", _rate, "less"),
    Card("busy", "Seats busy", _share, "neither"),
)


HEADS = (
    "Shift",
    "Cases a week",
    "First look, median",
    "9 in 10 within",
    "Chance of breach",
    "Breaches a week",
    "Late looks",
    "Late ends",
    "Seats busy",
)


def draw(scene: DeskScene, today: Answer, tried: Answer) -> None:
    """Draw the cards, with what is now under each number."""
    for column, card in zip(st.columns(len(CARDS), gap="small"), CARDS, strict=True):
        with column, st.container(border=True, key=f"card_capacity_{card.measure}", height="stretch"):
            _card(scene, card, today, tried)


def _card(scene: DeskScene, card: Card, today: Answer, tried: Answer) -> None:
    now, then = today.figure(card.measure), tried.figure(card.measure)
    st.html(f'<div class="wf-label" title="{escape(MEASURES[card.measure])}">{escape(card.title)}</div>')
    drawer.number(_figure(scene, card, tried), key=f"capacity_{card.measure}")
    gap = tried.change(card.measure)
    st.html(
        f'<div class="wf-change" title="{escape(_hover(card, then, gap))}">{_change(card, tried, gap)}</div>'
        f'<div class="wf-change"><span>{escape(_beneath(card, now, tried))}</span></div>'
    )


def _beneath(card: Card, now: Estimate, tried: Answer) -> str:
    """Say what is today, or of today its interval."""
    if tried.setting.is_today:
        return f"{card.write(now.low)} to {card.write(now.high)}"
    return f"now {card.write(now.value)}"


def _change(card: Card, tried: Answer, gap: Estimate) -> str:
    if tried.setting.is_today:
        return "<span>today</span>"
    if gap.low <= 0 <= gap.high:
        return "<span>no change</span>"
    colour = COLOURS[tone(card, gap)]
    sign = "+" if gap.value > 0 else MINUS
    return f'<b style="color:{colour}">{sign}{escape(card.write(abs(gap.value)))}</b>'


def tone(card: Card, gap: Estimate) -> Tone:
    """Say whether a change is good; one whose interval holds nothing is quiet."""
    if gap.low <= 0 <= gap.high or card.good == "neither":
        return "quiet"
    return "good" if gap.value < 0 else "bad"


def _hover(card: Card, then: Estimate, gap: Estimate) -> str:
    return (
        f"{card.write(then.value)}, {card.write(then.low)} to {card.write(then.high)} in nine of ten; "
        f"against today {_exact(gap.value)} ({_exact(gap.low)} to {_exact(gap.high)})."
    )


def _figure(scene: DeskScene, card: Card, tried: Answer) -> drawer.Figure:
    value = tried.figure(card.measure)
    unit = f" {scene.known.money_unit}" if card.is_money else ""
    return drawer.Figure(
        title=literal(f"{card.title}, {setting_words(tried.setting)}"),
        shown=card.write(value.value),
        exact=f"{_exact(value.value)}{unit} ({_exact(value.low)} to {_exact(value.high)})",
        definition=MEASURES[card.measure],
        rows=capacity.alerts_behind(
            tried.setting, below=card.measure == "missed", innocent=card.measure.startswith("wrongful")
        ),
        caveats=CAVEATS,
    )


def _exact(value: float) -> str:
    return exact(round(value, 3))


def draw_shifts(today: Answer, tried: Answer) -> None:
    """Draw a table by shift: cases, waits, breaches and how busy its seats are, now and then."""
    head = "".join(f"<th>{name}</th>" for name in HEADS)
    rows = "".join(_row(shift, today, tried) for shift in (ALL_SHIFTS, *tried.shifts))
    st.html(
        f'<table class="wf-facts cells" aria-label="By shift"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _row(shift: str, today: Answer, tried: Answer) -> str:
    wait, busy = tried.figure("wait", shift), capacity.share(tried, "busy", shift)
    breaches = tried.figure("breaches", shift)
    cells = (
        rate(tried.figure("cases", shift)),
        minutes(wait.value),
        minutes(wait.high),
        _beside(
            percent(tried.figure("chance", shift).value, 1), percent(today.figure("chance", shift).value, 1)
        ),
        _beside(f"{rate(breaches)} ({interval(breaches)})", rate(today.figure("breaches", shift)), tried),
        rate(tried.figure("late_looks", shift)),
        rate(tried.figure("late_ends", shift)),
        percent(busy.value) if busy is not None else "\u2013",
    )
    name = "All shifts" if shift == ALL_SHIFTS else shift.capitalize()
    return f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'


def _beside(then: str, now: str, tried: Answer | None = None) -> str:
    """Write what is tried, and today's figure where it is another."""
    if then == now or (tried is not None and tried.setting.is_today):
        return escape(then)
    return f'{escape(then)} <span class="none">now {escape(now)}</span>'


def minutes(value: float) -> str:
    """Write minutes: `45 min`, `3.2 h`, `2.1 d`."""
    if value < 90:
        return f"{value:.0f} min"
    return f"{value / 60:.1f} h" if value < 2 * 1440 else f"{value / 1440:.1f} d"
