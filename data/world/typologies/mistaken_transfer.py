"""Mistaken transfers: honest customers send on the wrong chain, without a memo, to a wrong address.

No crime: the transaction is theirs, most of the money comes back. What was recovered in the third quarter
is a record of a given size (`RECOVERED_USDT`), so all amounts are drawn first and then scaled to it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from data.world import counterparties as other_side
from data.world.calendar import MINUTE, MONTH_STARTS
from data.world.claims import (
    KINDS_OF_MISTAKE,
    MISSING_MEMO,
    NOT_RECOVERABLE,
    RECOVERED,
    WRONG_ADDRESS,
    Claims,
    clocks,
    some_withdrawals,
)
from data.world.columns import Floats, Ints, Rng, Transactions, full, take, to_micro
from data.world.crime import chosen
from data.world.population import Population

RECOVERED_USDT = 900_000.0  # of the third quarter, whatever the size of the world
RECOVERED_SPREAD = 0.02
THIRD_QUARTER = (int(MONTH_STARTS[6]), int(MONTH_STARTS[9]))


@dataclass(frozen=True, slots=True)
class MistakenTransfer:
    """How often (over the window, from 300,000 events on), what goes wrong, and what comes of it."""

    claims: int = 1_130
    fewest: float = 0.05  # of them, in the smallest world
    kinds: tuple[float, ...] = (0.36, 0.27, 0.22, 0.15)
    named: tuple[float, ...] = (0.6, 0.35, 1.0, 0.6)  # share of each kind that is a withdrawal from here
    recovered: tuple[float, ...] = (0.8, 0.88, 0.3, 0.78)
    multiple: float = 1.6
    spread: float = 0.8
    highest_usdt: float = 20_000.0
    median_days: tuple[float, float] = (0.6, 11.0)


PARAMETERS = MistakenTransfer()


def size_of(claims: int, scale: float) -> int:
    """Return how many claims a world of this scale has, out of so many in one of 300,000 events or more."""
    return round(claims * min(1.0, max(PARAMETERS.fewest, scale)))


def draw(people: Population, moved: Transactions, scale: float, rng: Rng) -> tuple[Claims, Transactions]:
    """Draw the claims, and the withdrawals of those that left from here, next to ordinary ones."""
    p = PARAMETERS
    rows = some_withdrawals(moved, size_of(p.claims, scale), rng)
    count = len(rows)
    account = moved.account[rows]
    kind = rng.choice(len(KINDS_OF_MISTAKE), count, p=p.kinds)
    at = moved.at[rows] + (rng.uniform(3, 25, count) * MINUTE).astype(np.int64)
    claimed, ended = clocks(at, p.median_days, rng)
    usual = np.exp(people.level[account]) * p.multiple
    amount = np.minimum(usual * np.exp(rng.normal(0, p.spread, count)), p.highest_usdt)
    succeeds = rng.random(count) < np.array(p.recovered)[kind]
    outcome = np.where(succeeds, RECOVERED, NOT_RECOVERABLE)
    claims = Claims(
        account=account,
        at=at,
        micro=to_micro(_scaled(amount, (outcome == RECOVERED), ended, rng)),
        asset=moved.asset[rows],
        kind=kind,
        has_event=rng.random(count) < np.array(p.named)[kind],
        claimed_at=claimed,
        ended_at=ended,
        outcome=outcome,
    )
    return claims, _withdrawals(claims, take(moved, rows), rng)


def _scaled(amount: Floats, recovered: Ints, ended: Ints, rng: Rng) -> Floats:
    """Return the amounts so that what came back in the third quarter is near RECOVERED_USDT."""
    counts = (recovered > 0) & (ended >= THIRD_QUARTER[0]) & (ended < THIRD_QUARTER[1])
    target = RECOVERED_USDT * (1.0 + RECOVERED_SPREAD * rng.uniform(-1, 1))
    found = float(amount[counts].sum())
    return amount * (target / found if found > 0 else 1.0)


def _withdrawals(claims: Claims, beside: Transactions, rng: Rng) -> Transactions:
    count = len(claims.at)
    own, fresh = other_side.own_wallet(claims.account, rng), other_side.fresh_address(count, rng)
    to = np.where((claims.kind == WRONG_ADDRESS) | chosen(count, 0.4, rng), fresh, own)
    to = np.where(claims.kind == MISSING_MEMO, other_side.hot_wallet(count, rng), to)
    wrong = replace(beside, at=claims.at, micro=claims.micro, counterparty=to, status=full(count, 0))
    return take(wrong, claims.has_event)
