"""What a disposition of a case says of its events: one disposition an event, which becomes a label."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from desk.actors import Actor
from desk.cases.alerts import CASE_ALERTS
from desk.cases.endings import Dispose
from desk.cases.state import CaseError, CaseState, Outcome
from desk.cases.steps import taken_up
from desk.dispositions import Disposition, check, write_all
from desk.transactional import AT_ONCE

Disposed = tuple[CaseState, Dispose, Actor, str, datetime]
# Case, event, account and when the alert was raised.
_Event = tuple[str, str, str, datetime]


def write_labels(connection: Connection, disposed: Sequence[Disposed]) -> None:
    """Write the dispositions of all events of cases that were disposed of, in the caller's transaction.

    Events of cases that went on in one of them are among these. Raises DispositionError when outcome and
    typology do not fit.
    """
    by_case = {state.case_id: (state, move, actor, words, at) for state, move, actor, words, at in disposed}
    for state, move, _actor, words, _at in disposed:
        check(Disposition("", state.subject_id, move.outcome, move.typology, words))
    events = _events(connection, list(by_case))
    _knows_innocents(events, disposed)
    said = []
    for case_id, event_id, account_id, occurred_at in events:
        _state, move, actor, words, at = by_case[case_id]
        is_innocent = event_id in move.innocent_events
        outcome: Outcome = "false_positive" if is_innocent else move.outcome
        typology = None if is_innocent else move.typology
        said.append((Disposition(event_id, account_id, outcome, typology, words, occurred_at), actor, at))
    write_all(connection, said)


def _knows_innocents(events: Sequence[_Event], disposed: Sequence[Disposed]) -> None:
    there = {(case_id, event_id) for case_id, event_id, _, _ in events}
    for state, move, *_ in disposed:
        for event_id in move.innocent_events:
            if (state.case_id, event_id) not in there:
                raise CaseError(
                    f"{event_id} is no event of case {state.case_id}.",
                    to_do="Choose among the events it holds.",
                )


def _events(connection: Connection, case_ids: Sequence[str]) -> list[_Event]:
    """Return case, event, account and time of the events behind cases, each event once a case."""
    into = taken_up(connection, case_ids)
    held = list(into)
    found: dict[tuple[str, str], _Event] = {}
    for start in range(0, len(held), AT_ONCE):
        asked = select(CASE_ALERTS).where(
            CASE_ALERTS.c.case_id.in_(held[start : start + AT_ONCE]),
            CASE_ALERTS.c.event_id.is_not(None),
            CASE_ALERTS.c.account_id.is_not(None),
        )
        for row in connection.execute(asked.order_by(CASE_ALERTS.c.number)):
            key = (into[row.case_id], row.event_id)
            found.setdefault(key, (*key, row.account_id, row.at))
    return list(found.values())
