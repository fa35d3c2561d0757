"""The table of drill steps, which only grows: each step carries the whole state of its drill after it.

Nothing here is read by the queue, by measures of the desk or by training of models.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    DateTime,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
    insert,
    select,
)

from desk.append_only import refuse_changes
from desk.drills.marking import Mark
from desk.drills.state import STATE_NAMES, STATUSES, Answer, Chosen, DrillState, state_as_row, state_of_row
from desk.transactional import TRANSACTIONAL, acted

DRILL_STEPS = Table(
    "drill_steps",
    TRANSACTIONAL,
    *acted("step"),
    Column("action", String, nullable=False, comment="started, shown, paused, answered, skipped, ..."),
    Column("reason", Text, nullable=False, comment="The words of the trainee."),
    Column("details", JSON, nullable=False, comment="The mark, what was cited and what was shown, by name."),
    Column("drill_id", String, nullable=False, comment="The drill: D-4f0a91c2de."),
    Column("version", Integer, nullable=False, comment="How many steps the drill has with this one."),
    Column("trainee", String, nullable=False, index=True, comment="Whose drill it is."),
    Column("seed", BigInteger, nullable=False, comment="What its cases were drawn with."),
    Column("cases", JSON, nullable=False, comment="Its cases in order, each with its truth."),
    Column("begun_at", DateTime, nullable=False, comment="When it was begun, by the wall clock, UTC."),
    Column("status", String, nullable=False, comment="running, finished or abandoned."),
    Column("place", Integer, nullable=False, comment="The case at hand, from 1."),
    Column("shown_at", DateTime, comment="Since when its clock runs, wall clock, UTC; NULL: it stands."),
    Column("spent_seconds", Float, nullable=False, comment="Seconds of the case at hand that are over."),
    Column("evidence", JSON, nullable=False, comment="What the case at hand showed that can be cited."),
    Column("case_id", String, comment="The past case that was answered or skipped; NULL for other steps."),
    Column("case_kind", String, comment="Its kind: fraud, identity, anomaly, ring or sanction."),
    Column("truth", String, comment="What it turned out to be."),
    Column("truth_typology", String, comment="The kind of crime that it was."),
    Column("outcome", String, comment="What the trainee said; NULL: skipped."),
    Column("typology", String, comment="The kind of crime that the trainee said."),
    Column("loss_micro", BigInteger, comment="The loss that the trainee estimated, millionths."),
    Column("seconds", Float, comment="How long the trainee took."),
    Column("colleague_seconds", Float, comment="The median of experienced colleagues on such cases."),
    Column("points", Float, comment="What it earned, of 100."),
    Column("is_right", Boolean, comment="The outcome was the truth."),
    Column("is_typology_right", Boolean, comment="The typology was; NULL where none was asked or said."),
    Column("recall", Float, comment="Share of the evidence that carries the decision that was cited."),
    Column("precision", Float, comment="Share of what was cited that carries the decision."),
    CheckConstraint(f"status IN ({', '.join(repr(one) for one in STATUSES)})", name="known_drill_status"),
    Index("each_drill_version_once", "drill_id", "version", unique=True),
    # Steps that are about no case have NULL there, which is never twice the same.
    Index("each_drill_case_once", "drill_id", "case_id", unique=True),
    comment="What was done in training shifts, one row a step, each with the drill's state after it.",
    sqlite_autoincrement=True,
)
refuse_changes(DRILL_STEPS, "drill_id = NEW.drill_id AND (version = NEW.version OR case_id = NEW.case_id)")


@dataclass(frozen=True, slots=True)
class Marked:
    """An answered or skipped case of a drill (`answer` None: skipped) with what it earned."""

    chosen: Chosen
    answer: Answer | None
    mark: Mark


def append_step(connection: Connection, row: Mapping[str, Any]) -> None:
    """Write one step. Raises IntegrityError when the drill has that version or that case already."""
    connection.execute(insert(DRILL_STEPS), [dict(row)])


def state_of(connection: Connection, drill_id: str) -> DrillState | None:
    """Return a drill as it stands; None when there is none such."""
    asked = select(DRILL_STEPS).where(DRILL_STEPS.c.drill_id == drill_id)
    for row in connection.execute(asked.order_by(DRILL_STEPS.c.version.desc()).limit(1)):
        return state_of_row(row)
    return None


def marked_columns(marked: Marked) -> dict[str, Any]:
    """Return the columns of a step that are about the case which it answers or skips."""
    chosen, answer, mark = marked.chosen, marked.answer, marked.mark
    return {
        "case_id": chosen.case_id,
        "case_kind": chosen.kind,
        "truth": chosen.truth,
        "truth_typology": chosen.typology,
        "outcome": None if answer is None else answer.outcome,
        "typology": None if answer is None else answer.typology,
        "loss_micro": None if answer is None else answer.loss_micro,
        "seconds": mark.seconds,
        "colleague_seconds": None if chosen.pace is None else chosen.pace.median,
        "points": mark.total,
        "is_right": mark.is_right,
        "is_typology_right": mark.is_typology_right,
        "recall": mark.recall,
        "precision": mark.precision,
    }


def details_of(state: DrillState, marked: Marked) -> dict[str, Any]:
    """Return what else is kept of an answer: the mark, what was cited, and what the case showed."""
    return {
        "mark": asdict(marked.mark),
        "cited": [] if marked.answer is None else list(marked.answer.cited),
        "evidence": [asdict(one) for one in state.evidence],
        "place": state.place,
    }


def state_columns(state: DrillState) -> dict[str, Any]:
    """Return a state as columns of a step."""
    return {name: value for name, value in state_as_row(state).items() if name in STATE_NAMES}
