"""The tables of the store that hold what people did at the desk, copied from the records by number."""

from __future__ import annotations

from data.contract import Table
from desk.audit_tables import DESK_AUDIT
from desk.capacity.tables import CAPACITY_TABLES
from desk.channels.configured import CHANNEL_TABLES
from desk.copied import ACTED, MONEY, copied
from desk.evidence.copied_table import DESK_CUSTODY
from desk.money_tables import MONEY_TABLES
from desk.recoveries.copied_tables import CLAIM_TABLES

_STATE = (
    copied("case_id", "VARCHAR", "The case: C-4f0a91c2de07."),
    copied("version", "INTEGER", "How many steps it has."),
    copied("subject_kind", "VARCHAR", "What it is about: account or ring."),
    copied("subject_id", "VARCHAR", "Which one."),
    copied("regions", "VARCHAR[]", "Regions of its accounts."),
    copied("channel", "VARCHAR", "The regional channel whose queue it is in."),
    copied("kind", "VARCHAR", "fraud, identity, anomaly, ring or sanction."),
    copied("severity", "VARCHAR", "critical, high, medium or low."),
    copied("expected_loss", MONEY, "What may be lost, in the store's unit."),
    copied("alerts", "INTEGER", "Alerts that it holds."),
    copied("opened_at", "TIMESTAMP", "When it was opened, UTC."),
    copied("status", "VARCHAR", "open, paused, closed, merged, withdrawn or lapsed."),
    copied("level", "INTEGER", "How far it was escalated; 0: the desk's operators."),
    copied("holder", "VARCHAR", "Who has it in hand; see lease_until."),
    copied("lease_until", "TIMESTAMP", "Until when, by the wall clock, UTC."),
    copied("assignee", "VARCHAR", "Who alone is offered it."),
    copied("first_look_at", "TIMESTAMP", "When somebody first took it, UTC."),
    copied("paused_since", "TIMESTAMP", "Since when its clock stands still, UTC."),
    copied("paused_until", "TIMESTAMP", "When the pause ends by itself, UTC."),
    copied("paused_seconds", "INTEGER", "Seconds of pauses that are over."),
    copied("outcome", "VARCHAR", "confirmed, false_positive or inconclusive; null: not disposed of."),
    copied("typology", "VARCHAR", "The kind of crime, where it is confirmed."),
    copied("loss", MONEY, "What was lost, in the store's unit; null: not known."),
    copied("closed_at", "TIMESTAMP", "When it ended, UTC."),
    copied("closed_by", "VARCHAR", "Who ended it."),
    copied("second_look", "BOOLEAN", "It waits for a review by another person."),
    copied("reopened", "INTEGER", "How often it was opened again."),
    copied("merged_into", "VARCHAR", "The case that it went on in."),
)
DESK_CASES = Table(
    "desk_cases",
    "Every case as it stands: its newest step, copied from the records.",
    "case_id",
    _STATE,
    loadable=False,
)
DESK_STEPS = Table(
    "desk_steps",
    "What was done with cases, one row a step, each with the case's state after it.",
    "number",
    (
        *ACTED,
        copied("action", "VARCHAR", "opened, joined, taken, assigned, noted, paused, disposed, ..."),
        copied("reason", "VARCHAR", "The words of whoever did it.", "text"),
        copied("details", "VARCHAR", "What else belongs to the action, JSON.", "text"),
        copied("bulk_id", "VARCHAR", "The action on many cases that it was part of."),
        *_STATE,
    ),
    loadable=False,
)
DESK_ALERTS = Table(
    "desk_alerts",
    "Alerts of all models, each in the case it was opened for or joined to.",
    "alert_id",
    (
        copied("number", "BIGINT", "Number of the row in the records."),
        copied("alert_id", "VARCHAR", "The alert: its model and what it is of."),
        copied("case_id", "VARCHAR", "The case that holds it."),
        copied("kind", "VARCHAR", "fraud, identity, anomaly, ring or sanction."),
        copied("account_id", "VARCHAR", "The account; null for a ring's own alarm."),
        copied("event_id", "VARCHAR", "The event; null where the alert is of no single event."),
        copied("ring_id", "VARCHAR", "The ring that the account was in, or the alert is of."),
        copied("raised_at", "TIMESTAMP", "When it was raised, UTC."),
        copied("score", "DOUBLE", "Probability; null where there is none."),
        copied("amount", MONEY, "Money of the event, in the store's unit; null: none."),
        copied("expected_loss", MONEY, "What may be lost by it, in the store's unit."),
        copied("severity", "VARCHAR", "critical, high, medium or low, by rule."),
        copied("decision", "VARCHAR", "What policy decided: hold, block or freeze."),
        copied("region", "VARCHAR", "Region of the account."),
        copied("country", "VARCHAR", "Its country, ISO alpha-2."),
        copied("sentence", "VARCHAR", "The strongest reason in words.", "text"),
    ),
    loadable=False,
)
DESK_WORDS = Table(
    "desk_words",
    "What is written about each case: for search, and as the queue says it; written anew with each step.",
    "case_id",
    (
        copied("case_id", "VARCHAR", "The case."),
        copied("status", "VARCHAR", "Its status, so that a search among live cases reads no others."),
        copied(
            "text", "VARCHAR", "Its ids, accounts, events, rings, reasons and notes in small letters.", "text"
        ),
        copied("sentence", "VARCHAR", "The strongest reason of the alert by which most may be lost.", "text"),
        copied("rings", "VARCHAR", "Rings of its alerts."),
    ),
    loadable=False,
)
DESK_DRILL_STEPS = Table(
    "desk_drill_steps",
    "What was done in training shifts, one row a step: never read by the queue, by measures or by training.",
    "number",
    (
        *ACTED,
        copied("action", "VARCHAR", "started, shown, paused, answered, skipped, finished or abandoned."),
        copied("reason", "VARCHAR", "The trainee's note.", "text"),
        copied("details", "VARCHAR", "The mark, what was cited and what was shown, JSON.", "text"),
        copied("drill_id", "VARCHAR", "The drill: D-4f0a91c2de."),
        copied("version", "INTEGER", "How many steps the drill has with this one."),
        copied("trainee", "VARCHAR", "Whose drill it is."),
        copied("seed", "BIGINT", "What its cases were drawn with."),
        copied("begun_at", "TIMESTAMP", "When it was begun, by the wall clock, UTC."),
        copied("status", "VARCHAR", "running, finished or abandoned."),
        copied("place", "INTEGER", "The case at hand after the step, from 1."),
        copied("case_id", "VARCHAR", "The past case that was answered or skipped; null for other steps."),
        copied("case_kind", "VARCHAR", "Its kind: fraud, identity, anomaly, ring or sanction."),
        copied("truth", "VARCHAR", "What it turned out to be."),
        copied("truth_typology", "VARCHAR", "The kind of crime that it was."),
        copied("outcome", "VARCHAR", "What the trainee said; null: skipped."),
        copied("typology", "VARCHAR", "The kind of crime that the trainee said."),
        copied("loss", MONEY, "The loss that the trainee estimated, in the store's unit."),
        copied("seconds", "DOUBLE", "How long the trainee took."),
        copied("colleague_seconds", "DOUBLE", "The median of experienced colleagues on such cases."),
        copied("points", "DOUBLE", "What it earned, of 100."),
        copied("is_right", "BOOLEAN", "The outcome was the truth."),
        copied("is_typology_right", "BOOLEAN", "The typology was; null where none was asked or said."),
        copied("recall", "DOUBLE", "Share of the evidence that carries the decision that was cited."),
        copied("precision", "DOUBLE", "Share of what was cited that carries the decision."),
    ),
    loadable=False,
)
DESK_TIMED = Table(
    "desk_timed",
    "When each case is due or was, and whether that was kept: desk_clocks, kept.",
    "case_id",
    (
        copied("case_id", "VARCHAR", "The case."),
        copied("first_due_at", "TIMESTAMP", "When somebody must have looked, UTC."),
        copied(
            "due_at", "TIMESTAMP", "When it must have ended, pauses added as far as their end is known, UTC."
        ),
        copied("looked_in_time", "BOOLEAN", "Somebody looked before that; null: nobody has looked."),
        copied("ended_in_time", "BOOLEAN", "It ended before that; null: it is live."),
    ),
    loadable=False,
)
DESK_STANDING = Table(
    "desk_standing",
    "From when on the clock of each live case is at risk, due soon and breached: desk_clocks_at, kept.",
    "case_id",
    (
        copied("case_id", "VARCHAR", "The live case."),
        copied("at_risk_at", "TIMESTAMP", "From when on it is at risk, UTC."),
        copied("due_soon_at", "TIMESTAMP", "From when on it is due soon, UTC."),
        copied(
            "due_at", "TIMESTAMP", "When it must have ended, pauses added as far as their end is known, UTC."
        ),
        copied("paused_since", "TIMESTAMP", "Since when its clock stands still, UTC."),
        copied("paused_until", "TIMESTAMP", "When that ends by itself, UTC."),
        copied("paused_left", "BIGINT", "Microseconds of its clock that a paused case had left."),
        copied("counts", "VARCHAR", "When its clock runs: always, or working hours of its channel."),
        copied("channel", "VARCHAR", "The channel in whose hours it counts."),
    ),
    loadable=False,
)
DESK_TABLES = (
    DESK_CASES,
    DESK_STEPS,
    DESK_ALERTS,
    DESK_WORDS,
    DESK_TIMED,
    DESK_STANDING,
    DESK_DRILL_STEPS,
    *MONEY_TABLES,
    *CLAIM_TABLES,
    DESK_AUDIT,
    DESK_CUSTODY,
    *CHANNEL_TABLES,
    *CAPACITY_TABLES,
)
