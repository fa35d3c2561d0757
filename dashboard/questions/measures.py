"""The measures of the Overview and of Regions: what each counts, for what exposure, and what is good.

A reading is one measure in one place over one quarter, with its weeks and its change against the
quarter before, or the reason why there is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from dashboard import ask, owner
from dashboard.measures.change import Change, Week, change_between
from dashboard.questions.period import Period
from dashboard.tables import Asked

WORLD = ""
Row = dict[str, Any]
# Counted as they were known by a day, not only by when they happened.
_CRIMES = ("organised_crime", "incidents")


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of the executive pages; `exposure` is None for a stock counted at an instant.

    `noun` completes the headline ("Organised-crime incidents fell 34 %").
    """

    name: str
    title: str
    noun: str
    unit: str
    is_less_better: bool
    exposure: str | None
    definition: str

    @property
    def is_money(self) -> bool:
        """Whether it is an amount in the store's unit of money, not a count."""
        return self.unit == "money"

    def rows(self, period: Period, region: str | None, country: str | None = None) -> Asked:
        """Return the question that lists the rows behind the number of one place."""
        asked: dict[str, object] = {"ends": period.ends, "region": region or None, "country": country or None}
        if self.exposure is not None:
            asked["starts"] = period.starts
        if self.name in _CRIMES:
            asked["known_by"] = period.known_by
        return Asked(f"rows_{self.name}", asked)


MEASURES = (
    Measure(
        "suspicious_actions", "Suspicious actions", "Suspicious actions", "events", True, "events",
        "Events of all three streams that the policy did not allow: step up, hold, block or freeze. "
        "The change is per scored event.",
    ),
    Measure(
        "organised_crime", "Organised crime", "Organised-crime incidents", "incidents", True,
        "settled transactions",
        "Confirmed incidents in which at least three accounts took part, by the time they happened, counted "
        "as known equally long after each quarter's end. The change is per settled transaction.",
    ),
    Measure(
        "money_frozen", "{unit} frozen", "{unit} frozen", "money", False, "value of transactions",
        "Value of the events that were held or frozen, by the time they were stopped, whatever became of "
        "them. The change is per value of all transactions.",
    ),
    Measure(
        "deepfakes_stopped", "Deepfakes stopped", "Stopped identity checks", "checks", False,
        "identity checks",
        "Identity checks that the liveness policy did not allow. The change is per identity check.",
    ),
    Measure(
        "alerts_waiting", "Alerts waiting", "Waiting alerts", "alerts", True, None,
        "Events that were not allowed, not older than seven days, and whose truth was not known at the end "
        "of the period. The change is against the number that waited at the end of the quarter before.",
    ),
    Measure(
        "incidents", "Incidents", "Incidents", "incidents", True, "settled transactions",
        "Confirmed crimes of any size, by the time they happened, counted as known equally long after each "
        "quarter's end. The change is per settled transaction.",
    ),
)  # fmt: skip
BY_NAME: Mapping[str, Measure] = {measure.name: measure for measure in MEASURES}
# The five cards of the Overview, in their order; the others are offered on Regions.
CARDS = MEASURES[:5]


@dataclass(frozen=True, slots=True)
class Reading:
    """One measure in one place (`region` slug and country, empty for everywhere) over one period.

    `weeks` are (Monday, value) of the whole weeks of both quarters. `change` is None where `refusal`
    says why.
    """

    measure: Measure
    region: str
    country: str
    value: float
    previous: float
    exposure: float
    weeks: tuple[tuple[date, float], ...]
    change: Change | None
    refusal: str | None

    @property
    def per_thousand(self) -> float | None:
        """Value for each thousand of the exposure; None without exposure."""
        return 1000 * self.value / self.exposure if self.exposure > 0 else None


Readings = Mapping[str, Mapping[str, Reading]]


def readings(period: Period) -> Readings:
    """Return every measure's readings by region slug, `WORLD` for everywhere: `found[measure][region]`."""
    return _readings(owner.version(), period)


def readings_in(period: Period, measure: str, region: str) -> Mapping[str, Reading]:
    """Return one measure's readings by the countries of a region; alerts waiting have none by country."""
    return _by_country(owner.version(), period, measure).get(region, {})


@lru_cache(maxsize=64)
def _readings(_version: str, period: Period) -> Readings:
    found: dict[str, dict[str, Reading]] = defaultdict(dict)
    for (measure, region, country), rows in _weekly(period, None, by_country=False).items():
        found[measure][region] = _reading(BY_NAME[measure], region, country, rows, period)
    found["alerts_waiting"] = _waiting(period)
    for measure in BY_NAME:
        if WORLD not in found[measure]:
            found[measure][WORLD] = _reading(BY_NAME[measure], WORLD, "", [], period)
    return {name: found[name] for name in BY_NAME}


@lru_cache(maxsize=256)
def _by_country(_version: str, period: Period, measure: str) -> Readings:
    found: dict[str, dict[str, Reading]] = defaultdict(dict)
    for (_, region, country), rows in _weekly(period, measure, by_country=True).items():
        if country:
            found[region][country] = _reading(BY_NAME[measure], region, country, rows, period)
    return found


def measure_weeks(period: Period, measure: str | None, *, by_country: bool) -> list[Row]:
    """Answer the weekly values and exposures of one measure or all, by region and perhaps country."""
    answer = ask.answer(
        "measure_weeks",
        previous_starts=period.previous_starts,
        starts=period.starts,
        ends=period.ends,
        known_by=period.known_by,
        previous_known_by=period.previous_known_by,
        measure=measure,
        by_country=by_country,
    )
    rows: list[Row] = answer.to_pylist()
    return rows


def waiting_weeks(period: Period) -> list[Row]:
    """Answer how many alerts waited at the end of each week, by region."""
    answer = ask.answer(
        "waiting_weeks", previous_starts=period.previous_starts, starts=period.starts, ends=period.ends
    )
    rows: list[Row] = answer.to_pylist()
    return rows


def _weekly(
    period: Period, measure: str | None, *, by_country: bool
) -> Mapping[tuple[str, str, str], list[Row]]:
    found: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in measure_weeks(period, measure, by_country=by_country):
        found[row["measure"], row["region"] or WORLD, row["country"] or ""].append(row)
    return found


def _reading(measure: Measure, region: str, country: str, rows: list[Row], period: Period) -> Reading:
    now = [Week(round(row["value"]), row["exposure"]) for row in rows if row["is_now"]]
    before = [Week(round(row["value"]), row["exposure"]) for row in rows if not row["is_now"]]
    change = None if period.refusal else change_between(before, now)
    refusal = period.refusal or (
        None if change else f"There is no exposure ({measure.exposure}) in one of the quarters."
    )
    return Reading(
        measure,
        region,
        country,
        value=sum(row["value"] for row in rows if row["is_now"]),
        previous=sum(row["value"] for row in rows if not row["is_now"]),
        exposure=sum(row["exposure"] for row in rows if row["is_now"]),
        weeks=_whole_weeks(rows, period),
        change=change,
        refusal=refusal,
    )


def _whole_weeks(rows: list[Row], period: Period) -> tuple[tuple[date, float], ...]:
    """Sum the two halves of a week that both quarters share, and leave out weeks cut by the outer edges."""
    values: dict[date, float] = {}
    monday = period.previous_starts.date() + timedelta(days=-period.previous_starts.weekday() % 7)
    while monday + timedelta(days=7) <= period.ends.date():
        values[monday] = 0.0
        monday += timedelta(days=7)
    for row in rows:
        if row["week"] in values:
            values[row["week"]] += row["value"]
    return tuple(values.items())


def _waiting(period: Period) -> dict[str, Reading]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in waiting_weeks(period):
        found[row["region"] or WORLD].append(row)
    return {region: _waiting_reading(region, rows, period) for region, rows in found.items()}


def _waiting_reading(region: str, rows: list[Row], period: Period) -> Reading:
    value = sum(row["waiting"] for row in rows if row["is_end"])
    previous = sum(row["waiting"] for row in rows if row["is_start"])
    # A stock is compared as it stands; chance alone moves it like a count.
    change = None if period.refusal else change_between([Week(round(previous), 1)], [Week(round(value), 1)])
    weeks = tuple((row["moment"].date(), row["waiting"]) for row in rows)
    return Reading(BY_NAME["alerts_waiting"], region, "", value, previous, 0.0, weeks, change, period.refusal)
