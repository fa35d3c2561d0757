"""For how long a case's clock is stopped: what its page and the queue offer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

# How it is said, and how long; None has no end.
PAUSES: Mapping[str, timedelta | None] = {
    "1 hour": timedelta(hours=1),
    "4 hours": timedelta(hours=4),
    "1 day": timedelta(days=1),
    "3 days": timedelta(days=3),
    "Until somebody goes on": None,
}


def until(now: datetime, chosen: str) -> datetime | None:
    """Return when a pause that begins at `now` (naive UTC) ends by itself; None where it has no end."""
    length = PAUSES[chosen]
    return None if length is None else now + length
