"""What Rings asks: how many rings stand, where they grow, what they move, and which to look at first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from dashboard import ask
from dashboard.questions.period import Period
from dashboard.tables import Asked

EVERYWHERE = ""


@dataclass(frozen=True, slots=True)
class RingCounts:
    """The rings of a place over a period; money in the store's unit.

    `standing` at its end (`active`: and not broken), `standing_before` at the end of the period compared
    with; `new`, `broken` and `ended` in it. `accounts` and `confirmed` are of those that stand, `at_risk` is
    of today.
    """

    region: str
    standing: int = 0
    standing_before: int = 0
    active: int = 0
    new: int = 0
    new_before: int = 0
    broken: int = 0
    broken_before: int = 0
    ended: int = 0
    accounts: int = 0
    confirmed: int = 0
    moved: float = 0.0
    moved_before: float = 0.0
    at_risk: float = 0.0

    @property
    def grown(self) -> int:
        """How many more rings stand than before."""
        return self.standing - self.standing_before


COUNTED = tuple(field.name for field in fields(RingCounts) if field.name != "region")


@dataclass(frozen=True, slots=True)
class RingDay:
    """How many alarmed rings stood in a region at the start of a day."""

    day: date
    region: str
    standing: int


@dataclass(frozen=True, slots=True)
class RingsThere:
    """How many rings ever raised an alarm, and how many candidates there were."""

    rings: int
    candidates: int


def regions_asked(period: Period) -> Asked:
    """Return the question of rings by region."""
    return Asked(
        "rings_by_region",
        {**period.between, "base_starts": period.base_starts, "base_ends": period.base_ends},
    )


def rings_by_region(period: Period) -> tuple[RingCounts, ...]:
    """Answer the rings of every region that ever had one, those with most of them first."""
    asked = regions_asked(period)
    names = ("region", *COUNTED)
    rows = ask.answer(asked.name, **asked.parameters).select(list(names)).to_pylist()
    return tuple(RingCounts(**row) for row in rows)


def counts_in(found: Sequence[RingCounts], region: str | None) -> RingCounts:
    """Return the rings of one region, zeroes where it has none; of all regions together for None."""
    chosen = [one for one in found if region is None or one.region == region]
    sums = {name: sum(getattr(one, name) for one in chosen) for name in COUNTED}
    return RingCounts(region=region or EVERYWHERE, **sums)


def grew_most(found: Sequence[RingCounts]) -> RingCounts | None:
    """Return the region in which most rings came to stand; None where nowhere more stand than before."""
    most = max(found, key=lambda one: (one.grown, one.standing), default=None)
    return most if most is not None and most.grown > 0 else None


def rings_there() -> RingsThere:
    """Answer whether any ring was ever found in the store."""
    return RingsThere(**ask.answer("rings_there").to_pylist()[0])


def rings_asked(period: Period, region: str | None, stage: str) -> Asked:
    """Return the question of the rings in a `stage`: active, standing, new, broken, ended or all."""
    return Asked("list_rings", {**period.between, "region": region, "stage": stage})


def accounts_asked(period: Period, region: str | None) -> Asked:
    """Return the question of the accounts in rings that stand."""
    return Asked("accounts_in_rings", {"ends": period.ends, "region": region})


def moved_asked(period: Period, region: str | None) -> Asked:
    """Return the question of what rings sent to the outside."""
    return Asked("moved_by_rings", {**period.between, "region": region})


def growth_asked(period: Period, region: str | None) -> Asked:
    """Return the question of the rings of each day of the period and of the one compared with."""
    starts = min(period.starts, period.base_starts)
    return Asked("ring_growth", {"starts": starts, "ends": period.ends, "region": region})


def ring_growth(period: Period, region: str | None) -> tuple[RingDay, ...]:
    """Answer how many rings stood on each day, by region."""
    asked = growth_asked(period, region)
    rows = ask.answer(asked.name, **asked.parameters).select(["day", "region", "standing"]).to_pylist()
    return tuple(RingDay(**row) for row in rows)


def riskiest_ring(region: str | None) -> str | None:
    """Answer the ring to look at first, in a region or anywhere; None when there is none."""
    found = ask.value("riskiest_ring", region=region)
    return None if found is None else str(found)
