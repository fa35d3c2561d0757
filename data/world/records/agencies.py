"""Authorities that write to the exchange: made-up names, none of them is a real office."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from data.geography import countries
from data.world.columns import Ints, Rng
from data.world.places import PLACES
from data.world.writing import words

AGENCY_KINDS = ("police", "prosecutor", "court", "tax", "financial_intelligence", "regulator")
_KIND_SHARES = (0.56, 0.17, 0.08, 0.05, 0.11, 0.03)
_NAMES = (
    ("Cybercrime Directorate", "Economic Crime Bureau", "Digital Investigations Unit"),
    ("Public Prosecution Office", "Office for Financial Prosecutions"),
    ("Central District Court", "Court of Seizures"),
    ("Revenue Investigations",),
    ("Financial Intelligence Centre",),
    ("Virtual Assets Authority",),
)
FROM_ELSEWHERE = 0.14  # of requests: the authority is not of the customer's country
_ASKS = np.array([place.share * place.money for place in PLACES])


def agency_columns(place: Ints, rng: Rng) -> dict[str, pa.Array]:
    """Draw who asks about customers of these places: name, kind and country of each authority."""
    count = len(place)
    elsewhere = rng.choice(len(PLACES), count, p=_ASKS / _ASKS.sum())
    place = np.where(rng.random(count) < FROM_ELSEWHERE, elsewhere, place)
    kind = rng.choice(len(AGENCY_KINDS), count, p=_KIND_SHARES)
    which = rng.random(count)
    called = {country.alpha2: country.name for country in countries()}
    names = [
        f"{_NAMES[k][int(share * len(_NAMES[k]))]} ({called[PLACES[p].alpha2]}, made up)"
        for k, share, p in zip(kind.tolist(), which.tolist(), place.tolist(), strict=True)
    ]
    return {
        "agency": pa.array(names, pa.string()),
        "agency_kind": words(AGENCY_KINDS, kind),
        "country": words(tuple(p.alpha2 for p in PLACES), place),
    }


def domain_of(name: str, alpha2: str) -> str:
    """Return the made-up domain that an authority of that bare name writes from; `.example` is nobody's."""
    return f"{name.lower().replace(' ', '-')}.{alpha2.lower()}.example"


def all_agencies() -> list[tuple[str, str, str, str]]:
    """Return every made-up authority: its name as in `requests`, kind, country and domain."""
    called = {country.alpha2: country.name for country in countries()}
    return [
        (f"{name} ({called[place.alpha2]}, made up)", kind, place.alpha2, domain_of(name, place.alpha2))
        for place in PLACES
        for kind, names in zip(AGENCY_KINDS, _NAMES, strict=True)
        for name in names
    ]
