"""How often is a block right, by the few that were held and looked at instead, and what did that cost?"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dashboard import ask
from dashboard.questions.period import Period
from dashboard.tables import Asked
from scoring.selective.measuring import Blocked, Weighed


@dataclass(frozen=True, slots=True)
class Explored:
    """Would-be blocks of an area in a quarter: how many, those explored, what they showed and cost.

    `expected` is the mean score of the would-be blocks, None where there are none; `minutes` are people's,
    `spared` honest accounts that were not blocked, `value_held` in the store's money.
    """

    would_be_blocks: int
    blocked: Blocked
    explored: int
    sums: Weighed
    expected: float | None
    value_held: Decimal
    minutes: int
    spared: int


def explored_of(area: str, period: Period) -> Explored:
    """Answer what exploration found in an area; zeros where nothing was blocked."""
    (row,) = ask.answer("exploration_of_area", area=area, **period.between).to_pylist()
    return Explored(
        would_be_blocks=row["would_be_blocks"],
        blocked=Blocked(row["blocked"], row["blocked_confirmed"], row["blocked_cleared"]),
        explored=row["explored"],
        sums=Weighed(row["judged"], row["weight"], row["weight_confirmed"], row["weight_squared"]),
        expected=row["expected"],
        value_held=row["value_held"],
        minutes=row["minutes"],
        spared=row["spared"],
    )


def explored_asked(area: str, period: Period) -> Asked:
    """Return the question of the explored events themselves."""
    return Asked("explored_of_area", {"area": area, **period.between})
