"""May two figures be compared? Only when unit, definition, population and window rule are the same.

    why_not(Stated(attempts, Window(2025Q2)), Stated(cases, Window(2025Q3)))   # "the unit differs: ..."

90, 91 and 92 days of a calendar quarter are one rule, and days enter as exposure; two months against three
are two rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dashboard.measures.measure import Contract


@dataclass(frozen=True, slots=True)
class Window:
    """A half-open span of days, UTC."""

    starts: date
    ends: date

    @property
    def rule(self) -> str:
        """What kind of window it is: a calendar quarter, so many calendar months, or so many days."""
        months = (self.ends.year - self.starts.year) * 12 + self.ends.month - self.starts.month
        if (self.starts.day, self.ends.day) != (1, 1) or months <= 0:
            return f"{(self.ends - self.starts).days} days"
        if months == 3 and self.starts.month % 3 == 1:
            return "a calendar quarter"
        return "one calendar month" if months == 1 else f"{months} calendar months"

    @property
    def name(self) -> str:
        """How a person writes it."""
        return f"{self.starts:%d %b %Y} to {self.ends - timedelta(days=1):%d %b %Y}"


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure's contract with the window it is stated for."""

    contract: Contract
    window: Window


def why_not(first: Stated, second: Stated) -> str | None:
    """Answer why two figures cannot be compared, all reasons in one sentence, or None when they can."""
    ours, theirs = first.contract, second.contract
    pairs = (
        ("unit", ours.unit, theirs.unit),
        ("measure", ours.measure, theirs.measure),
        ("version of the definition", str(ours.version), str(theirs.version)),
        ("population", ours.population, theirs.population),
        ("window rule", ours.window_rule, theirs.window_rule),
        ("window", first.window.rule, second.window.rule),
    )
    found = [f"the {what} differs ({one} against {other})" for what, one, other in pairs if one != other]
    return f"Not comparable: {', '.join(found)}." if found else None
