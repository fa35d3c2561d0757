"""What Regions asks: where did it move most, in which country, along which corridors, by which accounts."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dashboard import ask
from dashboard.charts.trend import Line
from dashboard.maps import Arc
from dashboard.questions.measures import WORLD, Reading
from dashboard.questions.period import Period
from dashboard.tables import Asked

UNKNOWN = "unknown"
# Arcs beyond these hide each other.
CORRIDORS_SHOWN = 10
WIDEST_PIXELS = 3.0


@dataclass(frozen=True, slots=True)
class Corridor:
    """One way of events, from the network's country to the other side's; places in degrees where known."""

    from_country: str
    to_country: str
    from_name: str
    to_name: str
    from_place: tuple[float, float] | None
    to_place: tuple[float, float] | None
    events: int
    flagged: int

    @property
    def flagged_share(self) -> float:
        """The share of its events that were not allowed, 0 to 1."""
        return self.flagged / self.events if self.events else 0.0


def moved_most(readings: Mapping[str, Reading]) -> str | None:
    """Return the region that moved most for sure: whose interval lies farthest from no change.

    Where no change is shown, it is the region with the largest value.

    The unknown region is chosen only where there is no other.
    """
    places = [r for slug, r in readings.items() if slug not in (WORLD, UNKNOWN)] or [
        r for slug, r in readings.items() if slug != WORLD
    ]
    if not places:
        return None
    return max(places, key=lambda r: (_distance(r), r.value, r.region)).region


def corridors_asked(period: Period, region: str | None, country: str | None) -> Asked:
    """Return the question of corridors, for its chart, table and export."""
    return Asked("corridors_between", {**period.between, "region": region, "country": country})


def corridors_between(period: Period, region: str | None, country: str | None) -> tuple[Corridor, ...]:
    """Answer the corridors with the most flagged events; places are longitude, latitude."""
    asked = corridors_asked(period, region, country)
    rows, _ = ask.first(asked.name, CORRIDORS_SHOWN, **asked.parameters)
    return tuple(
        Corridor(
            row["from_country"],
            row["to_country"],
            row["from_name"],
            row["to_name"],
            _place(row["from_longitude"], row["from_latitude"]),
            _place(row["to_longitude"], row["to_latitude"]),
            row["events"],
            row["flagged"],
        )
        for row in rows.to_pylist()
        if row["flagged"] > 0
    )


def riskiest_accounts(region: str | None, country: str | None) -> Asked:
    """Return the question of the riskiest accounts of a place, for its table."""
    return Asked("riskiest_accounts", {"region": region, "country": country})


def headline(reading: Reading, period: Period, name: str) -> str:
    """Say in one sentence what happened to a measure in a place."""
    change = reading.change
    if change is None:
        return f"{name[0].upper()}{name[1:]}: not comparable with {period.base_name}. {reading.refusal}"
    against = f"in {period.name} against {period.base_name}"
    noun = reading.measure.noun
    if change.before + change.after == 0:
        return f"{name}: none {against}."
    if not change.is_shown:
        return f"{name}: no change shown for {noun[0].lower()}{noun[1:]} {against}."
    verb, _, rest = change.in_words().partition(" ")
    size, comma, span = rest.partition(", ")
    ending = f"{size} {against}, {span}" if comma else f"{rest} {against}"
    return f"{name}: {noun[0].lower()}{noun[1:]} {verb} {ending}."


def trend_lines(readings: Mapping[str, Reading], name: Callable[[str], str]) -> tuple[Line, ...]:
    """Return the weeks of each place as lines of a chart, named as a person says them."""
    return tuple(
        Line(name(place), tuple(day for day, _ in reading.weeks), tuple(value for _, value in reading.weeks))
        for place, reading in readings.items()
        if place != WORLD and reading.weeks
    )


def arcs(found: Sequence[Corridor]) -> tuple[Arc, ...]:
    """Return corridors as arcs of a map, as wide as their flagged events; those without a place are not."""
    most = max((corridor.flagged for corridor in found), default=0)
    return tuple(
        Arc(c.from_place, c.to_place, 1.0 + WIDEST_PIXELS * c.flagged / most, f"{c.from_name} to {c.to_name}")
        for c in found
        if c.from_place is not None and c.to_place is not None
    )


def _distance(reading: Reading) -> float:
    change = reading.change
    if change is None or not change.is_shown:
        return 0.0
    nearest = change.low if change.low > 1 else change.high
    return abs(math.log(nearest)) if nearest > 0 else math.inf


def _place(longitude: float | None, latitude: float | None) -> tuple[float, float] | None:
    return None if longitude is None or latitude is None else (longitude, latitude)
