"""What is asked of anomalies: how unusual an event or account is and why, and what that finds in an area."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dashboard import ask
from dashboard.formats import percent
from dashboard.questions import words
from dashboard.tables import Asked

EVERYWHERE = ""
PLURALS = {"withdrawal": "withdrawals", "internal_transfer": "internal transfers"}


@dataclass(frozen=True, slots=True)
class Anomaly:
    """One outgoing event: `score` is the share of its area's events of its kind that are more usual."""

    event_id: str
    occurred_at: datetime
    area: str
    kind: str
    score: float
    is_alert: bool
    reason: str | None
    sentence: str | None


@dataclass(frozen=True, slots=True)
class AccountAnomaly:
    """An account's most unusual outgoing event of its last 30 days with one, and its past before them.

    `usual_before` is the median score of the `events_before`; None without any.
    """

    peak: Anomaly
    usual_before: float | None
    events_before: int
    events_recent: int


@dataclass(frozen=True, slots=True)
class AnomalyReason:
    """One reason of an anomaly alert: what share of its surprise it is, in words."""

    rank: int
    reason: str
    share: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Gain:
    """What anomaly alerts found beside fraud alerts in an area, with 95 % intervals; `quarter` None: all."""

    area: str
    quarter: date | None
    incidents: int
    by_fraud: int
    by_anomaly: int
    only_anomaly: int
    only_low: float
    only_high: float
    fraud_alerts: int
    fraud_precision: float | None
    anomaly_alerts: int
    precision: float | None
    precision_low: float | None
    precision_high: float | None


def anomaly_of_event(event_id: str) -> Anomaly | None:
    """Answer how unusual an event is; None where no money left by it or nothing could be compared."""
    rows = ask.answer("anomaly_of_event", event_id=event_id).to_pylist()
    return Anomaly(**rows[0]) if rows else None


def anomaly_reasons(event_id: str) -> tuple[AnomalyReason, ...]:
    """Answer why an alert is unusual; nothing for an event that is none."""
    names = ["rank", "reason", "share", "sentence"]
    rows = ask.answer("anomaly_event_reasons", event_id=event_id).select(names).to_pylist()
    return tuple(AnomalyReason(**row) for row in rows)


def account_anomaly(account_id: str) -> AccountAnomaly | None:
    """Answer how unusual an account has been; None where there is nothing to compare."""
    rows = ask.answer("account_anomaly", account_id=account_id).to_pylist()
    if not rows:
        return None
    past = {name: rows[0].pop(name) for name in ("usual_before", "events_before", "events_recent")}
    return AccountAnomaly(Anomaly(**rows[0]), **past)


def account_anomalies_asked(account_id: str) -> Asked:
    """Return the question of an account's outgoing events with how unusual each is."""
    return Asked("account_anomalies", {"account_id": account_id})


def gains_asked(area: str = EVERYWHERE, first: str = EVERYWHERE) -> Asked:
    """Return the question of gains: of one area, or of all with the one called `first` on top."""
    return Asked("anomaly_gains", {"area": area, "first": first})


def gain_of_area(area: str) -> Gain | None:
    """Answer the gain of an area over all its quarters; None where nothing was measured."""
    asked = gains_asked(area)
    rows = ask.answer(asked.name, **asked.parameters).to_pylist()
    return next((Gain(**row) for row in rows if row["quarter"] is None), None)


def unflagged_asked(area: str, now: datetime) -> Asked:
    """Return the question of an area's most unusual accounts that the fraud model did not flag lately."""
    return Asked("unflagged_anomalies", {"area": area, "now": now})


def unusual(anomaly: Anomaly) -> str:
    """Say how unusual an event is among its peers: never more than one decimal, rounded down."""
    peers = f"{PLURALS.get(anomaly.kind, 'events')} in {words.area(anomaly.area)} in the three months before"
    if anomaly.score >= 1.0:
        return f"more unusual than all {peers}"
    return f"more unusual than {percent(int(anomaly.score * 1000) / 1000, 1)} of {peers}"


def usual_before(found: AccountAnomaly) -> str:
    """Say how unusual an account's outgoing events were before its last 30 days."""
    if found.usual_before is None:
        return "No money left it before those 30 days, so it has no past of its own to compare with."
    events = f"{found.events_before:,} {'event' if found.events_before == 1 else 'events'}"
    return f"Its {events} before were more unusual than {percent(found.usual_before)} on the median."
