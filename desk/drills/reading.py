"""Reading drills that are over: each case with what was said of it, what it was, and what it earned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from desk.actors import SUPERVISE, Actor, RightError
from desk.drills.acting import drill
from desk.drills.marking import Mark
from desk.drills.state import Answer, Chosen, DrillError, DrillState, Evidence
from desk.drills.steps import DRILL_STEPS
from desk.records import Records


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One case of a drill afterwards; `answer` is None where it was skipped."""

    place: int
    chosen: Chosen
    answer: Answer | None
    mark: Mark
    evidence: tuple[Evidence, ...]

    @property
    def missed(self) -> tuple[Evidence, ...]:
        """What carries the decision and was not cited, the most points first."""
        cited = () if self.answer is None else self.answer.cited
        return _heaviest(one for one in self.evidence if one.carries and one.key not in cited)

    @property
    def found(self) -> tuple[Evidence, ...]:
        """What carries the decision and was cited."""
        cited = () if self.answer is None else self.answer.cited
        return _heaviest(one for one in self.evidence if one.carries and one.key in cited)

    @property
    def beside(self) -> tuple[Evidence, ...]:
        """What was cited and does not carry the decision."""
        cited = () if self.answer is None else self.answer.cited
        return _heaviest(one for one in self.evidence if not one.carries and one.key in cited)


def result(records: Records, drill_id: str, actor: Actor) -> tuple[DrillState, list[Reviewed]]:
    """Return a drill that is over with its cases: to its trainee, and to whoever leads a desk.

    Raises DrillError while it runs or where there is none such, RightError for anybody else's eyes.
    """
    state = drill(records, drill_id)
    if state.trainee != actor.name and not actor.may(SUPERVISE):
        raise RightError(
            f"This is the result of {state.trainee}.", to_do="Ask them, or somebody who leads a desk."
        )
    if state.status == "running":
        raise DrillError("This drill still runs.", to_do="Its result comes after the last case.")
    asked = select(DRILL_STEPS).where(DRILL_STEPS.c.drill_id == drill_id, DRILL_STEPS.c.case_id.is_not(None))
    with records.reading() as connection:
        rows = connection.execute(asked.order_by(DRILL_STEPS.c.version)).all()
    by_case = {chosen.case_id: chosen for chosen in state.cases}
    return state, [_reviewed(row, by_case) for row in rows]


def notes(records: Records, drill_id: str) -> tuple[str, ...]:
    """Return what could not be had for a drill; told when it is over, because it says how many are what."""
    asked = select(DRILL_STEPS.c.details).where(
        DRILL_STEPS.c.drill_id == drill_id, DRILL_STEPS.c.action == "started"
    )
    with records.reading() as connection:
        return tuple(note for row in connection.execute(asked).all() for note in row.details.get("notes", ()))


def _reviewed(row: Any, by_case: Mapping[str, Chosen]) -> Reviewed:
    details = row.details
    answer = (
        Answer(row.outcome, row.typology, row.loss_micro, tuple(details["cited"]), row.reason)
        if row.outcome is not None
        else None
    )
    evidence = tuple(Evidence(**one) for one in details["evidence"])
    return Reviewed(details["place"], by_case[row.case_id], answer, Mark(**details["mark"]), evidence)


def _heaviest(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(sorted(evidence, key=lambda one: (-abs(one.points or 0.0), one.key)))
