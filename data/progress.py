"""How long work tells what it is doing, to the terminal and to the screen alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One report of long work: `done` of `total` `unit`s in the step called `name`.

    `total` is None while it is not known. A step is over when `done == total`.
    """

    name: str
    done: int
    total: int | None
    unit: str = "rows"
    detail: str = ""


Progress = Callable[[Step], None]


def silent(step: Step) -> None:
    """Report to nobody."""
