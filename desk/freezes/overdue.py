"""What of the freezes needs somebody by an hour: holds that end by themselves soon, and reviews that are due.

late = overdue(records, now)
late.expiring          # provisional holds, the one that ends first at the front
late.reviews           # active freezes whose review_by is over, the longest first
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from desk.freezes.state import FreezeState
from desk.freezes.steps import FREEZES_NOW, state_of
from desk.records import Records

# A shift: whoever begins one sees what ends by itself before it is over.
SOON = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Overdue:
    """Freezes that need somebody: holds that end within the time asked for, and reviews that are due."""

    expiring: tuple[FreezeState, ...]
    reviews: tuple[FreezeState, ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.expiring) + len(self.reviews)


def overdue(records: Records, now: datetime, within: timedelta = SOON) -> Overdue:
    """Return what needs somebody at `now`, the data's now; `within` is how far ahead holds are looked at."""
    states = FREEZES_NOW.c
    soon = states.status == "provisional", states.expires_at <= now + within
    due = states.status == "active", states.review_by <= now
    with records.reading() as connection:
        expiring = connection.execute(
            select(FREEZES_NOW).where(*soon).order_by(states.expires_at, states.freeze_id)
        )
        holds = tuple(state_of(row) for row in expiring)
        reviews = connection.execute(
            select(FREEZES_NOW).where(*due).order_by(states.review_by, states.freeze_id)
        )
        return Overdue(holds, tuple(state_of(row) for row in reviews))
