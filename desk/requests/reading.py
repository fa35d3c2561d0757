"""Reading requests for a person: who may not know of a secret one finds none, as though it were not there.

    requests(records, actor, live=True)       # those the actor may know of, the soonest due first
    request(records, "Q-1", actor)

Every function takes who asks. DuckDB's copy `desk_requests` is filtered by the same two rights.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, true

from desk.actors import SEE_REQUESTS, SEE_SECRET, Actor, require
from desk.records import Records
from desk.requests.state import LIVE, RequestError, RequestState
from desk.requests.steps import requests_of, state_of
from desk.requests.steps_table import REQUEST_STEPS, REQUESTS_NOW


@dataclass(frozen=True, slots=True)
class Told:
    """One step of a request as it is read: who did what, when (the data's now), and why."""

    version: int
    at: datetime
    actor: Actor
    action: str
    reason: str
    details: dict[str, Any]
    approval_id: str | None
    state: RequestState


def may_know(state: RequestState, actor: Actor) -> bool:
    """Answer whether the actor may know that the request exists."""
    return actor.may(SEE_REQUESTS) and (actor.may(SEE_SECRET) or not state.is_secret)


def requests(records: Records, actor: Actor, *, live: bool | None = None) -> list[RequestState]:
    """Return the requests that the actor may know of, the soonest due first; live or ended ones where named.

    Raises RightError for who may not see requests at all.
    """
    require(actor, SEE_REQUESTS)
    now = REQUESTS_NOW.c
    asked = select(REQUESTS_NOW).where(_known(actor)).order_by(now.due_at, now.request_id)
    if live is not None:
        asked = asked.where(now.status.in_(LIVE) if live else now.status.not_in(LIVE))
    with records.reading() as connection:
        return [state_of(row) for row in connection.execute(asked)]


def request(records: Records, request_id: str, actor: Actor) -> RequestState:
    """Return one request as it stands. Raises RightError, and RequestError where there is none to know of."""
    require(actor, SEE_REQUESTS)
    with records.reading() as connection:
        return found(connection, request_id, actor)


def history(records: Records, request_id: str, actor: Actor) -> list[Told]:
    """Return what was done with one request, in order. Raises as `request` does."""
    require(actor, SEE_REQUESTS)
    steps = REQUEST_STEPS.c
    with records.reading() as connection:
        found(connection, request_id, actor)
        rows = connection.execute(
            select(REQUEST_STEPS).where(steps.request_id == request_id).order_by(steps.version)
        )
        return [_told(row) for row in rows]


def found(connection: Connection, request_id: str, actor: Actor) -> RequestState:
    """Return a request within a transaction. Raises RequestError where the actor knows of none."""
    state = requests_of(connection, [request_id]).get(request_id)
    if state is None or not (actor.may(SEE_SECRET) or not state.is_secret):
        raise RequestError(f"There is no request {request_id!r}.", to_do="Choose one from the page Requests.")
    return state


def _known(actor: Actor) -> ColumnElement[bool]:
    return true() if actor.may(SEE_SECRET) else REQUESTS_NOW.c.is_secret.is_(False)


def _told(row: Any) -> Told:
    return Told(
        row.version,
        row.at,
        Actor(row.actor, row.role),
        row.action,
        row.reason,
        dict(row.details),
        row.approval_id,
        state_of(row),
    )
