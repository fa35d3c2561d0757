"""Device reuse: one device enters accounts of customers who have nothing in common, as an insider would.

Each account loses little and quickly; nobody's password or factor is changed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.world import counterparties as other_side
from data.world.calendar import DAY, MINUTE
from data.world.columns import WITHDRAWAL, Rng
from data.world.crime import Crime, Hideouts, chosen, later, mostly_usdt, moves, signs_in, usual_amount
from data.world.equipment import usual_device
from data.world.incidents import Parts, Wave
from data.world.scene import Scene

WAVE = Wave("device_reuse", 10, (0, 0, 0.35, 0.3, 0.2, 0.1, 0.05), operations=1.8, careful=0.45)


@dataclass(frozen=True, slots=True)
class DeviceReuse:
    """How the device is used; the careful take days, proxies near the victim, and sometimes its own phone."""

    spread_days: tuple[float, float] = (6.0, 0.6)
    near: tuple[float, float] = (0.7, 0.15)
    own_device: tuple[float, float] = (0.25, 0.03)
    median_multiple: float = 0.7
    multiple_spread: float = 0.5
    median_minutes: float = 4.0
    to_hot_wallet: float = 0.4


PARAMETERS = DeviceReuse()


def commit(scene: Scene, hideouts: Hideouts, parts: Parts, rng: Rng) -> Crime:
    """Sign in to each account from the one device and withdraw a little."""
    p = PARAMETERS
    count = len(parts.rank)
    days = rng.random(count) * np.where(parts.is_careful, *p.spread_days)
    entered = parts.at + (days * DAY).astype(np.int64)
    device = hideouts.device[parts.hideout, 0]
    is_own = rng.random(count) < np.where(parts.is_careful, *p.own_device)
    device = np.where(is_own, usual_device(scene.own, parts.account, entered, rng), device)
    proxy = scene.own.networks.add(scene.people.place[parts.account], 0)
    near = rng.random(count) < np.where(parts.is_careful, *p.near)
    place = device, np.where(near, proxy, hideouts.ip[parts.hideout])
    left = later(entered, p.median_minutes * MINUTE, 0.8, rng)
    amount = usual_amount(scene.people, parts) * np.exp(
        rng.normal(np.log(p.median_multiple), p.multiple_spread, count)
    )
    ring = other_side.ring_address(parts.ring, rng.integers(0, 3, count))
    to = np.where(chosen(count, p.to_hot_wallet, rng), other_side.hot_wallet(count, rng), ring)
    return Crime(
        transactions=moves(parts, left, WITHDRAWAL, amount, mostly_usdt(count, 0.8, rng), to, place),
        logins=signs_in(scene.people, parts, entered, place, labelled=True),
    )
