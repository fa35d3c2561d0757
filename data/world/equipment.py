"""Devices and network addresses: who owns which, and which of them a session at a time uses.

Both are numbered; names are made when files are written. Every account has `SLOTS` devices and homes of
its own: slot 0 the main device, 1 a second one, 2 what replaces the main one on some day.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from data.world.calendar import DAY, END, START
from data.world.columns import Flags, Floats, Ints, Rng, fixed_uniform, full
from data.world.places import PLACES
from data.world.population import CAMPUS, FAMILY, MARKET_MAKER, TRAVELLER, VPN_USER, Population
from data.world.user_agents import draw_desktops, draw_emulators, draw_phones, draw_programs

SLOTS = 3
TRIPS = 3
SHARE_REPLACED = 0.42
HOME, MOBILE, VPN, DATACENTRE, TOR = range(5)
_SERVER_COUNTRIES = ("NL", "DE", "US", "SG", "GB", "CH", "CA", "JP", "RO", "HK")
_SERVER_PLACES = np.array([[p.alpha2 for p in PLACES].index(code) for code in _SERVER_COUNTRIES])
_PHONES = np.array([place.phones for place in PLACES])
_MONEY = np.array([place.money for place in PLACES])


@dataclass(slots=True)
class Devices:
    """Every device with its user agent (an index of USER_AGENTS); numbers are given in order."""

    agents: list[Ints] = field(default_factory=list)
    count: int = 0

    def add(self, agents: Ints) -> Ints:
        """Add devices and return their numbers."""
        first, self.count = self.count, self.count + len(agents)
        self.agents.append(agents)
        return np.arange(first, self.count)

    @property
    def agent(self) -> Ints:
        """The user agent of each device."""
        return np.concatenate(self.agents)


@dataclass(slots=True)
class Networks:
    """Every network address with its place and kind; numbers are given in order."""

    places: list[Ints] = field(default_factory=list)
    kinds: list[Ints] = field(default_factory=list)
    count: int = 0

    def add(self, place: Ints, kind: int) -> Ints:
        """Add addresses in the given places and return their numbers."""
        first, self.count = self.count, self.count + len(place)
        self.places.append(place)
        self.kinds.append(full(len(place), kind))
        return np.arange(first, self.count)

    @property
    def place(self) -> Ints:
        """The place of each address."""
        return np.concatenate(self.places)

    @property
    def kind(self) -> Ints:
        """The kind of each address."""
        return np.concatenate(self.kinds)


@dataclass(frozen=True, slots=True)
class Habits:
    """When an account changes its phone, how often it takes the second device, how long a home address stays.

    Trips are accounts x TRIPS.
    """

    replaced_at: Ints
    second_share: Floats
    lease: Ints
    trip_from: Ints
    trip_to: Ints
    trip_place: Ints


@dataclass(frozen=True, slots=True)
class Pools:
    """Addresses that many share: carrier gateways (first number and how many of each place), VPN, Tor."""

    mobile_first: Ints
    mobile_size: Ints
    vpn: Ints
    tor: Ints


@dataclass(frozen=True, slots=True)
class Equipment:
    """What accounts use: own devices (`main`) and home addresses, both accounts x SLOTS, habits and pools."""

    devices: Devices
    networks: Networks
    main: Ints
    home: Ints
    habits: Habits
    pools: Pools


def make_equipment(people: Population, rng: Rng) -> Equipment:
    """Give every account its devices and addresses; families share a main device and a home."""
    count = people.count
    devices, networks = Devices(), Networks()
    apple = np.clip(0.12 + 0.22 * (_MONEY[people.place] - 0.5), 0.05, 0.6)
    on_phone = rng.random(count) < _PHONES[people.place]
    phone, desktop = draw_phones(count, 0.25, rng), draw_desktops(count, rng)
    phone = np.where(rng.random(count) < apple, draw_phones(count, 1.0, rng), phone)
    first = np.where(on_phone, phone, desktop)
    first = np.where(people.hard_negative == MARKET_MAKER, draw_programs(count, rng), first)
    second = np.where(on_phone, desktop, phone)
    later = np.where(on_phone, draw_phones(count, 0.3, rng), draw_desktops(count, rng))
    main = devices.add(np.stack([first, second, later], axis=1).ravel()).reshape(count, SLOTS)
    home = networks.add(np.repeat(people.place, SLOTS), HOME).reshape(count, SLOTS)
    head = heads_of(people)
    is_shared = people.hard_negative == FAMILY
    main[:, 0] = np.where(is_shared, main[head, 0], main[:, 0])
    home = np.where((is_shared | (people.hard_negative == CAMPUS))[:, None], home[head], home)
    is_maker = people.hard_negative == MARKET_MAKER
    home[is_maker] = networks.add(rng.choice(_SERVER_PLACES, int(is_maker.sum())), DATACENTRE)[:, None]
    pools = _make_pools(people, networks, rng)
    return Equipment(devices, networks, main, home, _make_habits(people, rng), pools)


def heads_of(people: Population) -> Ints:
    """Return the first account of each account's family or campus, else the account itself."""
    head = np.arange(people.count)
    members = np.flatnonzero(people.group >= 0)[::-1]
    first = np.zeros(int(people.group.max(initial=0)) + 1, dtype=np.int64)
    first[people.group[members]] = members
    head[members] = first[people.group[members]]
    return head


def _make_habits(people: Population, rng: Rng) -> Habits:
    count = people.count
    travels = (people.hard_negative == TRAVELLER)[:, None]
    trip_from = np.where(travels, START + (rng.random((count, TRIPS)) * (END - START)).astype(np.int64), END)
    replaced = START + (rng.random(count) * (END - START)).astype(np.int64)
    return Habits(
        replaced_at=np.where(rng.random(count) < SHARE_REPLACED, replaced, END),
        second_share=np.where(rng.random(count) < 0.4, rng.uniform(0.05, 0.45, count), 0.0),
        lease=(rng.uniform(12, 90, count) * DAY).astype(np.int64),
        trip_from=trip_from,
        trip_to=trip_from + (rng.uniform(4, 24, (count, TRIPS)) * DAY).astype(np.int64),
        trip_place=rng.integers(0, len(PLACES), (count, TRIPS)),
    )


def _make_pools(people: Population, networks: Networks, rng: Rng) -> Pools:
    size = np.bincount(people.place, minlength=len(PLACES)) // 9 + 4
    mobile = networks.add(np.repeat(np.arange(len(PLACES)), size), MOBILE)
    servers = max(12, people.count // 160)
    vpn = networks.add(rng.choice(_SERVER_PLACES, servers), VPN)
    tor = networks.add(rng.choice(_SERVER_PLACES, max(6, servers // 4)), TOR)
    return Pools(mobile[0] + np.r_[0, np.cumsum(size)[:-1]], size, vpn, tor)


def usual_device(own: Equipment, account: Ints, at: Ints, rng: Rng) -> Ints:
    """Return the own device that each account uses at each time."""
    slot = np.where(at >= own.habits.replaced_at[account], 2, 0)
    slot = np.where(rng.random(len(account)) < own.habits.second_share[account], 1, slot)
    return own.main[account, slot]


def usual_ip(own: Equipment, people: Population, account: Ints, at: Ints, rng: Rng) -> Ints:
    """Return the address each account comes from at each time: home, carrier, trip or VPN."""
    slot = (at // own.habits.lease[account]) % SLOTS
    ip = own.home[account, slot]
    place = people.place[account]
    is_mobile = (rng.random(len(account)) < 0.3 * _PHONES[place]) & (
        people.hard_negative[account] != MARKET_MAKER
    )
    for trip in range(TRIPS):
        away = (at >= own.habits.trip_from[account, trip]) & (at < own.habits.trip_to[account, trip])
        place = np.where(away, own.habits.trip_place[account, trip], place)
        is_mobile |= away
    gateway = own.pools.mobile_first[place] + (
        rng.random(len(account)) * own.pools.mobile_size[place]
    ).astype(np.int64)
    ip = np.where(is_mobile, gateway, ip)
    return np.where(_is_hidden(people, account, rng), _usual_server(own, account, rng), ip)


def _is_hidden(people: Population, account: Ints, rng: Rng) -> Flags:
    likes = people.hard_negative[account] == VPN_USER
    return rng.random(len(account)) < np.where(likes, 0.6, 0.012)


def _usual_server(own: Equipment, account: Ints, rng: Rng) -> Ints:
    """Return a VPN server: one of the three that the account's app prefers."""
    preferred = fixed_uniform(account, rng.integers(0, 3, len(account)))
    return own.pools.vpn[np.floor(preferred * len(own.pools.vpn)).astype(np.int64)]


def emulated(own: Equipment, count: int, rng: Rng) -> Ints:
    """Add emulated phones, a third of which admit it, and return their numbers."""
    admits = rng.random(count) < 0.35
    return own.devices.add(np.where(admits, draw_emulators(count, rng), draw_phones(count, 0.0, rng)))


def unknown_devices(own: Equipment, count: int, rng: Rng) -> Ints:
    """Add phones and desktops that no customer has, and return their numbers."""
    is_phone = rng.random(count) < 0.6
    return own.devices.add(np.where(is_phone, draw_phones(count, 0.15, rng), draw_desktops(count, rng)))
