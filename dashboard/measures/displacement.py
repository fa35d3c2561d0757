"""Where crime fell, did it only move: to other regions, or to other kinds of crime?

Every other region with the same kind, and every other kind in the same region, is a candidate. Each is
tested for a rise with the one-sided exact test of two counts, stretched by phi like the intervals, and the
p-values are held together by Holm's method (1979): with twenty candidates one would rise by chance alone.
The single intervals are shown as they are; only the verdict controls for how many were looked at.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np
from scipy.special import betainc, ndtr, ndtri

from dashboard.measures.change import Change, Week, change_between

# One side of the 95 % intervals, so that what is called risen alone is also shown as risen.
_ALPHA = 0.025
# Where even all candidates together could have risen by half unseen, silence proves nothing.
_BLIND = 1.5


@dataclass(frozen=True, slots=True)
class Place:
    """Incidents of one kind in one region, week by week in two windows."""

    region: str
    kind: str
    before: tuple[Week, ...]
    after: tuple[Week, ...]

    @property
    def name(self) -> str:
        """How a sentence names it."""
        return f"{self.kind} in {self.region}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Where crime may have moved: its change, the p-value of a rise after Holm, and `is_risen` by it."""

    place: Place
    change: Change
    p_value: float

    @property
    def is_risen(self) -> bool:
        """Whether the rise stands although many candidates were looked at."""
        return self.p_value < _ALPHA


@dataclass(frozen=True, slots=True)
class Displacement:
    """What became of the candidates of one fall; `together` is the change of all of them as one."""

    fallen: Place
    fall: Change
    candidates: tuple[Candidate, ...]
    together: Change | None

    @property
    def risen(self) -> tuple[Candidate, ...]:
        """The candidates that rose, the surest first."""
        return tuple(sorted((c for c in self.candidates if c.is_risen), key=lambda c: c.p_value))

    def sentence(self) -> str:
        """Say whether crime moved, or that this cannot be told."""
        if not self.fall.high < 1:
            return f"No fall is shown for {self.fallen.name}, so there is nothing that could have moved."
        if not self.candidates or self.together is None:
            return f"{self.fallen.name} fell; there is no other place or kind to compare with."
        if self.risen:
            named = ", ".join(f"{c.place.name} {c.change.sentence()}" for c in self.risen)
            return f"{self.fallen.name} {self.fall.sentence()}, but part may have moved: {named}."
        looked = f"{len(self.candidates)} other places and kinds"
        if self.together.high > _BLIND:
            return (
                f"Too few incidents to tell whether crime moved: {looked}, {self.together.span_in_words()}."
            )
        return f"No rise is shown in {looked} looked at; together {self.together.span_in_words()}."


def find_displacement(region: str, kind: str, places: Sequence[Place]) -> Displacement | None:
    """Look where the crime of `kind` in `region` may have moved; None where it has no exposure.

    Raises ValueError when `places` does not hold the pair.
    """
    fallen = next((p for p in places if (p.region, p.kind) == (region, kind)), None)
    if fallen is None:
        raise ValueError(f"{kind} in {region} is not among the places: {[p.name for p in places]}")
    fall = change_between(fallen.before, fallen.after)
    if fall is None:
        return None
    others = [p for p in places if (p.region == region) != (p.kind == kind)]
    found = [(p, change) for p in others if (change := change_between(p.before, p.after)) is not None]
    adjusted = holm([p_of_rise(place, change) for place, change in found])
    candidates = tuple(Candidate(p, c, value) for (p, c), value in zip(found, adjusted, strict=True))
    together = change_between(
        _together([place.before for place, _ in found]), _together([place.after for place, _ in found])
    )
    return Displacement(fallen, fall, candidates, together)


def p_of_rise(place: Place, change: Change) -> float:
    """Return the one-sided p-value of a rise: so many after, or more, if nothing had changed.

    Of all incidents each falls after with probability exposure after over both (Przyborowski and
    Wilenski 1940); the normal score is divided by the square root of phi.
    """
    before, after = int(change.before), int(change.after)
    if after == 0:
        return 1.0
    exposure_before, exposure_after = (
        sum(w.exposure for w in weeks) for weeks in (place.before, place.after)
    )
    exact = float(betainc(after, before + 1, exposure_after / (exposure_before + exposure_after)))
    return float(ndtr(ndtri(exact) / math.sqrt(change.dispersion)))


def holm(p_values: Sequence[float]) -> list[float]:
    """Return Holm's adjusted p-values: the k-th smallest of m times m - k + 1, never falling, at most 1."""
    order = np.argsort(p_values)
    factors = np.arange(len(p_values), 0, -1)
    stepped = np.maximum.accumulate(np.asarray(p_values, dtype=np.float64)[order] * factors)
    adjusted = np.empty(len(p_values))
    adjusted[order] = np.minimum(stepped, 1.0)
    return [float(value) for value in adjusted]


def _together(windows: Sequence[Sequence[Week]]) -> list[Week]:
    """Sum the places week by week: that they differ in level is no scatter."""
    nothing = Week(0, 0.0)
    return [
        Week(sum(week.count for week in weeks), sum(week.exposure for week in weeks))
        for weeks in zip_longest(*windows, fillvalue=nothing)
    ]
