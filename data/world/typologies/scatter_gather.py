"""Scatter-gather: one account spreads a sum over many, and they all pass it on to the same last one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.world import counterparties as other_side
from data.world.calendar import DAY, HOUR
from data.world.columns import DEPOSIT, TRANSFER, WITHDRAWAL, Floats, Ints, Rng, Transactions, join
from data.world.crime import Crime, Hideouts, chosen, disguised, later, mostly_usdt, moves, usual_amount
from data.world.incidents import Parts, Wave
from data.world.normal import own_hours
from data.world.scene import Scene

WAVE = Wave("scatter_gather", 12, (0, 0, 0, 0.35, 0.3, 0.2, 0.15), operations=2.0, careful=0.42, opened=0.5)


@dataclass(frozen=True, slots=True)
class ScatterGather:
    """How the sum travels; amounts are multiples of what each account between usually moves."""

    median_multiple: float = 1.8
    multiple_spread: float = 0.6
    spread_days: float = 2.0
    careful_pace: float = 3.0
    median_pass_on_hours: float = 12.0
    passed_on: tuple[float, float] = (0.9, 0.995)
    to_hot_wallet: float = 0.45


PARAMETERS = ScatterGather()


def commit(scene: Scene, hideouts: Hideouts, parts: Parts, rng: Rng) -> Crime:
    """Pay in at the source, scatter over the accounts between, gather at the sink, and take it out."""
    p = PARAMETERS
    first = np.flatnonzero(parts.rank == 0)
    last = first + parts.size[first] - 1
    row = np.arange(len(parts.rank))
    whose = np.repeat(np.arange(len(first)), parts.size[first])
    between = row[(row != first[whose]) & (row != last[whose])]
    crime = whose[between]
    some = parts.where(between)
    amount = usual_amount(scene.people, some) * np.exp(
        rng.normal(np.log(p.median_multiple), p.multiple_spread, len(between))
    )
    days = rng.random(len(between)) * p.spread_days * np.where(some.is_careful, p.careful_pace, 1.0)
    given = later(some.at + (days * DAY).astype(np.int64), 3 * HOUR, 0.6, rng)
    gathered = own_hours(scene, some.account, later(given, p.median_pass_on_hours * HOUR, 0.9, rng), rng)
    passed = amount * rng.uniform(*p.passed_on, len(between))
    pot, kept = (_sums(crime, part, len(first)) for part in (amount, passed))
    is_whole = pot > 0  # an incident that lost members to chance may have nobody between
    source, sink = parts.where(first[is_whole]), parts.where(last[is_whole])
    ended = np.zeros(len(first), dtype=np.int64)
    np.maximum.at(ended, crime, gathered)
    left = later(ended[is_whole], p.median_pass_on_hours * HOUR, 0.8, rng)
    count = len(source.rank)
    exits = np.where(
        chosen(count, p.to_hot_wallet, rng),
        other_side.hot_wallet(count, rng),
        other_side.ring_address(sink.ring, rng.integers(0, 3, count)),
    )
    giver = parts.where(first[crime])
    to_sink = other_side.account_code(parts.account[last[crime]])
    out = kept[is_whole] * rng.uniform(*p.passed_on, count)
    fresh = other_side.fresh_address(count, rng)
    stage = _Stage(scene, hideouts)
    return Crime(
        transactions=join(
            [
                stage.act(source, source.at, DEPOSIT, pot[is_whole], fresh, rng),
                stage.act(giver, given, TRANSFER, amount, other_side.account_code(some.account), rng),
                stage.act(some, gathered, TRANSFER, passed, to_sink, rng),
                stage.act(sink, left, WITHDRAWAL, out, exits, rng),
            ]
        )
    )


def _sums(crime: Ints, amount: Floats, crimes: int) -> Floats:
    """Return the sum of the amounts of each crime."""
    total: Floats = np.bincount(crime, amount, minlength=crimes).astype(np.float64)
    return total


@dataclass(frozen=True, slots=True)
class _Stage:
    """Where the accounts act."""

    scene: Scene
    hideouts: Hideouts

    def act(self, who: Parts, at: Ints, kind: int, amount: Floats, to: Ints, rng: Rng) -> Transactions:
        """Return one transaction of each member, from home or hideout."""
        place = disguised(self.scene, self.hideouts, who, at, (0.5, 0.5), rng)
        return moves(who, at, kind, amount, mostly_usdt(len(at), 0.85, rng), to, place)
