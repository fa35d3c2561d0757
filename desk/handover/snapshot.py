"""What a shift leaves, as typed values: what changed, what is open, what breaches next, what went wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from desk.channels.forecast import Foretold
from desk.channels.model import Channel
from desk.handover.shifts import ShiftWindow


@dataclass(frozen=True, slots=True)
class Standing:
    """A case as the next desk needs it; times naive UTC, money in the store's unit.

    `minutes_left` are of its clock, negative once it has breached, None where it has ended; `who` has it in
    hand, or is the only one it is offered to.
    """

    case_id: str
    kind: str
    severity: str
    opened_at: datetime
    due_at: datetime
    minutes_left: int | None
    expected_loss: Decimal
    who: str | None
    paused_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """How many cases of one severity are open, how many of them are paused, and past their time."""

    severity: str
    cases: int
    paused: int
    breached: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a shift of a channel leaves at `now` (naive UTC).

    `changed` counts by action (opened, escalated, handed_in, ...), `closed` by outcome; `hands` how many
    cases each person has; `expected` how many are likely to breach in the next four hours, those of
    `soon` that are late among them, None where nobody foretells it. Lists hold the first of `*_in_all`.
    """

    channel: Channel
    shift: ShiftWindow
    now: datetime
    unit: str
    changed: Mapping[str, int]
    closed: Mapping[str, int]
    open: Sequence[Open]
    oldest: Standing | None
    most_to_lose: Standing | None
    hands: Mapping[str, int]
    paused: Sequence[Standing]
    paused_in_all: int
    soon: Sequence[Standing]
    soon_in_all: int
    breached: Sequence[Standing]
    breached_in_all: int
    expected: Foretold | None = None
