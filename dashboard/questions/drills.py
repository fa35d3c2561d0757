"""What a training shift asks: a past case as it was when it was opened, what came of it, and how people do.

Everything that is on the screen while a drill runs comes from `case_then`; each of its questions is bounded
by the case's opening. What became known later is asked apart, for the marking and for afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from dashboard import ask
from dashboard.questions import case
from dashboard.questions.case import Similar
from dashboard.tables import Asked

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class CustomerThen:
    """What kind of case it was, and who its customer is; None for a ring."""

    kind: str
    channel: str
    subject_kind: str
    subject_id: str
    opened_at: datetime
    customer_since: datetime | None
    kyc_country: str | None
    customer_type: str | None


@dataclass(frozen=True, slots=True)
class AlertThen:
    """An alert that the case held, with its event; money in the store's unit, times naive UTC."""

    raised_at: datetime
    alert_kind: str
    kind: str | None
    outcome: str | None
    amount: float | None
    asset: str | None
    score: float | None
    threshold: float | None
    decision: str | None
    country: str | None
    network_country: str | None
    network_kind: str | None
    counterparty: str | None
    device_id: str | None
    ip: str | None
    account_id: str | None
    severity: str
    expected_loss: float


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
class EventThen:
    """One event of a customer of the case."""

    occurred_at: datetime
    account_id: str
    kind: str
    outcome: str | None
    amount: float | None
    asset: str | None
    counterparty: str | None
    device_id: str | None
    ip: str | None
    network_country: str | None
    network_kind: str | None
    score: float | None
    decision: str | None


@dataclass(frozen=True, slots=True)
class UsualThen:
    """What the customers did before the last 30 days (`is_now` False) or in these."""

    is_now: bool
    events_a_week: float
    out_median: float | None
    out_largest: float | None
    devices: int
    countries: int
    counterparties: int
    flagged: int


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
class EarlierCase:
    """An earlier case about the same account or ring, as it stood."""

    opened_at: datetime
    done_at: datetime
    status: str
    outcome: str | None
    typology: str | None


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
    """A past case as it was at its opening, and nothing later."""

    customer: CustomerThen
    alerts: tuple[AlertThen, ...]
    reasons: tuple[ReasonThen, ...]
    surprises: tuple[SurpriseThen, ...]
    timeline: tuple[EventThen, ...]
    usual: tuple[UsualThen, ...]
    ties: tuple[TieThen, ...]
    rings: tuple[RingThen, ...]
    earlier: tuple[EarlierCase, ...]
    alike: tuple[Similar, ...]


def case_then(case_id: str, as_of: datetime) -> CaseThen:
    """Return a case as it was at `as_of`. Raises ask.QuestionError when the store cannot say."""
    then = {"case_id": case_id, "as_of": as_of}
    (customer,) = _all(CustomerThen, "drill_case", case_id=case_id)
    return CaseThen(
        customer,
        _all(AlertThen, "drill_alerts", **then),
        _all(ReasonThen, "drill_reasons", **then),
        _all(SurpriseThen, "drill_surprises", **then),
        _all(EventThen, "drill_timeline", **then),
        _all(UsualThen, "drill_usual", **then),
        _all(TieThen, "drill_ties", **then),
        _all(RingThen, "drill_rings", **then),
        _all(EarlierCase, "drill_earlier", **then),
        _alike(customer, case_id, as_of),
    )


def _alike(customer: CustomerThen, case_id: str, as_of: datetime) -> tuple[Similar, ...]:
    """Return the cases closed by then that are most like it, by the question of the page of a case."""
    events = case.events(case_id, as_of)
    loss = sum((one.expected_loss for one in events), Decimal())
    return case.similar(case.similar_asked(case_id, customer.kind, customer.channel, loss, events, as_of))


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
