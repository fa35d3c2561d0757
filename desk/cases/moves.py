"""What can be done with a case, one frozen value an action; each says what the case is afterwards.

    Pause(until=None).after(state, Turn(actor, at, recorded_at))       # the next state, or CaseError

Moves are pure: who may, who holds the case and whether the reader is up to date is `desk/cases/acting.py`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar

from desk.actors import ESCALATE, SUPERVISE, WORK_CASES, Actor, Right
from desk.cases.state import LIVE, SEVERITIES, CaseError, CaseState, Severity, Status
from desk.channels.clocks import counted_seconds

# Longer than a look at one case takes; whoever acts on it keeps it for as long again.
LEASE = timedelta(minutes=15)
# 0 operators and analysts, 1 the lead of the desk, 2 who answers for the region.
HIGHEST_LEVEL = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """Who moves, at the data's now `at` and the wall clock's `recorded_at` (naive UTC)."""

    actor: Actor
    at: datetime
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Move:
    """An action on a case: its name, the right it takes, what it needs.

    `allowed` are the states it starts from; `needs_hands` refuses it while another person has the case in
    hand; `needs_fresh` refuses it to whoever has not read the newest step; `needs_words` wants a reason.
    """

    action: ClassVar[str] = ""
    right: ClassVar[Right] = WORK_CASES
    allowed: ClassVar[tuple[Status, ...]] = LIVE
    needs_hands: ClassVar[bool] = True
    needs_fresh: ClassVar[bool] = True
    needs_words: ClassVar[bool] = False
    can_be_undone: ClassVar[bool] = False

    def after(self, state: CaseState, turn: Turn) -> CaseState:
        """Return the state after this move, one version on. Raises CaseError when it cannot be."""
        return replace(self.changed(_kept(state, turn), turn), version=state.version + 1)

    def changed(self, state: CaseState, _turn: Turn) -> CaseState:
        """Return what this move makes of a state; a move that says nothing else leaves it as it is."""
        return state

    def check(self) -> None:
        """Refuse a move that lacks something that belongs to it, whatever the case. Raises CaseError."""

    def against(self, _state: CaseState) -> Move:
        """Return this move with what follows from the case it is done to, not from whoever does it."""
        return self

    @property
    def details(self) -> Mapping[str, Any]:
        """What is kept of the move beside the state, by name, as JSON can hold it."""
        return {name: _plain(value) for name, value in asdict(self).items()}


def _kept(state: CaseState, turn: Turn) -> CaseState:
    """Return the state with the lock of whoever acts renewed."""
    if state.holder is None or state.holder != turn.actor.name:
        return state
    return replace(state, lease_until=turn.recorded_at + LEASE)


@dataclass(frozen=True, slots=True)
class Take(Move):
    """Have the case in hand, alone, for LEASE; again to keep it."""

    action: ClassVar[str] = "taken"
    needs_fresh: ClassVar[bool] = False

    def changed(self, state: CaseState, turn: Turn) -> CaseState:
        """Lock it for whoever takes it; a pause that is over ends."""
        woken = state if state.is_paused(turn.at) else awake(state, turn.at)
        return replace(
            woken,
            holder=turn.actor.name,
            lease_until=turn.recorded_at + LEASE,
            first_look_at=state.first_look_at or turn.at,
        )


@dataclass(frozen=True, slots=True)
class Release(Move):
    """Let go of the case: it is offered to others again."""

    action: ClassVar[str] = "released"
    needs_fresh: ClassVar[bool] = False

    def changed(self, state: CaseState, _turn: Turn) -> CaseState:
        """Unlock it."""
        return replace(state, holder=None, lease_until=None)


@dataclass(frozen=True, slots=True)
class ForceRelease(Release):
    """Take the case out of another person's hands."""

    action: ClassVar[str] = "released_by_lead"
    right: ClassVar[Right] = SUPERVISE
    needs_hands: ClassVar[bool] = False
    needs_words: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Assign(Move):
    """Have the case offered to one person only; to nobody: to everyone again."""

    to: str | None
    action: ClassVar[str] = "assigned"
    needs_fresh: ClassVar[bool] = False
    can_be_undone: ClassVar[bool] = True

    def changed(self, state: CaseState, _turn: Turn) -> CaseState:
        """Name the person, and unlock it for them."""
        if state.holder is not None and state.holder == self.to:
            return replace(state, assignee=self.to)
        return replace(state, assignee=self.to, holder=None, lease_until=None)


@dataclass(frozen=True, slots=True)
class Note(Move):
    """Write something down."""

    action: ClassVar[str] = "noted"
    allowed: ClassVar[tuple[Status, ...]] = ("open", "paused", "closed", "merged", "withdrawn", "lapsed")
    needs_hands: ClassVar[bool] = False
    needs_fresh: ClassVar[bool] = False
    needs_words: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Attach(Note):
    """Add a file, by its name and hash; the file itself is in `case_files`."""

    name: str
    sha256: str
    size: int
    action: ClassVar[str] = "attached"
    needs_words: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Escalate(Move):
    """Send the case one level up: to the lead, then to who answers for the region; by rule, to its level."""

    rule: str | None = None
    to: int | None = None
    action: ClassVar[str] = "escalated"
    right: ClassVar[Right] = ESCALATE
    needs_words: ClassVar[bool] = True
    can_be_undone: ClassVar[bool] = True

    def check(self) -> None:
        """Refuse a person who names a rule or a level: rules are the program's. Raises CaseError."""
        if self.rule is not None or self.to is not None:
            raise CaseError("Only the program escalates by a rule.", to_do="Escalate by hand: one level up.")

    def changed(self, state: CaseState, _turn: Turn) -> CaseState:
        """Raise its level and offer it there. Raises CaseError at the top."""
        if state.level >= HIGHEST_LEVEL:
            raise CaseError(
                f"Case {state.case_id} is with the highest level already.", to_do="Act on it, or add a note."
            )
        level = state.level + 1 if self.to is None else min(max(self.to, state.level), HIGHEST_LEVEL)
        return replace(state, level=level, assignee=None, holder=None, lease_until=None)


@dataclass(frozen=True, slots=True)
class Hand(Move):
    """Hand the case to another regional channel."""

    channel: str
    action: ClassVar[str] = "handed"
    needs_words: ClassVar[bool] = True
    can_be_undone: ClassVar[bool] = True

    def changed(self, state: CaseState, _turn: Turn) -> CaseState:
        """Queue it there."""
        return replace(state, channel=self.channel, assignee=None, holder=None, lease_until=None)


@dataclass(frozen=True, slots=True)
class Rate(Move):
    """Say how urgent the case is."""

    severity: Severity
    action: ClassVar[str] = "rated"
    needs_words: ClassVar[bool] = True
    can_be_undone: ClassVar[bool] = True

    def changed(self, state: CaseState, _turn: Turn) -> CaseState:
        """Set its severity. Raises CaseError for one that is not known."""
        if self.severity not in SEVERITIES:
            raise CaseError(f"There is no severity {self.severity!r}.", possible=", ".join(SEVERITIES))
        return replace(state, severity=self.severity)


@dataclass(frozen=True, slots=True)
class Pause(Move):
    """Stop the clock, with a reason, until somebody goes on or `until` comes (naive UTC, the data's time)."""

    until: datetime | None = None
    action: ClassVar[str] = "paused"
    needs_words: ClassVar[bool] = True
    can_be_undone: ClassVar[bool] = True

    def changed(self, state: CaseState, turn: Turn) -> CaseState:
        """Set it aside. Raises CaseError where its clock stands still, and for a pause that would be over."""
        if state.is_paused(turn.at):
            raise CaseError(
                f"Case {state.case_id} is paused: it cannot be paused.", to_do="Let it go on first."
            )
        if self.until is not None and self.until <= turn.at:
            raise CaseError(
                "A pause ends after it begins.", possible=f"later than {turn.at:%Y-%m-%d %H:%M} UTC"
            )
        return replace(
            awake(state, turn.at),
            status="paused",
            paused_since=turn.at,
            paused_until=self.until,
            holder=None,
            lease_until=None,
        )


def awake(state: CaseState, at: datetime) -> CaseState:
    """Return a case with its clock running again from `at` on; one that is not paused as it is.

    The pause counts as its clock does.
    """
    if state.paused_since is None:
        return state
    ended = at if state.paused_until is None else min(at, state.paused_until)
    paused = state.paused_seconds + counted_seconds(state, state.paused_since, ended)
    return replace(state, status="open", paused_seconds=paused, paused_since=None, paused_until=None)


@dataclass(frozen=True, slots=True)
class Resume(Move):
    """Let the clock run on."""

    action: ClassVar[str] = "resumed"
    allowed: ClassVar[tuple[Status, ...]] = ("paused",)
    can_be_undone: ClassVar[bool] = True

    def changed(self, state: CaseState, turn: Turn) -> CaseState:
        """Open it."""
        return awake(state, turn.at)


def _plain(value: object) -> Any:
    return (
        value.isoformat()
        if isinstance(value, datetime)
        else list(value)
        if isinstance(value, tuple)
        else value
    )
