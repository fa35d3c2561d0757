"""Records: what people did about crime, as other systems kept it; loaded like events, joined with them.

Requests of authorities and users, investigations that ended, mistaken transfers that customers claimed,
appeals against restrictions, audited random samples, the measures that a region was given on a date, and the
work of an earlier desk.
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

REQUEST_PAPERS = Table(
    "request_papers",
    "What requests brought with them and how they were checked, and requests of users about their own data.",
    "request_id",
    (
        Column(
            "request_id",
            "VARCHAR",
            "The request, as in `requests`; a user's stands here alone.",
            required=True,
        ),
        Column(
            "asker",
            "VARCHAR",
            "Who asks: an authority, or a customer about their own account.",
            required=True,
            values=("authority", "user"),
        ),
        Column("received_at", "TIMESTAMP", "When a user's came in, UTC; null: as in `requests`."),
        Column("account_id", "VARCHAR", "The user's account; null: as in `requests`."),
        Column("answered_at", "TIMESTAMP", "When a user's was answered, UTC; null: open, or in `requests`."),
        Column(
            "outcome",
            "VARCHAR",
            "How a user's was answered; null: open, or as in `requests`.",
            values=("data_given", "partly_given", "refused", "withdrawn"),
        ),
        Column("channel", "VARCHAR", "How it came in.", values=("portal", "mail", "letter", "phone")),
        Column("officer", "VARCHAR", "The person who asks, by name."),
        Column("contact", "VARCHAR", "The mail address that it came from.", personal="mail"),
        Column("reference", "VARCHAR", "The asker's own number of it."),
        Column("legal_basis", "VARCHAR", "The law or order that it names."),
        Column("words", "VARCHAR", "What it says.", personal="text"),
        Column("scope", "VARCHAR", "The kinds of data it asks for, with semicolons between: profile;logins."),
        Column("since", "TIMESTAMP", "Data from when on, UTC; null: from the beginning."),
        Column("until", "TIMESTAMP", "Data until when, UTC; null: until it came in."),
        Column("scope_given", "VARCHAR", "The kinds of data that were given, the same way; null: none."),
        Column("narrowed_because", "VARCHAR", "Why less was given than asked; null: it was not less."),
        Column("called_at", "TIMESTAMP", "When the authority was called back, UTC; null: never."),
        Column("is_confirmed", "BOOLEAN", "It said that the request is theirs; null: nobody called."),
        Column("is_secret", "BOOLEAN", "The customer must not learn of it; null: no."),
        Column("secret_until", "TIMESTAMP", "Until when, UTC; null: until somebody says so."),
        Column("kept_until", "TIMESTAMP", "Until when data are kept because of it, UTC."),
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

RECORD_TABLES = (REQUESTS, REQUEST_PAPERS, CASES, RECOVERIES, APPEALS, AUDITS, INTERVENTIONS, DESK_WORK)
