"""A reading: one measure in one place over one period, with its change, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from dashboard.measures.change import Change
from dashboard.measures.measure import Measure
from dashboard.questions.period import Period
from dashboard.tables import Asked

WORLD = ""
# The share of events that a desk can look at: the alert budget of `scoring.policy`, without importing models.
CONSTANTS: Mapping[str, object] = {"budget": 0.008}


@dataclass(frozen=True, slots=True)
class Reading:
    """One measure in one place (`region` slug and country, empty for everywhere) over one period.

    A ratio is `value` of `exposure`, its whole; anything else is `value`. `weeks` are (Monday, value) of the
    whole weeks of both windows. `arrived` is the share of the labels that have come in by now, `nowcast` what
    the count will come to, (expected, low, high). `change` is None where `refusal` says why.
    """

    measure: Measure
    region: str
    country: str
    value: float
    previous: float
    exposure: float
    previous_exposure: float
    weeks: tuple[tuple[date, float], ...]
    change: Change | None
    refusal: str | None
    is_measured: bool = True
    arrived: float | None = None
    nowcast: tuple[float, float, float] | None = None

    @property
    def shown(self) -> float | None:
        """The number that stands for it: a ratio's value over its whole; None where the whole is empty."""
        return _shown(self.measure, self.value, self.exposure)

    @property
    def shown_before(self) -> float | None:
        """The same of the quarter compared with."""
        return _shown(self.measure, self.previous, self.previous_exposure)

    @property
    def per_thousand(self) -> float | None:
        """Value for each thousand of the exposure; None without exposure."""
        return 1000 * self.value / self.exposure if self.exposure > 0 else None

    def with_change(self, change: Change | None) -> Reading:
        """Return the reading with another change."""
        return replace(self, change=change, refusal=self.refusal if change is None else None)

    def rows(self, period: Period) -> Asked:
        """Return the question that lists the rows behind the number."""
        return rows_of(self.measure, period, self.region, self.country)


Readings = Mapping[str, Mapping[str, Reading]]


def rows_of(measure: Measure, period: Period, region: str | None, country: str | None = None) -> Asked:
    """Return the question that lists the rows behind a measure of one place in a period."""
    place: dict[str, object] = {"region": region or None, "country": country or None}
    asked = Asked(f"rows_{measure.name}", {**period.window, **place, **CONSTANTS})
    named = asked.statement.sql
    return Asked(asked.name, {name: v for name, v in asked.parameters.items() if f"${name}" in named})


def _shown(measure: Measure, value: float, exposure: float) -> float | None:
    if measure.kind != "ratio":
        return value
    return value / exposure if exposure > 0 else None
