"""Naming the first people of a store from the command line, and saying who is here."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.desk_records import desk_records
from dashboard.facts import facts
from desk.actors import ROLES
from desk.people import PeopleError, found, people


def name_people(given: Sequence[str]) -> str:
    """Name the people written `Name=role`, where any are given, and return who is here, a line each.

    Raises PeopleError where people were named before or the store has no events, ActorError for a role that
    is not there, LonelyError when a dangerous action could never be completed among them.
    """
    if given:
        _name(given)
    here = people(desk_records())
    if not here:
        return "Nobody was named yet: one person acts alone here, and nothing is done that takes two."
    return "\n".join(f"{one.name}: {ROLES[one.role]}, since {one.since:%Y-%m-%d}" for one in here)


def _name(given: Sequence[str]) -> None:
    now = facts().now
    if now is None:
        raise PeopleError(
            "The store has no events, so there is nothing for people to do.",
            to_do="Load files first: watchfloor load FILES --map mapping.toml",
        )
    named = {name.strip(): role.strip() for name, _, role in (pair.partition("=") for pair in given)}
    if not found(desk_records(), named, now):
        raise PeopleError(
            "People were named here before.",
            possible="naming the first people of a store, all at once",
            to_do="See who is here: watchfloor people",
        )
