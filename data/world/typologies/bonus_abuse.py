"""Bonus abuse: farms of young accounts collect welcome bonuses and pass them to one account."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.world import counterparties as other_side
from data.world.calendar import DAY, HOUR
from data.world.columns import DEPOSIT, TRANSFER, WITHDRAWAL, Rng, full, join
from data.world.crime import Crime, Hideouts, chosen, disguised, later, moves
from data.world.incidents import Parts, Wave
from data.world.normal import own_hours
from data.world.population import MONEY_LEVEL
from data.world.scene import Scene

WAVE = Wave(
    "bonus_abuse",
    42,
    (0, 0, 0.4, 0.3, 0.2, 0.1),
    operations=1.7,
    careful=0.4,
    opened=0.85,
    opened_days_before=9.0,
)


@dataclass(frozen=True, slots=True)
class BonusAbuse:
    """How farms work: they pay in about what the bonus asks for, and leave with a little more."""

    asked_deposit: float = 100.0 * MONEY_LEVEL
    bonus: tuple[float, float] = (1.04, 1.3)
    spread_days: float = 2.0
    median_leave_hours: float = 30.0
    collected: float = 0.5
    deposit_is_part: float = 0.45


PARAMETERS = BonusAbuse()


def commit(scene: Scene, hideouts: Hideouts, parts: Parts, rng: Rng) -> Crime:
    """Pay in at each member and take out later, by transfer to the collector or to a wallet."""
    p = PARAMETERS
    count = len(parts.rank)
    pace = np.where(parts.is_careful, 4.0, 1.0)
    came = parts.at + (rng.random(count) * p.spread_days * pace * DAY).astype(np.int64)
    paid = p.asked_deposit * np.where(
        parts.is_careful, np.exp(rng.normal(0.3, 0.45, count)), rng.uniform(1, 1.12, count)
    )
    pays = chosen(count, p.deposit_is_part, rng)
    some = parts.where(pays)
    source = np.where(
        some.is_careful | chosen(len(some.rank), 0.4, rng),
        other_side.hot_wallet(len(some.rank), rng),
        other_side.ring_address(some.ring, full(len(some.rank), 6)),
    )
    place = disguised(scene, hideouts, some, came[pays], (0.6, 0.55), rng)
    deposits = moves(some, came[pays], DEPOSIT, paid[pays], full(len(some.rank), 0), source, place)
    left = own_hours(scene, parts.account, later(came, p.median_leave_hours * HOUR, 0.9, rng), rng)
    place = disguised(scene, hideouts, parts, left, (0.6, 0.55), rng)
    collector = parts.account[np.arange(count) - parts.rank]
    to_collector = chosen(count, p.collected, rng) & (parts.rank > 0)
    wallet = np.where(
        parts.is_careful | chosen(count, 0.5, rng),
        np.where(
            chosen(count, 0.5, rng),
            other_side.own_wallet(parts.account, rng),
            other_side.hot_wallet(count, rng),
        ),
        other_side.ring_address(parts.ring, full(count, 5)),
    )
    to = np.where(to_collector, other_side.account_code(collector), wallet)
    leaves = moves(parts, left, WITHDRAWAL, paid * rng.uniform(*p.bonus, count), full(count, 0), to, place)
    leaves.kind[to_collector] = TRANSFER
    return Crime(transactions=join([deposits, leaves]))
