"""When the desk's work comes and breaches, how old it is, and what waits for a second look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard import ask
from dashboard.measures.combined import given
from dashboard.measures.desk.shares import Share, share_of
from dashboard.questions.desk_measures import DeskWindow
from dashboard.tables import Asked
from desk.actors import REVIEW, Actor, require

AGES = ("under 4 h", "4 to 12 h", "12 to 24 h", "1 to 3 days", "over 3 days")
ARRIVALS, BREACHES = "arrivals", "breaches"
_HOURS = {ARRIVALS: "desk_arrivals_by_hour", BREACHES: "desk_breaches_by_hour"}


@dataclass(frozen=True, slots=True)
class Agreed:
    """How many second looks of a month agreed with the first, as a share with its interval."""

    month: date
    looks: int
    agreed: int
    share: Share


def hours_asked(window: DeskWindow, which: str) -> Asked:
    """Return the question of arrivals or breaches by weekday and local hour."""
    return _asked(_HOURS[which], window)


def by_hour(window: DeskWindow, which: str) -> Mapping[tuple[int, int], int]:
    """Answer how many cases came, or breached, by weekday (Monday 1) and local hour."""
    asked = hours_asked(window, which)
    rows = ask.answer(asked.name, **asked.parameters).to_pylist()
    return {(row["weekday"], row["hour"]): row["cases"] for row in rows}


def ages(window: DeskWindow) -> Mapping[str, Sequence[int]]:
    """Answer how many live cases of each severity are in each bucket of AGES now."""
    asked = _asked("desk_ages", window)
    found: dict[str, list[int]] = {}
    for row in ask.answer(asked.name, **asked.parameters).to_pylist():
        found.setdefault(row["severity"], [0] * len(AGES))[row["bucket"]] = row["cases"]
    return found


def second_looks_asked(actor: Actor, window: DeskWindow) -> Asked:
    """Return the question of cases that wait for a second look by `actor`: never one's own.

    Raises RightError where the role does not review.
    """
    require(actor, REVIEW)
    return _asked("desk_second_looks", window, reviewer=actor.name)


def second_looks_waiting(actor: Actor, window: DeskWindow) -> tuple[int, int]:
    """Answer how many cases wait for a second look, and how many of them are one's own."""
    asked = _asked("desk_second_looks_waiting", window, reviewer=actor.name)
    (row,) = ask.answer(asked.name, **asked.parameters).to_pylist()
    return row["waiting"], row["own"]


def agreement_by_month(window: DeskWindow) -> tuple[Agreed, ...]:
    """Answer by month how many second looks agreed, the oldest first."""
    asked = _asked("desk_agreement_by_month", window)
    found = []
    for row in ask.answer(asked.name, **asked.parameters).to_pylist():
        share = share_of(row["agreed"], row["looks"])
        if share is not None:
            found.append(Agreed(row["month"], row["looks"], row["agreed"], share))
    return tuple(found)


def _asked(name: str, window: DeskWindow, **more: object) -> Asked:
    return Asked(name, given(ask.question(name), {**window.asked, **more}))
