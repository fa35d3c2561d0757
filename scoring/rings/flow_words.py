"""Words of patterns and roles: accounts, amounts and days as an analyst would say them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from scoring.rings.flow import DAY, Flow

# A sentence names so many accounts and counts the others.
NAMED = 3
_HOUR = DAY // 24


def money(micro: int) -> str:
    """Write an amount in millionths with two decimals: 12,300.50."""
    cents = (abs(micro) + 5_000) // 10_000
    return f"{cents // 100:,}.{cents % 100:02d}"


def several(names: Iterable[str]) -> str:
    """Write names, the first three of more: A1, A2, A3 and 4 more."""
    listed = list(names)
    if len(listed) == 1:
        return listed[0]
    if len(listed) <= NAMED + 1:
        return f"{', '.join(listed[:-1])} and {listed[-1]}"
    return f"{', '.join(listed[:NAMED])} and {len(listed) - NAMED} more"


def accounts_in(flow: Flow, accounts: Iterable[int]) -> str:
    """Write distinct accounts in the order in which they come."""
    return several([flow.names[account] for account in dict.fromkeys(accounts)])


def span(flow: Flow, transfers: Sequence[int]) -> str:
    """Write from when to when and how long: within 3 days (1 to 4 March 2025)."""
    times = [flow.t[transfer] for transfer in transfers]
    first, last = _day(min(times)), _day(max(times))
    long = max(times) - min(times)
    if long < DAY:
        hours = max(1, -(-long // _HOUR))
        words = f"within {counted(hours, 'hour')}"
    else:
        words = f"within {counted(-(-long // DAY), 'day')}"
    if first == last:
        return f"{words} on {_written(first)}"
    return f"{words}, {_written(first)} to {_written(last)}"


def counted(number: int, word: str) -> str:
    """Write a number with its word: 1 day, 2 days."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def _day(t: int) -> datetime:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=t)
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _written(day: datetime) -> str:
    return f"{day.day} {day:%B %Y}"
