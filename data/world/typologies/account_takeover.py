"""Account takeover: a stranger signs in, changes the second factor, and empties the account."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.world import counterparties as other_side
from data.world.calendar import HOUR, MINUTE, SECOND
from data.world.columns import (
    FACTOR_CHANGE,
    FAILURE,
    PASSWORD_CHANGE,
    WITHDRAWAL,
    Ints,
    Logins,
    Rng,
    full,
    join,
)
from data.world.crime import Crime, Hideouts, chosen, later, mostly_usdt, moves, signs_in, usual_amount
from data.world.equipment import unknown_devices, usual_device
from data.world.incidents import Parts, Wave
from data.world.scene import Scene

WAVE = Wave("account_takeover", 92, (0.84, 0.0, 0.09, 0.05, 0.02), operations=1.4, careful=0.42)


@dataclass(frozen=True, slots=True)
class AccountTakeover:
    """How intruders work; the careful ones come from a home of the victim's country and change nothing."""

    changes_factor: tuple[float, float] = (0.2, 0.7)
    own_device: tuple[float, float] = (0.2, 0.05)
    tries_before: float = 0.3
    median_multiple: float = 2.4
    multiple_spread: float = 0.8
    median_minutes: float = 3.0
    takes_again: float = 0.35
    to_hot_wallet: float = 0.35


PARAMETERS = AccountTakeover()


def commit(scene: Scene, hideouts: Hideouts, parts: Parts, rng: Rng) -> Crime:
    """Sign in from elsewhere, often change a factor, then withdraw once or twice."""
    p = PARAMETERS
    count = len(parts.rank)
    entered = parts.at + (rng.random(count) * 20 * HOUR).astype(np.int64)
    place = _place(scene, hideouts, parts, entered, rng)
    logins = [signs_in(scene.people, parts, entered, place, labelled=True)]
    tried = chosen(count, p.tries_before, rng)
    failed = signs_in(
        scene.people,
        parts.where(tried),
        entered[tried] - 70 * SECOND,
        (place[0][tried], place[1][tried]),
        labelled=True,
    )
    failed.outcome[:] = FAILURE
    changed = chosen(count, 1.0, rng) & (rng.random(count) < np.where(parts.is_careful, *p.changes_factor))
    altered = _change(
        scene, parts.where(changed), entered[changed], (place[0][changed], place[1][changed]), rng
    )
    first = later(entered, p.median_minutes * MINUTE, 1.1, rng)
    amount = usual_amount(scene.people, parts) * np.exp(
        rng.normal(np.log(p.median_multiple), p.multiple_spread, count)
    )
    ring = other_side.ring_address(parts.ring, rng.integers(0, 2, count))
    to = np.where(chosen(count, p.to_hot_wallet, rng), other_side.hot_wallet(count, rng), ring)
    asset = mostly_usdt(count, 0.75, rng)
    drains = [moves(parts, first, WITHDRAWAL, amount, asset, to, place)]
    again = chosen(count, p.takes_again, rng)
    second = later(first[again], p.median_minutes * MINUTE, 1.2, rng)
    drains.append(
        moves(
            parts.where(again),
            second,
            WITHDRAWAL,
            amount[again] * rng.uniform(0.3, 1.0, int(again.sum())),
            asset[again],
            to[again],
            (place[0][again], place[1][again]),
        )
    )
    return Crime(transactions=join(drains), logins=join([*logins, failed, altered]))


def _place(scene: Scene, hideouts: Hideouts, parts: Parts, at: Ints, rng: Rng) -> tuple[Ints, Ints]:
    """Return where intruders come from: the ring's device or a new one; a proxy at home or the hideout."""
    count = len(parts.rank)
    device = np.where(
        chosen(count, 0.4, rng), hideouts.device[parts.hideout, 0], unknown_devices(scene.own, count, rng)
    )
    # A remote-control trojan acts from the victim's own phone.
    is_own = rng.random(count) < np.where(parts.is_careful, *PARAMETERS.own_device)
    device = np.where(is_own, usual_device(scene.own, parts.account, at, rng), device)
    proxy = scene.own.networks.add(scene.people.place[parts.account], 0)
    near = rng.random(count) < np.where(parts.is_careful, 0.72, 0.2)
    return device, np.where(near, proxy, hideouts.ip[parts.hideout])


def _change(scene: Scene, parts: Parts, entered: Ints, place: tuple[Ints, Ints], rng: Rng) -> Logins:
    change = signs_in(scene.people, parts, later(entered, MINUTE, 0.7, rng), place, labelled=True)
    is_factor = chosen(len(entered), 0.7, rng)
    change.kind[:] = np.where(is_factor, full(len(entered), FACTOR_CHANGE), PASSWORD_CHANGE)
    return change
