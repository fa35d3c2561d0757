"""How names of the store are said on a screen: decisions, kinds of events, reasons, states, places."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

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
STATES: Mapping[str, str] = {
    "open": "Open",
    "watched": "Watched",
    "restricted": "Restricted",
    "frozen": "Frozen",
    "confirmed": "Confirmed crime",
}
ENTITIES: Mapping[str, str] = {"device": "Device", "ip": "Network", "counterparty": "Counterparty"}
MODELS: Mapping[str, str] = {"fraud": "Fraud", "liveness": "Liveness"}
NOT_KNOWN = "not known"


def spoken(name: str | None) -> str:
    """Write a name of the store as words: `new_device` as `New device`."""
    if not name:
        return NOT_KNOWN
    return name.replace("_", " ").capitalize()


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


def region_of(alpha2: str) -> str | None:
    """Return the slug of the region that a country of two letters lies in; None for no country."""
    return _regions_of().get(alpha2)


@cache
def _countries() -> Mapping[str, str]:
    from data.geography import countries

    return {found.alpha2: found.name for found in countries()}


@cache
def _regions() -> Mapping[str, str]:
    from data.geography import regions

    return {found.slug: found.name for found in regions()}


@cache
def _regions_of() -> Mapping[str, str]:
    from data.geography import countries

    return {found.alpha2: found.region for found in countries()}
