"""What the screen of one case asks: each answer is bounded by a moment, so that a past case can be shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from dashboard import ask
from dashboard.charts.timeline import Mark
from dashboard.questions.accounts import HABITS, MARKS_SHOWN, Normal
from dashboard.tables import Asked
from desk.case_file.reasons import CaseReason, reasons_of, statement

# What a person takes in; those of the case come first.
TIES_SHOWN = 20
SIMILAR_SHOWN = 25
# The newest closed cases of the kind that are compared: older desks worked by other rules.
SIMILAR_COMPARED = 2000
STOPPED = ("hold", "block", "freeze")
NO_MONEY = Decimal(0)


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One alert of a case with its event, as it was scored and decided; None where nothing is known."""

    alert_id: str
    alert_kind: str
    account_id: str | None
    event_id: str | None
    ring_id: str | None
    raised_at: datetime
    occurred_at: datetime
    score: float | None
    amount: Decimal | None
    expected_loss: Decimal
    severity: str
    decision: str | None
    sentence: str | None
    kind: str | None
    outcome: str | None
    model: str | None
    counterparty: str | None
    device_id: str | None
    network_country: str | None
    network_kind: str | None
    threshold: float | None
    reason: str | None
    party_first_seen: datetime | None
    device_first_seen: datetime | None

    @property
    def is_stopped(self) -> bool:
        """Whether policy held, blocked or froze it."""
        return self.decision in STOPPED


@dataclass(frozen=True, slots=True)
class Owner:
    """Who the account of a case is."""

    account_id: str
    region: str
    country: str | None
    opened_at: datetime | None
    first_seen: datetime | None
    customer_type: str | None
    kyc_country: str | None
    referrer_id: str | None


@dataclass(frozen=True, slots=True)
class Tie:
    """A device, network or counterparty of the account, and who else had used it."""

    entity_kind: str
    entity: str
    description: str | None
    first_seen: datetime
    is_in_case: bool
    other_accounts: int
    confirmed_accounts: int
    accounts: tuple[str, ...]
    listed: str | None


@dataclass(frozen=True, slots=True)
class InRing:
    """A ring that the account was in, with its score of that time."""

    ring_id: str
    since: datetime
    left_at: datetime | None
    score: float | None
    accounts: int | None
    sentence: str | None
    pattern: str | None


@dataclass(frozen=True, slots=True)
class IdentityCheck:
    """One identity check of the account."""

    occurred_at: datetime
    purpose: str | None
    attempt: int | None
    device: str | None
    stage: str | None
    score: float
    decision: str
    event_id: str


@dataclass(frozen=True, slots=True)
class Stop:
    """Money of the account that policy stopped, and whether it still was at the moment."""

    placed_at: datetime
    amount: Decimal
    decision: str
    state: str
    ended_at: datetime | None
    event_id: str


@dataclass(frozen=True, slots=True)
class Moved:
    """What the account moved since the case's first event, in the store's unit."""

    came_in: Decimal = NO_MONEY
    went_out: Decimal = NO_MONEY
    stopped: Decimal = NO_MONEY


@dataclass(frozen=True, slots=True)
class Similar:
    """A past case that is like this one, from 0 to 1, and how it ended."""

    case_id: str
    subject_id: str
    severity: str
    expected_loss: Decimal
    outcome: str
    typology: str | None
    closed_at: datetime
    same_reasons: tuple[str, ...]
    likeness: float


@dataclass(frozen=True, slots=True)
class OtherCase:
    """Another case of the same subject, as it stands."""

    case_id: str
    kind: str
    severity: str
    status: str
    outcome: str | None
    typology: str | None
    opened_at: datetime
    closed_at: datetime | None
    merged_into: str | None


def events_asked(case_id: str, until: datetime) -> Asked:
    """Return the question of a case's alerts with their events."""
    return Asked("case_events", {"case_id": case_id, "until": until})


def events(case_id: str, until: datetime) -> tuple[CaseEvent, ...]:
    """Answer the alerts of a case with their events, the newest first."""
    asked = events_asked(case_id, until)
    return tuple(CaseEvent(**row) for row in ask.answer(asked.name, **asked.parameters).to_pylist())


def reasons(case_id: str, since: datetime, until: datetime) -> tuple[CaseReason, ...]:
    """Answer every reason of a case's events."""
    return reasons_of(ask.answer(statement(), case_id=case_id, since=since, until=until).to_pylist())


def owner_of(account_id: str) -> Owner | None:
    """Answer who an account is; None when it is not known."""
    rows = ask.answer("case_account", account_id=account_id).to_pylist()
    return Owner(**rows[0]) if rows else None


def habits(account_id: str, since: datetime, until: datetime) -> tuple[Normal, ...]:
    """Answer what was usual for an account before `since`, against the time from then to `until`."""
    row = ask.answer("case_habits", account_id=account_id, since=since, until=until).to_pylist()[0]
    return tuple(
        Normal(
            label,
            unit,
            _number(row[f"{name}_before"]) if row["events_before"] else None,
            _number(row[f"{name}_now"]) if row["events_now"] else None,
        )
        for label, unit, name in HABITS
    )


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def usual(account_id: str, kind: str, before: datetime) -> tuple[Decimal | None, int]:
    """Answer the median amount of one kind of event before a moment, and of how many events."""
    row = ask.answer("case_usual", account_id=account_id, kind=kind, before=before).to_pylist()[0]
    return row["usual"], int(row["events"])


def timeline_asked(account_id: str, until: datetime) -> Asked:
    """Return the question of everything an account did by a moment."""
    return Asked("case_timeline", {"account_id": account_id, "until": until})


def timeline(account_id: str, until: datetime) -> tuple[tuple[Mark, ...], int]:
    """Answer the newest events of an account as marks, and how many events there are in all."""
    asked = timeline_asked(account_id, until)
    rows, total = ask.first(asked.name, MARKS_SHOWN, **asked.parameters)
    names = [each.name for each in fields(Mark)]
    return tuple(Mark(**row) for row in rows.select(names).to_pylist()), total


def ties_asked(account_id: str, entities: Sequence[str], until: datetime) -> Asked:
    """Return the question of an account's devices, networks and counterparties; `entities` come first."""
    parameters = {
        "account_id": account_id,
        "entities": sorted(set(entities)),
        "until": until,
        "how_many": TIES_SHOWN,
    }
    return Asked("case_ties", parameters)


def ties(account_id: str, entities: Sequence[str], until: datetime) -> tuple[Tie, ...]:
    """Answer what connects an account with others, what the case's events used first."""
    asked = ties_asked(account_id, entities, until)
    rows = ask.answer(asked.name, **asked.parameters).to_pylist()
    return tuple(Tie(**(row | {"accounts": tuple(row["accounts"])})) for row in rows)


def rings_of(account_id: str, until: datetime) -> tuple[InRing, ...]:
    """Answer the rings that an account was in by a moment, the one it was still in first."""
    return tuple(
        InRing(**row) for row in ask.answer("case_rings", account_id=account_id, until=until).to_pylist()
    )


def ring_accounts(ring_id: str, until: datetime) -> tuple[str, ...]:
    """Answer the accounts of a ring at a moment."""
    rows = ask.answer("case_ring_accounts", ring_id=ring_id, until=until)
    return tuple(rows.column("account_id").to_pylist())


def checks(account_id: str, until: datetime) -> tuple[IdentityCheck, ...]:
    """Answer the identity checks of an account by a moment, the newest first."""
    rows = ask.answer("case_checks", account_id=account_id, until=until).to_pylist()
    return tuple(IdentityCheck(**row) for row in rows)


def stops_asked(account_id: str, until: datetime) -> Asked:
    """Return the question of the money of an account that was stopped."""
    return Asked("case_freezes", {"account_id": account_id, "until": until})


def stops(account_id: str, until: datetime) -> tuple[Stop, ...]:
    """Answer the money of an account that was stopped by a moment, the newest first."""
    asked = stops_asked(account_id, until)
    return tuple(Stop(**row) for row in ask.answer(asked.name, **asked.parameters).to_pylist())


def moved(account_id: str, since: datetime, until: datetime) -> Moved:
    """Answer what an account moved between two moments."""
    return Moved(**ask.answer("case_money", account_id=account_id, since=since, until=until).to_pylist()[0])


def similar_asked(
    case_id: str,
    kind: str,
    channel: str,
    expected_loss: Decimal,
    found: Sequence[CaseEvent],
    until: datetime,
) -> Asked:
    """Return the question of past cases that are like one with the events `found`."""
    return Asked(
        "case_similar",
        {
            "case_id": case_id,
            "kind": kind,
            "channel": channel,
            "expected_loss": expected_loss,
            "reasons": sorted({one.reason for one in found if one.reason}),
            "kinds": sorted({one.kind for one in found if one.kind}),
            "until": until,
            "newest": SIMILAR_COMPARED,
            "how_many": SIMILAR_SHOWN,
        },
    )


def similar(asked: Asked) -> tuple[Similar, ...]:
    """Answer past cases that are alike, the most alike first."""
    rows = ask.answer(asked.name, **asked.parameters).to_pylist()
    return tuple(Similar(**(row | {"same_reasons": tuple(row["same_reasons"])})) for row in rows)


def cases_of_subject(kind: str, subject: str, until: datetime) -> tuple[OtherCase, ...]:
    """Answer the cases of an account or ring, those that need somebody first."""
    rows = ask.answer("cases_of_subject", kind=kind, subject=subject, until=until).to_pylist()
    return tuple(OtherCase(**row) for row in rows)


def cases_of_subject_then(kind: str, subject: str, until: datetime) -> tuple[OtherCase, ...]:
    """Answer the cases of an account or ring as each stood at a moment, the newest first."""
    rows = ask.answer("cases_of_subject_then", kind=kind, subject=subject, until=until).to_pylist()
    return tuple(OtherCase(**row) for row in rows)


def ring(ring_id: str, until: datetime) -> InRing | None:
    """Answer a ring as it was at a moment; None when it was not found yet."""
    rows = ask.answer("case_ring", ring_id=ring_id, until=until).to_pylist()
    return InRing(**rows[0]) if rows else None
