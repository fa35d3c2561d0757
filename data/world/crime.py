"""What all typologies share: who takes part, where they hide, and the events they leave.

A typology is one file in `typologies/` with its parameters as a frozen dataclass and one function
`commit(scene, hideouts, parts, rng) -> Crime`. It adds events to a world where everybody, ring members
included, also lives a normal life.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.world.columns import (
    FACTORS,
    LOGIN,
    NONE,
    SETTLED,
    SUCCESS,
    Checks,
    Flags,
    Floats,
    Ints,
    Logins,
    Rng,
    Transactions,
    full,
    to_micro,
)
from data.world.equipment import emulated, unknown_devices, usual_device, usual_ip
from data.world.incidents import Incidents, Parts, parts_of
from data.world.population import Population
from data.world.scene import Scene, accounts_in, active_accounts_in

RING_DEVICES = 2


@dataclass(frozen=True, slots=True)
class Crime:
    """The events of one typology, where it leaves any of a stream."""

    transactions: Transactions | None = None
    logins: Logins | None = None
    checks: Checks | None = None


@dataclass(frozen=True, slots=True)
class Hideouts:
    """What each ring uses: devices (hideouts x RING_DEVICES) and an address on the network of each.

    Ring r has the hideouts HIDEOUTS * r and the next one, which it uses once it has reacted to a measure.
    """

    device: Ints
    ip: Ints


def make_hideouts(scene: Scene, incidents: Incidents, rng: Rng) -> Hideouts:
    """Give every hideout two devices, some emulated, and an address: VPN, Tor, or a home in its area."""
    bounds = np.stack(incidents.ring_bounds(), axis=1).ravel()
    count = len(bounds)
    own = scene.own
    real = unknown_devices(own, count * RING_DEVICES, rng)
    fake = emulated(own, count * RING_DEVICES, rng)
    device = np.where(rng.random(count * RING_DEVICES) < 0.3, fake, real).reshape(count, RING_DEVICES)
    local = accounts_in(scene.people, incidents.area[bounds], incidents.at[bounds], rng)
    home = own.networks.add(scene.people.place[local], 0)
    hidden = rng.random(count)
    ip = np.where(hidden < 0.4, rng.choice(own.pools.vpn, count), home)
    return Hideouts(device, np.where(hidden > 0.93, rng.choice(own.pools.tor, count), ip))


def members(people: Population, incidents: Incidents, rows: Ints, rng: Rng) -> Parts:
    """Choose who takes part in the incidents `rows`: the ring's own accounts first, then recruits nearby."""
    size = incidents.size[rows]
    incident = np.repeat(rows, size)
    slot = np.arange(len(incident)) - np.repeat(np.cumsum(size) - size, size)
    area, at, ring = incidents.area[incident], incidents.at[incident], incidents.ring[incident]
    owned = np.flatnonzero(people.ring >= 0)
    owned = owned[np.argsort(people.ring[owned], kind="stable")]
    first = np.searchsorted(people.ring[owned], ring)
    count = np.searchsorted(people.ring[owned], ring, side="right") - first
    account = accounts_in(people, area, at, rng, newest=2.0)
    # Who moved leaves the accounts behind that it had opened in the other area.
    is_own = (slot < count) & (incidents.moved_from[incident] == NONE)
    turn = first + (slot + incident) % np.maximum(count, 1)
    account[is_own] = owned[turn[is_own]]
    return parts_of(incidents, incident, account)


def victims(scene: Scene, incidents: Incidents, rows: Ints, rng: Rng) -> Parts:
    """Choose whom the incidents `rows` hit: customers of the area who use their account."""
    incident = np.repeat(rows, incidents.size[rows])
    account = active_accounts_in(scene, incidents.area[incident], incidents.at[incident], rng)
    return parts_of(incidents, incident, account)


def disguised(
    scene: Scene, hideouts: Hideouts, parts: Parts, at: Ints, sloppy: tuple[float, float], rng: Rng
) -> tuple[Ints, Ints]:
    """Return device and address of each act: the careful act from home, the sloppy often from the hideout.

    `sloppy` holds the chances that a sloppy member uses the ring's device and the ring's address.
    """
    count = len(parts.account)
    device = usual_device(scene.own, parts.account, at, rng)
    ip = usual_ip(scene.own, scene.people, parts.account, at, rng)
    shared = hideouts.device[parts.hideout, rng.integers(0, RING_DEVICES, count)]
    on_ring_device = rng.random(count) < np.where(parts.is_careful, 0.04, sloppy[0])
    on_ring_ip = rng.random(count) < np.where(parts.is_careful, 0.06, sloppy[1])
    return np.where(on_ring_device, shared, device), np.where(on_ring_ip, hideouts.ip[parts.hideout], ip)


def moves(
    parts: Parts,
    at: Ints,
    kind: int,
    amount: Floats,
    asset: Ints,
    counterparty: Ints,
    place: tuple[Ints, Ints],
) -> Transactions:
    """Return one settled transaction of each participant; `place` is device and address."""
    count = len(at)
    return Transactions(
        account=parts.account,
        at=at,
        kind=full(count, kind),
        micro=to_micro(amount),
        asset=asset,
        counterparty=counterparty,
        device=place[0],
        ip=place[1],
        status=full(count, SETTLED),
        incident=parts.incident,
    )


def signs_in(
    people: Population, parts: Parts, at: Ints, place: tuple[Ints, Ints], *, labelled: bool
) -> Logins:
    """Return one successful sign-in of each participant; part of the crime only where `labelled`."""
    count = len(at)
    return Logins(
        account=parts.account,
        at=at,
        kind=full(count, LOGIN),
        outcome=full(count, SUCCESS),
        factor=np.minimum(people.factor[parts.account], len(FACTORS) - 1),
        device=place[0],
        ip=place[1],
        incident=parts.incident if labelled else full(count, NONE),
    )


def usual_amount(people: Population, parts: Parts) -> Floats:
    """Return each participant's usual amount, less where the ring has become careful."""
    return np.exp(people.level[parts.account]) * parts.scale


def later(at: Ints, median: float, spread: float, rng: Rng) -> Ints:
    """Return times after `at` by a log-normal delay with this median in microseconds."""
    return at + np.exp(rng.normal(np.log(median), spread, len(at))).astype(np.int64)


def mostly_usdt(count: int, share: float, rng: Rng) -> Ints:
    """Draw assets: USDT with this share, else one of the others."""
    return np.where(rng.random(count) < share, 0, rng.integers(1, 6, count))


def chosen(count: int, share: float, rng: Rng) -> Flags:
    """Draw a mask with this share of true."""
    return rng.random(count) < share
