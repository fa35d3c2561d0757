"""Measure kinds that set two things against each other: spread, shares, pace, pass-through, travel."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from scoring.features.aggregates import Aggregate, count, known, largest, total
from scoring.features.measures import Largest, Mean, Measure, Typical
from scoring.features.subjects import EVENTS, MONEY_IN, MONEY_OUT, Entity, Rows, Window

# A customer with few payments is taken to vary by a factor e, with the weight of two payments.
PRIOR_SPREAD = 1.0
PRIOR_PAYMENTS = 2.0
# Countries are middles of countries, and two events need not be the two ends of a journey.
SHORTEST_JOURNEY_HOURS = 1.0
# A place is packed with its time into one BIGINT, t * 1024 + country, whose maximum is the last place.
PLACE_BASE = 1_024


@dataclass(frozen=True)
class CountOfOthers(Measure):
    """How many of the entity's rows are other accounts' than the one at hand."""

    verb: ClassVar[str] = "count_others"

    def needs(self, entity: Entity, window: Window) -> tuple[Aggregate, ...]:
        """The entity's count and the pair's."""
        return (count(entity, self.rows, window), count(entity.with_account(), self.rows, window))

    def formula(self, entity: Entity, window: Window) -> str:
        """The entity's count without the pair's."""
        everyone, own = self.needs(entity, window)
        return f"CAST({everyone.name} - {own.name} AS DOUBLE)"


@dataclass(frozen=True)
class TimesTypical(Measure):
    """The amount at hand over the typical one; null where either is not known or it is no such row."""

    verb: ClassVar[str] = "times_typical"

    def needs(self, entity: Entity, window: Window) -> tuple[Aggregate, ...]:
        """Those of the typical amount."""
        return Typical(self.rows).needs(entity, window)

    def formula(self, entity: Entity, window: Window) -> str:
        """A ratio of amounts."""
        return _times(self.rows, Typical(self.rows).formula(entity, window))


@dataclass(frozen=True)
class TimesMean(Measure):
    """The amount at hand over the mean one; null where either is not known or it is no such row."""

    verb: ClassVar[str] = "times_mean"

    def needs(self, entity: Entity, window: Window) -> tuple[Aggregate, ...]:
        """Those of the mean amount."""
        return Mean(self.rows).needs(entity, window)

    def formula(self, entity: Entity, window: Window) -> str:
        """A ratio of amounts."""
        return _times(self.rows, Mean(self.rows).formula(entity, window))


@dataclass(frozen=True)
class TimesLargest(Measure):
    """The amount at hand over the largest one; null where either is not known or it is no such row."""

    verb: ClassVar[str] = "times_largest"

    def needs(self, entity: Entity, window: Window) -> tuple[Aggregate, ...]:
        """One maximum."""
        return Largest(self.rows).needs(entity, window)

    def formula(self, entity: Entity, window: Window) -> str:
        """A ratio of amounts."""
        return _times(self.rows, Largest(self.rows).formula(entity, window))


@dataclass(frozen=True)
class Deviation(Measure):
    """How many standard deviations the amount lies above the typical one, in logarithms.

    The own spread is pulled towards a factor e with the weight of two payments, so that one payment of
    past does not make a spread of zero. Null where no past amount is known or it is no such row.
    """

    verb: ClassVar[str] = "deviation_of"

    def needs(self, entity: Entity, window: Window) -> tuple[Aggregate, ...]:
        """Sum, sum of squares and count of logarithms."""
        added = total(entity, "milli_log", self.rows, window)
        squares = total(entity, "milli_log_squared", self.rows, window)
        return (added, squares, known(entity, "milli_log", self.rows, window))

    def formula(self, entity: Entity, window: Window) -> str:
        """Distance from the mean over the smoothed spread."""
        added, squares, amounts = self.needs(entity, window)
        mean = f"{added.name} / 1000.0 / {amounts.name}"
        scatter = f"greatest({squares.name} / 1e6 - {added.name} / 1e6 * {added.name} / {amounts.name}, 0.0)"
        prior = f"{PRIOR_PAYMENTS * PRIOR_SPREAD**2!r}"
        spread = f"sqrt(({scatter} + {prior}) / ({amounts.name} + {PRIOR_PAYMENTS!r}))"
        condition = f"{self.rows.flag} AND {amounts.name} > 0"
        return f"CASE WHEN {condition} THEN (milli_log / 1000.0 - {mean}) / {spread} END"


@dataclass(frozen=True)
class Share(Measure):
    """The share of `rows` among `of`, pulled towards `prior` with the weight of `weight` rows.

    `said` is its verb in a sentence.
    """

    of: Rows = field(kw_only=True, default=EVENTS)
    prior: float = field(kw_only=True, default=0.0)
    weight: float = field(kw_only=True, default=0.0)
    said: str = field(kw_only=True)
    verb: ClassVar[str] = "share"

    def needs(self, entity: Entity, window: Window) -> tuple[Aggregate, ...]:
        """Two counts."""
        return (count(entity, self.rows, window), count(entity, self.of, window))

    def formula(self, entity: Entity, window: Window) -> str:
        """Null where there is nothing to share and no prior."""
        part, whole = self.needs(entity, window)
        return _smoothed(part, whole, self.prior, self.weight)


@dataclass(frozen=True)
class ShareOfAccount(Measure):
    """The share of the account's rows that belong to this pair: at these hours, in this country."""

    account: Entity = field(kw_only=True)
    prior: float = field(kw_only=True)
    weight: float = field(kw_only=True)
    verb: ClassVar[str] = "share_of_account"

    def needs(self, entity: Entity, window: Window) -> tuple[Aggregate, ...]:
        """The pair's count and the account's."""
        return (count(entity, self.rows, window), count(self.account, self.rows, window))

    def formula(self, entity: Entity, window: Window) -> str:
        """Null where the pair is not known."""
        part, whole = self.needs(entity, window)
        return _smoothed(part, whole, self.prior, self.weight)


@dataclass(frozen=True)
class Pace(Measure):
    """Rows a day in the short window over rows a day in the feature's; null where the latter is 0."""

    short: Window = field(kw_only=True)

    @property
    def stem(self) -> str:
        """pace_, the rows, and the short window."""
        return f"pace_{self.rows.name}_{self.short.name}_in"

    def needs(self, entity: Entity, window: Window) -> tuple[Aggregate, ...]:
        """Two counts."""
        return (count(entity, self.rows, self.short), count(entity, self.rows, window))

    def formula(self, entity: Entity, window: Window) -> str:
        """A ratio of rates."""
        now, usual = self.needs(entity, window)
        return f"{now.name} * {window.days / self.short.days!r} / nullif({usual.name}, 0)"


@dataclass(frozen=True)
class PassThrough(Measure):
    """Money out, the event at hand included, over money in; null where no money came in."""

    rows: Rows = MONEY_OUT
    came: Rows = field(kw_only=True, default=MONEY_IN)
    verb: ClassVar[str] = "pass_through"

    def needs(self, entity: Entity, window: Window) -> tuple[Aggregate, ...]:
        """Two exact sums."""
        return (total(entity, "micro", self.rows, window), total(entity, "micro", self.came, window))

    def formula(self, entity: Entity, window: Window) -> str:
        """A ratio of amounts."""
        went, came = self.needs(entity, window)
        now = f"CASE WHEN {self.rows.flag} THEN coalesce(micro, 0) ELSE 0 END"
        return f"({went.name} + {now}) / nullif({came.name}, 0)"


@dataclass(frozen=True)
class TravelSpeed(Measure):
    """Kilometres an hour between the countries of this network and of the last known one before.

    0 within one country; at least one hour is taken to have passed. Null where either is not known.
    """

    verb: ClassVar[str] = "travel_speed_between"

    def needs(self, entity: Entity, window: Window) -> tuple[Aggregate, ...]:
        """The last place before, packed with its time."""
        return (largest(entity, "place", self.rows, window),)

    def formula(self, entity: Entity, window: Window) -> str:
        """Distance of the middles of two countries over hours; `distances` is joined by the compiler."""
        place = self.needs(entity, window)[0].name
        hours = f"greatest((t - {place} // {PLACE_BASE}) / 3.6e9, {SHORTEST_JOURNEY_HOURS!r})"
        known_places = f"country IS NOT NULL AND {place} IS NOT NULL"
        return f"CASE WHEN {known_places} THEN kilometres / {hours} END"


def _times(rows: Rows, amount: str) -> str:
    return f"CASE WHEN {rows.flag} AND micro > 0 THEN micro / 1e6 / nullif({amount}, 0) END"


def _smoothed(part: Aggregate, whole: Aggregate, prior: float, weight: float) -> str:
    return f"({part.name} + {prior * weight!r}) / nullif({whole.name} + {weight!r}, 0)"
