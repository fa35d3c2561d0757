"""Claims of mistaken transfers as the exchange's support kept them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from data.world.claims import CLAIM_OUTCOMES, KINDS_OF_MISTAKE, Claims
from data.world.columns import ASSETS, NONE, Ints, Rng
from data.world.history import History
from data.world.names import account_ids, event_ids, record_ids
from data.world.records.known import Known, optional_times
from data.world.writing import money, times, words


def recovery_table(known: Known, _rng: Rng) -> pa.Table:
    """Return the claims as the contract's columns; all of them were drawn with the transfers."""
    claims = known.history.claims
    row = rows_of(claims, known.history)
    count = len(claims.at)
    return pa.table(
        {
            "recovery_id": record_ids("recoveries", np.arange(count)),
            "account_id": account_ids(claims.account),
            "event_id": event_ids(0, np.maximum(row, 0)).take(pa.array(np.arange(count), mask=row == NONE)),
            "claimed_at": times(claims.claimed_at),
            "kind": words(KINDS_OF_MISTAKE, claims.kind),
            "amount": money(claims.micro),
            "asset": words(ASSETS, claims.asset),
            "ended_at": optional_times(claims.ended_at, claims.outcome != NONE),
            "outcome": words(CLAIM_OUTCOMES, claims.outcome),
        }
    )


def rows_of(claims: Claims, history: History) -> Ints:
    """Return the row of each claim's transaction, NONE where it names none."""
    moved = history.transactions
    near = np.flatnonzero(np.isin(moved.at, claims.at[claims.has_event]))
    places = {
        (at, account, micro): int(row)
        for at, account, micro, row in zip(
            moved.at[near].tolist(),
            moved.account[near].tolist(),
            moved.micro[near].tolist(),
            near,
            strict=True,
        )
    }
    named = zip(claims.at.tolist(), claims.account.tolist(), claims.micro.tolist(), strict=True)
    found = np.array([places.get(claim, NONE) for claim in named], dtype=np.int64)
    return np.where(claims.has_event, found, NONE)
