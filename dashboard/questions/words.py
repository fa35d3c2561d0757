"""How names of the store are said on a screen: decisions, kinds of events, reasons, states, places."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from dashboard.formats import NOT_KNOWN, percent
from data.geography import countries, regions
from scoring.areas import APART, area_in_words
from scoring.features import FRAUD_FEATURES, LIVENESS_FEATURES
from scoring.regional.kinds import IN_AREA

KINDS: Mapping[str, str] = {
    "deposit": "Deposit",
    "withdrawal": "Withdrawal",
    "internal_transfer": "Internal transfer",
    "trade": "Trade",
    "login": "Login",
    "password_change": "Password change",
    "factor_change": "Factor change",
    "identity_check": "Identity check",
}
DECISIONS: Mapping[str, str] = {
    "allow": "Allowed",
    "step_up": "Step-up",
    "hold": "Held",
    "block": "Blocked",
    "freeze": "Frozen",
}
# What took a decision where the score alone leads to another one.
ACTS: Mapping[str, str] = {
    "exploration": "drawn to be looked at instead of blocked",
    "new_address_hours": "held because the address was new",
    "step_up_from": "asked for one more factor because of the amount",
    "new_device_hours": "asked for one more factor because the device was new",
    "corridors": "held because of the corridor",
}
STATES: Mapping[str, str] = {
    "open": "Open",
    "watched": "Watched",
    "restricted": "Restricted",
    "frozen": "Frozen",
    "confirmed": "Confirmed",
}
# How the units of features are read on an axis: divided by, and named.
AXIS_UNITS: Mapping[str, tuple[float, str]] = {
    "seconds": (86400.0, "days"),
    "share": (0.01, "%"),
    "km_per_hour": (1.0, "km/h"),
    "times": (1.0, "times"),
    "deviations": (1.0, "deviations"),
}
ENTITIES: Mapping[str, str] = {"device": "Device", "ip": "Network", "counterparty": "Counterparty"}
MODELS: Mapping[str, str] = {"fraud": "Fraud", "liveness": "Liveness"}


def spoken(name: str | None) -> str:
    """Write a name of the store as words: `new_device` as `New device`."""
    if not name:
        return NOT_KNOWN
    return name.replace("_", " ").capitalize()


def feature(name: str) -> str:
    """Say what a feature measures, in its declaration's sentence; its name where none declares it."""
    return _features().get(name, spoken(name))


def scale(name: str) -> tuple[float, str]:
    """Return what a feature's values are divided by on an axis, and the unit they then have."""
    unit = _units().get(name, "")
    return AXIS_UNITS.get(unit, (1.0, ""))


def score(probability: float | None) -> str:
    """Write a score as per cent; one that is not quite certain is never shown as 100%."""
    if probability is None:
        return NOT_KNOWN
    is_at_an_end = 0 < probability < 0.01 or 0.99 < probability < 1
    return percent(min(probability, 0.999) if probability < 1 else 1.0, 1 if is_at_an_end else 0)


def kind(name: str | None) -> str:
    """Write the kind of an event."""
    return KINDS.get(name or "", spoken(name))


def decision(name: str | None) -> str:
    """Write what the policy did."""
    return DECISIONS.get(name or "", spoken(name))


def state(name: str | None) -> str:
    """Write the state of an account."""
    return STATES.get(name or "", spoken(name))


def country(alpha2: str | None) -> str:
    """Write the country of two letters; the letters where they are no country's."""
    return _countries().get(alpha2 or "", alpha2 or NOT_KNOWN)


def region(slug: str | None) -> str:
    """Write the region of a slug; everywhere for none."""
    return _regions().get(slug, spoken(slug)) if slug else "all regions"


def area(name: str) -> str:
    """Write where models learn and policies decide on their own: a region, or a country apart."""
    return area_in_words(name) if name in _regions() or name in APART else spoken(name)


def region_of_area(name: str) -> str:
    """Return the slug of the region that an area is, or that a country apart lies in."""
    return next((found.region for found in countries() if found.alpha2 == name), None) or name


def country_codes() -> list[str]:
    """Return the two letters of every country."""
    return list(_countries())


def region_slugs() -> list[str]:
    """Return the slugs of all regions."""
    return list(_regions())


@cache
def _features() -> Mapping[str, str]:
    return {declared.name: declared.sentence for declared in (*FRAUD_FEATURES, IN_AREA, *LIVENESS_FEATURES)}


@cache
def _units() -> Mapping[str, str]:
    return {declared.name: declared.unit for declared in (*FRAUD_FEATURES, IN_AREA, *LIVENESS_FEATURES)}


@cache
def _countries() -> Mapping[str, str]:
    return {found.alpha2: found.name for found in countries()}


@cache
def _regions() -> Mapping[str, str]:
    return {found.slug: found.name for found in regions()}
