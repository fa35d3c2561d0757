"""The alerts of cases: each alert of a model is in exactly one case, in a table that only grows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    DateTime,
    Float,
    Index,
    String,
    Table,
    Text,
    insert,
    select,
)

from desk.append_only import refuse_changes
from desk.transactional import AT_ONCE, NUMBER, TRANSACTIONAL, take_turn

CASE_ALERTS = Table(
    "case_alerts",
    TRANSACTIONAL,
    Column("number", NUMBER, primary_key=True, comment="Number of the row, in the order of writing."),
    Column(
        "alert_id", String, nullable=False, unique=True, comment="The alert: its model and what it is of."
    ),
    Column("case_id", String, nullable=False, index=True, comment="The case that holds it."),
    Column("kind", String, nullable=False, comment="fraud, identity, anomaly, ring or sanction."),
    Column("account_id", String, comment="The account; NULL for a ring's own alarm."),
    Column("event_id", String, comment="The event; NULL where the alert is of no single event."),
    Column("ring_id", String, comment="The ring that the account was in, or the alert is of."),
    Column("at", DateTime, nullable=False, comment="When it was raised, UTC."),
    Column("score", Float, comment="Probability; NULL where there is none."),
    Column("amount_micro", BigInteger, comment="Money of the event, millionths; NULL: none."),
    Column("expected_loss_micro", BigInteger, nullable=False, comment="What may be lost by it, millionths."),
    Column("severity", String, nullable=False, comment="critical, high, medium or low, by rule."),
    Column("decision", String, comment="What policy decided: hold, block or freeze."),
    Column("region", String, nullable=False, comment="Region of the account."),
    Column("country", String, comment="Its country, ISO alpha-2."),
    Column("sentence", Text, nullable=False, comment="The strongest reason in words."),
    Index("alerts_by_event", "event_id"),
    comment="Alerts of all models, each in the case it was opened for or joined to.",
    sqlite_autoincrement=True,
)
refuse_changes(CASE_ALERTS, "alert_id = NEW.alert_id")


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert of a model, as it is kept with its case. Money in micro-units, times naive UTC."""

    alert_id: str
    kind: str
    account_id: str | None
    event_id: str | None
    ring_id: str | None
    at: datetime
    score: float | None
    amount_micro: int | None
    expected_loss_micro: int
    severity: str
    decision: str | None
    region: str
    country: str | None
    sentence: str


def append_alerts(connection: Connection, placed: Sequence[tuple[str, Alert]]) -> None:
    """Write alerts, each with the id of its case. Raises an error of sqlalchemy for one that is known."""
    # Numbers are given in turn, so that whoever reads on after the last one misses none.
    take_turn(connection)
    rows = [
        {"case_id": case_id, **{name: getattr(alert, name) for name in Alert.__slots__}}
        for case_id, alert in placed
    ]
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(insert(CASE_ALERTS), rows[start : start + AT_ONCE])


def alerts_of(connection: Connection, case_id: str) -> list[Alert]:
    """Return the alerts of a case, the oldest first."""
    asked = select(CASE_ALERTS).where(CASE_ALERTS.c.case_id == case_id).order_by(CASE_ALERTS.c.number)
    return [_read(row) for row in connection.execute(asked)]


def _read(row: object) -> Alert:
    return Alert(**{name: getattr(row, name) for name in Alert.__slots__})
