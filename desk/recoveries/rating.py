"""Claims of the records as the room `scoring.claims` reads them, and the score of one that is new."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pyarrow as pa
from sqlalchemy import select

from data.store import Store
from desk.money import MICRO
from desk.records import Records
from desk.recoveries.state import ClaimState
from desk.recoveries.steps import state_of
from desk.recoveries.steps_table import CLAIMS_NOW
from scoring.claims.model import Told
from scoring.claims.rating import rate

SCHEMA = pa.schema(
    [
        ("claim_id", pa.string()),
        ("account_id", pa.string()),
        ("event_id", pa.string()),
        ("claimed_at", pa.timestamp("us")),
        ("kind", pa.string()),
        ("amount", pa.decimal128(18, 6)),
        ("ended_at", pa.timestamp("us")),
        ("outcome", pa.string()),
    ]
)


def as_table(claims: Sequence[ClaimState]) -> pa.Table:
    """Return claims as the columns that scoring reads."""
    rows = [
        {
            **{name: getattr(one, name) for name in SCHEMA.names if name != "amount"},
            "amount": Decimal(one.amount_micro) / MICRO,
        }
        for one in claims
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def rated(store: Store, records: Records, new: ClaimState) -> Told:
    """Return the score of a claim that is made now: by what is known of its account's earlier claims."""
    with records.reading() as connection:
        asked = select(CLAIMS_NOW).where(CLAIMS_NOW.c.account_id == new.account_id)
        known = [state_of(row) for row in connection.execute(asked)]
    with store.cursor() as cursor:
        return rate(cursor, as_table([new]), as_table(known))
