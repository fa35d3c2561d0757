"""A large graph of accounts with planted rings, households, crowded addresses and payments between strangers.

Drawn with numpy alone, the same from the same seed. What is drawn is what the engine reads of a store: uses
of shared things, direct ties, accounts, and which pairs labels have confirmed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.rings.evidence import Confirmed
from scoring.rings.kinds import (
    DEVICE,
    GATEWAY,
    KINDS,
    MICROSECONDS_A_DAY,
    NETWORK,
    PAYOUT,
    REFERRAL,
    SOURCE,
    TRANSFER,
    Kind,
)
from scoring.rings.score import People
from scoring.rings.shared import Uses
from scoring.rings.ties import Ints, Ties, padded, pairs_of

FIRST_DAY, DAYS = 20_089, 300
# One account in ten belongs to a ring, one in three to a household, each of so many accounts.
_RING_ACCOUNTS, _HOUSEHOLD_ACCOUNTS = (3, 12), (2, 4)
# Accounts of a ring, in their order, use one thing together in fours.
_TOGETHER, _FOURS = 4, 3
# Things of a kind that strangers meet at, as a share of the accounts, and the most that meet at one.
_MEETINGS = ((NETWORK, 0.04, 6), (GATEWAY, 0.06, 5), (DEVICE, 0.015, 6), (SOURCE, 0.02, 8))
_RING_THINGS = ((DEVICE, 0.7), (NETWORK, 0.5), (PAYOUT, 0.5))
_CONFIRMED = 0.8
_NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Graph:
    """What was drawn; `ring` and `household` are of each account its planted group, or -1."""

    people: People
    confirmed: Confirmed
    uses: Uses
    direct: Ties
    ring: Ints
    household: Ints


def draw(accounts: int, ties: int, seed: int) -> Graph:
    """Draw a graph of so many accounts and ties; payments between strangers fill up what sharing leaves."""
    rng = np.random.default_rng(seed)
    ring = _grouped(rng, accounts, accounts // 10, _RING_ACCOUNTS)
    household = _grouped(rng, accounts, accounts // 3, _HOUSEHOLD_ACCOUNTS)
    begins = FIRST_DAY + rng.integers(20, DAYS - 40, int(ring.max()) + 1)
    opened = _opened(rng, ring, begins, household)
    uses = _uses(rng, opened, ring, begins, household)
    things = int(uses.thing.max(initial=-1)) + 1
    drawn = [_invited(rng, opened, ring), _paid_in_rings(rng, opened, ring, begins)]
    left = ties - shared_ties(uses) - sum(len(part) for part in drawn)
    drawn.append(_paid_by_chance(rng, opened, max(0, left)))
    direct = Ties(*(np.concatenate([getattr(part, name) for part in drawn]) for name in Ties.__slots__))
    numbered = things + np.arange(len(direct))
    direct = Ties(direct.pair, direct.kind, numbered, direct.since, direct.last, direct.features)
    known = _known_at(rng, ring)
    people = People(opened, known, _countries(rng, ring, household))
    return Graph(people, _confirmed(ring, known), uses, direct, ring, household)


def shared_ties(uses: Uses) -> int:
    """Answer how many ties the uses make, one a pair of accounts and thing that is no hub."""
    sharers = np.bincount(uses.thing)
    most = np.zeros(len(sharers), dtype=np.int64)
    most[uses.thing] = np.array([kind.most for kind in KINDS])[uses.kind]
    return int((sharers * (sharers - 1) // 2)[sharers <= most].sum())


def _grouped(rng: np.random.Generator, accounts: int, members: int, sizes: tuple[int, int]) -> Ints:
    """Answer the group of each account, -1 for most: random accounts cut into groups of random sizes."""
    least, most = sizes
    drawn = rng.integers(least, most + 1, members // least + 1)
    number = np.repeat(np.arange(len(drawn)), drawn)[:members]
    group = np.full(accounts, -1, dtype=np.int64)
    group[rng.permutation(accounts)[: len(number)]] = number
    return group


def _opened(rng: np.random.Generator, ring: Ints, begins: Ints, household: Ints) -> Ints:
    """Answer when accounts were opened: any time, or with others of the ring or the household."""
    opened = FIRST_DAY + rng.integers(-1_000, DAYS - 30, len(ring))
    at_home = (household >= 0) & (rng.random(len(ring)) < 1 / 3)
    opened[at_home] = opened[: int(household.max()) + 1][household[at_home]]
    # Some accounts of a ring are bought.
    fresh = (ring >= 0) & (rng.random(len(ring)) < 2 / 3)
    opened[fresh] = begins[ring[fresh]] - rng.integers(0, 14, int(fresh.sum()))
    moments: Ints = opened * MICROSECONDS_A_DAY + rng.integers(0, MICROSECONDS_A_DAY, len(ring))
    return moments


def _countries(rng: np.random.Generator, ring: Ints, household: Ints) -> Ints:
    """Answer the country of each account, by number: one a household, mostly one a ring."""
    country = rng.integers(0, 20, len(ring))
    for group, share in ((household, 1.0), (ring, 0.7)):
        same = (group >= 0) & (rng.random(len(ring)) < share)
        country[same] = group[same] % 20
    return country


def _uses(rng: np.random.Generator, opened: Ints, ring: Ints, begins: Ints, household: Ints) -> Uses:
    """Answer all uses of shared things, sorted by thing and account; things are numbered over all kinds."""
    inside, at_home = np.flatnonzero(ring >= 0), np.flatnonzero(household >= 0)
    fours = ring[inside] * _FOURS + _ranks(ring[inside]) // _TOGETHER
    soon = np.repeat(begins, _FOURS)
    parts: list[tuple[Kind, Ints, Ints, Ints, float]] = []
    for kind, share in _RING_THINGS:
        has = rng.random(len(soon))[fours] < share
        parts.append((kind, fours[has], inside[has], soon + rng.integers(0, 30, len(soon)), 5.0))
    homes = int(household.max()) + 1
    parts += [(kind, household[at_home], at_home, _any_day(rng, homes), 200.0) for kind in (DEVICE, NETWORK)]
    for kind, share, most in _MEETINGS:
        met = rng.integers(2, most + 1, int(share * len(ring)))
        things = np.repeat(np.arange(len(met)), met)
        parts.append((kind, things, rng.integers(0, len(ring), len(things)), _any_day(rng, len(met)), 9.0))
    # Of a hub the product reads the first users past the limit; it ties nobody.
    count = len(ring) // 500
    hubs = np.repeat(np.arange(count), NETWORK.most + 1)
    parts.append((NETWORK, hubs, rng.integers(0, len(ring), len(hubs)), _any_day(rng, count), 30.0))
    following, rows = 0, []
    for kind, thing, account, since, lasts in parts:
        rows.append(_used(rng, opened, kind, thing, account, since, lasts))
        rows[-1][1] += following
        following += len(since)
    columns = np.concatenate(rows, axis=1)
    return Uses(*columns[:, np.unique(columns[1] << 32 | columns[2], return_index=True)[1]])


def _any_day(rng: np.random.Generator, count: int) -> Ints:
    days: Ints = FIRST_DAY + rng.integers(0, DAYS, count)
    return days


def _ranks(group: Ints) -> Ints:
    """Answer the place of each entry in its group, from 0."""
    order = np.argsort(group, kind="stable")
    begins = np.searchsorted(group[order], group[order])
    rank = np.empty(len(group), dtype=np.int64)
    rank[order] = np.arange(len(group)) - begins
    return rank


def _used(
    rng: np.random.Generator,
    opened: Ints,
    kind: Kind,
    thing: Ints,
    account: Ints,
    since: Ints,
    lasts: float,
) -> Ints:
    """Answer the columns of `Uses`: a thing is used from its day in `since` on, for about `lasts` days."""
    end = (FIRST_DAY + DAYS) * MICROSECONDS_A_DAY
    first = since[thing] * MICROSECONDS_A_DAY + rng.integers(0, 5 * MICROSECONDS_A_DAY, len(thing))
    first = np.minimum(np.maximum(first, opened[account]), end - 1)
    spell = (rng.exponential(lasts, len(thing)) * MICROSECONDS_A_DAY).astype(np.int64)
    last = np.minimum(first + spell, end - 1)
    count = 1 + rng.poisson(lasts / 3, len(thing))
    return np.stack([np.full(len(thing), kind.number), thing, account, first, last, count])


def _invited(rng: np.random.Generator, opened: Ints, ring: Ints) -> Ties:
    """Answer invitations: one account in eight by a stranger, half of each ring by its first account."""
    first = np.full(int(ring.max()) + 1, -1, dtype=np.int64)
    inside = np.flatnonzero(ring >= 0)
    first[ring[inside][::-1]] = inside[::-1]
    mine = inside[rng.random(len(inside)) < 1 / 2]
    others = np.flatnonzero(rng.random(len(ring)) < 1 / 8)
    one = np.concatenate([mine, others])
    other = np.concatenate([first[ring[mine]], rng.integers(0, len(ring), len(others))])
    features = padded([rng.geometric(0.3, len(one)).astype(np.float64)])
    return _direct(REFERRAL, one, other, opened[one], features)


def _paid_in_rings(rng: np.random.Generator, opened: Ints, ring: Ints, begins: Ints) -> Ties:
    """Answer transfers inside rings: each account to the next of its ring, mostly passed on."""
    inside = np.flatnonzero(ring >= 0)
    inside = inside[np.argsort(ring[inside], kind="stable")]
    one, other = inside[:-1], inside[1:]
    same = (ring[one] == ring[other]) & (rng.random(len(one)) < 2 / 3)
    one, other = one[same], other[same]
    at = begins[ring[one]] * MICROSECONDS_A_DAY + rng.integers(0, 30 * MICROSECONDS_A_DAY, len(one))
    at = np.maximum(at, np.maximum(opened[one], opened[other]))
    passed = rng.random(len(one)) < 3 / 4
    return _direct(TRANSFER, one, other, at, _sent(rng, opened, one, other, at, passed, senders=3))


def _paid_by_chance(rng: np.random.Generator, opened: Ints, count: int) -> Ties:
    """Answer transfers between strangers, of which one in thirty is passed on."""
    one, other = rng.integers(0, len(opened), (2, count))
    begin, end = FIRST_DAY * MICROSECONDS_A_DAY, (FIRST_DAY + DAYS) * MICROSECONDS_A_DAY
    at = np.maximum(np.maximum(opened[one], opened[other]), rng.integers(begin, end, count))
    passed = rng.random(count) < 1 / 30
    return _direct(TRANSFER, one, other, at, _sent(rng, opened, one, other, at, passed, senders=1))


def _sent(
    rng: np.random.Generator,
    opened: Ints,
    one: Ints,
    other: Ints,
    at: Ints,
    passed: NDArray[np.bool_],
    *,
    senders: int,
) -> NDArray[np.float32]:
    """Answer the features of transfers, in the order of `TRANSFER.features`."""
    count = len(one)
    age, beside = (at - opened[one]) / MICROSECONDS_A_DAY, (at - opened[other]) / MICROSECONDS_A_DAY
    part = np.where(passed, rng.uniform(0.8, 1.0, count), rng.exponential(0.1, count))
    came = np.where(passed, rng.uniform(0.9, 1.2, count), rng.exponential(1.0, count))
    chance = [rng.random(count) < share for share in (0.6, 0.4)]
    columns: list[NDArray[np.floating]] = [
        part,
        came,
        (passed & chance[0]).astype(np.float64),
        (passed & chance[1]).astype(np.float64),
        1.0 + rng.poisson(senders - 1, count),
        1.0 + rng.poisson(0.2, count),
        rng.uniform(0.2, 1.0, count),
        1.0 + rng.poisson(0.3, count),
        np.maximum(age, beside),
        np.minimum(age, beside),
    ]
    return padded(columns)


def _direct(kind: Kind, one: Ints, other: Ints, at: Ints, features: NDArray[np.float32]) -> Ties:
    """Answer direct ties of one kind, without those of an account to itself; things are numbered later."""
    rows = np.flatnonzero(one != other)
    number = np.full(len(rows), kind.number)
    return Ties(pairs_of(one[rows], other[rows]), number, rows, at[rows], at[rows], features[rows])


def _known_at(rng: np.random.Generator, ring: Ints) -> Ints:
    """Answer when each account was confirmed as crime: most of some rings, never for the others."""
    is_known = rng.random(int(ring.max()) + 1) < _CONFIRMED
    known = np.full(len(ring), _NEVER, dtype=np.int64)
    rows = (ring >= 0) & is_known[ring] & (rng.random(len(ring)) < 0.95)
    days = FIRST_DAY + rng.integers(0, DAYS, int(rows.sum()))
    known[rows] = days * MICROSECONDS_A_DAY
    return known


def _confirmed(ring: Ints, known: Ints) -> Confirmed:
    """Answer the confirmed pairs of rings, each known when its later account was."""
    account = np.flatnonzero(known < _NEVER)
    account = account[np.argsort(ring[account], kind="stable")]
    ones, others = [], []
    for step in range(1, _RING_ACCOUNTS[1]):
        same = ring[account[step:]] == ring[account[:-step]]
        ones.append(account[:-step][same])
        others.append(account[step:][same])
    one, other = np.concatenate(ones), np.concatenate(others)
    return Confirmed(pairs_of(one, other), np.maximum(known[one], known[other]), account, known[account])
