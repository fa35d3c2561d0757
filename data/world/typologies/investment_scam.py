"""Investment scams: victims send growing amounts to the scammers, from their own devices and homes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.world import counterparties as other_side
from data.world.calendar import DAY, HOUR
from data.world.columns import WITHDRAWAL, Rng, join
from data.world.crime import Crime, Hideouts, chosen, moves, usual_amount
from data.world.equipment import usual_device, usual_ip
from data.world.incidents import Parts, Wave
from data.world.normal import own_hours
from data.world.scene import Scene

WAVE = Wave("investment_scam", 40, (0.76, 0.0, 0.14, 0.07, 0.03), operations=2.5, careful=0.42)


@dataclass(frozen=True, slots=True)
class InvestmentScam:
    """How victims are milked: the first payment is modest, each later one larger by `growth`."""

    first_multiple: float = 2.2
    growth: tuple[float, float] = (1.25, 2.2)
    goes_on: float = 0.66
    payments: int = 5
    pause_days: tuple[float, float] = (1.5, 8.0)
    own_wallet_first: float = 0.25


PARAMETERS = InvestmentScam()


def commit(scene: Scene, _hideouts: Hideouts, parts: Parts, rng: Rng) -> Crime:
    """Withdraw to the ring's address again and again; the careful ring gives every victim its own."""
    p = PARAMETERS
    count = len(parts.rank)
    at = parts.at + (rng.random(count) * DAY).astype(np.int64)
    at = own_hours(scene, parts.account, at, rng)
    amount = usual_amount(scene.people, parts) * p.first_multiple * np.exp(rng.normal(0, 0.5, count))
    shared = other_side.ring_address(parts.ring, rng.integers(0, 2, count))
    alone = other_side.fresh_address(count, rng)
    to = np.where(parts.is_careful & chosen(count, 0.8, rng), alone, shared)
    alive = np.full(count, True)
    blocks = []
    for number in range(p.payments):
        some = parts.where(alive)
        left = int(alive.sum())
        # Scammers let victims go by their own wallet or a custodian at times.
        aside = chosen(left, p.own_wallet_first if number == 0 else 0.06, rng)
        aim = np.where(aside, other_side.hot_wallet(left, rng), to[alive])
        place = (
            usual_device(scene.own, some.account, at[alive], rng),
            usual_ip(scene.own, scene.people, some.account, at[alive], rng),
        )
        blocks.append(moves(some, at[alive], WITHDRAWAL, amount[alive], some.account * 0, aim, place))
        alive = alive & chosen(count, p.goes_on, rng)
        pause = rng.uniform(*p.pause_days, count) * DAY + rng.normal(0, 2, count) * HOUR
        at = at + pause.astype(np.int64)
        amount = amount * rng.uniform(*p.growth, count)
    return Crime(transactions=join(blocks))
