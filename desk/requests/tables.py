"""The tables of the store that hold requests and what was done with them, copied by number."""

from __future__ import annotations

from data.contract import Table
from desk.copied import ACTED, MONEY, copied

_REQUEST = (
    copied("request_id", "VARCHAR", "The request: Q-4f0a91c2de07."),
    copied("version", "INTEGER", "How many steps the request has with this one."),
    copied("asker", "VARCHAR", "authority, or user: a customer about their own account."),
    copied("request_class", "VARCHAR", "information, preservation, freeze, ..."),
    copied("status", "VARCHAR", "received, checking, verified, doubtful, ..."),
    copied("received_at", "TIMESTAMP", "When it came in, UTC."),
    copied("at_risk_at", "TIMESTAMP", "From when on its clock is at risk, UTC."),
    copied("due_at", "TIMESTAMP", "By when it must be answered, UTC."),
    copied("place", "VARCHAR", "The regional channel by whose hours its clock runs."),
    copied("channel", "VARCHAR", "How it came in: portal, mail, letter or phone."),
    copied("agency", "VARCHAR", "Who asks, by name."),
    copied("agency_kind", "VARCHAR", "What kind of authority it is."),
    copied("country", "VARCHAR", "Country of the authority, ISO alpha-2."),
    copied("officer", "VARCHAR", "The person who asks, by name."),
    copied("contact", "VARCHAR", "The mail address that it came from.", "mail"),
    copied("reference", "VARCHAR", "The asker's own number of it."),
    copied("legal_basis", "VARCHAR", "The law or order that it names."),
    copied("words", "VARCHAR", "What it says.", "text"),
    copied("account_ids", "VARCHAR[]", "The accounts that it names."),
    copied("accounts", "INTEGER", "How many accounts of this exchange it concerns."),
    copied("scope_asked", "VARCHAR[]", "The kinds of data that it asks for."),
    copied("since", "TIMESTAMP", "Data from when on, UTC."),
    copied("until", "TIMESTAMP", "Data until when, UTC."),
    copied("scope_given", "VARCHAR[]", "The kinds of data that are or were given."),
    copied("is_narrowed", "BOOLEAN", "Less is given than was asked for."),
    copied("narrowed_because", "VARCHAR", "Why less.", "text"),
    copied("amount", MONEY, "Money that it orders to be frozen, in the store's unit."),
    copied("asset", "VARCHAR", "In which asset, by ticker."),
    copied("authenticity", "DOUBLE", "From 0, forged, to 1, genuine; null: not checked."),
    copied("missing", "VARCHAR[]", "Required checks that it has not passed."),
    copied("called_by", "VARCHAR", "Who called back last."),
    copied("called_at", "TIMESTAMP", "When, UTC."),
    copied("called_number", "VARCHAR", "Which number: the book's, never the request's.", "phone"),
    copied("call_confirmed", "BOOLEAN", "Whether the authority said that it is theirs."),
    copied("is_secret", "BOOLEAN", "The customer must not learn of it."),
    copied("secret_until", "TIMESTAMP", "Until when, UTC; null: until somebody says so."),
    copied("kept_until", "TIMESTAMP", "Until when data are kept because of it, UTC."),
    copied("case_id", "VARCHAR", "The case that it belongs to."),
    copied("freeze_ids", "VARCHAR[]", "The freezes that execute it."),
    copied("package_hash", "VARCHAR", "SHA-256 of the file that was handed over or kept."),
    copied("answered_at", "TIMESTAMP", "When it ended, UTC."),
    copied("outcome", "VARCHAR", "data_given, partly_given, no_data, helped, kept, executed, ..."),
)
DESK_REQUESTS = Table(
    "desk_requests",
    "Every request of an authority or a user as it stands: its newest step, copied from the records.",
    "request_id",
    _REQUEST,
    loadable=False,
)
DESK_REQUEST_STEPS = Table(
    "desk_request_steps",
    "What was done with requests, one row a step, each with the request's state after it.",
    "number",
    (
        *ACTED,
        copied("action", "VARCHAR", "received, checked, called_back, verified, narrowed, disclosed, ..."),
        copied("reason", "VARCHAR", "The words of whoever did it.", "text"),
        copied("details", "VARCHAR", "What else belongs to the action, JSON.", "text"),
        copied("approval_id", "VARCHAR", "The approval that it asked for or used up."),
        *_REQUEST,
    ),
    loadable=False,
)
REQUEST_TABLES = (DESK_REQUESTS, DESK_REQUEST_STEPS)
