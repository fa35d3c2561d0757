"""The scene of all events: calendar, people, their equipment, and whom a crime can hit there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.world.calendar import Calendar
from data.world.columns import NONE, Ints, Rng
from data.world.equipment import Equipment
from data.world.population import MARKET_MAKER, Population
from data.world.trends import AREAS


@dataclass(frozen=True, slots=True)
class Scene:
    """What is there before anything happens; `scale` is the number of events over 300,000."""

    calendar: Calendar
    people: Population
    own: Equipment
    scale: float


def accounts_in(people: Population, area: Ints, at: Ints, rng: Rng, *, newest: float = 1.0) -> Ints:
    """Draw one honest account for each area and time, opened by then.

    `newest` above 1 prefers accounts opened lately. Every area has accounts opened before the window.
    """
    drawn = np.empty(len(area), dtype=np.int64)
    for number in range(len(AREAS)):
        mine = area == number
        is_customer = (people.ring == NONE) & (people.hard_negative != MARKET_MAKER)
        pool = np.flatnonzero((people.area == number) & is_customer)
        known = np.maximum(np.searchsorted(people.opened_at[pool], at[mine]), 1)
        back = np.floor(rng.random(int(mine.sum())) ** newest * known).astype(np.int64)
        drawn[mine] = pool[known - 1 - back]
    return drawn


def active_accounts_in(scene: Scene, area: Ints, at: Ints, rng: Rng) -> Ints:
    """Draw one honest account for each area and time, the best of four by how busy it is."""
    people = scene.people
    drawn = np.stack([accounts_in(people, area, at, rng) for _ in range(4)])
    is_alive = (people.active_to[drawn] > at) & ((at < people.gap_from[drawn]) | (at > people.gap_to[drawn]))
    best = np.argmax(people.rate[drawn] * np.where(is_alive, 1.0, 0.01), axis=0)
    chosen: Ints = drawn[best, np.arange(len(area))]
    return chosen
