"""Saved views of the queue: what a person filters by, under a name, for themselves or for everybody.

    view = save(records, "Night, critical", {"severity": "critical"}, actor, now, is_shared=True)
    views(records, actor)                      # one's own and the shared ones
    delete(records, view.view_id, actor, now)
    restore(records, view.view_id, actor, now)

A view is changed by whom it belongs to; a shared one also by who leads a desk. Each change is a row, and a
line of the audit log.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from data.errors import WatchfloorError
from desk.actors import SUPERVISE, WORK_CASES, Actor, require
from desk.audit import Entry, record
from desk.people import require_here
from desk.records import Records
from desk.saved_view_events import SAVED_VIEWS
from desk.transactional import clock_of, take_turn

LONGEST_NAME = 60


class SavedViewError(WatchfloorError):
    """A view cannot be kept, changed or taken away: no name, a name twice, or another person's."""


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view that is kept: whose, under which name, for whom, and what the page's address then holds."""

    view_id: str
    version: int
    owner: str
    name: str
    is_shared: bool
    chosen: Mapping[str, str]


def views(records: Records, actor: Actor) -> list[SavedView]:
    """Return the views that `actor` sees, their own first, each kind by name."""
    with records.reading() as connection:
        kept = [view for view, action in _newest(connection).values() if action != "deleted"]
    seen = [view for view in kept if view.is_shared or view.owner == actor.name]
    return sorted(seen, key=lambda view: (view.owner != actor.name, view.name.casefold(), view.view_id))


def save(
    records: Records,
    name: str,
    chosen: Mapping[str, str],
    actor: Actor,
    at: datetime,
    *,
    is_shared: bool = False,
) -> SavedView:
    """Keep a view; under a name that the actor has a view of already, change that one.

    Raises RightError for a shared one of who does not work cases, SavedViewError without a name.
    """
    require(actor, WORK_CASES if is_shared else None)
    said = " ".join(name.split())
    if not 0 < len(said) <= LONGEST_NAME:
        raise SavedViewError(
            "A view needs a name.",
            possible=f"1 to {LONGEST_NAME} letters",
            to_do="Say what it shows: Night shift, critical.",
        )
    with records.writing() as connection:
        take_turn(connection)
        require_here(connection, actor)
        mine = [
            (view, action)
            for view, action in _newest(connection).values()
            if view.owner == actor.name and view.name.casefold() == said.casefold() and action != "deleted"
        ]
        before = mine[0][0] if mine else None
        if before is None:
            view_id = f"V-{uuid.uuid4().hex[:10]}"
            view = SavedView(view_id, 1, actor.name, said, is_shared, dict(chosen))
        else:
            view = replace(
                before, version=before.version + 1, name=said, is_shared=is_shared, chosen=dict(chosen)
            )
        _write(connection, before, view, "saved" if before is None else "changed", actor, at)
    return view


def delete(records: Records, view_id: str, actor: Actor, at: datetime) -> SavedView:
    """Take a view away and return it. Raises SavedViewError when it is not there, or another person's."""
    return _turned(records, view_id, actor, at, "deleted")


def restore(records: Records, view_id: str, actor: Actor, at: datetime) -> SavedView:
    """Bring back a view that was taken away. Raises SavedViewError as `delete` does."""
    return _turned(records, view_id, actor, at, "restored")


def _turned(records: Records, view_id: str, actor: Actor, at: datetime, action: str) -> SavedView:
    require(actor)
    with records.writing() as connection:
        take_turn(connection)
        require_here(connection, actor)
        found = _newest(connection).get(view_id)
        if found is None or (found[1] == "deleted") != (action == "restored"):
            raise SavedViewError(
                f"There is no view {view_id!r} that can be {action}.",
                where=records.where,
                to_do="Look at the list of views again: somebody was quicker.",
            )
        before = found[0]
        if before.owner != actor.name and not (before.is_shared and actor.may(SUPERVISE)):
            raise SavedViewError(
                f"The view {before.name!r} belongs to {before.owner}.",
                possible="that person, or who leads a desk where it is shared",
                to_do="Save one of your own.",
            )
        view = replace(before, version=before.version + 1)
        _write(connection, before, view, action, actor, at)
    return view


def _newest(connection: Connection) -> dict[str, tuple[SavedView, str]]:
    """Return every view there ever was, with the last action on it."""
    rows = connection.execute(select(SAVED_VIEWS).order_by(SAVED_VIEWS.c.number))
    return {row.view_id: (_read(row), row.action) for row in rows}


def _read(row: Row[Any]) -> SavedView:
    return SavedView(row.view_id, row.version, row.owner, row.name, bool(row.is_shared), dict(row.chosen))


def _write(
    connection: Connection,
    before: SavedView | None,
    view: SavedView,
    action: str,
    actor: Actor,
    at: datetime,
) -> None:
    connection.execute(
        insert(SAVED_VIEWS).values(
            at=at,
            recorded_at=clock_of(connection)(),
            actor=actor.name,
            role=actor.role,
            action=action,
            **asdict(view),
        )
    )
    told = {"name": view.name, "is_shared": view.is_shared, "chosen": dict(view.chosen)}
    was = None
    if before is not None and action == "changed":
        was = {"name": before.name, "is_shared": before.is_shared, "chosen": dict(before.chosen)}
    record(connection, Entry(actor, action, "saved_view", view.view_id, at, before=was, after=told))
