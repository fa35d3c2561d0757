"""What the tab Recoveries asks: what came back, what is open and for how long, and one claim as it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dashboard import ask
from dashboard.questions.period import Period
from dashboard.state import View
from dashboard.tables import Asked
from desk.recoveries.state import KINDS as KIND_NAMES
from desk.recoveries.state import STATE_NAMES, ClaimState

# From here on a claim is probably false: as many are as are not.
LIKELY_FALSE = 0.5
KINDS: Mapping[str, str] = {
    "wrong_chain": "Wrong network",
    "missing_memo": "Missing memo",
    "wrong_address": "Wrong address",
    "wrong_asset": "Wrong asset",
}
STATUSES: Mapping[str, str] = {
    "claimed": "To check",
    "checking": "Checked, not clear",
    "recoverable": "Recoverable",
    "proving": "Waits for proof",
    "proved": "Proved",
    "waiting_approval": "Waits for approval",
    "paid": "Paid",
    "not_recoverable": "Not recoverable",
    "refused": "Refused",
    "withdrawn": "Withdrawn",
}
# What the list can be narrowed to; the first is its default.
CHOICES: Mapping[str, str] = {
    "open": "All open",
    "false": "Probably false",
    **{name: STATUSES[name] for name in list(STATUSES)[:6]},
    "ended": "Ended",
}
OUTCOMES: Mapping[str, str] = {
    "recovered": "Recovered",
    "not_recoverable": "Not recoverable",
    "false_claim": "False claim",
    "not_proved": "Not proved",
    "withdrawn": "Withdrawn",
}
NEXT: Mapping[str, str] = {
    "check": "Find the holder",
    "end": "End it",
    "challenge": "Ask for a proof",
    "proof": "Wait for the proof",
    "payment": "Propose the payment",
    "approval": "Second person",
}
AGES: Mapping[str, str] = {
    "week": "Under a week",
    "fortnight": "1 to 2 weeks",
    "month": "2 to 4 weeks",
    "quarter": "4 weeks to 90 days",
    "older": "Over 90 days",
}
_DAYS: Mapping[str, tuple[int | None, int | None]] = {
    "week": (None, 7),
    "fortnight": (7, 14),
    "month": (14, 28),
    "quarter": (28, 90),
    "older": (90, None),
}


@dataclass(frozen=True, slots=True)
class Numbers:
    """Claims in numbers: ended and recovered in the window, open now; medians in days, None for none."""

    ended: int
    recovered: int
    value_recovered: Decimal
    value_ended: Decimal
    false_claims: int
    value_false: Decimal
    days_to_end: float | None
    still_open: int
    value_open: Decimal
    days_open: float | None


@dataclass(frozen=True, slots=True)
class OfQuarter:
    """What came of the claims of one kind that ended in one quarter."""

    quarter: date
    claim_kind: str
    recovered: Decimal
    claims: int
    ended: int
    false_claims: int


@dataclass(frozen=True, slots=True)
class OfAge:
    """Open claims of one age, by its name in AGES."""

    age: str
    claims: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Learned:
    """A model of false claims: what it learned from, whether it scores, and how it did beside the rules."""

    version: str
    as_of: datetime
    learned_from: int
    false_claims: int
    is_used: bool
    because: str
    judged: int
    judged_false: int
    auc: float | None
    auc_low: float | None
    auc_high: float | None
    rule_auc: float | None
    precision: float | None
    precision_low: float | None
    precision_high: float | None
    rule_precision: float | None
    gain: float | None
    gain_low: float | None
    gain_high: float | None


@dataclass(frozen=True, slots=True)
class Told:
    """One step of a claim."""

    done_at: datetime
    actor: str
    role: str
    action: str
    reason: str
    approval_id: str | None
    transfer_id: str | None
    claim_status: str
    recorded_at: datetime


def numbers(period: Period, region: str | None, now: datetime) -> Numbers:
    """Return the numbers of a period and of now."""
    found = ask.answer("claim_numbers", **period.between, region=region, now=now)
    return Numbers(**found.to_pylist()[0])


def ended_asked(period: Period, region: str | None, outcome: str | None = None) -> Asked:
    """Return the question for the claims that ended in a period, of one outcome or of any."""
    return Asked("claims_ended", {**period.between, "region": region, "outcome": outcome})


def listed_asked(view: View, region: str | None, now: datetime) -> Asked:
    """Return the question for the list as the URL has it; what it names wrongly is left out."""
    status = view.status if view.status in CHOICES else "open"
    kind = view.kind if view.kind in KIND_NAMES else None
    least, most = _DAYS.get(view.age or "", (None, None))
    return Asked(
        "claims_listed",
        {
            "status": status,
            "kind": kind,
            "region": region,
            "now": now,
            "likely": LIKELY_FALSE,
            "least_days": least,
            "most_days": most,
        },
    )


def open_asked(region: str | None, now: datetime) -> Asked:
    """Return the question for all open claims."""
    return listed_asked(View(), region, now)


def by_quarter_asked(region: str | None) -> Asked:
    """Return the question for what came back by quarter and kind."""
    return Asked("claims_by_quarter", {"region": region})


def by_quarter(region: str | None) -> list[OfQuarter]:
    """Return what came back by quarter and kind, the earliest first."""
    return [OfQuarter(**row) for row in _rows(by_quarter_asked(region))]


def by_age_asked(region: str | None, now: datetime) -> Asked:
    """Return the question for open claims by age."""
    return Asked("claims_by_age", {"region": region, "now": now})


def by_age(region: str | None, now: datetime) -> list[OfAge]:
    """Return the open claims by age, the youngest first."""
    return [OfAge(**row) for row in _rows(by_age_asked(region, now))]


def one(claim_id: str) -> ClaimState | None:
    """Return a claim as this reader may see it; None where there is none."""
    for row in _rows(Asked("claim_as_it_stands", {"claim_id": claim_id})):
        return ClaimState(**{name: _held(row, name) for name in STATE_NAMES})
    return None


def history_asked(claim_id: str) -> Asked:
    """Return the question for all that was done with a claim."""
    return Asked("claim_history", {"claim_id": claim_id})


def history(claim_id: str) -> list[Told]:
    """Return all that was done with a claim, the newest first."""
    return [Told(**row) for row in _rows(history_asked(claim_id))]


def models_asked() -> Asked:
    """Return the question for the models of false claims, the newest first."""
    return Asked("claim_models_learned")


def newest_model() -> Learned | None:
    """Return the newest model of false claims; None where too few claims have ended to learn from."""
    found = _rows(models_asked())
    return Learned(**found[0]) if found else None


def _held(row: Mapping[str, Any], name: str) -> Any:
    """Return what a row of the store says of a part of the state; money in millionths."""
    if not name.endswith("_micro"):
        return row[name]
    amount = row[name.removesuffix("_micro")]
    return None if amount is None else int(amount * 1_000_000)


def _rows(asked: Asked) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = ask.answer(asked.name, **asked.parameters).to_pylist()
    return rows
