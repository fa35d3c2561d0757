"""What Liveness asks: which attacks on identity checks came, which were stopped, and who paid for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dashboard import ask
from dashboard.questions.period import Period
from dashboard.tables import Asked

# The strictest point at which a check is not passed at once: what an honest person feels.
FELT = "retry"
DAYS_OF_WEEK = 7


@dataclass(frozen=True, slots=True)
class Counts:
    """How many identity checks of a window were decided at which stage, and what is known of them."""

    checks: int
    on_capture: int
    on_media: int
    no_media: int
    with_media: int
    with_problem: int
    attacks: int
    stopped: int
    injections: int
    honest: int

    @property
    def without_media(self) -> float | None:
        """The share that was decided without reading all media; None without checks."""
        return (self.on_capture + self.no_media) / self.checks if self.checks else None


@dataclass(frozen=True, slots=True)
class Latency:
    """How long `checks` honest checks took in one way of deciding: percentiles in milliseconds."""

    way: str
    checks: int
    p50: float
    p95: float
    p99: float


@dataclass(frozen=True, slots=True)
class WeekOfAttacks:
    """The confirmed attacks of one species in the week that begins on Monday `week`."""

    week: date
    attack: str
    species: str | None
    attempts: int
    stopped: int


def window(period: Period, region: str | None) -> dict[str, object]:
    """Return the parameters of a question about a period in a region, or everywhere."""
    return {**period.between, "region": region}


def check_counts(period: Period, region: str | None) -> Counts:
    """Answer how the checks of a period were decided."""
    return Counts(**ask.answer("check_counts", **window(period, region)).to_pylist()[0])


def latency_asked(period: Period, region: str | None) -> Asked:
    """Return the question of how long honest checks took."""
    return Asked("check_latency", window(period, region))


def check_latency(period: Period, region: str | None) -> tuple[Latency, ...]:
    """Answer how long honest checks took in each way of deciding; empty where no time is known."""
    asked = latency_asked(period, region)
    return tuple(Latency(**row) for row in ask.answer(asked.name, **asked.parameters).to_pylist())


def timed_asked(period: Period, region: str | None) -> Asked:
    """Return the question of the honest checks behind the latency."""
    return Asked("checks_timed", window(period, region))


def without_media_asked(period: Period, region: str | None) -> Asked:
    """Return the question of the checks that were decided without reading all media."""
    return Asked("checks_without_media", window(period, region))


def disturbed_asked(period: Period, region: str | None) -> Asked:
    """Return the question of the honest checks that did not pass at once."""
    return Asked("disturbed_checks", window(period, region))


def let_in_asked(period: Period, region: str | None, species: str | None) -> Asked:
    """Return the question of the attacks of a species that were taken for bona fide."""
    return Asked("attacks_let_in", {**window(period, region), "species": species})


def weeks_asked(period: Period, region: str | None) -> Asked:
    """Return the question of attacks in the whole weeks of the period and of the quarter before it."""
    first = datetime.combine(period.quarter.previous.start, time())
    starts = first + timedelta(days=-first.weekday() % DAYS_OF_WEEK)
    ends = datetime.combine(period.ends.date() - timedelta(days=period.ends.weekday()), time())
    return Asked("attack_weeks", {"starts": starts, "ends": ends, "region": region})


def attack_weeks(period: Period, region: str | None) -> tuple[WeekOfAttacks, ...]:
    """Answer the confirmed attacks of each week and species."""
    asked = weeks_asked(period, region)
    return tuple(WeekOfAttacks(**row) for row in ask.answer(asked.name, **asked.parameters).to_pylist())


def regions_asked(period: Period) -> Asked:
    """Return the question of checks and attacks by region."""
    return Asked("attacks_by_region", period.between)


def checks_asked(
    period: Period,
    region: str | None,
    *,
    decision: str | None,
    species: str | None,
    stage: str | None,
    ordering: str,
) -> Asked:
    """Return the question of the checks of a period, filtered; `ordering` is riskiest or newest."""
    chosen: dict[str, object] = {"decision": decision, "species": species, "stage": stage}
    return Asked("list_checks", {**window(period, region), **chosen, "ordering": ordering})


def species_there() -> Sequence[str]:
    """Answer the species that were ever confirmed."""
    return [str(name) for name in ask.answer("species_there").column("species").to_pylist()]
