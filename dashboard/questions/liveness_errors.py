"""What Liveness asks about errors: rates by the standard, the DET curve, species never seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard import ask
from dashboard.tables import Asked

# A slider with more steps than this has some that are narrower than a pixel.
STEPS = 120
# Where the slider stands before anyone moves it: at most one honest check in a hundred is disturbed.
BPCER_AT_FIRST = 0.01


@dataclass(frozen=True, slots=True)
class Rates:
    """Errors of one part of the checks at one operating point.

    Rates are None where nothing was tried, counts of errors where the checks are too few for the point.
    """

    cut: str
    part: str
    point: str
    threshold: float | None
    attacks: int
    let_in: int | None
    apcer: float | None
    apcer_low: float | None
    apcer_high: float | None
    bona_fide: int
    disturbed: int | None
    bpcer: float | None
    bpcer_low: float | None
    bpcer_high: float | None
    worst_species: str | None
    worst_apcer: float | None
    acer: float | None


@dataclass(frozen=True, slots=True)
class DetPoint:
    """One threshold of the DET curve of one side of the camera: attacks let in, honest checks disturbed."""

    attack: str
    threshold: float
    attacks: int
    let_in: int
    apcer: float | None
    apcer_low: float | None
    apcer_high: float | None
    bona_fide: int
    disturbed: int
    bpcer: float | None
    bpcer_low: float | None
    bpcer_high: float | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How much of one species passes when it was in training, and when it was left out."""

    species: str
    attacks: int
    bpcer: float | None
    apcer_known: float | None
    known_low: float | None
    known_high: float | None
    apcer_unknown: float | None
    unknown_low: float | None
    unknown_high: float | None


def rates_asked(quarter: date, cut: str | None, point: str | None) -> Asked:
    """Return the question of error rates of a quarter; None: every cut, every operating point."""
    return Asked("liveness_error_rates", {"quarter": quarter, "cut": cut, "point": point})


def error_rates(quarter: date, cut: str | None = None, point: str | None = None) -> tuple[Rates, ...]:
    """Answer the error rates of a quarter, the largest APCER first."""
    asked = rates_asked(quarter, cut, point)
    return tuple(Rates(**row) for row in ask.answer(asked.name, **asked.parameters).to_pylist())


def rates_of(quarter: date, cut: str, part: str | None, point: str) -> Rates | None:
    """Return the error rates of one part (None: the only one) of a cut at a point; None where none are."""
    found = error_rates(quarter, cut, point)
    return next((rates for rates in found if part is None or rates.part == part), None)


def felt(quarter: date, region: str | None, point: str) -> Rates | None:
    """Return the error rates everywhere, or in a region."""
    return rates_of(quarter, "region", region, point) if region else rates_of(quarter, "all", None, point)


def operating_points(quarter: date) -> Sequence[str]:
    """Answer the operating points that a quarter has errors at, the loosest threshold last."""
    found = error_rates(quarter, "all")
    ordered = sorted(found, key=lambda rates: -(rates.bpcer or 0.0))
    return list(dict.fromkeys(rates.point for rates in ordered))


def cuts(quarter: date) -> Sequence[str]:
    """Answer by what the errors of a quarter are split, besides species and side of the camera."""
    there = dict.fromkeys(rates.cut for rates in error_rates(quarter))
    return [cut for cut in there if cut not in ("all", "attack", "species")]


def det_asked(quarter: date) -> Asked:
    """Return the question of a quarter's DET curve."""
    return Asked("det_curve", {"quarter": quarter})


def det_curve(quarter: date) -> tuple[DetPoint, ...]:
    """Answer the DET curve of a quarter by side of the camera, the lowest threshold first."""
    return tuple(DetPoint(**row) for row in ask.answer("det_curve", quarter=quarter).to_pylist())


def thresholds(curve: Sequence[DetPoint]) -> Sequence[float]:
    """Return the thresholds that a slider offers, at most STEPS of the curve's, evenly over its points."""
    known = sorted({point.threshold for point in curve})
    if len(known) <= STEPS:
        return known
    return [known[round(step * (len(known) - 1) / (STEPS - 1))] for step in range(STEPS)]


def first_threshold(curve: Sequence[DetPoint], offered: Sequence[float]) -> float | None:
    """Return the lowest offered threshold at which at most BPCER_AT_FIRST of honest checks are disturbed."""
    quiet = {point.threshold for point in curve if (point.bpcer or 0.0) <= BPCER_AT_FIRST}
    return next((threshold for threshold in offered if threshold in quiet), next(iter(offered), None))


def at_threshold(curve: Sequence[DetPoint], threshold: float) -> tuple[DetPoint, ...]:
    """Return the point of each side of the camera at the highest threshold that is not above `threshold`."""
    found: dict[str, DetPoint] = {}
    for point in curve:
        if point.threshold <= threshold or point.attack not in found:
            found[point.attack] = point
    return tuple(found.values())


def left_out_asked(quarter: date) -> Asked:
    """Return the question of species that were left out of training."""
    return Asked("unknown_species_of", {"quarter": quarter})


def left_out(quarter: date) -> tuple[LeftOut, ...]:
    """Answer how much of each species passes when it was never seen, the worst first."""
    return tuple(LeftOut(**row) for row in ask.answer("unknown_species_of", quarter=quarter).to_pylist())
