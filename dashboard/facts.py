"""What every screen must know of the store: how far it reaches, its unit of money, what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from dashboard import ask, reader
from dashboard.measures.quarter import Quarter

Stage = Literal["empty", "loaded", "scored"]


@dataclass(frozen=True, slots=True)
class Facts:
    """The store in one line. `now` is its watermark, the time of the last event, naive UTC."""

    events: int
    scored: int
    first: datetime | None
    now: datetime | None
    money_unit: str
    is_synthetic: bool
    regions: tuple[str, ...]

    @property
    def stage(self) -> Stage:
        """How far the store has come: empty, loaded but not scored, or ready for the pages."""
        if self.events == 0:
            return "empty"
        return "scored" if self.scored else "loaded"

    @property
    def quarters(self) -> tuple[Quarter, ...]:
        """Every quarter that holds an event, the newest first."""
        if self.first is None or self.now is None:
            return ()
        found = [Quarter.of(self.now.date())]
        while found[-1].start > self.first.date():
            found.append(found[-1].previous)
        return tuple(found)

    @property
    def default_quarter(self) -> Quarter | None:
        """The newest quarter that is over, else the newest one there is."""
        over = [q for q in self.quarters if self.now is not None and q.is_over(self.now)]
        return next(iter((*over, *self.quarters)), None)


def facts() -> Facts:
    """Return the facts of the store that this process owns."""
    # The same for everybody, and asked before anybody is known.
    with reader.as_program():
        row = ask.answer("store_facts").to_pylist()[0]
    return Facts(
        events=int(row["events"]),
        scored=int(row["scored"]),
        first=row["first_event"],
        now=row["last_event"],
        money_unit=str(row["money_unit"]),
        is_synthetic=bool(row["is_synthetic"]),
        regions=tuple(row["regions"] or ()),
    )


def last_event() -> datetime:
    """Return the data's now. Raises ValueError for a store without events: there is nothing to act on."""
    now = facts().now
    if now is None:
        raise ValueError("a store without events has nothing to act on")
    return now
