"""The desk's clock: what nobody has to ask for is done every few seconds, in the process that owns the store.

    desk_clock.start()        # at the start of the server
    desk_clock.round_once()   # one round now: configuration, escalation, notices; what it came to

A configuration that was changed is followed, cases that a rule raises go up, holds that nobody confirmed end,
who is to be told is told.
A configuration that was changed is followed, cases that a rule raises go up, who is to be told is told, the
audit log is signed and its heads are sent to their place.
"""

from __future__ import annotations

import logging
import os
import threading
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from dashboard import demonstration, owner
from dashboard.desk_records import desk_records, follow
from dashboard.facts import facts
from data.errors import WatchfloorError
from data.progress import silent
from desk.actors import SYSTEM
from desk.anchor_place import Outcome, outcome_of, place_of, send_heads
from desk.anchors import SENT_ACTION, Anchors
from desk.audit import Entry, record
from desk.cases.steps import requeue
from desk.channels.escalation import escalate_due
from desk.channels.in_force import follow_file
from desk.channels.reading import write_roster
from desk.channels.sending import send_due
from desk.channels.tables import install_clocks
from desk.freezes.acting import drop_undone, lapse
from desk.freezes.placing.run import place
from desk.ledger.proof import prove_nightly
from desk.records import Records
from desk.recoveries.past import is_untaken, take_past
from desk.recoveries.sweeping import sweep
from desk.requests.book import write_book
from desk.requests.settling import settle
from desk.transactional import take_turn

LOG = logging.getLogger("watchfloor.desk")
# A clock counts minutes; within one it is noticed three times.
EVERY_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Round:
    """What a round came to: cases queued anew, cases raised, notices that arrived, freezes that ended."""

    requeued: int = 0
    raised: int = 0
    arrived: int = 0
    ended: int = 0


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
    raised = ended = 0
    if known.now is not None and known.stage == "scored":
        raised = len(escalate_due(records, known.now).raised)
        if is_first:
            # A store that was scored before there was a ledger.
            place(owner.store(), records, silent)
            if is_untaken(owner.store()):
                take_past(owner.store(), records, silent)
        ended = lapse(records, known.now) + drop_undone(records, known.now)
        proved = prove_nightly(records, known.now)
        if proved is not None and proved.broken is not None:
            LOG.error("%s", proved.words)
        ended += sweep(records, owner.store(), known.now)
        settled = settle(records, known.now)
        if raised or ended or settled or is_first:
            follow()
    keep_heads(records, known.now)
    return Round(requeued, raised, send_due(records, os.environ), ended)


def keep_heads(records: Records, now: datetime | None) -> Outcome | None:
    """Sign the head of the audit log where nobody acts, and send heads to their place; how far that came.

    None where no place is named. What was sent, or failed for the first time, is a line of the log.
    """
    anchors = Anchors.of(owner.home(), os.environ, records.clock)
    with records.reading() as connection:
        anchors.sign_if_quiet(connection)
    place = place_of(os.environ)
    if place is None or not anchors.paths():
        return None
    before = outcome_of(anchors, place)
    after = send_heads(anchors, place)
    if after.sequence != before.sequence or bool(after.fault) != bool(before.fault):
        said = {"place": place.name, "heads": after.sequence}
        line = Entry(
            SYSTEM, SENT_ACTION, "anchors", place.name, now or records.clock(),
            {"heads": before.sequence}, said, after.fault,
        )  # fmt: skip
        with records.writing() as connection:
            record(connection, line)
    return after


def _follow_configuration(records: Records) -> int:
    with records.writing() as connection:
        take_turn(connection)
        requeued = requeue(connection)
    if install_clocks(owner.store()) or requeued:
        owner.desk_changed()
    return requeued
