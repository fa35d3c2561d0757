"""Money mules: dirty money comes in over several accounts and meets at one, or the other way round."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from data.world import counterparties as other_side
from data.world.calendar import DAY, HOUR
from data.world.columns import DEPOSIT, TRANSFER, WITHDRAWAL, Floats, Ints, Rng, Transactions, full, join
from data.world.crime import Crime, Hideouts, chosen, disguised, later, mostly_usdt, moves, usual_amount
from data.world.incidents import Parts, Wave
from data.world.normal import own_hours
from data.world.scene import Scene

WAVE = Wave("mule", 35, (0, 0, 0.5, 0.3, 0.15, 0.05), operations=2.2, careful=0.42, opened=0.5)


@dataclass(frozen=True, slots=True)
class Mule:
    """How mule rings work; amounts are multiples of each member's usual amount."""

    fan_in: float = 0.6
    median_multiple: float = 2.2
    multiple_spread: float = 0.7
    spread_days: float = 4.0
    careful_pace: float = 2.5
    median_pass_on_hours: float = 9.0
    passed_on: tuple[float, float] = (0.82, 0.99)
    to_hot_wallet: float = 0.4


PARAMETERS = Mule()


def commit(scene: Scene, hideouts: Hideouts, parts: Parts, rng: Rng) -> Crime:
    """Let some incidents fan in and the others fan out."""
    is_in = rng.random(int(parts.incident.max(initial=0)) + 1)[parts.incident] < PARAMETERS.fan_in
    stage = Stage(scene, hideouts)
    return Crime(
        transactions=join(
            [*_fan_in(stage, parts.where(is_in), rng), *_fan_out(stage, parts.where(~is_in), rng)]
        )
    )


@dataclass(frozen=True, slots=True)
class Stage:
    """Where mules act."""

    scene: Scene
    hideouts: Hideouts

    def act(self, who: Parts, at: Ints, kind: int, amount: Floats, to: Ints, rng: Rng) -> Transactions:
        """Return one transaction of each member, in what the mule trade likes, from home or hideout."""
        place = disguised(self.scene, self.hideouts, who, at, (0.6, 0.6), rng)
        return moves(who, at, kind, amount, mostly_usdt(len(at), 0.8, rng), to, place)

    def shares(self, who: Parts, rng: Rng) -> Floats:
        """Return what each member handles."""
        p = PARAMETERS
        multiple = np.exp(rng.normal(np.log(p.median_multiple), p.multiple_spread, len(who.rank)))
        return usual_amount(self.scene.people, who) * multiple


def _fan_in(stage: Stage, parts: Parts, rng: Rng) -> list[Transactions]:
    """Money comes in at each feeder, goes to the collector, and leaves there as one sum."""
    p = PARAMETERS
    feeders, leaders = parts.where(parts.rank > 0), parts.where(parts.rank == 0)
    days = rng.random(len(feeders.rank)) * p.spread_days * np.where(feeders.is_careful, p.careful_pace, 1.0)
    came = own_hours(stage.scene, feeders.account, feeders.at + (days * DAY).astype(np.int64), rng)
    went = own_hours(stage.scene, feeders.account, later(came, p.median_pass_on_hours * HOUR, 1.0, rng), rng)
    amount = stage.shares(feeders, rng)
    passed = amount * rng.uniform(*p.passed_on, len(amount))
    collector = np.repeat(leaders.account, leaders.size - 1)
    first = np.flatnonzero(feeders.rank == 1)
    out = later(np.maximum.reduceat(went, first), p.median_pass_on_hours * HOUR, 0.8, rng)
    pot = np.add.reduceat(passed, first) * rng.uniform(*p.passed_on, len(first))
    return [
        stage.act(feeders, came, DEPOSIT, amount, _sources(feeders, rng), rng),
        stage.act(feeders, went, TRANSFER, passed, other_side.account_code(collector), rng),
        stage.act(leaders, out, WITHDRAWAL, pot, _exits(leaders, rng), rng),
    ]


def _fan_out(stage: Stage, parts: Parts, rng: Rng) -> list[Transactions]:
    """Money comes in at the first member, goes to the others, and leaves at each of them."""
    p = PARAMETERS
    takers, leaders = parts.where(parts.rank > 0), parts.where(parts.rank == 0)
    amount = stage.shares(takers, rng)
    first = np.flatnonzero(takers.rank == 1)
    pot = np.add.reduceat(amount, first) / rng.uniform(*p.passed_on, len(first))
    days = rng.random(len(takers.rank)) * p.spread_days * np.where(takers.is_careful, p.careful_pace, 1.0)
    given = later(takers.at + (days * DAY).astype(np.int64), 3 * HOUR, 0.6, rng)
    left = own_hours(stage.scene, takers.account, later(given, p.median_pass_on_hours * HOUR, 1.0, rng), rng)
    giver = replace(takers, account=np.repeat(leaders.account, leaders.size - 1))
    taken = amount * rng.uniform(*p.passed_on, len(amount))
    return [
        stage.act(leaders, leaders.at, DEPOSIT, pot, _sources(leaders, rng), rng),
        stage.act(giver, given, TRANSFER, amount, other_side.account_code(takers.account), rng),
        stage.act(takers, left, WITHDRAWAL, taken, _exits(takers, rng), rng),
    ]


def _sources(who: Parts, rng: Rng) -> Ints:
    """Return where dirty money comes from: custodians, fresh wallets, sometimes the ring's own."""
    count = len(who.rank)
    own = other_side.ring_address(who.ring, full(count, 7))
    clean = np.where(
        chosen(count, 0.5, rng), other_side.hot_wallet(count, rng), other_side.fresh_address(count, rng)
    )
    return np.where(chosen(count, 0.2, rng), own, clean)


def _exits(who: Parts, rng: Rng) -> Ints:
    """Return where it goes: the ring's addresses, or a custodian's wallet as everybody uses."""
    count = len(who.rank)
    ring = other_side.ring_address(who.ring, rng.integers(0, 4, count))
    hides = chosen(count, PARAMETERS.to_hot_wallet, rng) | (who.is_careful & chosen(count, 0.4, rng))
    return np.where(hides, other_side.hot_wallet(count, rng), ring)
