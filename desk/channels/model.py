"""What a desk's channels are: typed, frozen, as a TOML file says it.

A channel is a region's desk: its zone, working hours, languages, shifts, people, and who works for it while
it sleeps. Levels say within how many minutes a case is looked at and ended, rules what is escalated, webhooks
who is told. `desk/channels/reading.py` makes these of `standard.toml` and of a store's own `desk.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

from desk.channels.routing import ELSEWHERE

Counts = Literal["always", "working hours"]
COUNTS: tuple[Counts, ...] = ("always", "working hours")
ClockState = Literal["on_track", "at_risk", "due_soon", "breached", "paused"]
# From the calmest on.
CLOCK_STATES: tuple[ClockState, ...] = ("on_track", "at_risk", "due_soon", "breached", "paused")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_MINUTES = 1440
MINUTE_US = 60_000_000


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when in local minutes of the day; `until` at or before `since` is on the next day."""

    since: int
    until: int

    @property
    def minutes(self) -> int:
        """How long they are on a day without a change of the clocks."""
        return self.until - self.since if self.until > self.since else self.until - self.since + DAY_MINUTES

    def __str__(self) -> str:
        """Write them as in the file: 08:00-22:00."""
        return f"{_clock(self.since)}-{_clock(self.until)}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift of a channel: its name, its local hours and how many people sit in it."""

    name: str
    hours: Hours
    seats: int


@dataclass(frozen=True, slots=True)
class EscalationLevel:
    """Who answers on a level: its title, the roles, and people by name where it has its own."""

    title: str
    roles: tuple[str, ...]
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Channel:
    """A region's desk. `days` are weekdays, Monday 0; `closed` are local dates on which it does not open."""

    slug: str
    title: str
    zone: str
    days: frozenset[int]
    hours: Hours
    languages: tuple[str, ...]
    next_desks: tuple[str, ...]
    shifts: tuple[Shift, ...]
    escalation: tuple[EscalationLevel, ...]
    members: tuple[str, ...] = ()
    closed: frozenset[date] = frozenset()

    @property
    def zone_info(self) -> ZoneInfo:
        """The zone's rules."""
        return ZoneInfo(self.zone)


@dataclass(frozen=True, slots=True)
class ServiceLevel:
    """Minutes to the first look and to the end of a case, counted always or in working hours."""

    first_look_minutes: int
    minutes: int
    counts: Counts = "always"


@dataclass(frozen=True, slots=True)
class LevelRule:
    """A service level and which cases it is for; None: any."""

    level: ServiceLevel
    channel: str | None = None
    kind: str | None = None
    severity: str | None = None

    @property
    def particular(self) -> int:
        """How particular it is: a channel counts more than a kind, a kind more than a severity."""
        return 4 * (self.channel is not None) + 2 * (self.kind is not None) + (self.severity is not None)

    def fits(self, channel: str, kind: str, severity: str) -> bool:
        """Answer whether it is for such a case."""
        asked = ((self.channel, channel), (self.kind, kind), (self.severity, severity))
        return all(wanted is None or wanted == given for wanted, given in asked)


@dataclass(frozen=True, slots=True)
class RequestClock:
    """Minutes to the answer of a request, counted always or in working hours of its place."""

    minutes: int
    counts: Counts = "always"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a clock is at risk and due soon: shares of its time, and minutes."""

    at_risk_used: float = 0.5
    due_soon_left: float = 0.25
    due_soon_minutes: int = 30


@dataclass(frozen=True, slots=True)
class EscalationRule:
    """What is raised to `to_level` by itself: all that is named must hold. `over` is money, store's unit."""

    name: str
    words: str
    to_level: int
    kinds: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    over: int | None = None
    unlooked_minutes: int | None = None
    clock: Literal["due_soon", "breached"] | None = None


@dataclass(frozen=True, slots=True)
class Webhook:
    """Who is told: a URL, for which channels and notices; the key that signs is in an environment variable.

    `local` allows an address of this machine or its network; without channels or notices: all of them.
    """

    name: str
    url: str
    key_variable: str
    channels: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    local: bool = False


@dataclass(frozen=True)
class Channels:
    """All that a desk's configuration says. `fingerprint` changes with its content."""

    channels: Mapping[str, Channel]
    levels: tuple[LevelRule, ...]
    thresholds: Thresholds
    rules: tuple[EscalationRule, ...]
    webhooks: tuple[Webhook, ...]
    requests: Mapping[str, RequestClock]
    fingerprint: str
    source: str = "standard"
    read_at: datetime | None = field(default=None, compare=False)

    def channel(self, slug: str) -> Channel:
        """Return a channel; that of unknown regions where no other is named so."""
        return self.channels.get(slug) or self.channels[ELSEWHERE]

    def level(self, channel: str, kind: str, severity: str) -> ServiceLevel:
        """Return the service level of a case: that of the most particular row, of equals the last."""
        key = (channel, kind, severity)
        found = self._found.get(key)
        if found is None:
            fitting = [rule for rule in self.levels if rule.fits(self.channel(channel).slug, kind, severity)]
            found = max(enumerate(fitting), key=lambda each: (each[1].particular, each[0]))[1].level
            self._found[key] = found
        return found

    @cached_property
    def _found(self) -> dict[tuple[str, str, str], ServiceLevel]:
        return {}
