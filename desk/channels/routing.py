"""Which regional channel looks at what: each region has one of its own, and what has no region another."""

from __future__ import annotations

# The channel of cases whose region is not known.
ELSEWHERE = "unknown"


def channel_of(region: str | None) -> str:
    """Return the channel of a region's cases, by the region's slug."""
    return region or ELSEWHERE
