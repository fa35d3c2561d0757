"""A case as it stands: the state that each step carries, so that the newest step of a case is the case.

Times are the data's now, naive UTC, but for `lease_until`, which is the wall clock's: a lock is about the
person at a screen, not about the data. Money is integer micro-units of the store's unit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from data.errors import WatchfloorError

Severity = Literal["critical", "high", "medium", "low"]
Outcome = Literal["confirmed", "false_positive", "inconclusive"]
Status = Literal["open", "paused", "closed", "merged", "withdrawn", "lapsed"]
# From the most urgent on; the queue takes them in this order.
SEVERITIES: tuple[Severity, ...] = ("critical", "high", "medium", "low")
OUTCOMES: tuple[Outcome, ...] = ("confirmed", "false_positive", "inconclusive")
STATUSES: tuple[Status, ...] = ("open", "paused", "closed", "merged", "withdrawn", "lapsed")
# Those in which a case still needs somebody.
LIVE: tuple[Status, ...] = ("open", "paused")
# What a case is about, by the model that raised its gravest alert.
KINDS = ("fraud", "identity", "anomaly", "ring", "sanction")
# What a case can be about.
SUBJECTS = ("account", "ring")
# What a note may have in characters; of one that somebody else wrote since, a refusal tells this much.
MOST_WORDS = 4_000
_TOLD_WORDS = 240


class CaseError(WatchfloorError):
    """A case cannot be acted on so: there is none such, it is in another state, or words are missing."""


class HeldError(CaseError):
    """Another person has the case in hand."""


class StaleError(CaseError):
    """Somebody has acted on the case since it was read."""


@dataclass(frozen=True, slots=True)
class CaseState:
    """A case after one of its steps.

    `version` counts its steps from 1; `holder` has it in hand until `lease_until`; `assignee` alone is
    offered it; `level` is how far it was escalated, 0 for the desk's operators; `paused_seconds` are those
    of pauses that are over; `second_look` says that it was drawn for a review by another person.
    """

    case_id: str
    version: int
    subject_kind: str
    subject_id: str
    regions: tuple[str, ...]
    channel: str
    kind: str
    severity: Severity
    expected_loss_micro: int
    alerts: int
    opened_at: datetime
    status: Status = "open"
    level: int = 0
    holder: str | None = None
    lease_until: datetime | None = None
    assignee: str | None = None
    first_look_at: datetime | None = None
    paused_since: datetime | None = None
    paused_until: datetime | None = None
    paused_seconds: int = 0
    outcome: str | None = None
    typology: str | None = None
    loss_micro: int | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    second_look: bool = False
    reopened: int = 0
    merged_into: str | None = None

    @property
    def is_live(self) -> bool:
        """Whether it still needs somebody."""
        return self.status in LIVE

    def held_by(self, wall: datetime) -> str | None:
        """Return who has it in hand at the wall clock's `wall`; None when nobody has, or the lock expired."""
        is_held = self.holder is not None and self.lease_until is not None and wall < self.lease_until
        return self.holder if is_held else None

    def is_paused(self, at: datetime) -> bool:
        """Answer whether its clock stands still at `at`: a pause with an end is over by itself."""
        return self.status == "paused" and (self.paused_until is None or at < self.paused_until)


def worse(one: Severity, other: Severity) -> Severity:
    """Return the more urgent of two severities."""
    return min(one, other, key=SEVERITIES.index)


def in_short(words: str) -> str:
    """Return the beginning of a note, whole where it is short."""
    return words if len(words) <= _TOLD_WORDS else f"{words[:_TOLD_WORDS].rstrip()}…"
