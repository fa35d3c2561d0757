"""The headline of the queue of requests: what is most urgent, and six numbers, each with its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard import drawer
from dashboard.drawer import Figure
from dashboard.formats import NOT_KNOWN, compact, counted, exact, literal
from dashboard.questions import requests
from dashboard.questions.requests import CLOCKS, SOON, Chosen, Counts, Moment
from dashboard.requests import request_words

_APART = "Requests of users about their own accounts are counted apart, never among those of authorities."
_COLOURS = {"breached": "var(--wf-red)", "at_risk": "var(--wf-amber)", "on_time": "var(--wf-muted)"}
NONE: Mapping[str, object] = {}
_MEDIAN = "Half were answered within so many hours of coming in; hours of the clock, nights included."


def figures(counts: Counts, asker: str, moment: Moment, unit: str) -> tuple[tuple[str, Figure], ...]:
    """Return the six numbers by name, each with what it means and its rows."""
    period = moment.period
    plain = Chosen(asker=asker)
    hours = round(SOON.total_seconds() / 3600)
    within = {"answered_from": period.starts, "answered_before": period.ends}
    ended = replace(plain, status="ended", order="newest")

    def figure(
        title: str, numbers: tuple[str, str], meaning: str, chosen: Chosen, more: Mapping[str, object] = NONE
    ) -> Figure:
        shown, exactly = numbers
        return Figure(
            title,
            shown,
            exactly,
            meaning,
            requests.asked(chosen, moment, **more),
            (_APART,),
            request_words.columns(unit),
        )

    def count(number: int) -> tuple[str, str]:
        return compact(number), counted(number, "request")

    return (
        ("open", figure("Open", count(counts.open), "Requests that wait for an answer.", plain)),
        (
            "due_soon",
            figure(
                f"Due in {hours} hours",
                count(counts.due_soon),
                f"Open requests whose clock ends within {hours} hours.",
                plain,
                {"due_by": moment.now + SOON},
            ),
        ),
        (
            "breached",
            figure(
                "Breached",
                count(counts.breached),
                "Open requests whose clock is over. The clock of a class runs in minutes, or in the hours in "
                "which its regional channel works.",
                replace(plain, clock=("breached",)),
            ),
        ),
        (
            "doubtful",
            figure(
                "Doubtful",
                count(counts.doubtful),
                "Open requests that somebody doubts, or that look more likely forged than genuine.",
                replace(plain, status="doubtful", order="doubt"),
            ),
        ),
        (
            "answered",
            figure(
                f"Answered, {period.name}",
                count(counts.answered),
                f"Requests that ended in {period.name}, however they ended.",
                ended,
                within,
            ),
        ),
        (
            "median",
            figure(
                f"Median hours, {period.name}",
                _hours(counts.median_hours),
                _MEDIAN,
                ended,
                within,
            ),
        ),
    )


def _hours(middle: float | None) -> tuple[str, str]:
    if middle is None:
        return NOT_KNOWN, "Nothing was answered"
    return compact(round(middle, 1)), f"{exact(round(middle, 2))} hours"


def draw(counts: Counts, asker: str, moment: Moment, unit: str) -> None:
    """Draw the numbers in one row."""
    with st.container(border=True, horizontal=True, gap="large", key="request_numbers"):
        for name, figure in figures(counts, asker, moment, unit):
            with st.container(width="content", gap=None, key=f"request_number_{name}"):
                st.html(f'<div class="wf-label">{figure.title}</div>')
                drawer.number(figure, key=f"requests_{name}")
                if name == "median":
                    st.html(f'<div class="wf-change"><span>{_before(counts, moment)}</span></div>')


def draw_clocks(asker: str, moment: Moment) -> None:
    """Draw, in a line, how the clocks of each class stand."""
    found = requests.clocks(asker, moment)
    if found:
        told = " · ".join(f"<b>{_class(row)}</b> {_standing(row)}" for row in found)
        st.html(f'<div class="wf-meta wf-case" data-testid="request_clocks">{told}</div>')


def _class(row: Mapping[str, Any]) -> str:
    return request_words.request_class(str(row["request_class"]))


def _standing(row: Mapping[str, Any]) -> str:
    parts = [
        f'<span style="color:{_COLOURS[name]}">{exact(row[name])} {CLOCKS[name].lower()}</span>'
        for name in _COLOURS
        if row[name]
    ]
    return ", ".join(parts)


def _before(counts: Counts, moment: Moment) -> str:
    before = counts.base_median_hours
    told = "none answered" if before is None else f"{compact(round(before, 1))}"
    return f"{moment.period.base_name}: {told}"


def urgent(first: Mapping[str, Any] | None, counts: Counts, moment: Moment) -> str:
    """Say in a sentence what is most urgent, as Markdown."""
    if first is None:
        return "Nothing waits for an answer."
    said = request_words.time_left(first["due_at"], moment.now)
    who = first["agency"] or "a user"
    late = f"{exact(counts.breached)} breached" if counts.breached else "none breached"
    doubt = f"{exact(counts.doubtful)} doubtful" if counts.doubtful else "none doubtful"
    return literal(
        f"Most urgent: {first['request_id']}, {request_words.request_class(first['request_class']).lower()}, "
        f"{who}, {said}. In all, {late} and {doubt}."
    )
