"""What the store knows about a claim: the transaction it names, the account, and what proves control."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from data.statement import read_statement
from desk.recoveries.state import ClaimState

# So many customers share only the address of a service.
MANY_CUSTOMERS = 5


@dataclass(frozen=True, slots=True)
class Seen:
    """A transaction of this exchange as a claim is held against it; money in millionths.

    `customers` is how many others moved money with the same address, `own_before` how often the account had
    before, `is_listed` that it is on a list of known bad ones.
    """

    event_id: str
    account_id: str
    kind: str
    amount_micro: int | None
    asset: str | None
    counterparty: str | None
    status: str | None
    occurred_at: datetime
    customers: int
    own_before: int
    is_listed: bool


def seen(cursor: duckdb.DuckDBPyConnection, event_id: str) -> Seen | None:
    """Return the transaction of that id; None where there is none."""
    asked = read_statement(Path(__file__).with_name("claimed_transaction.sql")).sql
    for row in cursor.execute(asked, {"event_id": event_id}).fetchall():
        return Seen(*row)
    return None


def home_of(cursor: duckdb.DuckDBPyConnection, account_id: str) -> tuple[str, str | None] | None:
    """Return region and country of an account; None where there is no such account."""
    asked = read_statement(Path(__file__).with_name("claimants_home.sql")).sql
    for region, country in cursor.execute(asked, {"account_id": account_id}).fetchall():
        return region, country
    return None


def likely_holder(state: ClaimState, found: Seen | None) -> tuple[str, str]:
    """Return who probably controls the place, and why in words: a proposal that a person confirms."""
    if found is None:
        if state.kind in ("missing_memo", "wrong_asset") and state.event_id is None:
            return (
                "exchange",
                "It never became a transaction here, so it probably lies at one of our addresses.",
            )
        return "unknown", "Nothing in the store says who controls the address."
    if found.kind == "deposit":
        return "exchange", "It came in here."
    if found.is_listed:
        return "stranger", "The address is on a list of known bad ones."
    if found.customers >= MANY_CUSTOMERS:
        return "other_service", f"{found.customers} other customers use this address: it is a service's."
    if found.own_before:
        return "customer", f"The account had used this address {found.own_before} times before."
    return "unknown", "The address was used by nobody here before."


def proofs(
    cursor: duckdb.DuckDBPyConnection, proving: Sequence[ClaimState]
) -> list[tuple[str, str, datetime]]:
    """Return claim, event and time of each deposit that proves control of one of these claims."""
    if not proving:
        return []
    names = ("claim_id", "account_id", "challenge_micro", "challenge_from", "challenge_at", "challenge_until")
    kinds = (pa.string(), pa.string(), pa.int64(), pa.string(), pa.timestamp("us"), pa.timestamp("us"))
    columns = {
        name: pa.array([getattr(one, name) for one in proving], kind)
        for name, kind in zip(names, kinds, strict=True)
    }
    cursor.register("claims_to_prove", pa.table(columns))
    try:
        asked = read_statement(Path(__file__).with_name("proving_deposits.sql")).sql
        return cursor.execute(asked).fetchall()
    finally:
        cursor.unregister("claims_to_prove")
