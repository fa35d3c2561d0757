"""Measure kinds over one past: attributes of the event, counts, sums, means, recency, first use, typical.

A measure is arithmetic on aggregates and on the event at hand. `comparisons.py` holds the kinds that set
two pasts against each other; together they are the closed set from which features are declared.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import ClassVar

from scoring.features.aggregates import Aggregate, count, distinct, known, largest, smallest, total
from scoring.features.subjects import EVENTS, Entity, Rows, Window

# Ages and silences longer than this are all alike. Without a cap they would grow with the calendar and
# carry absolute time into the model (datasets/README.md, ethereum).
LONGEST_AGE_SECONDS = 90 * 86_400


@dataclass(frozen=True)
class Measure(ABC):
    """What every kind of measure answers: the rows it looks at, its needs, and its value."""

    rows: Rows = EVENTS
    verb: ClassVar[str] = ""

    @property
    def stem(self) -> str:
        """The middle of the feature's name."""
        return f"{self.verb}_{self.rows.name}"

    def needs(self, entity: Entity, window: Window) -> tuple[Aggregate, ...]:
        """The aggregates it is computed from; for an attribute of the event, none."""
        return ()

    @abstractmethod
    def formula(self, entity: Entity, window: Window) -> str:
        """The SQL expression of its value, over columns of the moments and of its aggregates."""


@dataclass(frozen=True)
class Attribute(Measure):
    """A number or a yes (1) or no (0) that the event at hand carries."""

    column: str = field(kw_only=True)

    @property
    def stem(self) -> str:
        """The column's own name."""
        return self.column

    def formula(self, entity: Entity, window: Window) -> str:
        """The column as a number."""
        return f"CAST({self.column} AS DOUBLE)"


@dataclass(frozen=True)
class Amount(Measure):
    """The amount of the event at hand, in the store's unit."""

    @property
    def stem(self) -> str:
        """The word."""
        return "amount"

    def formula(self, entity: Entity, window: Window) -> str:
        """Millionths to units."""
        return "micro / 1e6"


@dataclass(frozen=True)
class IsOne(Measure):
    """1 where the event at hand is one of the rows, else 0."""

    @property
    def stem(self) -> str:
        """is_ and the noun of the rows."""
        return f"is_{self.rows.one.replace(' ', '_').replace('-', '_')}"

    def formula(self, entity: Entity, window: Window) -> str:
        """The moments' flag as a number."""
        return f"CAST({self.rows.flag} AS DOUBLE)"


@dataclass(frozen=True)
class Count(Measure):
    """How many of the rows."""

    verb: ClassVar[str] = "count"

    def needs(self, entity: Entity, window: Window) -> tuple[Aggregate, ...]:
        """One count."""
        return (count(entity, self.rows, window),)

    def formula(self, entity: Entity, window: Window) -> str:
        """The count."""
        return f"CAST({self.needs(entity, window)[0].name} AS DOUBLE)"


@dataclass(frozen=True)
class Distinct(Measure):
    """How many different accounts, devices, ips, counterparties, countries or assets among the rows."""

    column: str = field(kw_only=True)
    one: str = field(kw_only=True)
    many: str = field(kw_only=True)
    did: str = field(kw_only=True, default="used")

    @property
    def stem(self) -> str:
        """distinct_, what is counted, and the rows."""
        return f"distinct_{self.many.replace(' ', '_')}_of_{self.rows.name}"

    def needs(self, entity: Entity, window: Window) -> tuple[Aggregate, ...]:
        """One distinct count."""
        return (distinct(entity, self.column, self.rows, window),)

    def formula(self, entity: Entity, window: Window) -> str:
        """The count."""
        return f"CAST({self.needs(entity, window)[0].name} AS DOUBLE)"


@dataclass(frozen=True)
class Sum(Measure):
    """The known amounts of the rows added up; 0 where there are none."""

    verb: ClassVar[str] = "sum"

    def needs(self, entity: Entity, window: Window) -> tuple[Aggregate, ...]:
        """One exact sum of millionths."""
        return (total(entity, "micro", self.rows, window),)

    def formula(self, entity: Entity, window: Window) -> str:
        """Millionths to units."""
        return f"{self.needs(entity, window)[0].name} / 1e6"


@dataclass(frozen=True)
class Mean(Measure):
    """The mean of the known amounts of the rows; null where there are none."""

    verb: ClassVar[str] = "mean"

    def needs(self, entity: Entity, window: Window) -> tuple[Aggregate, ...]:
        """An exact sum, and the count of known amounts."""
        return (total(entity, "micro", self.rows, window), known(entity, "micro", self.rows, window))

    def formula(self, entity: Entity, window: Window) -> str:
        """Sum over count, outside the window."""
        added, amounts = self.needs(entity, window)
        return f"{added.name} / 1e6 / nullif({amounts.name}, 0)"


@dataclass(frozen=True)
class Largest(Measure):
    """The largest known amount among the rows; null where there are none."""

    verb: ClassVar[str] = "largest"

    def needs(self, entity: Entity, window: Window) -> tuple[Aggregate, ...]:
        """One maximum."""
        return (largest(entity, "micro", self.rows, window),)

    def formula(self, entity: Entity, window: Window) -> str:
        """Millionths to units."""
        return f"{self.needs(entity, window)[0].name} / 1e6"


@dataclass(frozen=True)
class SinceLast(Measure):
    """Seconds since the last of the rows before the event, at most 90 days; null where there was none."""

    verb: ClassVar[str] = "since_last"

    def needs(self, entity: Entity, window: Window) -> tuple[Aggregate, ...]:
        """The latest time before: a maximum over a strict frame, since LAG would see ties."""
        return (largest(entity, "t", self.rows, window),)

    def formula(self, entity: Entity, window: Window) -> str:
        """Microseconds to seconds."""
        return _age(self.needs(entity, window)[0])


@dataclass(frozen=True)
class SinceFirst(Measure):
    """Seconds since the first of the rows before the event, at most 90 days; null where there was none."""

    verb: ClassVar[str] = "since_first"

    def needs(self, entity: Entity, window: Window) -> tuple[Aggregate, ...]:
        """The earliest time before."""
        return (smallest(entity, "t", self.rows, window),)

    def formula(self, entity: Entity, window: Window) -> str:
        """Microseconds to seconds."""
        return _age(self.needs(entity, window)[0])


@dataclass(frozen=True)
class IsFirst(Measure):
    """1 where none of the rows was before, else 0; null where the entity is not known."""

    verb: ClassVar[str] = "is_first_of"

    def needs(self, entity: Entity, window: Window) -> tuple[Aggregate, ...]:
        """The earliest time before."""
        return (smallest(entity, "t", self.rows, window),)

    def formula(self, entity: Entity, window: Window) -> str:
        """All keys are known, and no time before is."""
        all_known = " AND ".join(f"{key} IS NOT NULL" for key in entity.keys)
        return f"CASE WHEN {all_known} THEN CAST({self.needs(entity, window)[0].name} IS NULL AS DOUBLE) END"


@dataclass(frozen=True)
class Typical(Measure):
    """The geometric mean of the rows' amounts: what is normal for the entity; null where there are none.

    Amounts are added up as whole thousandths of their natural logarithm, so that sums are exact.
    """

    verb: ClassVar[str] = "typical"

    def needs(self, entity: Entity, window: Window) -> tuple[Aggregate, ...]:
        """The sum and the count of logarithms."""
        added = total(entity, "milli_log", self.rows, window)
        return (added, known(entity, "milli_log", self.rows, window))

    def formula(self, entity: Entity, window: Window) -> str:
        """Exponential of the mean logarithm."""
        added, amounts = self.needs(entity, window)
        return f"exp({added.name} / 1000.0 / nullif({amounts.name}, 0))"


def _age(moment: Aggregate) -> str:
    # DuckDB's least() skips nulls, so an unknown time must be kept apart from the cap.
    capped = f"least((t - {moment.name}) / 1e6, {float(LONGEST_AGE_SECONDS)!r})"
    return f"CASE WHEN {moment.name} IS NOT NULL THEN {capped} END"
