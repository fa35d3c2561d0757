"""What is tried in one channel: another alert budget, and seats more or fewer in its shifts.

Setting("cis", budget=BUDGETS.index(2.0), change=(("late", 1),)).staff       # "late+1"
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

# Multiples of today's share of events that become alerts; 1 are the decisions as they were taken.
BUDGETS = (0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0)
TODAY = BUDGETS.index(1.0)
# Beyond every budget: crime that stays below the threshold.
NEVER = len(BUDGETS)
Change = Mapping[tuple[str, str], int]
_STAFF = re.compile(r"(.+?)([+-]\d{1,2})")


@dataclass(frozen=True, slots=True)
class Setting:
    """What is tried in one channel: an alert budget by its place, and seats more or fewer by shift."""

    channel: str
    budget: int = TODAY
    change: tuple[tuple[str, int], ...] = ()

    @property
    def staff(self) -> str:
        """The change of seats in one word, for the URL and the table: `early-1,late+2`."""
        return ",".join(f"{shift}{by:+d}" for shift, by in sorted(self.change) if by)

    @property
    def is_today(self) -> bool:
        """Whether nothing is changed."""
        return self.budget == TODAY and not any(by for _, by in self.change)

    def seats(self) -> Change:
        """The change of seats by channel and shift."""
        return {(self.channel, shift): by for shift, by in self.change if by}


def read_staff(text: str | None) -> tuple[tuple[str, int], ...]:
    """Read what `Setting.staff` wrote; what cannot be read is left out."""
    parts = [_STAFF.fullmatch(part) for part in (text or "").split(",")]
    return tuple(sorted((part[1], int(part[2])) for part in parts if part is not None))
