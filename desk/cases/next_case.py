"""The next best case: chosen and locked in one transaction, so that two people never hold the same one.

The order: escalated furthest first, then severity, then what may be lost for each minute that is left on the
clock. Of cases that are as urgent, the one with less time left comes first. Who is offered an escalated case
is in the escalation path of its channel.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, Float, Select, and_, case, cast, false, or_, select, true

from desk.actors import WORK_CASES, Actor, require
from desk.cases.acting import Doing, do_in
from desk.cases.moves import Take
from desk.cases.state import CaseState
from desk.cases.steps import CASE_QUEUE, states_of
from desk.channels.duty import level_of_person
from desk.channels.in_force import channels_in_force
from desk.records import Records
from desk.transactional import clock_of, take_turn

# A case that is overdue or nearly so counts as if this much was left: what may be lost then decides.
LEAST_MINUTES = 15
_EPOCH = datetime(1970, 1, 1)


def claim_next(
    records: Records,
    actor: Actor,
    channels: Collection[str],
    at: datetime,
    skip: Collection[str] = (),
) -> CaseState | None:
    """Lock the next best case of some channels for `actor` and return it; None when nothing waits.

    `skip` are cases that were let go of just now. Raises RightError when the actor may not work cases.
    """
    require(actor, WORK_CASES)
    with records.writing() as connection:
        take_turn(connection)
        found = connection.execute(_best(connection, actor, channels, at, skip)).scalar()
        if found is None:
            return None
        return do_in(connection, Doing(found, Take(), actor, "", at))


def _best(
    connection: Connection, actor: Actor, channels: Collection[str], at: datetime, skip: Collection[str]
) -> Select[str]:
    queue = CASE_QUEUE.c
    left = queue.due_minute - int((at - _EPOCH).total_seconds() // 60)
    minutes = case((left < LEAST_MINUTES, LEAST_MINUTES), else_=left)
    config = channels_in_force()
    answered: dict[int, list[str]] = {}
    for slug in dict.fromkeys(channels):
        answered.setdefault(level_of_person(config, slug, actor), []).append(slug)
    mine = [and_(queue.channel.in_(slugs), queue.level <= level) for level, slugs in answered.items()]
    return (
        select(queue.case_id)
        .where(
            or_(false(), *mine),
            or_(queue.is_paused == false(), and_(queue.is_paused == true(), queue.paused_until <= at)),
            or_(queue.holder.is_(None), queue.lease_until <= clock_of(connection)()),
            or_(queue.assignee.is_(None), queue.assignee == actor.name),
            queue.case_id.not_in(list(skip)),
        )
        .order_by(
            queue.level.desc(),
            queue.severity_rank,
            (cast(queue.expected_loss_micro, Float) / minutes).desc(),
            queue.due_minute,
            queue.case_id,
        )
        .limit(1)
    )


def in_hand(records: Records, actor: Actor) -> list[CaseState]:
    """Return the cases that `actor` has in hand now, the one taken first first."""
    with records.reading() as connection:
        asked = select(CASE_QUEUE.c.case_id, CASE_QUEUE.c.lease_until).where(
            CASE_QUEUE.c.holder == actor.name
        )
        held = [row.case_id for row in connection.execute(asked) if row.lease_until > records.clock()]
        found = states_of(connection, held)
    return sorted(found.values(), key=lambda state: (state.lease_until or _EPOCH, state.case_id))
