"""Which cases another person looks at a second time: a random share of those that are disposed of.

    drawn(doing.move, dice)          # the move with the dice thrown; whoever disposes has no say in it

The dice are thrown when the case is disposed of, within that transaction, from the machine's own source of
chance, so nobody can know beforehand, nor choose. What was drawn once stays drawn until it is looked at, so
that reopening a case and disposing of it again does not escape the second look.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from desk.cases.endings import Dispose
from desk.cases.moves import Move

# One in ten: some hundred a quarter of a small desk, enough to say agreement within ten points.
SHARE = 0.10
# Gives a number from 0 up to 1, another one each time.
Dice = Callable[[], float]
DICE: Dice = random.SystemRandom().random


def drawn(move: Move, dice: Dice) -> Move:
    """Return a disposition with the dice thrown, whatever the caller wrote there; any other move as it is."""
    return replace(move, second_look=dice() < SHARE) if isinstance(move, Dispose) else move
