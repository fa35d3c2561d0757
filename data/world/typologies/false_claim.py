"""False claims: money that was never the customer's, or a transfer that went exactly where it should.

They cost work and, where believed, money, but are no transactions: they are records only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.world.claims import FALSE_CLAIM, KINDS_OF_MISTAKE, Claims, clocks, some_withdrawals
from data.world.columns import Rng, Transactions, full, to_micro
from data.world.crime import chosen
from data.world.population import Population
from data.world.typologies.mistaken_transfer import size_of


@dataclass(frozen=True, slots=True)
class FalseClaim:
    """How often (over the window, from 300,000 events on) and how brazen."""

    claims: int = 150
    kinds: tuple[float, ...] = (0.3, 0.4, 0.25, 0.05)
    names_own_withdrawal: float = 0.55
    multiple: float = 4.0
    spread: float = 0.9
    median_days: tuple[float, float] = (2.5, 16.0)


PARAMETERS = FalseClaim()


def draw(people: Population, moved: Transactions, scale: float, rng: Rng) -> Claims:
    """Draw claims of withdrawals that arrived where they were sent, and of transfers that never were."""
    p = PARAMETERS
    rows = some_withdrawals(moved, size_of(p.claims, scale), rng)
    count = len(rows)
    account = moved.account[rows]
    claimed, ended = clocks(moved.at[rows], p.median_days, rng)
    names_one = chosen(count, p.names_own_withdrawal, rng)
    invented = np.exp(people.level[account]) * p.multiple * np.exp(rng.normal(0, p.spread, count))
    return Claims(
        account=account,
        at=moved.at[rows],
        micro=np.where(names_one, moved.micro[rows], to_micro(invented)),
        asset=moved.asset[rows],
        kind=rng.choice(len(KINDS_OF_MISTAKE), count, p=p.kinds),
        has_event=names_one,
        claimed_at=claimed,
        ended_at=ended,
        outcome=full(count, FALSE_CLAIM),
    )
