"""Normal life: sessions of the customers, their sign-ins, and what they move in them.

1. Each account has sessions by its own rate, on busy days, around its own local hour.
2. A session uses one of the account's devices and addresses; most sessions begin with a sign-in.
3. A session holds one or more transactions whose kinds follow the customer's style, deposits first.
4. Amounts follow the account's own level; some are round, some are rare large ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.world import counterparties as other_side
from data.world.calendar import DAY, END, HOUR, SECOND, START, draw_days
from data.world.columns import (
    FACTOR_CHANGE,
    FACTORS,
    FAILED,
    FAILURE,
    LOCKED,
    LOGIN,
    NONE,
    PASSWORD_CHANGE,
    SUCCESS,
    TRADE,
    TRANSFER,
    Flags,
    Floats,
    Ints,
    Logins,
    Rng,
    Transactions,
    fixed_uniform,
    full,
    join,
    rank_within,
    to_micro,
)
from data.world.equipment import usual_device, usual_ip
from data.world.places import PLACES
from data.world.population import MAKER, PAYROLL, Population
from data.world.scene import Scene

TRANSACTION_SHARE = 0.655  # of all events; the rest are sign-ins and about 3 % identity checks
LOGIN_SHARE = 0.33
SIGNED_IN = 0.8  # of sessions begin with a sign-in; the app remembers the others
IN_OWN_HOURS = 0.85
# Chances of deposit, withdrawal, transfer, trade for each style of customer, in the order of `population`.
_KIND_CHANCES = np.array(
    [
        (0.13, 0.10, 0.03, 0.74),
        (0.36, 0.17, 0.06, 0.41),
        (0.38, 0.42, 0.13, 0.07),
        (0.22, 0.14, 0.33, 0.31),
        (0.12, 0.06, 0.80, 0.02),
        (0.04, 0.05, 0.01, 0.90),
    ]
)
# Mean transactions of one session by style.
_PER_SESSION = np.array([2.5, 1.7, 2.0, 1.8, 9.0, 12.0])
_ASSET_CHANCES = (0.56, 0.13, 0.11, 0.07, 0.07, 0.06)
# Limits of the exchange that honest people also aim just under, to be spared a check.
LIMITS = np.array([500.0, 1_000.0, 2_500.0, 10_000.0])


@dataclass(frozen=True, slots=True)
class Sessions:
    """Times at which somebody uses an account, with device and address; sorted by account and time."""

    account: Ints
    at: Ints
    device: Ints
    ip: Ints


def draw_sessions(scene: Scene, transactions: int, rng: Rng) -> Sessions:
    """Draw sessions that will hold about `transactions` transactions."""
    people = scene.people
    weight = people.rate * (people.active_to - people.active_from) / DAY
    weight = np.where(people.style == PAYROLL, 10.0 * np.median(weight), weight)
    expected = weight * transactions / (weight * _PER_SESSION[people.style]).sum()
    account = np.repeat(np.arange(people.count), rng.poisson(expected * 1.06))
    at = _session_times(scene, account, rng)
    inside = (at >= people.active_from[account]) & (at < np.minimum(people.active_to[account], END))
    awake = (at < people.gap_from[account]) | (at >= people.gap_to[account])
    account, at = account[inside & awake], at[inside & awake]
    order = np.lexsort((at, account))
    account, at = account[order], at[order]
    device = usual_device(scene.own, account, at, rng)
    return Sessions(account, at, device, usual_ip(scene.own, people, account, at, rng))


def _session_times(scene: Scene, account: Ints, rng: Rng) -> Ints:
    people = scene.people
    weekend = np.array([place.has_friday_weekend for place in PLACES], dtype=np.int64)[people.place[account]]
    day = draw_days(scene.calendar, weekend, people.active_from[account], people.active_to[account], rng)
    # Payroll goes out on the 25th or the last days before it.
    paydays = np.array([24, 55, 83, 114, 144, 175, 205, 236, 267, 297])
    is_payroll = people.style[account] == PAYROLL
    day = np.where(is_payroll, paydays[rng.integers(0, 10, len(day))] - rng.integers(0, 2, len(day)), day)
    hour = rng.normal(people.hour[account], 2.6)
    hour = np.where(rng.random(len(hour)) < 0.15, rng.uniform(7, 25, len(hour)), hour)
    hour = np.where(people.style[account] == MAKER, rng.uniform(0, 24, len(hour)), hour) % 24.0
    offset = np.array([place.utc_offset_hours for place in PLACES])[people.place[account]]
    at: Ints = START + day * DAY + ((hour - offset) * HOUR).astype(np.int64)
    return at


def normal_logins(scene: Scene, sessions: Sessions, wanted: int, rng: Rng) -> Logins:
    """Draw the sign-ins that open sessions, failed tries before some, and changes of password and factor."""
    people = scene.people
    opened = np.flatnonzero(rng.random(len(sessions.at)) < SIGNED_IN)
    before = sessions.at[opened] - (rng.uniform(4, 90, len(opened)) * SECOND).astype(np.int64)
    base = _logins(sessions, people, opened, before, rng)
    looks = _looks(scene, sessions, max(0, wanted - int(1.13 * len(opened))), rng)
    tries = opened[rng.random(len(opened)) < 0.055]
    gap = (rng.uniform(95, 240, len(tries)) * SECOND).astype(np.int64)
    outcome = np.where(rng.random(len(tries)) < 0.06, LOCKED, FAILURE)
    failed = _logins(sessions, people, tries, sessions.at[tries] - gap, rng, outcome=outcome)
    is_new = _first_on_replacement(scene, sessions)
    chance = np.where(is_new, 0.5, 0.012)
    changed = np.flatnonzero(rng.random(len(sessions.at)) < chance)
    kind = np.where(
        rng.random(len(changed)) < np.where(is_new[changed], 0.8, 0.4), FACTOR_CHANGE, PASSWORD_CHANGE
    )
    at = sessions.at[changed] - (rng.uniform(1, 3.9, len(changed)) * SECOND).astype(np.int64)
    return join([base, failed, looks, _logins(sessions, people, changed, at, rng, kind=kind)])


def _logins(
    sessions: Sessions,
    people: Population,
    rows: Ints,
    at: Ints,
    rng: Rng,
    *,
    outcome: Ints | None = None,
    kind: Ints | None = None,
) -> Logins:
    account = sessions.account[rows]
    lower = rng.random(len(rows)) < 0.08
    return Logins(
        account=account,
        at=np.maximum(at, people.opened_at[account]),
        kind=full(len(rows), LOGIN) if kind is None else kind,
        outcome=full(len(rows), SUCCESS) if outcome is None else outcome,
        factor=np.where(lower, FACTORS.index("password"), people.factor[account]),
        device=sessions.device[rows],
        ip=sessions.ip[rows],
        incident=full(len(rows), NONE),
    )


def _looks(scene: Scene, sessions: Sessions, count: int, rng: Rng) -> Logins:
    """Draw sign-ins of customers who only look at their account, some hours or days from a session."""
    rows = rng.integers(0, len(sessions.at), count)
    account = sessions.account[rows]
    away = np.exp(rng.normal(np.log(30.0), 1.0, count)) * HOUR * rng.choice((-1.0, 1.0), count)
    at = own_hours(scene, account, sessions.at[rows] + away.astype(np.int64), rng)
    device = usual_device(scene.own, account, at, rng)
    visits = Sessions(account, at, device, usual_ip(scene.own, scene.people, account, at, rng))
    return _logins(visits, scene.people, np.arange(count), at, rng)


def own_hours(scene: Scene, account: Ints, at: Ints, rng: Rng) -> Ints:
    """Return times moved forward by less than a day, most of them to an hour at which the account is used."""
    people = scene.people
    wanted = rng.normal(people.hour[account], 2.6)
    offset = np.array([place.utc_offset_hours for place in PLACES])[people.place[account]]
    now = (at % DAY) / HOUR + offset
    moved = at + ((wanted - now) % 24.0 * HOUR).astype(np.int64)
    return np.where(rng.random(len(at)) < IN_OWN_HOURS, moved, at)


def _first_on_replacement(scene: Scene, sessions: Sessions) -> Flags:
    """Mark the first session of each account on the phone that replaced its old one."""
    is_replacement = sessions.device == scene.own.main[sessions.account, 2]
    number = np.cumsum(is_replacement)
    starts = np.flatnonzero(np.r_[True, sessions.account[1:] != sessions.account[:-1]])
    before = np.repeat((number - is_replacement)[starts], np.diff(np.r_[starts, len(number)]))
    is_first: Flags = is_replacement & (number - before == 1)
    return is_first


def normal_transactions(scene: Scene, sessions: Sessions, rng: Rng) -> Transactions:
    """Draw what customers move in their sessions."""
    people = scene.people
    mean = _PER_SESSION[people.style[sessions.account]]
    row = np.repeat(np.arange(len(sessions.at)), rng.geometric(1.0 / mean))
    account = sessions.account[row]
    kind = _kinds(people, account, rng)
    # Within a session money comes in, then is traded, then leaves.
    order = np.lexsort((np.array([0, 2, 2, 1])[kind] + rng.normal(0, 0.4, len(kind)), row))
    kind = kind[order]
    gap = np.exp(rng.normal(np.log(75.0), 1.0, len(row))) * SECOND
    step = np.cumsum(gap)
    starts = np.flatnonzero(np.r_[True, row[1:] != row[:-1]])
    since = step - np.repeat((step - gap)[starts], np.diff(np.r_[starts, len(row)]))
    at = sessions.at[row] + np.minimum(since, 6 * HOUR).astype(np.int64) + rank_within(row) * SECOND
    status = rng.choice(3, len(row), p=(0.958, 0.027, 0.015))
    return Transactions(
        account=account,
        at=at,
        kind=kind,
        micro=to_micro(normal_amounts(people, account, kind, rng)),
        asset=draw_assets(account, rng),
        counterparty=_counterparties(people, account, kind, rng),
        device=sessions.device[row],
        ip=sessions.ip[row],
        status=np.where(kind == TRADE, np.where(status == FAILED, 0, status), status),
        incident=full(len(row), NONE),
    )


def _kinds(people: Population, account: Ints, rng: Rng) -> Ints:
    running = np.cumsum(_KIND_CHANCES, axis=1)[people.style[account]]
    kind: Ints = (rng.random(len(account))[:, None] > running[:, :3]).sum(axis=1)
    return kind


def normal_amounts(people: Population, account: Ints, kind: Ints, rng: Rng) -> Floats:
    """Draw amounts around each account's own level: some round, some under a limit, few very large."""
    count = len(account)
    extra = np.array([0.25, 0.3, -0.25, 0.0])[kind]
    amount = np.exp(people.level[account] + extra + people.spread[account] * rng.standard_normal(count))
    rare = rng.random(count) < np.array([0.035, 0.045, 0.02, 0.01])[kind]
    amount = np.where(rare, amount * np.exp(rng.normal(1.7, 0.6, count)), amount)
    unit = 10.0 ** np.floor(np.log10(np.maximum(amount, 2.0)) - 0.3)
    is_round = (rng.random(count) < 0.33) & (kind != TRADE)
    amount = np.where(is_round, np.maximum(np.round(amount / unit), 1.0) * unit, amount)
    return np.where(rng.random(count) < 0.012, just_under_a_limit(amount, rng), amount)


def just_under_a_limit(amount: Floats, rng: Rng) -> Floats:
    """Return amounts moved to just below the limit nearest above them (the highest for larger ones)."""
    limit = LIMITS[np.minimum(np.searchsorted(LIMITS, amount), len(LIMITS) - 1)]
    return limit * (1.0 - np.minimum(rng.exponential(0.03, len(amount)), 0.2) - 0.001)


def draw_assets(account: Ints, rng: Rng) -> Ints:
    """Draw what is moved: everybody has a favourite, most often USDT."""
    favourite = np.searchsorted(np.cumsum(_ASSET_CHANCES), fixed_uniform(account, 71))
    anything = rng.choice(len(_ASSET_CHANCES), len(account), p=_ASSET_CHANCES)
    return np.where(rng.random(len(account)) < 0.55, np.minimum(favourite, len(_ASSET_CHANCES) - 1), anything)


def _counterparties(people: Population, account: Ints, kind: Ints, rng: Rng) -> Ints:
    count = len(account)
    chance = rng.random(count)
    outside = np.where(chance < 0.6, other_side.own_wallet(account, rng), other_side.hot_wallet(count, rng))
    outside = np.where(chance > 0.86, other_side.fresh_address(count, rng), outside)
    # A few honest people deal with traders who are, or will be, on a list.
    outside = np.where(rng.random(count) < 0.0016, other_side.listed_address(count, rng), outside)
    friend = other_side.account_code(_contacts(people, account, rng))
    code = np.where(kind == TRANSFER, friend, outside)
    return np.where(kind == TRADE, NONE, code)


def _contacts(people: Population, account: Ints, rng: Rng) -> Ints:
    """Return whom an account sends to: a few fixed people of its country who were there before it."""
    by_place = np.lexsort((np.arange(people.count), people.place))
    first = np.searchsorted(people.place[by_place], np.arange(len(PLACES)))
    position = np.empty(people.count, dtype=np.int64)
    position[by_place] = np.arange(people.count) - first[people.place[by_place]]
    choices = np.where(people.style[account] == PAYROLL, 30, 3)
    which = np.floor(rng.random(len(account)) ** 1.5 * choices).astype(np.int64)
    earlier = np.floor(fixed_uniform(account, which) * position[account]).astype(np.int64)
    earlier = np.where(position[account] == 0, 1, earlier)
    contact: Ints = by_place[first[people.place[account]] + earlier]
    return contact
