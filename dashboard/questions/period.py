"""Which quarter a screen speaks of, from when to when, and whether it may be compared with the one before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dashboard.facts import Facts
from dashboard.measures.quarter import Quarter, why_not_comparable


@dataclass(frozen=True, slots=True)
class Period:
    """One quarter as it is counted now; times are naive UTC, half-open.

    `ends` is the quarter's end, or just after the last event when the quarter is not over. Crimes are
    counted as known at `known_by` here and at `previous_known_by` for the quarter before: equally long
    after each quarter's end. `refusal` says why there is no comparison, or is None.
    """

    quarter: Quarter
    starts: datetime
    ends: datetime
    previous_starts: datetime
    known_by: datetime
    previous_known_by: datetime
    refusal: str | None

    @property
    def name(self) -> str:
        """How a person writes it: Q3 2025."""
        return self.quarter.name

    @property
    def previous_name(self) -> str:
        """The quarter before, without the year where it is the same: Q2."""
        previous = self.quarter.previous
        return previous.name if previous.year != self.quarter.year else f"Q{previous.number}"

    @property
    def is_over(self) -> bool:
        """Whether the store reaches to the quarter's end."""
        return self.ends.date() >= self.quarter.end or self.refusal is None

    @property
    def between(self) -> dict[str, datetime]:
        """The parameters `starts` and `ends` that most questions take."""
        return {"starts": self.starts, "ends": self.ends}


def period_of(text: str | None, facts: Facts) -> Period | None:
    """Return the period that the URL names (`2025Q3`), else the newest quarter that is over.

    None when the store has no events. A text that names no quarter of the store counts as none.
    """
    if facts.first is None or facts.now is None:
        return None
    named = next((q for q in facts.quarters if text and str(q) == text), None)
    quarter = named or facts.default_quarter
    return _period(quarter, facts.first, facts.now) if quarter else None


def shown_period(text: str | None, facts: Facts) -> Period:
    """Return the period of a page; pages are shown only when there are events, so there is one.

    Raises ValueError when the store has no events.
    """
    period = period_of(text, facts)
    if period is None:
        raise ValueError("a store without events has no period to show")
    return period


def _period(quarter: Quarter, first: datetime, now: datetime) -> Period:
    starts, end = _midnight(quarter.start), _midnight(quarter.end)
    after_last = now + timedelta(microseconds=1)
    lag = max(after_last - end, timedelta())
    return Period(
        quarter=quarter,
        starts=starts,
        ends=min(end, after_last),
        previous_starts=_midnight(quarter.previous.start),
        known_by=end + lag,
        previous_known_by=starts + lag,
        refusal=why_not_comparable(quarter, first, now),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
