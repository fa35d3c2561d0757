"""Round trips: money goes from account to account and returns to where it began, to look like turnover."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.world import counterparties as other_side
from data.world.calendar import DAY, HOUR
from data.world.columns import TRANSFER, Rng, join
from data.world.crime import Crime, Hideouts, chosen, disguised, later, mostly_usdt, moves, usual_amount
from data.world.incidents import Parts, Wave
from data.world.scene import Scene

WAVE = Wave("round_trip", 12, (0, 0, 0.45, 0.35, 0.2), operations=2.0, careful=0.42, opened=0.5)


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """How a loop runs: what the first account sends, what each keeps, how long each waits."""

    median_multiple: float = 2.0
    multiple_spread: float = 0.7
    kept: tuple[float, float] = (0.002, 0.03)
    median_wait_hours: tuple[float, float] = (5.0, 16.0)
    again: float = 0.3
    again_after_days: float = 3.0


PARAMETERS = RoundTrip()


def commit(scene: Scene, hideouts: Hideouts, parts: Parts, rng: Rng) -> Crime:
    """Send the sum once around the loop, some rings a second time; the careful wait longer."""
    p = PARAMETERS
    first = np.flatnonzero(parts.rank == 0)
    whose = np.repeat(np.arange(len(first)), parts.size[first])
    count = len(parts.rank)
    begun = usual_amount(scene.people, parts.where(first)) * np.exp(
        rng.normal(np.log(p.median_multiple), p.multiple_spread, len(first))
    )
    following = first[whose] + (parts.rank + 1) % parts.size
    goes_again = chosen(len(first), p.again, rng)[whose]
    is_loop = parts.size > 1
    blocks = []
    for number in range(2):
        wait = later(np.zeros(count, dtype=np.int64), HOUR, 0.8, rng) * np.where(
            parts.is_careful, *p.median_wait_hours[::-1]
        )
        step = np.cumsum(wait)
        since = step - (step - wait)[first][whose]
        at = parts.at + since.astype(np.int64) + int(number * p.again_after_days * DAY)
        amount = begun[whose] * (1.0 - rng.uniform(*p.kept, count)) ** parts.rank
        rows = is_loop & (goes_again | (number == 0))
        some = parts.where(rows)
        place = disguised(scene, hideouts, some, at[rows], (0.5, 0.5), rng)
        to = other_side.account_code(parts.account[following[rows]])
        asset = mostly_usdt(len(first), 0.85, rng)[whose]
        blocks.append(moves(some, at[rows], TRANSFER, amount[rows], asset[rows], to, place))
    return Crime(transactions=join(blocks))
