"""Alerts that may touch the same case belong into one batch: of an account, and of all accounts of a ring."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from desk.intake.raised import Key, Raised

# Some two seconds of writing on a quiet machine: others who write wait no longer for their turn.
ALERTS_AT_ONCE = 5_000


def batches(alerts: Sequence[Raised], at_once: int = ALERTS_AT_ONCE) -> Iterator[list[Raised]]:
    """Yield alerts in batches of about `at_once`, each in the order of time; no case is in two of them."""
    parents: dict[Key, Key] = {}
    for raised in alerts:
        first, *others = keys(raised)
        for other in others:
            parents[_root(parents, other)] = _root(parents, first)
    groups: dict[Key, list[int]] = defaultdict(list)
    for place, raised in enumerate(alerts):
        groups[_root(parents, keys(raised)[0])].append(place)
    batch: list[int] = []
    for group in groups.values():
        batch += group
        if len(batch) >= at_once:
            yield [alerts[place] for place in sorted(batch)]
            batch = []
    if batch:
        yield [alerts[place] for place in sorted(batch)]


def keys(raised: Raised) -> list[Key]:
    """Return the subjects whose cases an alert may touch, its own first."""
    return [*raised.subjects, *(("account", account) for account in raised.members)]


def _root(parents: dict[Key, Key], key: Key) -> Key:
    while (parent := parents.get(key, key)) != key:
        parents[key] = parents.get(parent, parent)
        key = parents[key]
    return key
