"""Who could complete which dangerous action: for each right, two people by name, or that there are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desk.actors import RIGHTS, Right
from desk.people import Person


@dataclass(frozen=True, slots=True)
class Pair:
    """A dangerous action with a maker and a checker, and how many there are of each; empty: there is none."""

    right: Right
    maker: str
    checker: str
    makers: int
    checkers: int


def pairs(here: Sequence[Person]) -> list[Pair]:
    """Return a pair for each dangerous action, in the order of the table of rights."""
    return [_pair(here, right) for right in RIGHTS.values() if right.is_dangerous]


def _pair(here: Sequence[Person], right: Right) -> Pair:
    makers = [one.name for one in here if one.role in right.holders]
    checkers = [one.name for one in here if one.role in right.checkers]
    both = [(maker, checker) for maker in makers for checker in checkers if maker != checker]
    maker, checker = both[0] if both else ("", "")
    return Pair(right, maker, checker, len(makers), len(checkers))
