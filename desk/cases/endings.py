"""How cases end and begin again: disposed of, withdrawn, reopened, and looked at a second time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from desk.actors import DISPOSE, ESCALATE, REVIEW, Right
from desk.cases.checklists import FALSE_POSITIVES, checklist, missing
from desk.cases.moves import (
    Assign,
    Attach,
    Escalate,
    ForceRelease,
    Hand,
    Move,
    Note,
    Pause,
    Rate,
    Release,
    Resume,
    Take,
    Turn,
    awake,
)
from desk.cases.state import OUTCOMES, CaseError, CaseState, Outcome, Status
from desk.channels.clocks import counted_seconds


@dataclass(frozen=True, slots=True)
class Dispose(Move):
    """Say what the case turned out to be, and end it.

    `innocent_events` are events of it that were nothing, where the rest was crime; `because` is the
    reason of a false positive by name; `checked` the points of the checklist that were ticked;
    `second_look` is drawn by `desk/cases/second_look.py`, never chosen, and once drawn it stays.
    """

    outcome: Outcome
    typology: str | None = None
    loss_micro: int | None = None
    because: str | None = None
    innocent_events: tuple[str, ...] = ()
    checked: tuple[str, ...] = ()
    second_look: bool = False
    action: ClassVar[str] = "disposed"
    right: ClassVar[Right] = DISPOSE
    needs_words: ClassVar[bool] = True

    def check(self) -> None:
        """Refuse an outcome without what it rests on. Raises CaseError.

        A confirmed crime has the starred points of its typology's checklist ticked, a false positive has a
        reason of the list; a typology that is missing is refused with the label (`desk/dispositions.py`).
        """
        if self.loss_micro is not None and self.loss_micro < 0:
            raise CaseError("A loss is not negative.", to_do="Leave it out where it is not known.")
        if self.outcome == "confirmed" and self.typology:
            left = missing(checklist(self.typology), self.checked)
            if left:
                points = "; ".join(point.words for point in left)
                raise CaseError(
                    f"Before {self.typology} is confirmed, check: {points}.",
                    to_do="Tick what was checked, or choose another outcome.",
                )
        if self.outcome == "false_positive" and self.because not in FALSE_POSITIVES:
            raise CaseError(
                "A false positive needs a reason of the list.",
                possible=", ".join(FALSE_POSITIVES),
                to_do="Choose why the alert was wrong.",
            )

    def changed(self, state: CaseState, turn: Turn) -> CaseState:
        """Close it."""
        return replace(
            awake(state, turn.at),
            status="closed",
            outcome=self.outcome,
            typology=self.typology,
            loss_micro=self.loss_micro,
            second_look=self.second_look or state.second_look,
            first_look_at=state.first_look_at or turn.at,
            **_ended(turn),
        )


def _ended(turn: Turn) -> dict[str, Any]:
    return {"closed_at": turn.at, "closed_by": turn.actor.name, "holder": None, "lease_until": None}


@dataclass(frozen=True, slots=True)
class Reopen(Move):
    """Open a case again that had ended."""

    action: ClassVar[str] = "reopened"
    allowed: ClassVar[tuple[Status, ...]] = ("closed", "withdrawn", "lapsed")
    needs_words: ClassVar[bool] = True

    def changed(self, state: CaseState, turn: Turn) -> CaseState:
        """Queue it with what it came to forgotten; the time that it was closed does not run on its clock."""
        return _open_again(state, turn)


def _open_again(state: CaseState, turn: Turn) -> CaseState:
    ended = state.closed_at or turn.at
    return replace(
        state,
        status="open",
        outcome=None,
        typology=None,
        loss_micro=None,
        closed_at=None,
        closed_by=None,
        assignee=None,
        paused_seconds=state.paused_seconds + counted_seconds(state, ended, turn.at),
        reopened=state.reopened + 1,
    )


@dataclass(frozen=True, slots=True)
class Withdraw(Move):
    """Take back a case that should not have been opened."""

    action: ClassVar[str] = "withdrawn"
    right: ClassVar[Right] = ESCALATE
    needs_words: ClassVar[bool] = True

    def changed(self, state: CaseState, turn: Turn) -> CaseState:
        """End it without saying what it was."""
        return replace(awake(state, turn.at), status="withdrawn", **_ended(turn))


@dataclass(frozen=True, slots=True)
class Review(Move):
    """Look at a closed case a second time, as another person, and say what it was.

    Where the two do not agree, the case is open again, for the lead of the desk to settle. `agrees` follows
    from how the case was closed, whatever the caller wrote there.
    """

    outcome: Outcome
    typology: str | None = None
    agrees: bool = True
    action: ClassVar[str] = "reviewed"
    right: ClassVar[Right] = REVIEW
    allowed: ClassVar[tuple[Status, ...]] = ("closed",)
    needs_hands: ClassVar[bool] = False
    needs_words: ClassVar[bool] = True

    def check(self) -> None:
        """Refuse a crime without its kind, and a kind without a crime. Raises CaseError."""
        if self.outcome not in OUTCOMES or (self.outcome == "confirmed") != bool(self.typology):
            raise CaseError(
                "A second look says what it was, and of a confirmed crime which kind.",
                possible="confirmed with a typology; false_positive or inconclusive without",
                to_do="Choose what it was.",
            )

    def against(self, state: CaseState) -> Review:
        """Return the review with whether it agrees with how the case was closed."""
        return replace(self, agrees=(self.outcome, self.typology) == (state.outcome, state.typology))

    def changed(self, state: CaseState, turn: Turn) -> CaseState:
        """Take it off the list, or up to the lead. Raises CaseError for one's own case, or one not drawn."""
        if turn.actor.name == state.closed_by:
            raise CaseError("Nobody reviews their own case.", to_do="Another person looks at it.")
        if not state.second_look:
            raise CaseError(f"Case {state.case_id} does not wait for a second look.")
        seen = replace(state, second_look=False)
        if self.agrees:
            return seen
        return replace(_open_again(seen, turn), level=max(state.level, 1))


# Everything that people do with a case; a test holds that none is left out.
MOVES: tuple[type[Move], ...] = (
    *(Take, Release, ForceRelease, Assign, Note, Attach, Escalate, Hand, Rate, Pause, Resume),
    *(Dispose, Reopen, Withdraw, Review),
)
# What its actor takes back while nothing came since; an ending is not among it: that is reopened.
# By action, with the right that doing it takes: taking it back takes the same.
UNDOABLE: Mapping[str, Right] = {move.action: move.right for move in MOVES if move.can_be_undone}
