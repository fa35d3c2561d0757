"""The organised-crime index: does the word "reduction" stand?

The index is the rate of confirmed ring incidents per 100,000 settled transactions that the base window's
mix of regions and products would have had: a directly standardised rate with fixed weights, so that it
does not move when business moves. The interval of the ratio of two such rates is Fay's (1999), from gamma
limits of a weighted sum of Poisson counts (Fay and Feuer 1997); with one cell it is the exact conditional
one. Its distance from the estimate on the log scale is stretched by the square root of phi, as for counts.

A fall of the index is called a reduction only when the fall is shown and nothing else explains it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from scipy.special import betaincinv

from dashboard.measures.change import CONFIDENCE, Change, Week, dispersion
from dashboard.measures.power import events_needed

PER = 100_000
# Recall may fall by this much, in points, before a fall of detections says nothing about crime.
MOST_RECALL_LOST = 5.0
# Labels that have arrived may differ by this much, in points; beyond it one window is younger.
MOST_MATURITY_APART = 5.0
# Audits of the two windows are alike when the larger is at most a quarter larger.
MOST_AUDIT_RATIO = 1.25
# The fall that a comparison must be able to show (model-facts.md plans for 30 %); fewer incidents make
# those falls that do show exaggerate (Gelman and Carlin 2014).
PLANNED_FALL = 0.30
Word = Literal["reduction", "rise", "no change shown", "fewer found, recall fell"]


@dataclass(frozen=True, slots=True)
class Cell:
    """Ring incidents and settled transactions of one region and product, week by week in two windows."""

    region: str
    product: str
    before: tuple[Week, ...]
    after: tuple[Week, ...]


@dataclass(frozen=True, slots=True)
class Index:
    """The index in two windows, per 100,000 settled transactions, and its change.

    `incidents_before` and `incidents_after` are counts in the compared cells; `left_out` names the cells
    that had no transactions in one window, which have no rate to compare.
    """

    change: Change
    incidents_before: int
    incidents_after: int
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What one window's count depends on beside crime.

    `definition` is the measure's id and version; `recall` a share or None when not measured; `maturity`
    the share of labels that have arrived; `audited` how many events the random audit looked at.
    """

    definition: str
    recall: float | None
    maturity: float
    audited: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """The word that may be written, and each reason for it as a sentence."""

    word: Word
    reasons: tuple[str, ...]


def crime_index(cells: Sequence[Cell]) -> Index | None:
    """Return the index of two windows with the change's 95 % interval; None without a comparable cell.

    All cells list the same weeks of a window, zeroes where nothing happened. Raises ValueError if not.
    """
    compared = [c for c in cells if _exposure(c.before) > 0 and _exposure(c.after) > 0]
    if not compared:
        return None
    base = sum(_exposure(c.before) for c in compared)
    shares = [_exposure(c.before) / base for c in compared]
    phi = dispersion(_together([c.before for c in compared]), _together([c.after for c in compared]))
    before = _Sum.of([c.before for c in compared], shares)
    after = _Sum.of([c.after for c in compared], shares)
    ratio = after.value / before.value if before.value else (math.inf if after.value else 1.0)
    low, high = _ratio_ends(before, after)
    if 0 < ratio < math.inf:
        low, high = (
            ratio * (end / ratio) ** math.sqrt(phi) if 0 < end < math.inf else end for end in (low, high)
        )
    change = Change(before.value, after.value, ratio, low, high, phi, "index")
    left_out = tuple(f"{c.region}, {c.product}" for c in cells if c not in compared)
    return Index(change, before.count, after.count, left_out)


def verdict(
    index: Index, before: Circumstances, after: Circumstances, planned_fall: float = PLANNED_FALL
) -> Verdict:
    """Return which word the change of the index allows, by the rule of model-facts.md.

    `planned_fall` is the fall, as a share, that the number of incidents must be able to show.
    """
    change = index.change
    if change.low > 1:
        return Verdict("rise", (f"The index {change.sentence()}.",))
    if not change.is_shown:
        return Verdict("no change shown", (_not_shown(index),))
    lost = _recall_lost(before, after)
    if lost is not None and lost > MOST_RECALL_LOST:
        said = (
            f"Estimated recall fell by {lost:.0f} points, from {before.recall:.0%} to {after.recall:.0%}: "
            "fewer incidents found is not less crime."
        )
        return Verdict("fewer found, recall fell", (said,))
    doubts = _doubts(index, before, after, planned_fall)
    if doubts:
        return Verdict("no change shown", doubts)
    return Verdict(
        "reduction",
        (
            f"The index {change.sentence()}, with the scatter of the weeks allowed for.",
            f"Recall, maturity, audits and definition are alike in both windows ({after.definition}).",
        ),
    )


@dataclass(frozen=True, slots=True)
class _Sum:
    """A weighted sum of Poisson counts per `PER`: its value, variance, largest weight and plain count."""

    value: float
    variance: float
    largest: float
    count: int

    @classmethod
    def of(cls, windows: Sequence[Sequence[Week]], shares: Sequence[float]) -> _Sum:
        weights = [PER * share / _exposure(weeks) for weeks, share in zip(windows, shares, strict=True)]
        counts = [sum(week.count for week in weeks) for weeks in windows]
        pairs = list(zip(weights, counts, strict=True))
        return cls(sum(w * n for w, n in pairs), sum(w * w * n for w, n in pairs), max(weights), sum(counts))

    def shape(self, *, is_upper: bool) -> float:
        """Return the shape of the gamma limit: the number of events the sum is worth."""
        if is_upper:
            return (self.value + self.largest) ** 2 / (self.variance + self.largest**2)
        return self.value**2 / self.variance if self.variance else 0.0


def _ratio_ends(before: _Sum, after: _Sum) -> tuple[float, float]:
    """Return Fay's interval of after over before; the F quantiles as odds of beta quantiles."""
    tail = (1 - CONFIDENCE) / 2
    low, high = 0.0, math.inf
    if after.count:
        a, b = after.shape(is_upper=False), before.shape(is_upper=True)
        low = after.value / (before.value + before.largest) * _odds(a, b, tail) * b / a
    if before.count:
        a, b = after.shape(is_upper=True), before.shape(is_upper=False)
        high = (after.value + after.largest) / before.value * _odds(a, b, 1 - tail) * b / a
    return low, high


def _odds(a: float, b: float, share: float) -> float:
    quantile = float(betaincinv(a, b, share))
    return quantile / (1 - quantile)


def _doubts(index: Index, before: Circumstances, after: Circumstances, planned: float) -> tuple[str, ...]:
    found = []
    if before.definition != after.definition:
        found.append(f"The definition changed from {before.definition} to {after.definition}.")
    if before.recall is None or after.recall is None:
        found.append("Recall was not measured in both windows, so a fall may be crime that went unseen.")
    if 100 * abs(before.maturity - after.maturity) > MOST_MATURITY_APART:
        found.append(
            f"{before.maturity:.0%} of the labels have arrived for the window before, {after.maturity:.0%} "
            f"for this one: more than {MOST_MATURITY_APART:.0f} points apart."
        )
    smaller, larger = sorted((before.audited, after.audited))
    if larger > MOST_AUDIT_RATIO * smaller or not smaller:
        found.append(f"Audits are not alike: {before.audited:,} events before, {after.audited:,} now.")
    needed = events_needed(1 - planned, index.change.dispersion)
    if index.incidents_before < needed:
        found.append(
            f"Too few incidents: {index.incidents_before:,} before, where {math.ceil(needed):,} would show a "
            f"fall of {planned:.0%}."
        )
    return tuple(found)


def _not_shown(index: Index) -> str:
    counts = f"{index.incidents_before:,} incidents before, {index.incidents_after:,} now"
    needed = index.change.needed
    more = f"; about {math.ceil(needed):,} before would show a change of this size" if needed else ""
    return f"The interval holds no change ({counts}){more}."


def _recall_lost(before: Circumstances, after: Circumstances) -> float | None:
    """Return by how many points recall fell; rounded, so that 5 points are not 5.000001."""
    if before.recall is None or after.recall is None:
        return None
    return round(100 * (before.recall - after.recall), 6)


def _exposure(weeks: Sequence[Week]) -> float:
    return sum(week.exposure for week in weeks)


def _together(windows: Sequence[Sequence[Week]]) -> list[Week]:
    """Sum the cells' weeks; the cells of one window list the same weeks. Raises ValueError if not."""
    return [
        Week(sum(week.count for week in weeks), sum(week.exposure for week in weeks))
        for weeks in zip(*windows, strict=True)
    ]
