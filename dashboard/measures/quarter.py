"""Calendar quarters in UTC, half-open, and whether one may be compared with another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

_MONTHS = 3


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """One calendar quarter, `[start, end)` in UTC; `number` is 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, moment: date) -> Self:
        """Return the quarter that holds `moment` (a date, or a datetime in UTC)."""
        return cls(moment.year, (moment.month - 1) // _MONTHS + 1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2025Q3`. Raises ValueError that says what was possible."""
        year, mark, number = text.partition("Q")
        if not (mark and year.isdigit() and number in {"1", "2", "3", "4"}):
            raise ValueError(f"{text!r} is no quarter; write it as 2025Q3")
        return cls(int(year), int(number))

    @property
    def start(self) -> date:
        """First day."""
        return date(self.year, (self.number - 1) * _MONTHS + 1, 1)

    @property
    def end(self) -> date:
        """First day after it."""
        return self.following.start

    @property
    def previous(self) -> Quarter:
        """The quarter before."""
        return Quarter.of(self.start - timedelta(days=1))

    @property
    def following(self) -> Quarter:
        """The quarter after."""
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def name(self) -> str:
        """How a person writes it: Q3 2025."""
        return f"Q{self.number} {self.year}"

    def __str__(self) -> str:
        """How a URL writes it: 2025Q3."""
        return f"{self.year}Q{self.number}"

    def is_over(self, watermark: datetime) -> bool:
        """Answer whether the last event lies on or after the quarter's last day."""
        return watermark.date() >= self.end - timedelta(days=1)


def why_not_comparable(
    quarter: Quarter, first_event: datetime, watermark: datetime, base: Quarter | None = None
) -> str | None:
    """Answer why `quarter` cannot be compared with `base` (else the one before it), or None when it can.

    `first_event` and `watermark` are the times of the store's first and last event, UTC.
    """
    base = base or quarter.previous
    for one in (quarter, base):
        if not one.is_over(watermark):
            return f"{one.name} is not over: the last event is of {watermark:%d %B %Y}."
    for one in (base, quarter):
        if first_event.date() > one.start + timedelta(days=1):
            return f"{one.name} is not whole: the first event is of {first_event:%d %B %Y}."
    return None
