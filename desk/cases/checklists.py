"""What to check before a typology is confirmed and what to do next, declared in `checklists.toml`.

checklist("account_takeover").points        # Point("customer_reached", "Customer reached on ...", True)
missing(checklist("mule"), ["in_and_out"])  # the points that must be ticked and are not
FALSE_POSITIVES["known_pattern"]            # "Usual for this customer"
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DECLARED = Path(__file__).with_name("checklists.toml")
# The list of every typology that has none of its own.
ANY = "any"
# Why an alert was wrong, by the name that is kept with the disposition.
FALSE_POSITIVES: Mapping[str, str] = {
    "known_pattern": "Usual for this customer",
    "explained": "Customer explained it, and it fits",
    "shared_use": "Family, home or office shares the device or network",
    "travel": "Travel or a VPN",
    "business": "Payroll, market making or other business",
    "wrong_data": "Data was wrong or came late",
    "too_strict": "The rule or threshold is too strict here",
    "other": "Something else, see the note",
}


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to check: its name, its words, and whether a crime is confirmed only with it."""

    name: str
    words: str
    must: bool


@dataclass(frozen=True, slots=True)
class Checklist:
    """What is checked before a typology is confirmed, and the steps that are suggested while it is likely."""

    typology: str
    points: tuple[Point, ...]
    next_steps: tuple[str, ...]


def typologies() -> list[str]:
    """Return the typologies that have a list of their own."""
    return [name for name in _declared() if name != ANY]


def checklist(typology: str | None) -> Checklist:
    """Return the list of a typology; the one that holds for all where it has none, or none is named."""
    declared = _declared()
    return declared.get(typology or ANY, declared[ANY])


def missing(found: Checklist, ticked: Collection[str]) -> list[Point]:
    """Return the points that must be ticked before this typology is confirmed, and are not."""
    return [point for point in found.points if point.must and point.name not in ticked]


@cache
def _declared() -> Mapping[str, Checklist]:
    lists = tomllib.loads(DECLARED.read_text(encoding="utf-8"))
    return {
        name: Checklist(
            name,
            tuple(Point(each["name"], each["words"], bool(each.get("must"))) for each in told["checks"]),
            tuple(told["next"]),
        )
        for name, told in lists.items()
    }
