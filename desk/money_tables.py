"""The tables of the store that hold freezes and the ledger, copied from the records by number."""

from __future__ import annotations

from data.contract import Table
from desk.copied import ACTED, MONEY, copied
from desk.ledger.buckets import BUCKETS
from desk.requests.tables import REQUEST_TABLES

_FREEZE = (
    copied("freeze_id", "VARCHAR", "The freeze: F-4f0a91c2de07."),
    copied("version", "INTEGER", "How many steps it has."),
    copied("kind", "VARCHAR", "policy, internal or order."),
    copied("account_id", "VARCHAR", "Whose money."),
    copied("asset", "VARCHAR", "In which asset, by ticker."),
    copied("region", "VARCHAR", "Region of the account."),
    copied("country", "VARCHAR", "Its country, ISO alpha-2."),
    copied("status", "VARCHAR", "requested, provisional, active, released, seized or dropped."),
    copied("amount", MONEY, "Asked for, or stopped in all, in the store's unit."),
    copied("remaining", MONEY, "Stopped now."),
    copied("opened_at", "TIMESTAMP", "When it began, UTC."),
    copied("released", MONEY, "Given back so far."),
    copied("seized", MONEY, "Handed over so far."),
    copied("ordered", MONEY, "Of what remains, what an authority ordered to be kept."),
    copied("tainted", MONEY, "Known to come from crime when it was asked for; null: not worked out."),
    copied("event_id", "VARCHAR", "The event that was stopped."),
    copied("case_id", "VARCHAR", "The case that it belongs to."),
    copied("request_id", "VARCHAR", "The order that it executes."),
    copied("placed_at", "TIMESTAMP", "When money was stopped, UTC."),
    copied("confirmed_at", "TIMESTAMP", "When a second person stood by it, UTC."),
    copied("expires_at", "TIMESTAMP", "When a provisional hold ends by itself, UTC."),
    copied("review_by", "TIMESTAMP", "By when somebody must look at it again, UTC."),
    copied("appeal", "VARCHAR", "filed, granted or upheld; null: nobody objected."),
    copied("appealed_at", "TIMESTAMP", "When the customer objected, UTC."),
    copied("ended_at", "TIMESTAMP", "When nothing of it was left, UTC."),
    copied("is_wrongful", "BOOLEAN", "It was on money of somebody honest; null: not known."),
    copied("is_secret", "BOOLEAN", "The customer must not learn of it."),
)
DESK_FREEZES = Table(
    "desk_freezes",
    "Every freeze as it stands: its newest step, copied from the records.",
    "freeze_id",
    _FREEZE,
    loadable=False,
)
DESK_FREEZE_STEPS = Table(
    "desk_freeze_steps",
    "What was done with freezes, one row a step, each with the freeze's state after it.",
    "number",
    (
        *ACTED,
        copied("action", "VARCHAR", "requested, applied, held, confirmed, reviewed, released, lapsed, ..."),
        copied("reason", "VARCHAR", "The words of whoever did it.", "text"),
        copied("details", "VARCHAR", "What else belongs to the action, JSON.", "text"),
        copied("approval_id", "VARCHAR", "The approval that it asked for or used up."),
        copied("transfer_id", "VARCHAR", "The transfer in the ledger that it made."),
        *_FREEZE,
    ),
    loadable=False,
)
DESK_TRANSFERS = Table(
    "desk_transfers",
    "The ledger: every movement of stopped or mistaken money, with the account's balances after it.",
    "number",
    (
        *ACTED,
        copied("transfer_id", "VARCHAR", "The transfer: T-4f0a91c2de07."),
        copied("account_id", "VARCHAR", "Whose money."),
        copied("asset", "VARCHAR", "In which asset, by ticker."),
        copied("version", "INTEGER", "How many transfers of this account and asset."),
        copied("source", "VARCHAR", "From which place."),
        copied("target", "VARCHAR", "To which place."),
        copied("amount", MONEY, "How much, in the store's unit."),
        *(copied(name, MONEY, f"What is {name} after it.") for name in BUCKETS),
        copied("object_kind", "VARCHAR", "Because of what: freeze or recovery."),
        copied("object_id", "VARCHAR", "Which one."),
        copied("approval_id", "VARCHAR", "The approval that it used up."),
        copied("reason", "VARCHAR", "The words of whoever did it.", "text"),
    ),
    loadable=False,
)
DESK_PROOFS = Table(
    "desk_proofs",
    "The nightly proofs of the ledger: what a walk over all of it found.",
    "number",
    (
        *ACTED,
        copied("day", "DATE", "The data's day that it proves."),
        copied("night", "DATE", "The day of the wall clock, UTC."),
        copied("is_whole", "BOOLEAN", "Nothing was found broken."),
        copied("transfers", "BIGINT", "Transfers that hold."),
        copied("accounts", "BIGINT", "Pairs of account and asset."),
        copied("freezes", "BIGINT", "Freezes whose steps agree with the ledger."),
        copied("entries_sum", MONEY, "All entries added up: zero."),
        *(copied(name, MONEY, f"What is {name} in all.") for name in BUCKETS),
        copied("hash", "VARCHAR", "Hash over all transfers in their order."),
        copied("words", "VARCHAR", "The verdict in a sentence."),
    ),
    loadable=False,
)
MONEY_TABLES = (DESK_FREEZES, DESK_FREEZE_STEPS, DESK_TRANSFERS, DESK_PROOFS, *REQUEST_TABLES)
