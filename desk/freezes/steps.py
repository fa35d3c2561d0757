"""The table of freeze steps, and freezes as they stand.

    append_steps(connection, [Step(state, "requested", actor, "Bought with stolen money", at)])

A step carries the whole state after it, and (freeze, version) is there once: of two people who act on the
same version of a freeze, the database lets one in. Each step is a line of the audit log too, which
holds the hash of its row: who changes a row is found (`desk/ledger/proof.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Connection,
    DateTime,
    Index,
    Integer,
    String,
    Table,
    Text,
    column,
    event,
    insert,
    select,
    table,
)

from data.statement import read_statement
from desk.actors import Actor, require
from desk.append_only import refuse_changes, refuse_gaps
from desk.audit import Entry, record_all
from desk.canonical import digest, row_hash
from desk.freezes.state import KINDS, LIVE, STATUSES, STOPPED, FreezeState
from desk.transactional import AT_ONCE, TRANSACTIONAL, acted, clock_of, take_turn


def _one_of(name: str, values: Sequence[str]) -> str:
    return f"{name} IN ({', '.join(repr(value) for value in values)})"


FREEZE_STEPS = Table(
    "freeze_steps",
    TRANSACTIONAL,
    *acted("step"),
    Column("action", String, nullable=False, comment="What was done: requested, applied, released, ..."),
    Column("reason", Text, nullable=False, comment="The words of whoever did it."),
    Column("details", JSON, nullable=False, comment="What else belongs to the action, by name."),
    Column("approval_id", String, comment="The approval that it asked for or used up."),
    Column("transfer_id", String, comment="The transfer in the ledger that it made."),
    Column("freeze_id", String, nullable=False, comment="The freeze: F-4f0a91c2de07."),
    Column("version", Integer, nullable=False, comment="How many steps the freeze has with this one."),
    Column("kind", String, nullable=False, comment="policy, internal or order."),
    Column("account_id", String, nullable=False, index=True, comment="Whose money."),
    Column("asset", String, nullable=False, comment="In which asset, by ticker."),
    Column("region", String, nullable=False, comment="Region of the account."),
    Column("country", String, comment="Its country, ISO alpha-2."),
    Column("status", String, nullable=False, comment="requested, provisional, active, released, ..."),
    Column("amount_micro", BigInteger, nullable=False, comment="Asked for, or stopped in all, millionths."),
    Column("remaining_micro", BigInteger, nullable=False, comment="Stopped now, millionths."),
    Column("opened_at", DateTime, nullable=False, comment="When it began, UTC."),
    Column("released_micro", BigInteger, nullable=False, comment="Given back so far, millionths."),
    Column("seized_micro", BigInteger, nullable=False, comment="Handed over so far, millionths."),
    Column("ordered_micro", BigInteger, nullable=False, comment="Of what remains, ordered, millionths."),
    Column(
        "tainted_micro", BigInteger, comment="Known to come from crime, millionths; NULL: not worked out."
    ),
    Column("event_id", String, index=True, comment="The event that was stopped."),
    Column("case_id", String, comment="The case that it belongs to."),
    Column("request_id", String, index=True, comment="The order that it executes."),
    Column("placed_at", DateTime, comment="When money was stopped, UTC."),
    Column("confirmed_at", DateTime, comment="When a second person stood by it, UTC."),
    Column("expires_at", DateTime, comment="When a provisional hold ends by itself, UTC."),
    Column("review_by", DateTime, comment="By when somebody must look at it again, UTC."),
    Column("appeal", String, comment="filed, granted or upheld."),
    Column("appealed_at", DateTime, comment="When the customer objected, UTC."),
    Column("ended_at", DateTime, comment="When nothing of it was left, UTC."),
    Column("is_wrongful", Boolean, comment="It was on money of somebody honest; NULL: not known."),
    Column("is_secret", Boolean, nullable=False, comment="The customer must not learn of it."),
    CheckConstraint(_one_of("kind", KINDS), name="known_freeze_kind"),
    CheckConstraint(_one_of("status", STATUSES), name="known_freeze_status"),
    CheckConstraint("length(trim(action)) > 0", name="something_done_to_it"),
    CheckConstraint("amount_micro > 0 AND remaining_micro >= 0", name="freezes_something"),
    CheckConstraint("released_micro >= 0 AND seized_micro >= 0", name="ends_somewhere"),
    CheckConstraint(
        "status IN ('requested', 'dropped') "
        "OR amount_micro = remaining_micro + released_micro + seized_micro",
        name="all_of_it_is_somewhere",
    ),
    CheckConstraint("ordered_micro BETWEEN 0 AND remaining_micro", name="orders_what_is_stopped"),
    CheckConstraint("kind <> 'order' OR ordered_micro = remaining_micro", name="order_is_ordered"),
    CheckConstraint(f"(remaining_micro > 0) = ({_one_of('status', STOPPED)})", name="stopped_while_live"),
    CheckConstraint(f"(ended_at IS NULL) = ({_one_of('status', LIVE)})", name="freeze_ended_once"),
    CheckConstraint("status <> 'provisional' OR expires_at IS NOT NULL", name="provisional_ends"),
    CheckConstraint("status <> 'active' OR review_by IS NOT NULL", name="active_is_reviewed"),
    Index("each_freeze_version_once", "freeze_id", "version", unique=True),
    comment="What was done with freezes, one row a step, each with the freeze's state after it.",
    sqlite_autoincrement=True,
)
refuse_changes(FREEZE_STEPS, "freeze_id = NEW.freeze_id AND version = NEW.version")
refuse_gaps(FREEZE_STEPS, "freeze_id", "version")
_CREATE_VIEW = read_statement(Path(__file__).with_name("freezes_now.sql")).sql
STATE_NAMES = tuple(each.name for each in fields(FreezeState))
FREEZES_NOW = table(
    "freezes_now",
    column("number", FREEZE_STEPS.c.number.type),
    *(column(name, FREEZE_STEPS.c[name].type) for name in STATE_NAMES),
)
# Of a state, what the audit log says before and after a step.
_AUDITED = (
    "status",
    "amount_micro",
    "remaining_micro",
    "released_micro",
    "seized_micro",
    "ordered_micro",
    "is_wrongful",
    "review_by",
    "appeal",
)


@event.listens_for(FREEZE_STEPS, "after_create")
def _create_view(_table: Table, connection: Connection, **_: object) -> None:
    connection.exec_driver_sql(_CREATE_VIEW)


@dataclass(frozen=True, slots=True)
class Step:
    """One action on a freeze: the states before and after, who did it and why, at the data's now."""

    before: FreezeState | None
    state: FreezeState
    action: str
    actor: Actor
    reason: str
    at: datetime
    details: Mapping[str, Any] = field(default_factory=dict)
    approval_id: str | None = None
    transfer_id: str | None = None


def append_steps(connection: Connection, steps: Sequence[Step]) -> None:
    """Write steps, in their order, with their lines of the audit log; within `records.writing()`.

    Raises ActorError when nobody acts, and an error of sqlalchemy when a freeze has that version already.
    """
    take_turn(connection)
    recorded_at = clock_of(connection)()
    for actor in {step.actor for step in steps}:
        require(actor)
    rows = [_row(step, recorded_at) for step in steps]
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(insert(FREEZE_STEPS), rows[start : start + AT_ONCE])
    record_all(connection, [_entry(step, row) for step, row in zip(steps, rows, strict=True)])


def _row(step: Step, recorded_at: datetime) -> dict[str, Any]:
    return {
        "at": step.at,
        "recorded_at": recorded_at,
        "actor": step.actor.name,
        "role": step.actor.role,
        "action": step.action,
        "reason": step.reason.strip(),
        "details": dict(step.details),
        "approval_id": step.approval_id,
        "transfer_id": step.transfer_id,
        **asdict(step.state),
    }


def _entry(step: Step, row: Mapping[str, Any]) -> Entry:
    return Entry(
        step.actor,
        step.action,
        "freeze",
        step.state.freeze_id,
        step.at,
        before=None if step.before is None else _audited(step.before),
        after={**_audited(step.state), "hash": row_hash(row)},
        reason=step.reason,
        approval_id=step.approval_id,
    )


def _audited(state: FreezeState) -> dict[str, Any]:
    return {name: getattr(state, name) for name in _AUDITED}


def state_of(row: Any) -> FreezeState:
    """Return the state that a row of `freeze_steps` or `freezes_now` carries."""
    return FreezeState(**{name: getattr(row, name) for name in STATE_NAMES})


def freezes_of(connection: Connection, freeze_ids: Iterable[str]) -> dict[str, FreezeState]:
    """Return the freezes as they stand, by id; who is not there is left out."""
    named = list(dict.fromkeys(freeze_ids))
    found: dict[str, FreezeState] = {}
    for start in range(0, len(named), AT_ONCE):
        some = named[start : start + AT_ONCE]
        for row in connection.execute(select(FREEZES_NOW).where(FREEZES_NOW.c.freeze_id.in_(some))):
            found[row.freeze_id] = state_of(row)
    return found


def freeze_id_of(account_id: str, earlier: int) -> str:
    """Return the id of an account's next freeze after `earlier` ones."""
    return f"F-{digest(f'{account_id} {earlier + 1}')[:12]}"
