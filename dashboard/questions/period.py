"""Which quarter a screen speaks of, from when to when, and what it may be compared with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dashboard.facts import Facts
from dashboard.measures.quarter import Quarter, why_not_comparable


@dataclass(frozen=True, slots=True)
class Period:
    """One quarter as it is counted now and the quarter it is compared with; naive UTC, half-open.

    `ends` is the quarter's end, or just after the last event when the quarter is not over. What must become
    known is counted as known at `known_by` here and at `base_known_by` there: equally long after each
    quarter's end. `refusal` says why there is no comparison, or is None.
    """

    quarter: Quarter
    base: Quarter
    starts: datetime
    ends: datetime
    base_starts: datetime
    base_ends: datetime
    known_by: datetime
    base_known_by: datetime
    refusal: str | None

    @property
    def name(self) -> str:
        """How a person writes it: Q3 2025."""
        return self.quarter.name

    @property
    def base_name(self) -> str:
        """The quarter compared with, without the year where it is the same: Q2."""
        return self.base.name if self.base.year != self.quarter.year else f"Q{self.base.number}"

    @property
    def is_over(self) -> bool:
        """Whether the store reaches to the quarter's end."""
        return self.ends.date() >= self.quarter.end or self.refusal is None

    @property
    def between(self) -> dict[str, datetime]:
        """The parameters `starts` and `ends` that most questions take."""
        return {"starts": self.starts, "ends": self.ends}

    @property
    def window(self) -> dict[str, object]:
        """What a measure of this quarter is asked with."""
        return {"starts": self.starts, "ends": self.ends, "known_by": self.known_by}

    @property
    def base_window(self) -> dict[str, object]:
        """What a measure of the quarter compared with is asked with."""
        return {"starts": self.base_starts, "ends": self.base_ends, "known_by": self.base_known_by}


def period_of(text: str | None, facts: Facts, against: str | None = None) -> Period | None:
    """Return the period that the URL names (`2025Q3`), else the newest quarter that is over.

    It is compared with the quarter `against` where the store has it, else with the one before. None when the
    store has no events. A text that names no quarter of the store counts as none.
    """
    if facts.first is None or facts.now is None:
        return None
    quarter = _named(text, facts) or facts.default_quarter
    if quarter is None:
        return None
    base = _named(against, facts)
    return _period(quarter, base if base and base != quarter else quarter.previous, facts.first, facts.now)


def shown_period(text: str | None, facts: Facts, against: str | None = None) -> Period:
    """Return the period of a page; pages are shown only when there are events, so there is one.

    Raises ValueError when the store has no events.
    """
    period = period_of(text, facts, against)
    if period is None:
        raise ValueError("a store without events has no period to show")
    return period


def _named(text: str | None, facts: Facts) -> Quarter | None:
    return next((quarter for quarter in facts.quarters if text and str(quarter) == text), None)


def _period(quarter: Quarter, base: Quarter, first: datetime, now: datetime) -> Period:
    end, base_end = _midnight(quarter.end), _midnight(base.end)
    after_last = now + timedelta(microseconds=1)
    lag = max(after_last - max(end, base_end), timedelta())
    return Period(
        quarter=quarter,
        base=base,
        starts=_midnight(quarter.start),
        ends=min(end, after_last),
        base_starts=_midnight(base.start),
        base_ends=min(base_end, after_last),
        known_by=end + lag,
        base_known_by=base_end + lag,
        refusal=why_not_comparable(quarter, first, now, base),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
