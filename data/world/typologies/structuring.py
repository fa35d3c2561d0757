"""Structuring: several accounts move amounts just under the limits that would ask for a check."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.world import counterparties as other_side
from data.world.calendar import DAY
from data.world.columns import DEPOSIT, WITHDRAWAL, Rng, join
from data.world.crime import Crime, Hideouts, chosen, disguised, mostly_usdt, moves, usual_amount
from data.world.incidents import Parts, Wave
from data.world.normal import LIMITS, own_hours
from data.world.scene import Scene

WAVE = Wave("structuring", 23, (0, 0, 0.6, 0.28, 0.12), operations=2.0, careful=0.42, opened=0.5)


@dataclass(frozen=True, slots=True)
class Structuring:
    """How structuring rings work; `under` bounds how far below the limit a careful and a sloppy one stays."""

    more: float = 0.42
    under_careful: tuple[float, float] = (0.03, 0.22)
    under_sloppy: tuple[float, float] = (0.002, 0.05)
    spread_days_careful: float = 12.0
    spread_days_sloppy: float = 3.0
    out: float = 0.75


PARAMETERS = Structuring()


def commit(scene: Scene, hideouts: Hideouts, parts: Parts, rng: Rng) -> Crime:
    """Move an amount under a limit from or to each member, some of them more than once."""
    p = PARAMETERS
    blocks = []
    limit = LIMITS[
        np.clip(np.searchsorted(LIMITS, 1.5 * usual_amount(scene.people, parts)), 0, len(LIMITS) - 1)
    ]
    for number in range(3):
        rows = np.full(len(parts.rank), True) if number == 0 else chosen(len(parts.rank), p.more**number, rng)
        some = parts.where(rows)
        count = len(some.rank)
        days = np.where(some.is_careful, p.spread_days_careful, p.spread_days_sloppy)
        at = some.at + (rng.random(count) * days * DAY).astype(np.int64)
        at = own_hours(scene, some.account, at, rng)
        under = np.where(
            some.is_careful, rng.uniform(*p.under_careful, count), rng.uniform(*p.under_sloppy, count)
        )
        amount = limit[rows] * (1.0 - under)
        amount = np.where(chosen(count, 0.4, rng), np.round(amount / 10.0) * 10.0, amount)
        place = disguised(scene, hideouts, some, at, (0.55, 0.55), rng)
        shared = other_side.ring_address(some.ring, rng.integers(0, 5, count))
        usual = np.where(
            chosen(count, 0.5, rng),
            other_side.hot_wallet(count, rng),
            other_side.own_wallet(some.account, rng),
        )
        to = np.where(chosen(count, 0.45, rng) & ~some.is_careful, shared, usual)
        leaves = chosen(count, p.out, rng)
        asset = mostly_usdt(count, 0.8, rng)
        block = moves(some, at, WITHDRAWAL, amount, asset, to, place)
        block.kind[~leaves] = DEPOSIT
        blocks.append(block)
    return Crime(transactions=join(blocks))
