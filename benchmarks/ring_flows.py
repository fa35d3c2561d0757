"""Flows of rings with known truth, in the manner of AMLSim: planted typologies, ordinary money and decoys.

Made without a look at the constants of `scoring/rings/`: money rests for a lognormal time, spreads over a
lognormal span and loses a random margin a step, so that some of each typology lies beyond any limit.
Decoys are what looks like a typology and is none: wages, a shop, a dinner shared, money lent and repaid.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pyarrow as pa

DAY = 86_400_000_000
DAYS = 90
START = 20_100 * DAY
# Well-known addresses that many customers use: exchanges, bridges, shops.
HOT = tuple(f"0xhot{n}" for n in range(8))


@dataclass(slots=True)
class Flows:
    """Transfers of rings as they are made: columns, and which planted pattern each one belongs to."""

    random: np.random.Generator
    ring: str = ""
    accounts: list[str] = field(default_factory=list)
    rows: list[tuple[str, str, int, str, str, str, int]] = field(default_factory=list)
    planted: dict[tuple[str, str, int], set[str]] = field(default_factory=dict)

    def send(self, t: float, sender: str, receiver: str, amount: float, of: tuple[str, int] | None) -> None:
        """Add one transfer at `t` days after the start; `of` is the planted pattern it shows."""
        leg = "in" if sender not in self.accounts else "out" if receiver not in self.accounts else "inside"
        event = f"E{len(self.rows):07d}"
        micro = max(int(round(amount, 2) * 1_000_000), 10_000)
        self.rows.append((self.ring, event, START + int(t * DAY), leg, sender, receiver, micro))
        if of is not None:
            self.planted.setdefault((self.ring, *of), set()).add(event)

    def some(self, number: int) -> list[str]:
        """Draw distinct accounts of the ring."""
        return [str(name) for name in self.random.choice(self.accounts, number, replace=False)]

    def outside(self) -> str:
        """Draw an address outside, now and then a well-known one."""
        if self.random.random() < 0.3:
            return str(self.random.choice(HOT))
        return f"0x{self.random.integers(1 << 40):010x}"

    def rest(self, median: float = 0.8) -> float:
        """Draw how many days money rests before it goes on."""
        return float(self.random.lognormal(np.log(median), 0.9))

    def amount(self, median: float = 1_500.0) -> float:
        """Draw an amount."""
        return float(self.random.lognormal(np.log(median), 1.1))

    def margin(self, low: float, high: float) -> float:
        """Draw what share goes on after a step that keeps between `low` and `high` of it."""
        return 1 - float(self.random.uniform(low, high))

    def table(self) -> pa.Table:
        """Answer the transfers in a random order, as `find_patterns` takes them."""
        types = {"t": pa.int64(), "micro": pa.int64()}
        names = ("ring_id", "event_id", "t", "leg", "sender", "receiver", "micro")
        order = self.random.permutation(len(self.rows))
        columns = zip(*(self.rows[n] for n in order), strict=True)
        return pa.table(
            {n: pa.array(c, types.get(n, pa.string())) for n, c in zip(names, columns, strict=True)}
        )


def made(rings: int, seed: int) -> Flows:
    """Make so many rings of 6 to 30 accounts over 90 days, each with none to three planted patterns."""
    flows = Flows(np.random.default_rng(seed))
    for n in range(rings):
        flows.ring = f"R{n:04d}"
        size = int(flows.random.integers(6, 31))
        flows.accounts = [f"{flows.ring}-{a:02d}" for a in range(size)]
        for number in range(int(flows.random.integers(0, 4))):
            kind = KINDS[int(flows.random.integers(len(KINDS)))]
            PLANTS[kind](flows, number, float(flows.random.uniform(0, DAYS - 15)))
        _ordinary(flows)
        for decoy in (_wages, _shop, _dinners, _loans):
            if flows.random.random() < 0.5:
                decoy(flows)
    return flows


def _fan(flows: Flows, number: int, begin: float, kind: str) -> None:
    """Plant a fan: 2 to 8 accounts around a hub; with two of them money always passes through the hub."""
    width = int(flows.random.integers(2, min(9, len(flows.accounts))))
    hub, *rim = flows.some(width + 1)
    span = float(flows.random.lognormal(np.log(3), 0.6))
    times = np.sort(begin + flows.random.uniform(0, span, width))
    amounts = [flows.amount() for _ in rim]
    if kind == "fan_in":
        for t, account, amount in zip(times, rim, amounts, strict=True):
            flows.send(t, account, hub, amount, (kind, number))
        if width == 2 or flows.random.random() < 0.8:
            flows.send(
                times[-1] + flows.rest(), hub, flows.outside(), sum(amounts) * flows.margin(0, 0.2), None
            )
        return
    for t, account, amount in zip(times, rim, amounts, strict=True):
        flows.send(t, hub, account, amount, (kind, number))
    if width == 2 or flows.random.random() < 0.8:
        flows.send(times[0] - flows.rest(), flows.outside(), hub, sum(amounts) / flows.margin(0, 0.2), None)


def _fan_in(flows: Flows, number: int, begin: float) -> None:
    _fan(flows, number, begin, "fan_in")


def _fan_out(flows: Flows, number: int, begin: float) -> None:
    _fan(flows, number, begin, "fan_out")


def _scatter_gather(flows: Flows, number: int, begin: float) -> None:
    """Plant a scatter-gather over 2 to 6 accounts; in one of three the source or sink is outside."""
    width = int(flows.random.integers(2, min(7, len(flows.accounts) - 1)))
    source, sink, *between = flows.some(width + 2)
    chance = flows.random.random()
    source = flows.outside() if chance < 0.17 else source
    sink = flows.outside() if chance > 0.83 else sink
    span = float(flows.random.lognormal(np.log(2), 0.6))
    of = ("scatter_gather", number)
    for account in between:
        t, amount = begin + float(flows.random.uniform(0, span)), flows.amount()
        flows.send(t, source, account, amount, of)
        flows.send(t + flows.rest(), account, sink, amount * flows.margin(0.01, 0.15), of)


def _cycle(flows: Flows, number: int, begin: float) -> None:
    """Plant a cycle over 3 to 6 accounts, with a margin of up to a tenth a step as AMLSim's."""
    way = flows.some(int(flows.random.integers(3, 7)))
    t, amount = begin, flows.amount()
    for giver, taker in zip(way, [*way[1:], way[0]], strict=True):
        flows.send(t, giver, taker, amount, ("cycle", number))
        t, amount = t + flows.rest(0.6), amount * flows.margin(0, 0.1)


def _peel_chain(flows: Flows, number: int, begin: float) -> None:
    """Plant a chain of 3 to 6 hops that peels 2 to 25 % at each; half of the peels leave at once."""
    hops = int(flows.random.integers(3, 7))
    way = flows.some(min(hops + 1, len(flows.accounts)))
    if flows.random.random() < 0.4:
        way[-1] = flows.outside()
    t, amount = begin, flows.amount(4_000)
    for giver, taker in pairwise(way):
        flows.send(t, giver, taker, amount, ("peel_chain", number))
        t += flows.rest(0.6)
        kept = amount * (1 - flows.margin(0.02, 0.25))
        if taker in flows.accounts and flows.random.random() < 0.5:
            flows.send(t + 0.1, taker, flows.outside(), kept, None)
        amount -= kept


PLANTS = {
    "fan_in": _fan_in,
    "fan_out": _fan_out,
    "scatter_gather": _scatter_gather,
    "cycle": _cycle,
    "peel_chain": _peel_chain,
}
KINDS = tuple(PLANTS)


def _ordinary(flows: Flows) -> None:
    """Add what customers do anyway: in, out, and now and then to a friend in the ring."""
    for account in flows.accounts:
        friend = flows.some(1)[0]
        for t in flows.random.uniform(0, DAYS, flows.random.poisson(6)):
            chance, amount = flows.random.random(), flows.amount(300)
            if chance < 0.4:
                flows.send(t, flows.outside(), account, amount, None)
            elif chance < 0.8:
                flows.send(t, account, flows.outside(), amount, None)
            elif friend != account:
                flows.send(t, account, friend, amount, None)


def _wages(flows: Flows) -> None:
    """Add an employer that pays its people the same once a month; half of them are accounts here."""
    people = flows.some(int(flows.random.integers(3, 6)))
    employer = people.pop() if flows.random.random() < 0.5 else "0xemployer"
    for person in people:
        wage = flows.amount(2_000)
        for month in range(3):
            day = 2 + 30 * month + float(flows.random.uniform(0, 1))
            flows.send(day, employer, person, wage, None)


def _shop(flows: Flows) -> None:
    """Add a shop that customers of the ring pay now and then, and that takes out its takings weekly."""
    shop, *customers = flows.some(int(flows.random.integers(4, 7)))
    for week in range(DAYS // 7):
        paid = [flows.amount(40) for customer in customers if flows.random.random() < 0.6]
        for amount in paid:
            buyer = str(flows.random.choice(customers))
            flows.send(7 * week + float(flows.random.uniform(0, 6)), buyer, shop, amount, None)
        if paid:
            flows.send(7 * week + 6.5, shop, "0xbank", sum(paid) * 0.95, None)


def _dinners(flows: Flows) -> None:
    """Add evenings after which friends pay their share to the one who paid."""
    for begin in flows.random.uniform(0, DAYS - 5, 3):
        host, *guests = flows.some(4)
        for guest in guests:
            flows.send(begin + flows.rest(0.5), guest, host, flows.amount(35), None)


def _loans(flows: Flows) -> None:
    """Add money lent to a friend and repaid to the cent, mostly days later."""
    for begin in flows.random.uniform(0, DAYS - 20, 4):
        giver, taker = flows.some(2)
        amount = round(flows.amount(150), 0)
        flows.send(begin, giver, taker, amount, None)
        flows.send(begin + flows.rest(4), taker, giver, amount, None)
