"""Who the customers are: country, age of the account, style, level of money, and what makes some look odd.

Everything is a column with one entry an account, in the order of opening.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.world.calendar import DAY, END, START
from data.world.columns import NONE, Floats, Ints, Rng, full
from data.world.incidents import Openings
from data.world.places import PLACES
from data.world.trends import AREAS, PLACE_AREA

# What customers do here: trade, keep, send home, send to friends, pay wages, make markets.
TRADER, HOLDER, REMITTER, SOCIAL, PAYROLL, MAKER = range(6)
_STYLE_SHARES = (0.3, 0.34, 0.2, 0.16)

# Honest customers who look like crime in one respect; shares of all customers.
HARD_NEGATIVES = ("none", "family", "market_maker", "payroll_sender", "traveller", "vpn_user", "campus")
PLAIN, FAMILY, MARKET_MAKER, PAYROLL_SENDER, TRAVELLER, VPN_USER, CAMPUS = range(7)
HARD_NEGATIVE_SHARES = (0.705, 0.08, 0.0015, 0.0035, 0.08, 0.08, 0.05)

SHARE_OPENED_BEFORE = 0.75
EVENTS_PER_ACCOUNT = 14.5
# Multiplies everything that money is measured by (usual amounts, wages, bonuses); limits stay as they are.
MONEY_LEVEL = 2.47


@dataclass(frozen=True, slots=True)
class Population:
    """The accounts, one entry each.

    `level` is the natural logarithm of the account's usual amount and `spread` its deviation; `rate` the
    relative number of sessions a day; `active_from`/`active_to` and the gap between bound its life here;
    `hour` is the usual local hour; `group` the family or campus; `ring` the ring that opened the account.
    """

    place: Ints
    area: Ints
    opened_at: Ints
    is_business: Ints
    referrer: Ints
    style: Ints
    hard_negative: Ints
    level: Floats
    spread: Floats
    rate: Floats
    active_from: Ints
    active_to: Ints
    gap_from: Ints
    gap_to: Ints
    hour: Floats
    factor: Ints
    group: Ints
    ring: Ints

    @property
    def count(self) -> int:
        """How many accounts there are."""
        return len(self.place)


def make_population(customers: int, openings: Openings, rng: Rng) -> Population:
    """Draw `customers` honest accounts and add those that rings open; all in the order of opening."""
    place = _honest_places(customers, rng)
    opened = _opening_times(customers, rng)
    place = np.r_[place, _places_in(openings.area, rng)]
    opened = np.r_[opened, np.minimum(openings.at, END - DAY)]
    ring = np.r_[full(customers, NONE), openings.ring]
    order = np.argsort(opened, kind="stable")
    return _describe(place[order], opened[order], ring[order], rng)


def _honest_places(customers: int, rng: Rng) -> Ints:
    """Draw countries by share; the first customers cover every country, so that no area is empty."""
    shares = np.array([place.share for place in PLACES])
    drawn: Ints = rng.choice(len(PLACES), customers, p=shares / shares.sum())
    everywhere = np.tile(np.arange(len(PLACES)), 3)[:customers]
    drawn[: len(everywhere)] = everywhere
    return drawn


def _opening_times(customers: int, rng: Rng) -> Ints:
    """Draw when accounts were opened: most in the years before, the rest through the year, growing."""
    years_before = START - (rng.exponential(420.0, customers) * DAY).astype(np.int64)
    through = START + (np.sqrt(rng.random(customers) * 0.5 + 0.5) - np.sqrt(0.5)) / (1 - np.sqrt(0.5)) * (
        END - START
    )
    is_before = (rng.random(customers) < SHARE_OPENED_BEFORE) | (np.arange(customers) < 3 * len(PLACES))
    return np.where(is_before, np.maximum(years_before, START - 6 * 365 * DAY), through.astype(np.int64))


def _places_in(area: Ints, rng: Rng) -> Ints:
    drawn = np.empty(len(area), dtype=np.int64)
    shares = np.array([place.share for place in PLACES])
    for number in range(len(AREAS)):
        mine = area == number
        inside = np.flatnonzero(np.array(PLACE_AREA) == number)
        weights = shares[inside] / shares[inside].sum()
        drawn[mine] = rng.choice(inside, int(mine.sum()), p=weights)
    return drawn


def _describe(place: Ints, opened: Ints, ring: Ints, rng: Rng) -> Population:
    count = len(place)
    is_honest = ring == NONE
    odd = np.where(is_honest, rng.choice(len(HARD_NEGATIVES), count, p=HARD_NEGATIVE_SHARES), PLAIN)
    style = rng.choice(len(_STYLE_SHARES), count, p=_STYLE_SHARES)
    style = np.where(odd == PAYROLL_SENDER, PAYROLL, np.where(odd == MARKET_MAKER, MAKER, style))
    is_business = (rng.random(count) < 0.03) | (style >= PAYROLL)
    active_from, active_to, gap_from, gap_to = _lives(opened, rng)
    money = np.log(np.array([p.money for p in PLACES]))[place]
    level = np.log(190.0 * MONEY_LEVEL) + money + 1.15 * rng.standard_normal(count) + 1.0 * is_business
    level = np.where(style == MAKER, np.log(9_000.0 * MONEY_LEVEL) + 0.6 * rng.standard_normal(count), level)
    level = np.where(
        style == PAYROLL, np.log(700.0 * MONEY_LEVEL) + money + 0.3 * rng.standard_normal(count), level
    )
    rate = np.exp(1.15 * rng.standard_normal(count)) * np.where(is_honest, 1.0, 0.55)
    rate = np.where(style == MAKER, 9.0, np.where(style == PAYROLL, 1.2, rate))
    return Population(
        place=place,
        area=np.array(PLACE_AREA)[place],
        opened_at=opened,
        is_business=is_business.astype(np.int64),
        referrer=_referrers(ring, rng),
        style=style,
        hard_negative=odd,
        level=level,
        spread=np.where(style == PAYROLL, 0.25, rng.uniform(0.4, 1.0, count)),
        rate=rate,
        active_from=active_from,
        active_to=active_to,
        gap_from=gap_from,
        gap_to=gap_to,
        hour=(rng.normal(18.5, 3.4, count)) % 24.0,
        factor=rng.choice(4, count, p=(0.22, 0.28, 0.38, 0.12)),
        group=_groups(place, odd, rng),
        ring=ring,
    )


def _lives(opened: Ints, rng: Rng) -> tuple[Ints, Ints, Ints, Ints]:
    """Draw when accounts are used: from opening until some leave, with long pauses for the dormant."""
    count = len(opened)
    active_from = np.maximum(opened, START)
    stays = rng.random(count) < 0.64
    life = (rng.exponential(110.0, count) * DAY).astype(np.int64) + DAY
    active_to = np.where(stays, END, np.minimum(active_from + life, END))
    is_dormant = rng.random(count) < 0.13
    gap_from = active_from + (rng.random(count) * 0.8 * (END - active_from)).astype(np.int64)
    gap_to = gap_from + ((0.3 + 0.5 * rng.random(count)) * (END - gap_from)).astype(np.int64)
    active_to = np.where(is_dormant, END, active_to)
    return active_from, active_to, np.where(is_dormant, gap_from, END), np.where(is_dormant, gap_to, END)


def _referrers(ring: Ints, rng: Rng) -> Ints:
    """Draw who invited whom: a fifth of customers by an earlier one, some ring accounts by its first."""
    count = len(ring)
    earlier = np.floor(rng.random(count) ** 0.6 * np.arange(count)).astype(np.int64)
    invited = np.where((rng.random(count) < 0.2) & (np.arange(count) > 0), earlier, NONE)
    opened_first = np.full(int(ring.max(initial=0)) + 1, NONE, dtype=np.int64)
    owned = np.flatnonzero(ring != NONE)[::-1]
    opened_first[ring[owned]] = owned
    head = np.where(ring == NONE, NONE, opened_first[np.maximum(ring, 0)])
    by_ring = (head != NONE) & (head != np.arange(count)) & (rng.random(count) < 0.35)
    return np.where(by_ring, head, invited)


def _groups(place: Ints, odd: Ints, rng: Rng) -> Ints:
    """Put families of two to four and campuses of about thirty together, each within one country."""
    group = full(len(place), NONE)
    first = 0
    for kind, size in ((FAMILY, 2.8), (CAMPUS, 30.0)):
        members = np.flatnonzero(odd == kind)
        members = members[np.lexsort((rng.random(len(members)), place[members]))]
        begins = rng.random(len(members)) < 1.0 / size
        begins[:1] = True
        begins[1:] |= place[members][1:] != place[members][:-1]
        group[members] = first + np.cumsum(begins) - 1
        first += int(begins.sum())
    return group
