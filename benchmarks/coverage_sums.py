"""Pairs of simulated quarters of money and of rings: the worlds of the coverage benchmark beside counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.measures.change import Change, Week
from dashboard.measures.crime_index import Cell, crime_index
from dashboard.measures.sums import change_of_sums

WEEKS = 13
# Accounts with money in a quarter, and how unequal they are (the log's standard deviation).
ACCOUNTS = (50, 200, 1_000)
SPREADS = (0.5, 1.0, 1.5)
# Rings in the base quarter over all cells, the scatter of their weeks, and the true change of every cell.
RINGS = (60, 200, 1_000)
DISPERSIONS = (1.0, 2.0, 4.0)
RATIOS = (0.5, 0.8, 1.0, 1.3)
# Regions and products: a cell's share of the business before and after, and its rate against the average.
_CELLS = 12


@dataclass(frozen=True, slots=True)
class Held:
    """Of one pair: what group it belongs to, and whether the interval held the truth."""

    group: str
    is_held: bool


def sums(generator: np.random.Generator, number: int) -> Held:
    """Simulate sums of accounts of which a fifth is active in both quarters; compare them."""
    accounts = ACCOUNTS[number % 3]
    spread, ratio = SPREADS[number // 3 % 3], RATIOS[number // 9 % 4]
    only_before, only_after = generator.poisson(accounts), generator.poisson(accounts * ratio)
    both = generator.poisson(accounts / 5)
    before = np.zeros(only_before + only_after + both)
    after = np.zeros_like(before)
    before[:only_before] = generator.lognormal(5, spread, only_before)
    after[only_before : only_before + only_after] = generator.lognormal(5, spread, only_after)
    before[only_before + only_after :] = generator.lognormal(5, spread, both)
    after[only_before + only_after :] = generator.lognormal(5, spread, both)
    truth = (ratio + 0.2) / 1.2 * 1.1
    change = change_of_sums(before, after, 1.1, 1.0, number)
    return Held(f"sums, spread {spread:g}", _holds(change, truth))


def index(generator: np.random.Generator, number: int) -> Held:
    """Simulate rings of twelve cells whose business shifts; compare their standardised rates."""
    rings = RINGS[number % 3]
    phi, ratio = DISPERSIONS[number // 3 % 3], RATIOS[number // 9 % 4]
    shares = generator.dirichlet(np.full(_CELLS, 3.0), 2)
    rates = generator.gamma(2.0, 0.5, _CELLS)
    level = rings / float(shares[0] @ rates)
    cells = [
        Cell(
            f"region {cell}",
            "spot",
            _weeks(generator, level * rates[cell] * shares[0, cell], shares[0, cell], phi),
            _weeks(generator, ratio * level * rates[cell] * shares[1, cell], shares[1, cell], phi),
        )
        for cell in range(_CELLS)
    ]
    found = crime_index(cells)
    return Held(f"index, dispersion {phi:g}", _holds(found.change if found else None, ratio))


def _weeks(generator: np.random.Generator, mean: float, exposure: float, phi: float) -> tuple[Week, ...]:
    weekly = np.full(WEEKS, mean / WEEKS)
    drawn = weekly if phi == 1 else generator.gamma(weekly / (phi - 1), phi - 1)
    return tuple(Week(int(n), float(exposure) / WEEKS) for n in generator.poisson(drawn))


def _holds(change: Change | None, truth: float) -> bool:
    assert change is not None
    return change.low <= truth <= change.high
