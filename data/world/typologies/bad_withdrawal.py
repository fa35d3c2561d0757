"""Withdrawals to sanctioned or known bad addresses, by customers from their own devices."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.world import counterparties as other_side
from data.world.calendar import DAY
from data.world.columns import WITHDRAWAL, Rng, full, join
from data.world.crime import Crime, Hideouts, chosen, moves, usual_amount
from data.world.equipment import usual_device, usual_ip
from data.world.incidents import Parts, Wave
from data.world.normal import own_hours
from data.world.scene import Scene

WAVE = Wave("bad_withdrawal", 46, (1.0,), careful=0.3)


@dataclass(frozen=True, slots=True)
class BadWithdrawal:
    """How often and how much; a hop over a fresh address hides the careful."""

    again: float = 0.3
    median_multiple: float = 1.3
    hop: float = 0.6


PARAMETERS = BadWithdrawal()


def commit(scene: Scene, _hideouts: Hideouts, parts: Parts, rng: Rng) -> Crime:
    """Withdraw once or twice to an address that is on a list, now or later."""
    p = PARAMETERS
    blocks = []
    for number in range(2):
        some = parts if number == 0 else parts.where(chosen(len(parts.rank), p.again, rng))
        count = len(some.rank)
        at = some.at + (rng.random(count) * (1 + 6 * number) * DAY).astype(np.int64)
        at = own_hours(scene, some.account, at, rng)
        amount = usual_amount(scene.people, some) * np.exp(rng.normal(np.log(p.median_multiple), 0.7, count))
        hops = some.is_careful & chosen(count, p.hop, rng)
        to = np.where(hops, other_side.fresh_address(count, rng), other_side.listed_address(count, rng))
        place = (
            usual_device(scene.own, some.account, at, rng),
            usual_ip(scene.own, scene.people, some.account, at, rng),
        )
        blocks.append(moves(some, at, WITHDRAWAL, amount, full(count, 0), to, place))
    return Crime(transactions=join(blocks))
