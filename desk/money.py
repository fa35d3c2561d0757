"""Money in the records of the desk: whole millionths of the store's unit, so that no sum is ever rounded."""

from __future__ import annotations

import re

from data.errors import WatchfloorError

# How many of them are one unit of money.
MICRO = 1_000_000
# 1234.5 or 1,234.5, with at most the six digits that are kept.
_AMOUNT = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d{1,6})?", re.ASCII)


class MoneyError(WatchfloorError):
    """What somebody wrote is no amount of money."""


def micro_of(text: str) -> int:
    """Return an amount that a person wrote as millionths, to the last digit. Raises MoneyError."""
    written = text.strip()
    if not _AMOUNT.fullmatch(written):
        raise MoneyError(
            f"{written!r} is no amount." if written else "No amount is named.",
            possible="digits, with commas between thousands and at most six behind a point: 1,234.5",
            to_do="Write it so. Nothing was done.",
        )
    whole, _, behind = written.replace(",", "").partition(".")
    return int(whole) * MICRO + int(behind.ljust(6, "0"))


def in_words(micro: int) -> str:
    """Return millionths as an amount that a person reads: 1,234.5 for 1_234_500_000."""
    whole, rest = divmod(abs(micro), MICRO)
    behind = f"{rest:06}".rstrip("0")
    return f"{'-' if micro < 0 else ''}{whole:,}{'.' + behind if behind else ''}"
