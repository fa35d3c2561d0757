"""The tables of anomalies: how unusual each outgoing event is, why, and what that finds."""

from __future__ import annotations

from data.contract import Table
from scoring.event_tables import filled

ANOMALIES = Table(
    "anomalies",
    "Every event with which money leaves an account, with how unlike its account's past and its area's other "
    "accounts it is; learned without labels, decides nothing. Sorted by account and time.",
    "event_id",
    (
        filled("event_id", "VARCHAR", "The event."),
        filled("event_key", "BIGINT", "The event's number, to join by."),
        filled("account_id", "VARCHAR", "The account that acts."),
        filled("area", "VARCHAR", "Its area: a region's slug, or the code of a country apart."),
        filled("kind", "VARCHAR", "withdrawal or internal_transfer."),
        filled("occurred_at", "TIMESTAMP", "When it happened, UTC."),
        filled(
            "score",
            "DOUBLE",
            "Share, 0 to 1, of the area's events of this kind in the three months before its month that are "
            "more usual.",
        ),
        filled(
            "surprise", "DOUBLE", "Sum of its strongest reasons' surprise beyond the account's usual, nats."
        ),
        filled(
            "is_alert",
            "BOOLEAN",
            "It reaches the threshold of its area's alert budget, and its account had no such alert in the "
            "seven days before.",
        ),
        filled("reason", "VARCHAR", "Its strongest reason, where more unusual than nine in ten."),
        filled("sentence", "VARCHAR", "That reason in words."),
    ),
    loadable=False,
)

ANOMALY_REASONS = Table(
    "anomaly_reasons",
    "Why an anomaly alert is unusual: its strongest reasons, under the names and words of the fraud model.",
    "event_id",
    (
        filled("event_id", "VARCHAR", "The event."),
        filled("occurred_at", "TIMESTAMP", "When it happened, UTC."),
        filled("area", "VARCHAR", "Area of its account."),
        filled("rank", "INTEGER", "1 for the most surprising reason."),
        filled("reason", "VARCHAR", "Name of the reason."),
        filled("feature", "VARCHAR", "The signal of the reason that surprises most."),
        filled("value", "DOUBLE", "That signal's value; null: not known."),
        filled(
            "normal",
            "DOUBLE",
            "The customer's own past where the signal compares with it, else the median of its peers.",
        ),
        filled("surprise", "DOUBLE", "What the reason adds to the event's surprise, nats."),
        filled("share", "DOUBLE", "The same as a share of the event's surprise."),
        filled("sentence", "VARCHAR", "The reason in words for an analyst."),
    ),
    loadable=False,
)

ANOMALY_GAIN = Table(
    "anomaly_gain",
    "What anomaly alerts find beside the fraud model's, never with more alerts than it; one row an area and "
    "quarter, and one an area for all its quarters. Fraud alerts on training data do not count.",
    "area",
    (
        filled("area", "VARCHAR", "The area."),
        filled("quarter", "DATE", "First day of the quarter; null: all quarters together."),
        filled("incidents", "BIGINT", "Confirmed crimes, known by now, with a transaction or sign-in there."),
        filled("by_fraud", "BIGINT", "Those that a fraud alert lies on."),
        filled("by_anomaly", "BIGINT", "Those that an anomaly alert lies on."),
        filled("only_anomaly", "BIGINT", "Those that an anomaly alert lies on and no fraud alert."),
        filled("only_low", "DOUBLE", "Lower end of its 95 % interval, by bootstrap over incidents."),
        filled("only_high", "DOUBLE", "Upper end."),
        filled("fraud_alerts", "BIGINT", "Events held, blocked or frozen."),
        filled("fraud_confirmed", "BIGINT", "Those confirmed as crime."),
        filled("anomaly_alerts", "BIGINT", "Anomaly alerts, the most unusual ones up to as many as those."),
        filled("anomaly_confirmed", "BIGINT", "Those confirmed as crime by now; some never are."),
        filled("precision", "DOUBLE", "Confirmed share of the anomaly alerts; null without one."),
        filled("precision_low", "DOUBLE", "Lower end of its 95 % interval, by bootstrap over accounts."),
        filled("precision_high", "DOUBLE", "Upper end."),
    ),
    loadable=False,
)

ANOMALY_TABLES = (ANOMALIES, ANOMALY_REASONS, ANOMALY_GAIN)
