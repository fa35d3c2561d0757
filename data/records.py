"""Records: what people did about crime, as other systems kept it; loaded like events, joined with them.

An authority's requests, investigations that ended, mistaken transfers that customers claimed, appeals
against restrictions, audited random samples, the measures that a region was given on a date, and the work of
an earlier desk.
"""

from __future__ import annotations

from data.declared import PROVENANCE, Column, Table

REQUESTS = Table(
    "requests",
    "Requests of authorities, freeze orders among them, and how each was answered.",
    "request_id",
    (
        Column("request_id", "VARCHAR", "The exchange's own number of the request.", required=True),
        Column("received_at", "TIMESTAMP", "When it came in, UTC.", required=True),
        Column(
            "class",
            "VARCHAR",
            "What was asked: data, to keep data, to freeze funds (an order), or data at once in danger.",
            required=True,
            values=("information", "preservation", "freeze", "emergency"),
        ),
        Column("agency", "VARCHAR", "Who asked, by name."),
        Column(
            "agency_kind",
            "VARCHAR",
            "What kind of authority it is.",
            values=("police", "prosecutor", "court", "tax", "financial_intelligence", "regulator"),
        ),
        Column("country", "VARCHAR", "Country of the authority, ISO 3166-1 alpha-2."),
        Column("account_id", "VARCHAR", "The first account it concerns; null: none of this exchange."),
        Column("accounts", "INTEGER", "How many accounts it concerns."),
        Column("amount", "DECIMAL(18,6)", "Money frozen by it, in the store's unit; null: none."),
        Column("answered_at", "TIMESTAMP", "When it was answered or executed, UTC; null: still open."),
        Column(
            "outcome",
            "VARCHAR",
            "How it was answered; null: still open.",
            values=("data_given", "partly_given", "kept", "executed", "refused", "withdrawn"),
        ),
        *PROVENANCE,
    ),
)

CASES = Table(
    "cases",
    "Investigations that have ended: what a desk concluded, and what it saved.",
    "case_id",
    (
        Column("case_id", "VARCHAR", "The exchange's own number of the case.", required=True),
        Column("account_id", "VARCHAR", "The account it is about.", required=True),
        Column("incident_id", "VARCHAR", "The crime it belongs to, as in `labels`; null: none."),
        Column("typology", "VARCHAR", "The kind of crime it was taken for."),
        Column("opened_at", "TIMESTAMP", "When it was opened, UTC.", required=True),
        Column("closed_at", "TIMESTAMP", "When it ended, UTC.", required=True),
        Column(
            "disposition",
            "VARCHAR",
            "What it came to.",
            required=True,
            values=("confirmed", "false_positive", "inconclusive"),
        ),
        Column("amount_saved", "DECIMAL(18,6)", "Money that did not leave because of it; null: not known."),
        *PROVENANCE,
    ),
)

RECOVERIES = Table(
    "recoveries",
    "Mistaken transfers that customers claimed, and whether the money came back.",
    "recovery_id",
    (
        Column("recovery_id", "VARCHAR", "The exchange's own number of the claim.", required=True),
        Column("account_id", "VARCHAR", "The account that claims.", required=True),
        Column("event_id", "VARCHAR", "The mistaken transfer; null: it never became a transaction here."),
        Column("claimed_at", "TIMESTAMP", "When it was claimed, UTC.", required=True),
        Column(
            "kind",
            "VARCHAR",
            "What went wrong.",
            required=True,
            values=("wrong_chain", "missing_memo", "wrong_address", "wrong_asset"),
        ),
        Column("amount", "DECIMAL(18,6)", "Value of the transfer, in the store's unit.", required=True),
        Column("asset", "VARCHAR", "What was sent, by ticker."),
        Column("ended_at", "TIMESTAMP", "When the claim ended, UTC; null: still open."),
        Column(
            "outcome",
            "VARCHAR",
            "How it ended; null: still open. A false claim is of money that was never the customer's.",
            values=("recovered", "not_recoverable", "false_claim"),
        ),
        *PROVENANCE,
    ),
)

APPEALS = Table(
    "appeals",
    "Customers who objected to a freeze or block, and what it came to.",
    "appeal_id",
    (
        Column("appeal_id", "VARCHAR", "The exchange's own number of the appeal.", required=True),
        Column("account_id", "VARCHAR", "The account that objects.", required=True),
        Column("event_id", "VARCHAR", "The event that was stopped; null: the account as a whole."),
        Column("filed_at", "TIMESTAMP", "When it was filed, UTC.", required=True),
        Column("ended_at", "TIMESTAMP", "When it was decided, UTC; null: still open."),
        Column(
            "outcome",
            "VARCHAR",
            "What was decided; null: still open.",
            values=("granted", "upheld"),
        ),
        *PROVENANCE,
    ),
)

AUDITS = Table(
    "audits",
    "Events drawn at random and looked at, flagged or not: what measures the crime that nobody saw.",
    "audit_id",
    (
        Column("audit_id", "VARCHAR", "The exchange's own number of the draw.", required=True),
        Column("event_id", "VARCHAR", "The event that was drawn.", required=True),
        Column("stratum", "VARCHAR", "The group of events it was drawn from.", required=True),
        Column(
            "probability",
            "DOUBLE",
            "Chance with which an event of that group was drawn, above 0 and at most 1.",
            required=True,
        ),
        Column("drawn_at", "TIMESTAMP", "When it was drawn, UTC.", required=True),
        Column("reviewed_at", "TIMESTAMP", "When it was looked at, UTC.", required=True),
        Column(
            "outcome",
            "VARCHAR",
            "What the review found.",
            required=True,
            values=("confirmed", "false_positive", "inconclusive"),
        ),
        *PROVENANCE,
    ),
)

INTERVENTIONS = Table(
    "interventions",
    "Measures taken against crime in one place from one day on, such as stricter withdrawals.",
    "intervention_id",
    (
        Column("intervention_id", "VARCHAR", "A short name, unique.", required=True),
        Column("title", "VARCHAR", "What was done, in one phrase.", required=True),
        Column(
            "kind",
            "VARCHAR",
            "What kind of measure it was.",
            values=("verification", "retraining", "detection", "cooperation", "policy"),
        ),
        Column("region", "VARCHAR", "Region it was taken in, by slug; null: everywhere."),
        Column("country", "VARCHAR", "Country it was taken in, ISO 3166-1 alpha-2; null: whole region."),
        Column("starts_at", "TIMESTAMP", "From when on it held, UTC.", required=True),
        *PROVENANCE,
    ),
)

DESK_WORK = Table(
    "desk_work",
    "Work of an earlier desk: who looked at which event, from when to when. Together with labels of source "
    "desk it becomes the history of cases.",
    "event_id",
    (
        Column("event_id", "VARCHAR", "The event that was worked on; one row each.", required=True),
        Column("analyst", "VARCHAR", "Who worked on it, by name.", required=True),
        Column("began_at", "TIMESTAMP", "First look, UTC.", required=True),
        Column("ended_at", "TIMESTAMP", "When it was decided, UTC; null: still at work."),
        Column("waited_minutes", "INTEGER", "Minutes that it waits for the customer; null: none."),
        Column("second_look", "BOOLEAN", "It was drawn for a review by another analyst; null: no."),
        Column("reviewed_by", "VARCHAR", "Who reviewed it; null: nobody yet."),
        Column("reviewed_at", "TIMESTAMP", "When it was reviewed, UTC; null: not yet."),
        Column(
            "reviewed_outcome",
            "VARCHAR",
            "What the reviewer found it to be.",
            values=("confirmed", "false_positive", "inconclusive"),
        ),
        Column("note", "VARCHAR", "What the analyst wrote; null: nothing.", personal="text"),
        *PROVENANCE,
    ),
)

RECORD_TABLES = (REQUESTS, CASES, RECOVERIES, APPEALS, AUDITS, INTERVENTIONS, DESK_WORK)
