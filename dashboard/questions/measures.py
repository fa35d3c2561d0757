"""Readings: every measure in every place over a period, with its weeks and its change against the base.

    found = readings(period)
    found["incidents"]["cis"].change      # WORLD for everywhere

One statement a window answers all of them. Where there is no change to show, a reading says why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from dashboard import ask, reader
from dashboard.measures.change import Change, Week, change_between
from dashboard.measures.combined import given, weekly_statement
from dashboard.measures.crime_index import Cell, Index, crime_index
from dashboard.measures.declared import BY_NAME, CARDS, MEASURES, OFFERED
from dashboard.measures.measure import Measure
from dashboard.questions import books
from dashboard.questions.maturity import Maturity, maturity_of, now_cast
from dashboard.questions.period import Period
from dashboard.questions.reading import CONSTANTS, WORLD, Reading, Readings
from dashboard.questions.spread import changes_by_account, changes_of_medians, medians

__all__ = [
    "BY_NAME",
    "CARDS",
    "MEASURES",
    "OFFERED",
    "WORLD",
    "Measure",
    "Reading",
    "Readings",
    "readings",
    "readings_in",
]

Row = dict[str, Any]
Weeks = Mapping[tuple[str, str, str], Mapping[date, Row]]
COUNTED = tuple(measure for measure in MEASURES if measure.kind != "stock")
ALERTS_WAITING = BY_NAME["alerts_waiting"]


@reader.summing()
def readings(period: Period) -> Readings:
    """Return every measure's readings by region slug, `WORLD` for everywhere: `found[measure][region]`."""
    return _readings(books.version(), period)


@reader.summing()
def readings_in(period: Period, measure: str, region: str) -> Mapping[str, Reading]:
    """Return one measure's readings by the countries of a region (`WORLD`: of all); stocks have none."""
    return _by_country(books.version(), period, measure).get(region, {})


@reader.summing()
def index_of(period: Period) -> Index | None:
    """Return the organised-crime index of the period against its base; None where nothing is comparable."""
    return _index(books.version(), period)


@reader.summing()
def measure_weeks(
    measures: tuple[Measure, ...], window: Mapping[str, object], *, by_country: bool
) -> list[Row]:
    """Answer the weekly values and wholes of measures in a window, by region and perhaps country."""
    statement = weekly_statement(measures, by_country=by_country)
    asked = given(statement, {**window, "region": None, "country": None, **CONSTANTS})
    rows: list[Row] = ask.answer(statement, **asked).to_pylist()
    return rows


@reader.summing()
def waiting_weeks(starts: object, ends: object) -> list[Row]:
    """Answer how many alerts waited at the end of each week of a window, by region."""
    rows: list[Row] = ask.answer("waiting_weeks", starts=starts, ends=ends).to_pylist()
    return rows


@lru_cache(maxsize=64)
def _readings(_version: str, period: Period) -> Readings:
    missing = missing_records()
    found = _found(period, COUNTED, missing)
    found["alerts_waiting"] = _waiting(period)
    world = found["organised_crime"].get(WORLD)
    index = _index(_version, period)
    if world is not None and world.change is not None and index is not None:
        # Everywhere the rings are compared by the index, so that a growing region is no growing crime.
        found["organised_crime"][WORLD] = world.with_change(_as_counts(index.change, world))
    for measure in MEASURES:
        if WORLD not in found[measure.name]:
            found[measure.name][WORLD] = _reading(measure, (WORLD, ""), {}, {}, period, missing, None)
    return {measure.name: found[measure.name] for measure in MEASURES}


@lru_cache(maxsize=256)
def _by_country(_version: str, period: Period, name: str) -> Readings:
    measure = BY_NAME[name]
    found: dict[str, dict[str, Reading]] = defaultdict(dict)
    if measure.kind in ("stock", "drift"):
        return found
    after, before = _windows(period, (measure,), by_country=True)
    for region, country in _places_of(measure, after, before):
        if country:
            reading = _reading(measure, (region, country), after, before, period, frozenset(), None)
            found[region][country] = reading
            found[WORLD][country] = reading
    return found


@lru_cache(maxsize=64)
def _index(_version: str, period: Period) -> Index | None:
    if period.refusal:
        return None
    measure = BY_NAME["organised_crime"]
    after, before = _windows(period, (measure,), by_country=False)
    regions = sorted({region for _, region, _ in _places(after, before)} - {WORLD})
    cells = [
        # A ring acts in several products at once, so regions alone are the strata.
        Cell(region, "all products", *(_aligned(window, measure, region) for window in (before, after)))
        for region in regions
    ]
    return crime_index(cells)


def _found(
    period: Period, measures: tuple[Measure, ...], missing: frozenset[str]
) -> dict[str, dict[str, Reading]]:
    after, before = _windows(period, measures, by_country=False)
    matured = maturity_of(period)
    found: dict[str, dict[str, Reading]] = defaultdict(dict)
    for measure in measures:
        for region, country in _places_of(measure, after, before):
            reading = _reading(measure, (region, country), after, before, period, missing, matured)
            found[measure.name][region] = reading
    if not period.refusal:
        for (name, region), change in {**changes_by_account(period), **changes_of_medians(period)}.items():
            if region in found[name]:
                found[name][region] = found[name][region].with_change(change)
    for (name, region), (now, then) in medians(period).items():
        if region in found[name]:
            found[name][region] = replace(found[name][region], value=now or 0.0, previous=then or 0.0)
    return found


def missing_records() -> frozenset[str]:
    """Return the tables of records that hold no row: what needs one of them is not measured."""
    rows = ask.answer("records_there").to_pylist()
    return frozenset(row["name"] for row in rows if not row["rows"])


def _windows(period: Period, measures: tuple[Measure, ...], *, by_country: bool) -> tuple[Weeks, Weeks]:
    """Return the weeks of the period and of its base, by measure (or exposure), region and country."""
    return (
        _by_place(measure_weeks(measures, period.window, by_country=by_country)),
        _by_place(measure_weeks(measures, period.base_window, by_country=by_country)),
    )


def _by_place(rows: Sequence[Row]) -> Weeks:
    found: dict[tuple[str, str, str], dict[date, Row]] = defaultdict(dict)
    for row in rows:
        found[row["measure"], row["region"] or WORLD, row.get("country") or ""][row["week"]] = row
    return found


def _places(*windows: Weeks) -> set[tuple[str, str, str]]:
    return {place for window in windows for place in window}


def _places_of(measure: Measure, *windows: Weeks) -> list[tuple[str, str]]:
    """Return the places with any of a measure or of its exposure: nothing among many is a reading too.

    Days run everywhere, so they make no place.
    """
    exposure = f"exposure_{measure.exposure}" if measure.exposure not in (None, "days") else ""
    names = (measure.name, exposure)
    return sorted({(region, country) for name, region, country in _places(*windows) if name in names})


def _weeks(window: Weeks, measure: Measure, place: tuple[str, str]) -> tuple[Week, ...]:
    """Return a measure's weeks in one place, each with its exposure: a ratio's is its own whole."""
    own = window.get((measure.name, *place), {})
    if measure.kind == "ratio":
        return tuple(Week(round(row["value"]), row["whole"] or 0.0) for row in own.values())
    if measure.exposure is None:
        return tuple(Week(round(row["value"]), 1.0) for row in own.values())
    exposed = window.get((f"exposure_{measure.exposure}", *place), {})
    return tuple(
        Week(round(own[week]["value"]) if week in own else 0, row["value"]) for week, row in exposed.items()
    )


def _aligned(window: Weeks, measure: Measure, region: str) -> tuple[Week, ...]:
    """Return a region's weeks with their exposure, the weeks of everywhere, so that regions can be summed."""
    exposed = f"exposure_{measure.exposure}"
    own, here = (window.get((name, region, ""), {}) for name in (measure.name, exposed))
    return tuple(
        Week(
            round(own[week]["value"]) if week in own else 0,
            here[week]["value"] if week in here else 0.0,
        )
        for week in sorted(window.get((exposed, WORLD, ""), {}))
    )


def _reading(
    measure: Measure,
    place: tuple[str, str],
    after: Weeks,
    before: Weeks,
    period: Period,
    missing: frozenset[str],
    matured: Maturity | None,
) -> Reading:
    now, then = _weeks(after, measure, place), _weeks(before, measure, place)
    value, previous = (_total(window, measure, place) for window in (after, before))
    is_measured = measure.needs not in missing
    change = None
    if period.refusal is None and is_measured and measure.kind in ("count", "ratio"):
        change = change_between(then, now)
    return Reading(
        measure=measure,
        region=place[0],
        country=place[1],
        value=value,
        previous=previous,
        exposure=_exposure(measure, now),
        previous_exposure=_exposure(measure, then),
        weeks=_whole_weeks(measure, place, after, before, period),
        change=change,
        refusal=_refusal(measure, period, change, is_measured=is_measured, is_any=bool(value or previous)),
        is_measured=is_measured,
        arrived=matured.arrived if matured and measure.is_matured else None,
        nowcast=now_cast(measure, value, matured),
    )


def _exposure(measure: Measure, weeks: tuple[Week, ...]) -> float:
    """Return the size of a measure's exposure or whole; medians and drift have none."""
    return sum(week.exposure for week in weeks) if measure.exposure or measure.kind == "ratio" else 0.0


def _total(window: Weeks, measure: Measure, place: tuple[str, str]) -> float:
    return float(sum(row["value"] for row in window.get((measure.name, *place), {}).values()))


def _refusal(
    measure: Measure, period: Period, change: Change | None, *, is_measured: bool, is_any: bool
) -> str | None:
    if not is_measured:
        return f"Not measured yet: no file of {measure.needs} was loaded."
    if period.refusal:
        return period.refusal
    if measure.kind == "drift":
        return "It compares two windows itself, so it has no change of its own."
    if change is None and measure.kind in ("count", "ratio"):
        return f"There is no exposure ({measure.exposure or measure.population}) in one of the quarters."
    if measure.is_signed and is_any:
        return "It may lie below zero, so the two quarters are set side by side, without a ratio."
    # The change of money comes from its accounts, where there are any.
    return None if is_any or change is not None else "Nothing was counted in either quarter."


def _as_counts(change: Change, world: Reading) -> Change:
    """Return the index's change with the counts that a reader sees."""
    return Change(
        world.previous, world.value, change.ratio, change.low, change.high, change.dispersion, "index"
    )


def _whole_weeks(
    measure: Measure, place: tuple[str, str], after: Weeks, before: Weeks, period: Period
) -> tuple[tuple[date, float], ...]:
    """Return the whole weeks of both windows; a week that two neighbours share is summed from both halves."""
    spans = [(period.base_starts.date(), period.base_ends.date()), (period.starts.date(), period.ends.date())]

    def is_inside(day: date) -> bool:
        return any(first <= day < last for first, last in spans)

    values: dict[date, float] = {}
    for first, last in spans:
        monday = first - timedelta(days=first.weekday())
        for week in range((last - monday).days // 7 + 1):
            start = monday + timedelta(days=7 * week)
            if is_inside(start) and is_inside(start + timedelta(days=6)):
                values[start] = 0.0
    for window in (before, after):
        for week_start, row in window.get((measure.name, *place), {}).items():
            if week_start in values:
                values[week_start] += row["value"]
    return tuple(sorted(values.items()))


def _waiting(period: Period) -> dict[str, Reading]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in waiting_weeks(period.starts, period.ends):
        found[row["region"] or WORLD].append(row)
    then: dict[str, list[Row]] = defaultdict(list)
    for row in waiting_weeks(period.base_starts, period.base_ends):
        then[row["region"] or WORLD].append(row)
    return {
        region: _waiting_reading(region, found[region], then[region], period)
        for region in {WORLD, *found, *then}
    }


def _waiting_reading(region: str, rows: list[Row], earlier: list[Row], period: Period) -> Reading:
    value = sum(row["waiting"] for row in rows if row["is_end"])
    previous = sum(row["waiting"] for row in earlier if row["is_end"])
    # A stock is compared as it stands; chance alone moves it like a count.
    change = None if period.refusal else change_between([Week(round(previous), 1)], [Week(round(value), 1)])
    weeks = {row["moment"].date(): row["waiting"] for row in (*earlier, *rows)}
    return Reading(
        measure=ALERTS_WAITING,
        region=region,
        country="",
        value=value,
        previous=previous,
        exposure=0.0,
        previous_exposure=0.0,
        weeks=tuple(sorted(weeks.items())),
        change=change,
        refusal=period.refusal,
    )
