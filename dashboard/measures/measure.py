"""A measure: one number of the executive pages, declared once with its contract."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# What one value is made of: how many, how much money, part of a whole, middle of a list, or how many there
# are at one instant, how far one distribution is from another.
Kind = Literal["count", "sum", "ratio", "median", "stock", "drift"]
Good = Literal["less", "more", "neither"]
WINDOW_RULES = {
    "flow": "whole calendar quarters, UTC; 90, 91 and 92 days are the same rule and enter as exposure",
    "stock": "the instant at which the quarter ends",
}


@dataclass(frozen=True, slots=True)
class Contract:
    """What makes two figures comparable: they must agree in all of it.

    `window_rule` says which windows may be counted, `population` whose events are counted.
    """

    measure: str
    version: int
    unit: str
    population: str
    window_rule: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One number with its contract.

    `noun` completes the headline ("Organised-crime incidents fell 34 %"). `exposure` names what the change
    is per; None where the measure brings its own whole (ratios) or has none (medians, stocks). `is_matured`:
    counted as known equally long after each window's end. `owner` is the role that answers for it.
    `needs` names the table of records without which there is nothing to measure. `is_signed`: its values may
    lie below zero, so two windows are set side by side, and no ratio is taken.
    """

    name: str
    version: int
    title: str
    noun: str
    kind: Kind
    unit: str
    population: str
    exposure: str | None
    good: Good
    owner: str
    definition: str
    is_matured: bool = False
    needs: str | None = None
    is_signed: bool = False

    @property
    def is_less_better(self) -> bool:
        """Whether a fall is good news."""
        return self.good == "less"

    @property
    def is_money(self) -> bool:
        """Whether it is an amount in the store's unit of money."""
        return self.unit == "money"

    @property
    def window_rule(self) -> str:
        """Which windows it may be counted over."""
        return WINDOW_RULES["stock" if self.kind == "stock" else "flow"]

    @property
    def contract(self) -> Contract:
        """What another figure must agree with to be compared."""
        return Contract(self.name, self.version, self.unit, self.population, self.window_rule)
