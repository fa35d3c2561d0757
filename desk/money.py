"""Money in the records of the desk: whole millionths of the store's unit, so that no sum is ever rounded."""

from __future__ import annotations

# How many of them are one unit of money.
MICRO = 1_000_000
