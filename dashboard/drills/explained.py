"""What was missed in a training case, in words made of its facts, and what the desk and the world said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from dashboard.dispositions import SPOKEN
from dashboard.formats import NOT_KNOWN, counted, duration, literal, money, percent, points
from dashboard.questions import words
from dashboard.questions.drills import Later
from desk.drills.reading import Reviewed
from desk.drills.state import Chosen, Evidence

SOURCES = {
    "desk": "the desk",
    "customer": "the customer",
    "partner": "a partner",
    "authority": "an authority",
}


def said(outcome: str | None, typology: str | None) -> str:
    """Return an outcome with its typology as a person says it; `skipped` for none."""
    if outcome is None:
        return "Skipped"
    return SPOKEN[outcome] + (f", {words.spoken(typology).lower()}" if typology else "")


def verdict(one: Reviewed) -> str:
    """Return in a sentence whether the decision was right."""
    truth = said(one.chosen.truth, one.chosen.typology).lower()
    if one.answer is None:
        return f"You skipped it. It was: {truth}."
    yours = said(one.answer.outcome, one.answer.typology).lower()
    if one.mark.is_right and one.mark.is_typology_right is not False:
        return f"Right: {truth}."
    if one.mark.is_right:
        return f"Crime it was, but of another kind: you said {yours}; it was {truth}."
    return f"You said {yours}; it was {truth}."


def evidence_line(one: Evidence) -> str:
    """Return a fact with its points, and what it later proved to be."""
    weight = f" ({points(one.points)})" if one.points is not None else ""
    if one.share is not None:
        weight = f" ({percent(one.share)} of the surprise)"
    proof = f" Later: {literal(one.proved)}." if one.proved else ""
    return f"{literal(one.words)}{weight}{proof}"


def colleagues(chosen: Chosen) -> str:
    """Say what the desk said then, and how long it and such cases took."""
    desk = said(chosen.desk_outcome, chosen.desk_typology).lower()
    took = "" if chosen.desk_seconds is None else f" after {_length(chosen.desk_seconds)}"
    known = "as it turned out" if chosen.desk_outcome == chosen.truth else "which did not hold"
    if chosen.pace is None:
        return f"The desk then: {desk}{took}, {known}."
    pace = chosen.pace
    return (
        f"The desk then: {desk}{took}, {known}. Experienced colleagues took {_length(pace.median)} at the "
        f"median of {counted(pace.cases, 'such case')}, half of them {_length(pace.quick)} to "
        f"{_length(pace.slow)}."
    )


def afterwards(chosen: Chosen, later: Sequence[Later], unit: str) -> list[str]:
    """Say what became known after the case was opened, by outcome and source, the first first."""
    groups: dict[tuple[str, str | None, str | None, bool], list[Later]] = {}
    for one in later:
        groups.setdefault((one.outcome, one.typology, one.source, one.is_of_case), []).append(one)
    return [_group(chosen, list(key), some, unit) for key, some in groups.items()]


def _group(chosen: Chosen, key: list[object], some: Sequence[Later], unit: str) -> str:
    outcome, typology, source, is_of_case = key
    first = some[0].known_at
    many = sum(one.labels for one in some)
    money_there = sum(one.amount or 0.0 for one in some)
    amount = f", {money(money_there, unit)}" if money_there else ""
    which = "of this case" if is_of_case else "of the same customer, not of this case"
    by = SOURCES.get(str(source), str(source or "a source that is not named"))
    return (
        f"{duration(first - chosen.opened_at)} after the opening, from {by}: "
        f"{said(str(outcome), None if typology is None else str(typology)).lower()} "
        f"({counted(many, 'event')} {which}{amount})."
    )


def time_line(one: Reviewed) -> str:
    """Say how long it took, against colleagues."""
    own = _length(one.mark.seconds)
    if one.chosen.pace is None:
        return f"You took {own}; too few colleagues had such a case to compare with."
    return f"You took {own}; colleagues {_length(one.chosen.pace.median)} at the median."


def _length(seconds: float | None) -> str:
    return NOT_KNOWN if seconds is None else duration(timedelta(seconds=seconds))
