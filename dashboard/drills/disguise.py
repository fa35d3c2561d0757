"""The disguise of a past case: every id by a number of its own, every date by its distance from the opening.

Whoever could read an account's id, or the day, would find the case and its end in the search, the queue or
the address; so neither is on the screen, nor in the names of what is drawn there.
"""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dashboard.formats import NOT_KNOWN, duration
from dashboard.questions.drills import CaseThen

NAMES = {"device": "Device", "ip": "Network", "counterparty": "Counterparty", "ring": "Ring"}


class Disguise:
    """Names for the ids of one case: ties and rings first, then what is asked for, each in its order."""

    def __init__(self, found: CaseThen, zone: str | None) -> None:
        self._opened_at = found.customer.opened_at
        self._zone = zone
        self._names: dict[tuple[str, str], str] = {}
        people = dict.fromkeys(one.account_id for one in found.alerts if one.account_id)
        self._people = {
            account: "This customer" if len(people) == 1 else f"Customer {place}"
            for place, account in enumerate(people, start=1)
        }
        for tie in found.ties:
            self.entity(tie.entity_kind, tie.entity)
        for ring in found.rings:
            self.entity("ring", ring.ring_id)

    def account(self, account_id: str | None) -> str:
        """Return what an account of the case is called."""
        return self._people.get(account_id or "", "Another customer")

    def entity(self, kind: str, entity: str | None) -> str:
        """Return what a device, network, counterparty or ring is called; an en dash for none."""
        if not entity:
            return "\u2013"
        if entity in self._people:
            return self._people[entity]
        place = sum(one == kind for one, _ in self._names) + 1
        return self._names.setdefault((kind, entity), f"{NAMES[kind]} {place}")

    def when(self, instant: datetime | None) -> str:
        """Return a time by its distance from the opening, with the weekday and hour in the viewer's zone."""
        if instant is None:
            return NOT_KNOWN
        return f"{self.clock(instant)}, {self.before(instant)}"

    def clock(self, instant: datetime) -> str:
        """Return weekday and time of day in the viewer's zone: `Tue 14:03`."""
        return f"{instant.replace(tzinfo=UTC).astimezone(_zone(self._zone)):%a %H:%M}"

    def before(self, instant: datetime) -> str:
        """Return how long before the opening something was: `2 d 4 h before`."""
        length = self._opened_at - instant
        if abs(length.total_seconds()) < 1:
            return "at the opening"
        return f"{duration(length)} before"


def _zone(name: str | None) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")
