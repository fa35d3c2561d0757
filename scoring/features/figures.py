"""How people write numbers: plain, as a percentage, as a length of time, as a count of things."""

from __future__ import annotations

_LENGTHS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))


def number(value: float) -> str:
    """Write a number: 1,240 or 8.2 or 0.03; whole above a hundred."""
    size = abs(value)
    if size >= 100 or value == int(value):
        return f"{value:,.0f}"
    if size >= 1:
        return f"{value:,.1f}".removesuffix(".0")
    return f"{value:.2g}"


def percent(share: float) -> str:
    """Write a share: 12 % or 0.4 %."""
    return f"{number(100 * share)} %"


def duration(seconds: float) -> str:
    """Write a length of time in its largest whole unit: 3 minutes, 1 day, less than a second."""
    for size, unit in _LENGTHS:
        if seconds >= size:
            return many(int(seconds // size), unit, f"{unit}s")
    return "less than a second"


def many(count: float, one: str, more: str) -> str:
    """Count things: 1 withdrawal, 5 withdrawals, no withdrawals."""
    if count == 0:
        return f"no {more}"
    return f"{number(count)} {one if count == 1 else more}"
