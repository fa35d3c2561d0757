"""The table of request steps, and requests as they stand: what of the rules a database can hold, it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    DateTime,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
    column,
    event,
    table,
)

from data.statement import read_statement
from desk.append_only import refuse_changes, refuse_gaps
from desk.requests.state import ASKERS, CHANNELS, CLASSES, LIVE, OUTCOMES, STATUSES, RequestState
from desk.transactional import TRANSACTIONAL, acted


def _one_of(name: str, values: Sequence[str]) -> str:
    return f"{name} IN ({', '.join(repr(value) for value in values)})"


REQUEST_STEPS = Table(
    "request_steps",
    TRANSACTIONAL,
    *acted("step"),
    Column("action", String, nullable=False, comment="What was done: received, checked, called_back, ..."),
    Column("reason", Text, nullable=False, comment="The words of whoever did it."),
    Column("details", JSON, nullable=False, comment="What else belongs to the action, by name."),
    Column("approval_id", String, comment="The approval that it asked for or used up."),
    Column("request_id", String, nullable=False, comment="The request: Q-4f0a91c2de07."),
    Column("version", Integer, nullable=False, comment="How many steps the request has with this one."),
    Column(
        "asker", String, nullable=False, comment="authority, or user: a customer about their own account."
    ),
    Column("request_class", String, nullable=False, comment="information, preservation, freeze, ..."),
    Column("status", String, nullable=False, comment="received, checking, verified, doubtful, ..."),
    Column("received_at", DateTime, nullable=False, comment="When it came in, UTC."),
    Column("at_risk_at", DateTime, nullable=False, comment="From when on its clock is at risk, UTC."),
    Column("due_at", DateTime, nullable=False, comment="By when it must be answered, UTC."),
    Column("place", String, nullable=False, comment="The regional channel by whose hours its clock runs."),
    Column("channel", String, nullable=False, comment="How it came in: portal, mail, letter or phone."),
    Column("agency", String, comment="Who asks, by name."),
    Column("agency_kind", String, comment="What kind of authority it is."),
    Column("country", String, comment="Country of the authority, ISO alpha-2."),
    Column("officer", String, comment="The person who asks, by name."),
    Column("contact", String, comment="The mail address that it came from."),
    Column("reference", String, comment="The asker's own number of it."),
    Column("legal_basis", String, comment="The law or order that it names."),
    Column("words", Text, nullable=False, comment="What it says."),
    Column("account_ids", JSON, nullable=False, comment="The accounts that it names, a list."),
    Column("accounts", Integer, nullable=False, comment="How many accounts of this exchange it concerns."),
    Column("scope_asked", JSON, nullable=False, comment="The kinds of data that it asks for, a list."),
    Column("since", DateTime, comment="Data from when on, UTC."),
    Column("until", DateTime, comment="Data until when, UTC."),
    Column("scope_given", JSON, nullable=False, comment="The kinds of data that are or were given, a list."),
    Column("is_narrowed", Boolean, nullable=False, comment="Less is given than was asked for."),
    Column("narrowed_because", Text, comment="Why less."),
    Column("amount_micro", BigInteger, comment="Money that it orders to be frozen, millionths."),
    Column("asset", String, comment="In which asset, by ticker."),
    Column("authenticity", Float, comment="From 0, forged, to 1, genuine; NULL: not checked."),
    Column("missing", JSON, nullable=False, comment="Required checks that it has not passed, a list."),
    Column("called_by", String, comment="Who called back last."),
    Column("called_at", DateTime, comment="When, UTC."),
    Column("called_number", String, comment="Which number: the book's, never the request's."),
    Column("call_confirmed", Boolean, comment="Whether the authority said that it is theirs."),
    Column("is_secret", Boolean, nullable=False, comment="The customer must not learn of it."),
    Column("secret_until", DateTime, comment="Until when, UTC; NULL: until somebody says so."),
    Column("kept_until", DateTime, comment="Until when data are kept because of it, UTC."),
    Column("case_id", String, comment="The case that it belongs to."),
    Column("freeze_ids", JSON, nullable=False, comment="The freezes that execute it, a list."),
    Column("package_hash", String, comment="SHA-256 of the file that was handed over or kept."),
    Column("answered_at", DateTime, comment="When it ended, UTC."),
    Column("outcome", String, comment="data_given, partly_given, no_data, helped, kept, executed, ..."),
    CheckConstraint(_one_of("asker", ASKERS), name="known_asker"),
    CheckConstraint(_one_of("request_class", CLASSES), name="known_request_class"),
    CheckConstraint(_one_of("status", STATUSES), name="known_request_status"),
    CheckConstraint(_one_of("channel", CHANNELS), name="known_way_in"),
    CheckConstraint(f"outcome IS NULL OR {_one_of('outcome', OUTCOMES)}", name="known_request_outcome"),
    CheckConstraint("length(trim(action)) > 0", name="something_done_with_it"),
    CheckConstraint("accounts >= 0 AND version > 0", name="requests_counted"),
    CheckConstraint("amount_micro IS NULL OR amount_micro > 0", name="orders_something"),
    CheckConstraint("authenticity IS NULL OR authenticity BETWEEN 0 AND 1", name="authenticity_is_a_share"),
    CheckConstraint(f"(answered_at IS NULL) = ({_one_of('status', LIVE)})", name="request_ended_once"),
    CheckConstraint("(outcome IS NULL) = (answered_at IS NULL)", name="ended_as_something"),
    CheckConstraint("NOT is_narrowed OR length(trim(narrowed_because)) > 0", name="narrowed_with_words"),
    CheckConstraint("called_at IS NULL OR called_number IS NOT NULL", name="called_some_number"),
    Index("each_request_version_once", "request_id", "version", unique=True),
    comment="What was done with requests, one row a step, each with the request's state after it.",
    sqlite_autoincrement=True,
)
refuse_changes(REQUEST_STEPS, "request_id = NEW.request_id AND version = NEW.version")
refuse_gaps(REQUEST_STEPS, "request_id", "version")
_CREATE_VIEW = read_statement(Path(__file__).with_name("requests_now.sql")).sql
STATE_NAMES = tuple(each.name for each in fields(RequestState))
# Lists of a state: tuples here, JSON in the records, lists in the store.
LISTS = ("account_ids", "scope_asked", "scope_given", "missing", "freeze_ids")
REQUESTS_NOW = table(
    "requests_now",
    column("number", REQUEST_STEPS.c.number.type),
    *(column(name, REQUEST_STEPS.c[name].type) for name in STATE_NAMES),
)


@event.listens_for(REQUEST_STEPS, "after_create")
def _create_view(_table: Table, connection: Connection, **_: object) -> None:
    connection.exec_driver_sql(_CREATE_VIEW)
