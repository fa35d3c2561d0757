"""Where the demonstration's customers live: countries with their share, clock, level of money and phones.

Shares are made up to look like a global exchange without a home market; regions are those of the
project's own geography.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """One country: share of the customers (relative), hours ahead of UTC, and how it differs.

    `money` multiplies the usual amount, `phones` is the share of customers whose main device is a phone,
    `has_friday_weekend` where Friday and Saturday are the days off.
    """

    alpha2: str
    region: str
    share: float
    utc_offset_hours: float
    money: float
    phones: float = 0.74
    has_friday_weekend: bool = False


PLACES: tuple[Place, ...] = (
    Place("ID", "south_east_asia", 9.6, 7, 0.55, 0.88),
    Place("VN", "south_east_asia", 6.6, 7, 0.6, 0.82),
    Place("PH", "south_east_asia", 3.0, 8, 0.5, 0.87),
    Place("TH", "south_east_asia", 2.6, 7, 0.8, 0.82),
    Place("MY", "south_east_asia", 1.8, 8, 0.9, 0.8),
    Place("SG", "south_east_asia", 0.9, 8, 2.4, 0.66),
    Place("IN", "south_asia", 8.6, 5.5, 0.5, 0.9),
    Place("PK", "south_asia", 2.6, 5, 0.4, 0.9),
    Place("BD", "south_asia", 1.9, 6, 0.4, 0.91),
    Place("LK", "south_asia", 0.8, 5.5, 0.45, 0.86),
    Place("NP", "south_asia", 0.5, 5.75, 0.4, 0.88),
    Place("RU", "cis", 7.4, 3, 0.9, 0.62),
    Place("KZ", "cis", 1.6, 5, 0.75, 0.72),
    Place("UZ", "cis", 1.3, 5, 0.55, 0.82),
    Place("BY", "cis", 0.9, 3, 0.75, 0.65),
    Place("AZ", "cis", 0.7, 4, 0.75, 0.76),
    Place("AM", "cis", 0.4, 4, 0.75, 0.7),
    Place("BR", "latin_america", 5.2, -3, 0.75, 0.78),
    Place("MX", "latin_america", 1.9, -6, 0.8, 0.78),
    Place("AR", "latin_america", 1.9, -3, 0.7, 0.74),
    Place("CO", "latin_america", 1.2, -5, 0.65, 0.8),
    Place("VE", "latin_america", 0.8, -4, 0.45, 0.82),
    Place("PE", "latin_america", 0.7, -5, 0.65, 0.8),
    Place("CL", "latin_america", 0.5, -4, 0.9, 0.72),
    Place("KR", "east_asia", 4.2, 9, 2.2, 0.66),
    Place("JP", "east_asia", 2.2, 9, 2.0, 0.58),
    Place("TW", "east_asia", 1.7, 8, 1.6, 0.62),
    Place("HK", "east_asia", 0.9, 8, 2.4, 0.6),
    Place("MN", "east_asia", 0.3, 8, 0.6, 0.8),
    Place("TR", "mena", 4.6, 3, 0.8, 0.76),
    Place("AE", "mena", 1.3, 4, 2.2, 0.74),
    Place("EG", "mena", 1.2, 2, 0.45, 0.86, True),
    Place("SA", "mena", 0.9, 3, 1.6, 0.82, True),
    Place("MA", "mena", 0.9, 1, 0.5, 0.84),
    Place("DZ", "mena", 0.6, 1, 0.45, 0.85, True),
    Place("JO", "mena", 0.4, 3, 0.7, 0.82, True),
    Place("DE", "europe", 3.0, 1, 1.6, 0.56),
    Place("UA", "europe", 1.9, 2, 0.75, 0.68),
    Place("GB", "europe", 1.3, 0, 1.7, 0.62),
    Place("FR", "europe", 1.2, 1, 1.4, 0.6),
    Place("PL", "europe", 1.1, 1, 1.1, 0.62),
    Place("ES", "europe", 1.0, 1, 1.2, 0.64),
    Place("IT", "europe", 1.0, 1, 1.2, 0.64),
    Place("NL", "europe", 0.8, 1, 1.7, 0.58),
    Place("RO", "europe", 0.6, 2, 0.9, 0.68),
    Place("CH", "europe", 0.4, 1, 2.8, 0.54),
    Place("NG", "sub_saharan_africa", 4.4, 1, 0.4, 0.92),
    Place("KE", "sub_saharan_africa", 1.1, 3, 0.45, 0.92),
    Place("GH", "sub_saharan_africa", 0.8, 0, 0.4, 0.92),
    Place("ZA", "sub_saharan_africa", 0.8, 2, 0.85, 0.78),
    Place("ET", "sub_saharan_africa", 0.4, 3, 0.35, 0.93),
    Place("CM", "sub_saharan_africa", 0.4, 1, 0.4, 0.92),
    Place("US", "north_america", 1.6, -5, 2.3, 0.56),
    Place("CA", "north_america", 1.0, -5, 1.9, 0.56),
    Place("AU", "oceania", 1.1, 10, 2.0, 0.62),
    Place("NZ", "oceania", 0.4, 12, 1.7, 0.62),
)
