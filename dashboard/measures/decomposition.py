"""Why did the number of detections change: more business, another mix, another model, or something else?

Detections of a window are exposure x the regions' shares of it x the regions' rates of detection; the rate
depends on the window's events and on the version of model and policy that judged them. Both windows are
scored with both versions, so four things can be switched from before to now: exposure, mix, version and
window. Each part is its Shapley value: what switching it adds, averaged over all orders of switching
(Shapley 1953; Shorrocks 2013). That is symmetric in time, and the parts sum to the whole by construction;
rounded to whole detections by largest remainders, they still do.

What is left, the remainder, is what changed in the events themselves: crime, or how it hides.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class RegionDetections:
    """One region in two windows: exposure, and detections by the version that was in force.

    `before_by_new` are detections among the events before under today's model and policy, `after_by_old`
    among today's events under the old ones; None when the window was not scored that way.
    """

    region: str
    exposure_before: float
    exposure_after: float
    before: int
    after: int
    before_by_new: int | None = None
    after_by_old: int | None = None


@dataclass(frozen=True, slots=True)
class Decomposition:
    """The change of a count of detections in parts that sum to it exactly.

    `model_or_policy` is None when not measured; the remainder then holds it.
    """

    before: int
    after: int
    exposure: int
    mix: int
    model_or_policy: int | None
    remainder: int

    @property
    def parts(self) -> tuple[tuple[str, int], ...]:
        """Name and size of each measured part, in the order of a waterfall."""
        version = () if self.model_or_policy is None else (("Model or policy", self.model_or_policy),)
        last = "Remainder" if version else "Remainder, model or policy in it"
        return (("Exposure", self.exposure), ("Regional mix", self.mix), *version, (last, self.remainder))

    def sentence(self) -> str:
        """Say the parts in one sentence."""
        said = ", ".join(f"{name.lower()} {size:+,}" for name, size in self.parts)
        end = "" if self.model_or_policy is not None else "; model or policy: not measured"
        return f"{self.before:,} before, {self.after:,} now ({self.after - self.before:+,}): {said}{end}."


def decompose(regions: Sequence[RegionDetections]) -> Decomposition | None:
    """Split the change of all regions' detections; None when a window has no exposure at all.

    Raises ValueError where a region has detections without exposure.
    """
    _check(regions)
    exposure = np.array([[r.exposure_before for r in regions], [r.exposure_after for r in regions]])
    totals = exposure.sum(axis=1)
    if not regions or totals.min() <= 0:
        return None
    shares = exposure / totals[:, None]
    before, after = sum(r.before for r in regions), sum(r.after for r in regions)
    rates = _rates(regions, exposure)
    by_mix_version_window = np.einsum("sr,vwr->svw", shares, rates)
    values = totals[:, None, None, None] * by_mix_version_window
    if not _is_cross_scored(regions):
        # Without cross scores the version moves with the window: one switch for both.
        values = np.stack([values[:, :, 0, 0], values[:, :, 1, 1]], axis=2)
    parts = _whole_numbers(shapley(values), after - before)
    version = parts[2] if values.ndim == 4 else None
    return Decomposition(before, after, parts[0], parts[1], version, parts[-1])


def shapley(values: Floats) -> Floats:
    """Return each switch's Shapley value, shape (k,); `values` has shape (2,) * k, 1 where switched."""
    count = values.ndim
    parts = np.zeros(count)
    for order in permutations(range(count)):
        at = [0] * count
        for switch in order:
            old = values[tuple(at)]
            at[switch] = 1
            parts[switch] += values[tuple(at)] - old
    return parts / math.factorial(count)


def _rates(regions: Sequence[RegionDetections], exposure: Floats) -> Floats:
    """Return detections per exposure, shape (version, window, region).

    A region without exposure in a window has the other window's rate: that it came or went is mix.
    """
    by_old = [[r.before for r in regions], [r.after_by_old or 0 for r in regions]]
    by_new = [[r.before_by_new or 0 for r in regions], [r.after for r in regions]]
    counts = np.array([by_old, by_new], dtype=np.float64)
    if not _is_cross_scored(regions):
        counts = np.array([[by_old[0], by_new[1]]] * 2, dtype=np.float64)
    rates = counts / np.where(exposure > 0, exposure, 1)
    found: Floats = np.where(exposure > 0, rates, rates[:, ::-1, :])
    return found


def _is_cross_scored(regions: Sequence[RegionDetections]) -> bool:
    return all(r.before_by_new is not None and r.after_by_old is not None for r in regions)


def _whole_numbers(parts: Floats, total: int) -> list[int]:
    """Round parts to integers that sum to `total`, the largest remainders up (Hamilton's method)."""
    whole = [math.floor(part) for part in parts]
    by_remainder = sorted(range(len(whole)), key=lambda i: whole[i] - parts[i])
    for number in range(total - sum(whole)):
        whole[by_remainder[number % len(whole)]] += 1
    whole[-1] += total - sum(whole)
    return whole


def _check(regions: Sequence[RegionDetections]) -> None:
    for r in regions:
        without = (r.exposure_before <= 0 and (r.before or r.before_by_new)) or (
            r.exposure_after <= 0 and (r.after or r.after_by_old)
        )
        if without:
            raise ValueError(f"{r.region} has detections without exposure; give what they were found among")
