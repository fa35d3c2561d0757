"""How much crime there is per area and month: the one table of the demonstration's story.

Plain rates, drawn from by chance; what the pipeline measures of them is its own affair and never reads
this file. An area is a region, but for Indonesia, which has its own line within South-East Asia.
Each line says the organised incidents of an average month of the second quarter (at 300,000 events,
relative between areas), and then each month's multiple of that, January to October.
"""

from __future__ import annotations

from dataclasses import dataclass

from data.world.places import PLACES

MONTHS = 10


@dataclass(frozen=True, slots=True)
class Intensity:
    """Crime of one area: its weight in the second quarter and ten monthly multiples of that."""

    area: str
    weight: float
    months: tuple[float, ...]


# Second quarter means are 1; third quarter means are 0.28, 0.56, 0.65, 0.69, 0.9 in the Middle East and
# 0.88 in Europe (where rings move to from South Asia and the CIS, see `reactions.py`), and 0.74 for the
# rest; by the weights that is South-East Asia -59 % and all areas -36.8 % (-36 % with the identity farms).
# Measures begin late in June (stricter withdrawals in Indonesia) and in July (South Asia, CIS); October
# goes on as September ended. An incident counts where it happens, wherever its ring came from.
CRIME: tuple[Intensity, ...] = (
    Intensity("ID", 34, (0.92, 0.97, 1.0, 1.02, 1.03, 0.95, 0.37, 0.26, 0.21, 0.21)),
    Intensity("south_east_asia", 30, (0.94, 0.97, 1.0, 1.0, 1.02, 0.98, 0.63, 0.55, 0.5, 0.5)),
    Intensity("south_asia", 30, (0.95, 0.98, 1.0, 1.0, 1.01, 0.99, 0.73, 0.64, 0.58, 0.58)),
    Intensity("cis", 34, (0.96, 0.98, 1.0, 1.0, 1.02, 0.98, 0.77, 0.67, 0.63, 0.63)),
    Intensity("latin_america", 14, (0.95, 0.98, 1.0, 1.0, 1.0, 1.0, 0.77, 0.74, 0.71, 0.71)),
    Intensity("east_asia", 12, (0.95, 0.98, 1.0, 1.0, 1.0, 1.0, 0.77, 0.74, 0.71, 0.71)),
    Intensity("mena", 12, (0.95, 0.98, 1.0, 1.0, 1.0, 1.0, 0.89, 0.91, 0.9, 0.9)),
    Intensity("europe", 14, (0.95, 0.98, 1.0, 1.0, 1.0, 1.0, 0.87, 0.89, 0.88, 0.88)),
    Intensity("sub_saharan_africa", 12, (0.95, 0.98, 1.0, 1.0, 1.0, 1.0, 0.77, 0.74, 0.71, 0.71)),
    Intensity("north_america", 6, (0.95, 0.98, 1.0, 1.0, 1.0, 1.0, 0.77, 0.74, 0.71, 0.71)),
    Intensity("oceania", 2, (0.95, 0.98, 1.0, 1.0, 1.0, 1.0, 0.77, 0.74, 0.71, 0.71)),
)

# Deepfaked identities: fewer where a measure stands, more elsewhere; third quarter 1.15 times the second.
_RISING = (0.8, 0.85, 0.9, 0.95, 1.0, 1.05, 1.22, 1.33, 1.416, 1.42)
_FAKES = (10.0, 10.0, 12.0, 12.0, 30.0, 26.0, 24.0, 28.0, 26.0, 14.0, 4.0)
DEEPFAKES: tuple[Intensity, ...] = tuple(
    Intensity(line.area, weight, line.months if number < 4 else _RISING)
    for number, (line, weight) in enumerate(zip(CRIME, _FAKES, strict=True))
)

AREAS: tuple[str, ...] = tuple(line.area for line in CRIME)
PLACE_AREA: tuple[int, ...] = tuple(
    AREAS.index(place.alpha2 if place.alpha2 in AREAS else place.region) for place in PLACES
)
