"""How many events does it take to show a change of a given size?

The test is the one on the pages: the 95 % interval of a rate ratio, which must not hold 1. On the log
scale the variance of a ratio of two over-dispersed counts is `phi * (1/n + 1/(n * ratio * k))`, with `n`
events before and `k` times the exposure after; solved for `n` (Signorini 1991; Gu, Ng, Tang and Schucany
2008, equation for the log-transformed test):

    n = (z_alpha + z_power)^2 * phi * (1 + 1 / (k * ratio)) / log(ratio)^2
"""

from __future__ import annotations

import math

from scipy.special import ndtri

# Below a tenth the log-normal form asks for more events again, which is an artefact: a fall to nothing
# is easier to see than a fall to a tenth.
_SMALLEST_RATIO = 0.1
_ALPHA = 0.05


def events_needed(
    ratio: float,
    dispersion: float = 1.0,
    power: float = 0.8,
    *,
    exposure_ratio: float = 1.0,
    is_two_sided: bool = True,
) -> float:
    """Return how many events the first period needs, so that a true `ratio` is shown with `power`.

    `dispersion` is phi, at least 1; `exposure_ratio` is after over before. Infinite at a ratio of 1.
    Two-sided, as the intervals on the pages are; the one-sided test at 5 % needs a fifth fewer.
    Raises ValueError for a ratio below 0 or a power outside (0, 1).
    """
    if ratio < 0 or not 0 < power < 1:
        raise ValueError(
            f"ratio {ratio} and power {power}: give a ratio of 0 or more, a power within 0 and 1"
        )
    if ratio == 1:
        return math.inf
    ratio = max(ratio, _SMALLEST_RATIO)
    if math.isinf(ratio):
        return 0.0
    reach = float(ndtri(1 - (_ALPHA / 2 if is_two_sided else _ALPHA)) + ndtri(power))
    return reach**2 * max(1.0, dispersion) * (1 + 1 / (exposure_ratio * ratio)) / math.log(ratio) ** 2
