"""A drill as it stands: ten past cases in an order, how far the trainee has come, and the clock of one case.

Each step of a drill carries the whole state after it, so that the newest step of a drill is the drill.
`shown_at` is the wall clock's, because it is about the person at the screen; everything else is the data's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Literal

from data.errors import WatchfloorError

DrillStatus = Literal["running", "finished", "abandoned"]
STATUSES: tuple[DrillStatus, ...] = ("running", "finished", "abandoned")


class DrillError(WatchfloorError):
    """A drill cannot be begun or gone on with: too few cases, another's drill, or no state for it."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long experienced colleagues took with such cases: seconds at the quartiles, of how many cases."""

    cases: int
    quick: float
    median: float
    slow: float


@dataclass(frozen=True, slots=True)
class Chosen:
    """A past case of a drill with its truth and what the desk said then; nothing of this is shown before.

    `truth` is confirmed or false_positive by the newest conclusive labels, `known_at` when the last of these
    became known; `desk_seconds` how long the colleague who closed it had it in hand.
    """

    case_id: str
    subject_kind: str
    subject_id: str
    kind: str
    opened_at: datetime
    truth: str
    typology: str | None
    known_at: datetime
    desk_outcome: str
    desk_typology: str | None
    desk_seconds: float | None
    pace: Pace | None

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON keeps it."""
        return asdict(self) | {
            "opened_at": self.opened_at.isoformat(),
            "known_at": self.known_at.isoformat(),
        }

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> Chosen:
        """Return what JSON kept."""
        times = {name: datetime.fromisoformat(kept[name]) for name in ("opened_at", "known_at")}
        pace = None if kept["pace"] is None else Pace(**kept["pace"])
        return cls(**(dict(kept) | times | {"pace": pace}))


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact that a case shows and that a trainee may cite, by `key`; kept as it was when it was shown.

    `points` are those of a reason (probability), `share` that of a surprise beside the score; `proved` says
    what a tie turned out to be tied to; `carries` whether the decision rests on it. `subject` is the real
    account of a tie, for the link afterwards.
    """

    key: str
    words: str
    points: float | None = None
    share: float | None = None
    proved: str | None = None
    subject: str | None = None
    carries: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a trainee decides of a case: as a disposition, with the evidence cited by key and a note."""

    outcome: str
    typology: str | None
    loss_micro: int | None
    cited: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class DrillState:
    """A drill after one of its steps; `version` counts these from 1, `place` the case at hand from 1.

    `evidence` is what the case at hand showed; `spent_seconds` are those of the case at hand that are over,
    and since `shown_at` (wall clock, None while paused) the clock runs.
    """

    drill_id: str
    version: int
    trainee: str
    seed: int
    cases: tuple[Chosen, ...]
    begun_at: datetime
    status: DrillStatus = "running"
    place: int = 1
    shown_at: datetime | None = None
    spent_seconds: float = 0.0
    evidence: tuple[Evidence, ...] = ()

    @property
    def case(self) -> Chosen:
        """The case at hand."""
        return self.cases[min(self.place, len(self.cases)) - 1]

    def seconds(self, wall: datetime) -> float:
        """Return how long the case at hand was on the screen until the wall clock's `wall`."""
        running = 0.0 if self.shown_at is None else max(0.0, (wall - self.shown_at).total_seconds())
        return self.spent_seconds + running


STATE_NAMES = tuple(field.name for field in fields(DrillState))


def state_as_row(state: DrillState) -> dict[str, Any]:
    """Return a state as the columns of a step."""
    row = {name: getattr(state, name) for name in STATE_NAMES}
    return row | {
        "cases": [chosen.as_json() for chosen in state.cases],
        "evidence": [asdict(one) for one in state.evidence],
    }


def state_of_row(row: Any) -> DrillState:
    """Return the state that a step carries."""
    kept = {name: getattr(row, name) for name in STATE_NAMES}
    kept["cases"] = tuple(Chosen.of_json(one) for one in kept["cases"])
    kept["evidence"] = tuple(Evidence(**one) for one in kept["evidence"])
    return DrillState(**kept)
