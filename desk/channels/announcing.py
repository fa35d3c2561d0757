"""Announcing: who is told of a case has it written into the outbox, in the transaction of what is told.

    announce(connection, [Notice("escalated", state, at, "sanction")])

Who is told is the configuration's webhooks; without one nothing is written. A notice has one id for all time:
the same thing is written once, and a receiver that gets it twice can tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, insert, select

from desk.actors import SYSTEM
from desk.audit import Entry, record_all
from desk.canonical import canonical
from desk.channels.clocks import due_at
from desk.channels.in_force import channels_in_force
from desk.channels.model import Webhook
from desk.channels.notice_tables import CASE_NOTICES
from desk.transactional import clock_of

if TYPE_CHECKING:
    from desk.cases.state import CaseState

_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Notice:
    """What is to be told: critical, escalated (by which rule) or breached; of a case, at the data's now."""

    what: str
    state: CaseState
    at: datetime
    rule: str = ""


def announce(connection: Connection, found: Sequence[Notice]) -> int:
    """Write notices for everyone who is to be told, those that are new, and return how many that were.

    Within the transaction of what they tell, which has taken its turn.
    """
    listed = unannounced(connection, found)
    recorded_at = clock_of(connection)()
    rows = [{**row, "recorded_at": recorded_at} for row in listed]
    for start in range(0, len(rows), _AT_ONCE):
        connection.execute(insert(CASE_NOTICES), rows[start : start + _AT_ONCE])
    if rows:
        record_all(connection, [_line(row) for row in rows])
    return len(rows)


def unannounced(connection: Connection, found: Sequence[Notice]) -> list[dict[str, Any]]:
    """Return the rows of the outbox that are not there yet, one for each who is to be told."""
    rows = {
        row["notice_id"]: row
        for notice in found
        for hook in channels_in_force().webhooks
        if _is_for(hook, notice)
        for row in [_row(notice, hook)]
    }
    ids = list(rows)
    for start in range(0, len(ids), _AT_ONCE):
        some = CASE_NOTICES.c.notice_id.in_(ids[start : start + _AT_ONCE])
        for known in connection.execute(select(CASE_NOTICES.c.notice_id).where(some)).scalars():
            del rows[known]
    return list(rows.values())


def _line(row: Mapping[str, Any]) -> Entry:
    after = {"to": row["webhook"], "what": row["what"], "case": row["case_id"]}
    return Entry(SYSTEM, "announced", "notice", row["notice_id"], row["at"], after=after)


def _is_for(hook: Webhook, notice: Notice) -> bool:
    return (not hook.channels or notice.state.channel in hook.channels) and (
        not hook.notices or notice.what in hook.notices
    )


def _row(notice: Notice, hook: Webhook) -> dict[str, Any]:
    state, due = notice.state, due_at(notice.state)
    # A case breaches once for each time it is due: rated anew, or opened again, it may breach anew.
    mark = {"critical": "", "escalated": f":{notice.rule}", "breached": f":{due:%Y%m%dT%H%M}"}[notice.what]
    notice_id = f"{notice.what}:{state.case_id}{mark}:{hook.name}"
    body = {
        "id": notice_id,
        "what": notice.what,
        "case": state.case_id,
        "channel": state.channel,
        "severity": state.severity,
        "level": state.level,
        "due": f"{due.isoformat()}Z",
        "rule": notice.rule or None,
        "at": f"{notice.at.isoformat()}Z",
    }
    return {
        "notice_id": notice_id,
        "at": notice.at,
        "webhook": hook.name,
        "what": notice.what,
        "case_id": state.case_id,
        "channel": state.channel,
        "severity": state.severity,
        "due_at": due,
        "body": canonical(body),
    }
