"""Money mules: dirty money comes in over several accounts and meets at one, or comes in at one and spreads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.world import counterparties as other_side
from data.world.calendar import DAY, HOUR
from data.world.columns import DEPOSIT, TRANSFER, WITHDRAWAL, Floats, Ints, Rng, Transactions, join
from data.world.crime import Crime, Hideouts, chosen, disguised, later, mostly_usdt, moves, usual_amount
from data.world.incidents import Parts, Wave
from data.world.scene import Scene


@dataclass(frozen=True, slots=True)
class Mule:
    """How mule rings work; amounts are multiples of each member's usual amount."""

    wave: Wave = Wave("mule", 58, (0, 0, 0.5, 0.3, 0.15, 0.05), operations=2.2, careful=0.5, opened=0.5)
    fan_in: float = 0.6
    median_multiple: float = 2.2
    multiple_spread: float = 0.7
    spread_days: float = 4.0
    median_pass_on_hours: float = 9.0
    passed_on: tuple[float, float] = (0.82, 0.99)
    to_hot_wallet: float = 0.4


PARAMETERS = Mule()
WAVE = PARAMETERS.wave


def commit(scene: Scene, hideouts: Hideouts, parts: Parts, rng: Rng) -> Crime:
    """Move money in, between members, and out; the first member of each incident is the collector."""
    p = PARAMETERS
    is_in = np.random.Generator.random(rng, int(parts.incident.max(initial=0)) + 1)[parts.incident] < p.fan_in
    collector = parts.account[np.arange(len(parts.rank)) - parts.rank]
    multiple = np.exp(rng.normal(np.log(p.median_multiple), p.multiple_spread, len(parts.rank)))
    amount = usual_amount(scene.people, parts) * multiple
    pace = np.where(parts.is_careful, 2.5, 1.0)
    came = parts.at + (rng.random(len(parts.rank)) * p.spread_days * pace * DAY).astype(np.int64)
    went = later(came, p.median_pass_on_hours * HOUR, 1.0, rng)
    asset = mostly_usdt(len(came), 0.8, rng)
    feeders, leaders = parts.rank > 0, parts.rank == 0

    def act(rows: Ints, at: Ints, kind: int, amounts: Floats, to: Ints) -> Transactions:
        some = parts.where(rows)
        place = disguised(scene, hideouts, some, at, (0.5, 0.5), rng)
        return moves(some, at, kind, amounts, asset[rows], to, place)

    kept = rng.uniform(*p.passed_on, len(came))
    ends = _latest(parts, went)
    out = later(ends, p.median_pass_on_hours * HOUR, 0.8, rng)
    pot = _together(parts, np.where(feeders, amount, 0.0)) * kept
    fan_in = [
        act(
            feeders & is_in,
            came[feeders & is_in],
            DEPOSIT,
            amount[feeders & is_in],
            _sources(parts, feeders & is_in, rng),
        ),
        act(
            feeders & is_in,
            went[feeders & is_in],
            TRANSFER,
            (amount * kept)[feeders & is_in],
            other_side.account_code(collector[feeders & is_in]),
        ),
        act(
            leaders & is_in,
            out[leaders & is_in],
            WITHDRAWAL,
            pot[leaders & is_in],
            _exits(parts, leaders & is_in, rng),
        ),
    ]
    start = parts.at
    member = np.maximum(went, start + HOUR)
    receiver = other_side.account_code(parts.account)
    sender = Parts(parts.incident, collector, parts.rank, parts.size, parts.at, parts.ring, parts.is_careful)
    spread = feeders & ~is_in
    from_leader = sender.where(spread)
    at = member[spread]
    place = disguised(scene, hideouts, from_leader, at, (0.5, 0.5), rng)
    fan_out = [
        act(
            leaders & ~is_in,
            start[leaders & ~is_in],
            DEPOSIT,
            pot[leaders & ~is_in],
            _sources(parts, leaders & ~is_in, rng),
        ),
        moves(from_leader, at, TRANSFER, (amount * kept)[spread], asset[spread], receiver[spread], place),
        act(
            spread,
            later(at, p.median_pass_on_hours * HOUR, 1.0, rng),
            WITHDRAWAL,
            (amount * kept * 0.97)[spread],
            _exits(parts, spread, rng),
        ),
    ]
    return Crime(transactions=join([*fan_in, *fan_out]))


def _sources(parts: Parts, rows: Ints, rng: Rng) -> Ints:
    """Return where dirty money comes from: fresh wallets, sometimes the ring's own."""
    count = int(rows.sum())
    return np.where(
        chosen(count, 0.2, rng),
        other_side.ring_address(parts.ring[rows], np.full(count, 7)),
        np.where(
            chosen(count, 0.5, rng), other_side.hot_wallet(count, rng), other_side.fresh_address(count, rng)
        ),
    )


def _exits(parts: Parts, rows: Ints, rng: Rng) -> Ints:
    """Return where it goes: the ring's addresses, or a custodian's wallet as everybody uses."""
    count = int(rows.sum())
    ring = other_side.ring_address(parts.ring[rows], rng.integers(0, 4, count))
    hides = chosen(count, PARAMETERS.to_hot_wallet, rng) | (parts.is_careful[rows] & chosen(count, 0.4, rng))
    return np.where(hides, other_side.hot_wallet(count, rng), ring)


def _latest(parts: Parts, at: Ints) -> Ints:
    first = np.flatnonzero(parts.rank == 0)
    return np.repeat(np.maximum.reduceat(at, first), parts.size[first])


def _together(parts: Parts, amount: Floats) -> Floats:
    first = np.flatnonzero(parts.rank == 0)
    return np.repeat(np.add.reduceat(amount, first), parts.size[first])
