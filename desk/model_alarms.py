"""What people do with alarms of monitoring: one row an action in a table that only grows.

    take(records, "M-4f0a91c2de", actor, "I look into it", at=now)
    close(records, "M-4f0a91c2de", actor, "A new phone was launched; retrained", at=now)
    states(records)["M-4f0a91c2de"].state          # open, taken or closed

Alarms themselves are what scoring found (`monitor_alarms`); here is who took one and how it ended. The
database holds that each is taken at most once and closed at most once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from data.errors import WatchfloorError
from desk.actors import HANDLE_ALARMS, Actor, require
from desk.alarm_events import ALARM_EVENTS
from desk.audit import Entry, record
from desk.records import Records
from desk.transactional import take_turn

State = Literal["open", "taken", "closed"]


class AlarmError(WatchfloorError):
    """An alarm cannot be taken or closed: somebody has done so, or no words were given."""


@dataclass(frozen=True, slots=True)
class Handled:
    """How an alarm stands: who took it, who closed it, and why; None where nobody has."""

    taken_by: str | None = None
    taken_at: datetime | None = None
    taken_because: str | None = None
    closed_by: str | None = None
    closed_at: datetime | None = None
    closed_because: str | None = None

    @property
    def state(self) -> State:
        """Open, taken or closed."""
        if self.closed_by is not None:
            return "closed"
        return "open" if self.taken_by is None else "taken"


def take(records: Records, alarm_id: str, actor: Actor, reason: str, at: datetime) -> None:
    """Write that `actor` looks into an alarm. Raises RightError, or AlarmError if it was taken or closed."""
    _append(records, alarm_id, actor, "taken", reason, at)


def close(records: Records, alarm_id: str, actor: Actor, reason: str, at: datetime) -> None:
    """Write how an alarm ended, taken before or not. Raises RightError, or AlarmError when it was closed."""
    _append(records, alarm_id, actor, "closed", reason, at)


def states(records: Records) -> Mapping[str, Handled]:
    """Answer how every alarm stands that somebody handled; the others are open."""
    with records.reading() as connection:
        rows = connection.execute(select(ALARM_EVENTS).order_by(ALARM_EVENTS.c.number)).all()
    done: dict[str, Handled] = {}
    for row in rows:
        told = {
            f"{row.action}_by": row.actor,
            f"{row.action}_at": row.at,
            f"{row.action}_because": row.reason,
        }
        done[row.alarm_id] = replace(done.get(row.alarm_id, Handled()), **told)
    return done


def _append(records: Records, alarm_id: str, actor: Actor, action: str, reason: str, at: datetime) -> None:
    require(actor, HANDLE_ALARMS)
    if not reason.strip():
        raise AlarmError(
            "This needs a reason.", to_do="Say in a sentence what you will do, or how the alarm ended."
        )
    try:
        with records.writing() as connection:
            take_turn(connection)
            asked = select(ALARM_EVENTS.c.actor).where(
                ALARM_EVENTS.c.alarm_id == alarm_id, ALARM_EVENTS.c.action == "closed"
            )
            closed_by = connection.execute(asked).scalar()
            if closed_by is not None:
                raise _done_already(alarm_id, f"closed by {closed_by}", records.where)
            connection.execute(
                insert(ALARM_EVENTS).values(
                    alarm_id=alarm_id,
                    at=at,
                    recorded_at=records.clock(),
                    actor=actor.name,
                    role=actor.role,
                    action=action,
                    reason=reason.strip(),
                )
            )
            after = {"state": action}
            record(connection, Entry(actor, action, "model_alarm", alarm_id, at, after=after, reason=reason))
    except IntegrityError as error:
        raise _done_already(alarm_id, f"{action} by somebody else", records.where) from error


def _done_already(alarm_id: str, how: str, where: str) -> AlarmError:
    return AlarmError(
        f"Alarm {alarm_id} was {how} already.",
        where=where,
        to_do="Look at the list again: it shows who, and why.",
    )
