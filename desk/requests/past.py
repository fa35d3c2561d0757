"""The past of the request desk: what an earlier one was asked and answered, as steps, each request once.

    take_requests(store, records, book, now, progress)        # how many were new

Batches are transactions, and a request is in one of them whole: a run that was killed goes on where it
stopped, one after a complete one adds nothing. What the earlier desk did is the program's to tell (`SYSTEM`),
at the times at which it did it; whether it checked enough is for the reader to see: nothing is made up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from data.progress import Progress
from data.progress import Step as Reached
from data.statement import read_statement
from data.store import Store
from desk.actors import SYSTEM
from desk.projection import project
from desk.records import Records
from desk.requests.acting import details_of, number_to_call, place_of
from desk.requests.book import Book
from desk.requests.checks import Authenticity, Seen, weigh
from desk.requests.clocks import deadlines
from desk.requests.state import RequestState
from desk.requests.steps import Step, append_steps
from desk.requests.steps_table import REQUEST_STEPS
from desk.transactional import AT_ONCE, take_turn

STEP = "requests"
# Requests of a transaction: some 1,500 steps with their lines of the audit log, under a second.
REQUESTS_AT_ONCE = 500
EARLIER_DESK = "an earlier desk"
TAKEN_OVER = f"Taken over from {EARLIER_DESK}"
# What the earlier desk's answers are called here: the action and the status.
_ENDS = {
    "data_given": ("disclosed", "answered"),
    "partly_given": ("disclosed", "answered"),
    "kept": ("kept", "kept"),
    "executed": ("executed", "executed"),
    "refused": ("refused", "refused"),
    "withdrawn": ("withdrawn", "withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Past:
    """A request of the past: its row, and what was seen of its sender when it came in."""

    row: Mapping[str, Any]
    seen: Seen

    @property
    def request_id(self) -> str:
        """Its number."""
        return str(self.row["request_id"])


def take_requests(
    store: Store,
    records: Records,
    book: Book,
    now: datetime,
    progress: Progress,
    at_once: int = REQUESTS_AT_ONCE,
) -> int:
    """Take the requests that an earlier desk left into steps, and return how many were new.

    The store holds the desk's requests as they stand afterwards. Raises RecordsError as the records do.
    """
    found = read_past(store, now)
    done = 0
    for start in range(0, len(found), at_once):
        with records.writing() as connection:
            done += _take(connection, found[start : start + at_once], book, now)
        progress(Reached(STEP, min(start + at_once, len(found)), len(found), "requests", "Take in requests"))
    project(store, records)
    return done


def read_past(store: Store, now: datetime) -> list[Past]:
    """Return the requests that an earlier desk left, in the order of arrival."""
    statement = read_statement(Path(__file__).with_name("past_requests.sql"))
    with store.cursor() as cursor:
        cursor.execute(statement.sql, {"watermark": now})
        names = [part[0] for part in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return [Past(row, seen) for row, seen in zip(rows, _seen(rows), strict=True)]


def _seen(rows: Sequence[Mapping[str, Any]]) -> list[Seen]:
    """Return what was known of each sender then: how many requests before, and confirmed by then."""
    before: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    told = []
    for row in rows:
        earlier = before[row["contact"]] if row["contact"] else []
        confirmed = [
            each for each in earlier if each["is_confirmed"] and each["called_at"] <= row["received"]
        ]
        told.append(Seen(len(earlier), len(confirmed)))
        if row["contact"]:
            before[row["contact"]].append(row)
    return told


def _take(connection: Connection, some: Sequence[Past], book: Book, now: datetime) -> int:
    """Take one batch in, within a transaction; what is there already is left."""
    take_turn(connection)
    known = _known(connection, [each.request_id for each in some])
    new = [each for each in some if each.request_id not in known]
    append_steps(connection, [step for each in new for step in steps_of(each, book, now)])
    return len(new)


def _known(connection: Connection, request_ids: Sequence[str]) -> set[str]:
    there: set[str] = set()
    for start in range(0, len(request_ids), AT_ONCE):
        asked = select(REQUEST_STEPS.c.request_id).where(
            REQUEST_STEPS.c.request_id.in_(request_ids[start : start + AT_ONCE]), REQUEST_STEPS.c.version == 1
        )
        there |= {row.request_id for row in connection.execute(asked)}
    return there


def steps_of(past: Past, book: Book, now: datetime) -> list[Step]:
    """Return the steps that a request of the past went through: came in, was called back, ended."""
    row = past.row
    state, told = _weighed(begun(row, now), book, past.seen)
    steps = [Step(None, state, "received", SYSTEM, TAKEN_OVER, state.received_at, details_of(told))]
    ended = row["answered"] if row["outcome"] and row["answered"] <= now else None
    if row["called_at"] is not None and row["called_at"] <= now:
        after, told = _weighed(called(state, row, book), book, past.seen)
        said = "It is theirs." if row["is_confirmed"] else "It is not theirs."
        steps.append(Step(state, after, "called_back", SYSTEM, said, row["called_at"], details_of(told)))
        state = after
    if ended is not None:
        steps.append(_end(state, row, ended))
    return steps


def called(state: RequestState, row: Mapping[str, Any], book: Book) -> RequestState:
    """Return a request of the past after the earlier desk had called back."""
    return replace(
        state,
        version=state.version + 1,
        status="checking",
        called_by=EARLIER_DESK,
        called_at=row["called_at"],
        called_number=number_to_call(state, book) or "not said",
        call_confirmed=row["is_confirmed"],
    )


def _end(state: RequestState, row: Mapping[str, Any], ended: datetime) -> Step:
    action, status = _ENDS[row["outcome"]]
    is_narrowed = row["outcome"] == "partly_given"
    after = replace(
        state,
        version=state.version + 1,
        status=status,
        outcome=row["outcome"],
        answered_at=ended,
        scope_given=tuple(row["scope_given"] or ()),
        is_narrowed=is_narrowed,
        narrowed_because=(row["narrowed_because"] or "The earlier desk did not say.")
        if is_narrowed
        else None,
        kept_until=row["kept_until"],
    )
    return Step(state, after, action, SYSTEM, after.narrowed_because or TAKEN_OVER, ended)


def begun(row: Mapping[str, Any], now: datetime) -> RequestState:
    """Return the first state of a request of the past; `now` decides whether it still is secret."""
    place = place_of(row["country"])
    received = row["received"]
    at_risk_at, due_at = deadlines(row["request_class"], row["asker"], place, received)
    return RequestState(
        row["request_id"],
        1,
        row["asker"],
        row["request_class"],
        "received",
        received,
        at_risk_at,
        due_at,
        place,
        row["channel"],
        account_ids=(row["account_id"],) if row["account_id"] else (),
        accounts=row["accounts"],
        scope_asked=tuple(row["scope_asked"] or ()),
        amount_micro=row["amount_micro"],
        # Whoever reads it today may know what need not be hidden any more.
        is_secret=row["is_secret"] and (row["secret_until"] is None or row["secret_until"] > now),
        **{name: row[name] for name in _AS_TOLD},
    )


_AS_TOLD = (
    "agency",
    "agency_kind",
    "country",
    "officer",
    "contact",
    "reference",
    "legal_basis",
    "words",
    "since",
    "until",
    "secret_until",
)


def _weighed(state: RequestState, book: Book, seen: Seen) -> tuple[RequestState, Authenticity]:
    told = weigh(state, book, seen)
    return replace(state, authenticity=told.score, missing=told.missing), told
