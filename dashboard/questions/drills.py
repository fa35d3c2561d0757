"""What a training shift asks: a past case as it was when it was opened, what came of it, and how people do.

The screen of a running drill is that of a case as of its opening (`dashboard/drills/disguise.py`).
`case_then` is what of it can be cited, bounded by the opening too. What became known later is asked apart,
for the marking and for afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from dashboard import ask
from dashboard.tables import Asked

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class SubjectThen:
    """What a case is about."""

    subject_kind: str
    subject_id: str


@dataclass(frozen=True, slots=True)
class ReasonThen:
    """A reason of the case's events, with its largest points (probability)."""

    reason: str
    points: float
    sentence: str


@dataclass(frozen=True, slots=True)
class SurpriseThen:
    """Something unusual about the case's events, beside any score, with its share of the surprise."""

    reason: str
    share: float
    sentence: str


@dataclass(frozen=True, slots=True)
class TieThen:
    """Something shared with `others` accounts, of which `confirmed_then` were known as crime; or listed."""

    entity_kind: str
    entity: str
    others: int
    confirmed_then: int
    listed: str | None


@dataclass(frozen=True, slots=True)
class RingThen:
    """A ring that was found by then, and its accounts then."""

    ring_id: str
    found_at: datetime
    accounts: int
    confirmed_then: int


@dataclass(frozen=True, slots=True)
class Proved:
    """That a tie was one to crime: how many accounts, and the one known first."""

    entity_kind: str
    entity: str
    confirmed: int
    account_id: str
    typology: str | None
    known_at: datetime


@dataclass(frozen=True, slots=True)
class Later:
    """Labels about the case's accounts that became known after it was opened."""

    known_at: datetime
    outcome: str
    typology: str | None
    source: str | None
    is_of_case: bool
    labels: int
    amount: float | None


@dataclass(frozen=True, slots=True)
class CaseThen:
    """What of a past case can be cited, as it was at its opening, and nothing later."""

    subject: SubjectThen
    reasons: tuple[ReasonThen, ...]
    surprises: tuple[SurpriseThen, ...]
    ties: tuple[TieThen, ...]
    rings: tuple[RingThen, ...]


def case_then(case_id: str, as_of: datetime) -> CaseThen:
    """Return what can be cited of a case at `as_of`. Raises ask.QuestionError when the store cannot say."""
    then = {"case_id": case_id, "as_of": as_of}
    (subject,) = _all(SubjectThen, "drill_case", case_id=case_id)
    return CaseThen(
        subject,
        _all(ReasonThen, "drill_reasons", **then),
        _all(SurpriseThen, "drill_surprises", **then),
        _all(TieThen, "drill_ties", **then),
        _all(RingThen, "drill_rings", **then),
    )


def proved(case_id: str, as_of: datetime, now: datetime) -> tuple[Proved, ...]:
    """Return which ties of a case turned out to be ties to crime by `now`; for marking, not to be shown."""
    then = {"case_id": case_id, "as_of": as_of, "now": now}
    return (*_all(Proved, "drill_tie_truth", **then), *_all(Proved, "drill_ring_truth", **then))


def aftermath(case_id: str, as_of: datetime, now: datetime) -> tuple[Later, ...]:
    """Return what became known about a case's accounts after it was opened, the oldest first."""
    return _all(Later, "drill_aftermath", case_id=case_id, as_of=as_of, now=now)


def history_asked(trainee: str) -> Asked:
    """Return the question about a person's drills that are over."""
    return Asked("drills_of_person", {"trainee": trainee})


def history(trainee: str) -> Sequence[dict[str, Any]]:
    """Return a person's drills that are over, the newest first."""
    return list(ask.answer("drills_of_person", trainee=trainee).to_pylist())


def answers_asked(drill_id: str) -> Asked:
    """Return the question about the cases of a drill that is over."""
    return Asked("answers_of_drill", {"drill_id": drill_id})


def progress_asked() -> Asked:
    """Return the question about everybody's progress by typology."""
    return Asked("training_progress")


def people_asked() -> Asked:
    """Return the question about who trained when."""
    return Asked("training_people")


def people_trained() -> Sequence[dict[str, Any]]:
    """Return everybody who finished or abandoned a drill, the longest ago first."""
    return list(ask.answer("training_people").to_pylist())


def _all(kind: type[Row], name: str, **parameters: object) -> tuple[Row, ...]:
    names = list(vars(kind)["__dataclass_fields__"])
    rows = ask.answer(name, **parameters).select(names).to_pylist()
    return tuple(kind(**row) for row in rows)
