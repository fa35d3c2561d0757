"""Steps of requests: written once each, with the whole state after them, and a line of the audit log.

    append_steps(connection, [Step(None, state, "received", actor, "By mail", at)])

(request, version) is there once: of two people who act on the same version of a request, the database lets
one in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from desk.actors import Actor, require
from desk.audit import Entry, record_all
from desk.canonical import row_hash
from desk.requests.state import RequestState
from desk.requests.steps_table import LISTS, REQUEST_STEPS, REQUESTS_NOW, STATE_NAMES
from desk.transactional import AT_ONCE, clock_of, take_turn

# Of a state, what the audit log says before and after a step.
_AUDITED = (
    "status",
    "authenticity",
    "missing",
    "called_by",
    "call_confirmed",
    "scope_given",
    "is_narrowed",
    "kept_until",
    "is_secret",
    "freeze_ids",
    "package_hash",
    "outcome",
)


@dataclass(frozen=True, slots=True)
class Step:
    """One action on a request: the states before and after, who did it and why, at the data's now."""

    before: RequestState | None
    state: RequestState
    action: str
    actor: Actor
    reason: str
    at: datetime
    details: Mapping[str, Any] = field(default_factory=dict)
    approval_id: str | None = None


def append_steps(connection: Connection, steps: Sequence[Step]) -> None:
    """Write steps, in their order, with their lines of the audit log; within `records.writing()`.

    Raises ActorError when nobody acts, and an error of sqlalchemy when a request has that version already.
    """
    take_turn(connection)
    recorded_at = clock_of(connection)()
    for actor in {step.actor for step in steps}:
        require(actor)
    rows = [_row(step, recorded_at) for step in steps]
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(insert(REQUEST_STEPS), rows[start : start + AT_ONCE])
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
        **{name: getattr(step.state, name) for name in STATE_NAMES},
        **{name: list(getattr(step.state, name)) for name in LISTS},
    }


def _entry(step: Step, row: Mapping[str, Any]) -> Entry:
    return Entry(
        step.actor,
        step.action,
        "request",
        step.state.request_id,
        step.at,
        before=None if step.before is None else _audited(step.before),
        after={**_audited(step.state), "hash": row_hash(row)},
        reason=step.reason,
        approval_id=step.approval_id,
    )


def _audited(state: RequestState) -> dict[str, Any]:
    return {name: getattr(state, name) for name in _AUDITED}


def state_of(row: Any) -> RequestState:
    """Return the state that a row of `request_steps` or `requests_now` carries."""
    told = {name: getattr(row, name) for name in STATE_NAMES}
    return RequestState(**(told | {name: tuple(told[name]) for name in LISTS}))


def requests_of(connection: Connection, request_ids: Iterable[str]) -> dict[str, RequestState]:
    """Return the requests as they stand, by id, secret ones too; who is not there is left out.

    For the engine only: who reads for a person asks `desk.requests.reading`.
    """
    named = list(dict.fromkeys(request_ids))
    found: dict[str, RequestState] = {}
    for start in range(0, len(named), AT_ONCE):
        some = named[start : start + AT_ONCE]
        for row in connection.execute(select(REQUESTS_NOW).where(REQUESTS_NOW.c.request_id.in_(some))):
            found[row.request_id] = state_of(row)
    return found
