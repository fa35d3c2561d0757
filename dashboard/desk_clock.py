"""The desk's clock: what nobody has to ask for is done every few seconds, in the process that owns the store.

    desk_clock.start()        # at the start of the server
    desk_clock.round_once()   # one round now: configuration, escalation, notices; what it came to

A configuration that was changed is followed, cases that a rule raises go up, who is to be told is told.
"""

from __future__ import annotations

import logging
import os
import threading
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from dashboard import demonstration, owner
from dashboard.desk_records import desk_records, follow
from dashboard.facts import facts
from data.errors import WatchfloorError
from desk.cases.steps import requeue
from desk.channels.escalation import escalate_due
from desk.channels.in_force import follow_file
from desk.channels.reading import write_roster
from desk.channels.sending import send_due
from desk.channels.tables import install_clocks
from desk.records import Records
from desk.requests.book import write_book
from desk.requests.settling import settle
from desk.transactional import take_turn

LOG = logging.getLogger("watchfloor.desk")
# A clock counts minutes; within one it is noticed three times.
EVERY_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Round:
    """What a round came to: cases queued anew, cases raised, notices that arrived."""

    requeued: int = 0
    raised: int = 0
    arrived: int = 0


def start() -> threading.Event:
    """Begin the rounds in a thread of their own; they end when the returned event is set."""
    ended = threading.Event()
    threading.Thread(target=_run, args=(ended,), name="watchfloor-desk-clock", daemon=True).start()
    return ended


def _run(ended: threading.Event) -> None:
    is_first = True
    while not ended.wait(1.0 if is_first else EVERY_SECONDS):
        try:
            # What was queued before this start may go by another configuration.
            round_once(is_first=is_first)
            is_first = False
        except (WatchfloorError, SQLAlchemyError) as error:
            LOG.warning("The desk's clock missed a round: %s", error)


def round_once(*, is_first: bool = False) -> Round:
    """Do one round. Raises WatchfloorError when the store or the records cannot be used."""
    job = owner.job()
    if job is not None and job.name == "demo" and job.state != "done":
        # The store is being replaced.
        return Round()
    if is_first and demonstration.built(owner.store()) is not None:
        write_roster(owner.home())
        write_book(owner.home())
    records = desk_records()
    is_changed = follow_file(owner.home())
    requeued = _follow_configuration(records) if is_changed or is_first else 0
    known = facts()
    raised = 0
    if known.now is not None and known.stage == "scored":
        raised = len(escalate_due(records, known.now).raised)
        settled = settle(records, known.now)
        if raised or settled:
            follow()
    return Round(requeued, raised, send_due(records, os.environ))


def _follow_configuration(records: Records) -> int:
    with records.writing() as connection:
        take_turn(connection)
        requeued = requeue(connection)
    if install_clocks(owner.store()) or requeued:
        owner.desk_changed()
    return requeued
