"""The public figures of the exchange that the demonstration is modelled on, beside what is measured here.

Nothing else reads `published.csv`. A line is measured over the very window that was published; where the
published figure compares two units, that comparison stays refused, whatever is measured here.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

from dashboard import ask
from dashboard.facts import facts
from dashboard.formats import exact
from dashboard.measures.change import Change
from dashboard.measures.combined import given, weekly_statement
from dashboard.measures.comparable import Stated, Window, why_not
from dashboard.measures.declared import BY_NAME
from dashboard.measures.measure import Contract, Measure
from dashboard.questions.measures import WORLD, readings, readings_in
from dashboard.questions.period import Period
from dashboard.questions.reading import CONSTANTS
from dashboard.review.model import Published

# The size of the world whose levels are calibrated to the public ones, in events; a smaller one counts less.
CALIBRATED_EVENTS = 2_300_000
FIGURES = Path(__file__).with_name("published.csv")
Kind = Literal["value", "change", "change_of_counts"]
# What the published fall of organised crime compares: 70,621 of the first with 45,513 of the second.
_WINDOW_RULE = BY_NAME["organised_crime"].window_rule
ATTEMPTS = Stated(
    Contract("fraud_attempts", 1, "fraud attempts", "all accounts", _WINDOW_RULE),
    Window(date(2025, 4, 1), date(2025, 7, 1)),
)
CASES = Stated(
    Contract("organised_crime_cases", 1, "organised-crime cases", "all accounts", _WINDOW_RULE),
    Window(date(2025, 7, 1), date(2025, 10, 1)),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One public figure: its words and number, and the measure, place and window that answer to it."""

    figure: str
    words: str
    published: str
    value: float
    kind: Kind
    measure: Measure
    region: str
    country: str
    window: Window
    claimed_unit: str


@cache
def claims() -> tuple[Claim, ...]:
    """Return the public figures in the order of their source."""
    with FIGURES.open(encoding="utf-8", newline="") as lines:
        return tuple(_claim(row) for row in csv.DictReader(lines))


def beside(period: Period, unit: str) -> tuple[Published, ...]:
    """Return every public figure with what is measured, for the quarter that was published; else nothing."""
    published = claims()
    if period.refusal or not any(claim.window.ends == period.ends.date() for claim in published):
        return ()
    if period.base.end != period.quarter.start:
        return ()
    return tuple(_beside(claim, period, unit) for claim in published)


def _claim(row: dict[str, str]) -> Claim:
    kinds: dict[str, Kind] = {
        "value": "value",
        "change": "change",
        "change_of_counts": "change_of_counts",
    }
    return Claim(
        figure=row["figure"],
        words=row["words"],
        published=row["published"],
        value=float(row["value"]),
        kind=kinds[row["kind"]],
        measure=BY_NAME[row["measure"]],
        region=row["region"],
        country=row["country"],
        window=Window(date.fromisoformat(row["starts"]), date.fromisoformat(row["ends"])),
        claimed_unit=row["claimed_unit"],
    )


def _beside(claim: Claim, period: Period, unit: str) -> Published:
    contract = (
        f"{claim.measure.name} v{claim.measure.version}, {claim.measure.unit}, {claim.window.name}"
        f"{f', {claim.country or claim.region}' if claim.country or claim.region else ''}"
    )
    is_trap = claim.figure == "organised_crime_change"
    refused = why_not(ATTEMPTS, CASES) if is_trap else None
    state = "Measured"
    if refused:
        reasons = refused.removeprefix("Not comparable: ")
        state = (
            f"Not comparable as published: 70,621 {ATTEMPTS.contract.unit} are set against 45,513 "
            f"{CASES.contract.unit}: {reasons} Measured here by our own index."
        )
    if claim.kind == "value":
        value = total_in(claim.measure, claim.window)
        if claim.measure.needs is not None:
            state = "A record of the world: the same at every size"
        elif facts().events < CALIBRATED_EVENTS:
            state = f"A world of {exact(facts().events)} events; levels are calibrated for the full one"
        difference = f"{100 * (value / claim.value - 1):+.1f} %"
        return Published(
            claim.figure, claim.words, claim.published, _amount(claim, value, unit), difference, "", contract,
            state,
        )  # fmt: skip
    change = _change(claim, period)
    if change is None or not change.before:
        return Published(claim.figure, claim.words, claim.published, None, None, "", contract, "No exposure")
    percent = _percent(claim, change)
    interval = f"{100 * (change.low - 1):+.0f} to {100 * (change.high - 1):+.0f} %"
    return Published(
        claim.figure, claim.words, claim.published, f"{percent:+.1f} %",
        f"{percent - claim.value:+.1f} points", interval, contract, state,
    )  # fmt: skip


def total_in(measure: Measure, window: Window) -> float:
    """Return a measure's total in a window of days, everywhere."""
    statement = weekly_statement((measure,), by_country=False)
    ends = datetime.combine(window.ends, time())
    # A count or sum of records and events needs no day of knowledge; those that do are read as known by now.
    asked = {
        "starts": datetime.combine(window.starts, time()),
        "ends": ends,
        "known_by": ends + timedelta(days=9_999),
    }
    rows = ask.answer(statement, **given(statement, {**asked, "region": None, "country": None, **CONSTANTS}))
    return float(
        sum(
            row["value"]
            for row in rows.to_pylist()
            if row["region"] is None and row["measure"] == measure.name
        )
    )


def _change(claim: Claim, period: Period) -> Change | None:
    if claim.country:
        found = readings_in(period, claim.measure.name, WORLD).get(claim.country)
    else:
        found = readings(period)[claim.measure.name].get(claim.region)
    return found.change if found else None


def _percent(claim: Claim, change: Change) -> float:
    if claim.kind == "change_of_counts":
        return 100 * (change.after / change.before - 1)
    return change.percent


def _amount(claim: Claim, value: float, unit: str) -> str:
    return f"{exact(round(value))} {unit}" if claim.measure.is_money else exact(round(value))
