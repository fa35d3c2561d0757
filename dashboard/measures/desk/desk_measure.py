"""A measure of the desk: one number of its work, declared once with its contract."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dashboard.measures.measure import Contract, Good
from data.statement import Statement, read_statement

# How the rows become the number: their sum; counted over the whole; counted for each different one of
# `of_each`; the middle of the list; the middle of what stands at the window's end.
Kind = Literal["count", "ratio", "per", "median", "stock"]
KINDS = {
    "count": "how many; the change is per case opened",
    "ratio": "the sum of `counted` over that of `of_all`",
    "per": "the sum of `counted` for each different `of_each`",
    "median": "the middle one of `counted`, with its 90th percentile beside it",
    "stock": "the middle one of `counted`, of what stands at the window's end, with its 90th percentile",
}
_FLOW = "whole calendar quarters, UTC, half-open; up to the last event where the quarter is not over"
WINDOW_RULES = {"stock": "the instant at which the quarter ends, or the last event"}
# Of fewer, a middle says more about chance than about the desk: it is left blank, their number is shown.
FEWEST = 5
_ROWS = Path(__file__).parent / "rows"


@dataclass(frozen=True, slots=True)
class DeskMeasure:
    """One number of the desk with its contract.

    `name` is its id and names its rows, `rows/rows_<name>.sql`; `unit` is what the number is in, "share" is
    shown as per cent; `good` says which way is better; `owner` the role that answers for it.
    """

    name: str
    version: int
    title: str
    kind: Kind
    unit: str
    population: str
    good: Good
    owner: str
    definition: str

    @property
    def is_middle(self) -> bool:
        """Whether it is the middle of a list."""
        return self.kind in ("median", "stock")

    @property
    def window_rule(self) -> str:
        """Which windows it may be counted over."""
        return WINDOW_RULES.get(self.kind, _FLOW)

    @property
    def contract(self) -> Contract:
        """What another figure must agree with to be compared."""
        return Contract(self.name, self.version, self.unit, self.population, self.window_rule)

    @property
    def rows(self) -> Statement:
        """The question that lists what it counts."""
        return read_statement(_ROWS / f"rows_{self.name}.sql")
