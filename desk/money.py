"""Money in the records of the desk: whole millionths of the store's unit, so that no sum is ever rounded."""

from __future__ import annotations

# How many of them are one unit of money.
MICRO = 1_000_000


def in_words(micro: int) -> str:
    """Return millionths as an amount that a person reads: 1,234.5 for 1_234_500_000."""
    whole, rest = divmod(abs(micro), MICRO)
    behind = f"{rest:06}".rstrip("0")
    return f"{'-' if micro < 0 else ''}{whole:,}{'.' + behind if behind else ''}"
