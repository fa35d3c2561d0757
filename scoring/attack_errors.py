"""Error rates of attack detection in the terms of ISO/IEC 30107-3, each with its interval and counts.

APCER is the share of a species' attacks that pass; the worst species is the figure. BPCER is the share of
bona fide checks that do not pass. ACER is the mean of the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.calibration import Bools, Floats
from scoring.clustered import Ints, clustered_share
from scoring.frame import Words
from scoring.quality import Interval

# Of one or two attacks that passed nobody can say that their species is the worst.
FEWEST_ATTACKS = 10
# A threshold that fewer honest people may be above stands on one or two of them.
FEWEST_DISTURBED = 3
# Scores are rounded to nine decimals: a hair above one of them leaves it, and all that tie with it, below.
HAIR = 1e-9
NOT_NAMED = "not named"


@dataclass(frozen=True, slots=True)
class Tried:
    """Identity checks whose truth is known, (n,) each; `species` is None for bona fide.

    `cluster` names who rises and falls together: the ring of an attack, the account of a bona fide check.
    """

    is_attack: Bools
    species: Words
    cluster: Ints

    def __len__(self) -> int:
        """How many checks."""
        return len(self.is_attack)

    def taken(self, rows: NDArray[Any]) -> Tried:
        """Answer those at `rows`, places or truths."""
        return Tried(self.is_attack[rows], self.species[rows], self.cluster[rows])


@dataclass(frozen=True, slots=True)
class ErrorRates:
    """What passed and what did not, with the two shares; None where there was nothing to count.

    `worst` is the species with the highest APCER among those with FEWEST_ATTACKS; None: none has them.
    """

    attacks: int
    let_in: int
    apcer: Interval | None
    bona_fide: int
    disturbed: int
    bpcer: Interval | None
    worst: str | None
    worst_apcer: float | None

    @property
    def acer(self) -> float | None:
        """The mean of the worst species' APCER and the BPCER; None where one of them is not known."""
        if self.worst_apcer is None or self.bpcer is None:
            return None
        return (self.worst_apcer + self.bpcer.value) / 2


def error_rates(tried: Tried, is_stopped: Bools) -> ErrorRates:
    """Count the errors of the checks where those of `is_stopped` (n,) did not pass."""
    attack, honest = np.flatnonzero(tried.is_attack), np.flatnonzero(~tried.is_attack)
    worst, worst_apcer = _worst(tried.species[attack], ~is_stopped[attack])
    return ErrorRates(
        attacks=len(attack),
        let_in=int((~is_stopped[attack]).sum()),
        apcer=clustered_share(~is_stopped[attack], tried.cluster[attack]),
        bona_fide=len(honest),
        disturbed=int(is_stopped[honest].sum()),
        bpcer=clustered_share(is_stopped[honest], tried.cluster[honest]),
        worst=worst,
        worst_apcer=worst_apcer,
    )


def _worst(species: Words, is_let_in: Bools) -> tuple[str | None, float | None]:
    """Answer the species that passes most and its share; attacks without a name are none."""
    shares = {
        name: float(is_let_in[species == name].mean())
        for name in species_of(species)
        if name != NOT_NAMED and (species == name).sum() >= FEWEST_ATTACKS
    }
    if not shares:
        return None, None
    worst = max(shares, key=lambda name: shares[name])
    return worst, shares[worst]


def named(species: Words) -> Words:
    """Answer the species with NOT_NAMED where a label says none."""
    return np.array([name or NOT_NAMED for name in species], dtype=object)


def species_of(species: Words) -> list[str]:
    """Answer the names that occur, sorted."""
    return sorted({str(name) for name in species if name is not None})


def threshold_at(honest: Floats, share: float, fewest: int = FEWEST_DISTURBED) -> float | None:
    """Answer the lowest score from which at most `share` of the bona fide scores are not passed.

    Scores that tie are on one side together, so fewer than `share` may be. None where `share` of them is
    less than `fewest` people.
    """
    allowed = int(share * len(honest) + HAIR)
    if allowed < fewest or not len(honest):
        return None
    if allowed >= len(honest):
        return float(honest.min())
    outside = float(np.partition(honest, len(honest) - allowed - 1)[len(honest) - allowed - 1])
    return round(outside + HAIR, 9)


def attack_errors(tried: Tried, score: Floats, threshold: float) -> dict[str, Any]:
    """Answer APCER of each species and BPCER at `threshold` as plain numbers, for a model's metrics."""
    is_stopped = score >= threshold
    apcer: dict[str, Any] = {}
    for name in species_of(tried.species[tried.is_attack]):
        these = tried.taken(tried.is_attack & (tried.species == name))
        found = clustered_share(~is_stopped[tried.is_attack & (tried.species == name)], these.cluster)
        apcer[name] = {**_plain(found), "attacks": len(these)}
    rates = error_rates(tried, is_stopped)
    return {
        "threshold": threshold,
        "apcer": apcer,
        "worst_apcer": rates.worst_apcer,
        "bpcer": {**_plain(rates.bpcer), "bona_fide": rates.bona_fide},
    }


def _plain(found: Interval | None) -> dict[str, float]:
    return (found or Interval(0.0, 0.0, 1.0)).as_json()
