"""Erasure of one account's personal data from the store, under four eyes; events, features and scores stay.

    asked = ask_erasure(records, store, "A1", liaison, "The customer asks for it", now)
    approve(records, asked.approval_id, checker, "Nothing needs them", now)
    done = erase(records, store, asked.approval_id, liaison, now)    # Erased({"logins": 14}, values=9)

Devices, addresses, user agents and payout addresses are replaced by tokens that lead nowhere, pictures and
their prints are emptied (`desk/erased_values.py`). It is refused while the data are
needed: a live freeze, a live request or order that names the account, data kept for an authority, an open
case. The audit log holds counts only.

What cannot be erased from here is in LEFT: `docs/administration.md` says it to whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import duckdb
from sqlalchemy import Connection, or_, select

from data.errors import WatchfloorError
from data.store import Store
from desk.actors import ERASE, Actor
from desk.acts import Act, Approval
from desk.approvals import approval_of, propose_in, use
from desk.audit import Entry, record
from desk.cases.alerts import CASE_ALERTS
from desk.cases.steps import CASE_QUEUE, CASE_STEPS
from desk.erased_values import STREAMS, replace_values
from desk.freezes.state import LIVE as LIVE_FREEZES
from desk.freezes.steps import FREEZES_NOW
from desk.records import Records
from desk.recoveries.state import LIVE as LIVE_CLAIMS
from desk.recoveries.steps_table import CLAIMS_NOW
from desk.requests.state import LIVE as LIVE_REQUESTS
from desk.requests.steps_table import REQUESTS_NOW
from desk.transactional import take_turn

LEFT = (
    "the files that were loaded, which lie where their owner keeps them",
    "evidence packs that were sealed or handed over, and reports and exports that were written",
    "words that people wrote of a case, a freeze or a request, and the audit log: they only grow",
    "backups of the store, and Parquet of months that were sealed",
)


class ErasureError(WatchfloorError):
    """Personal data cannot be erased: something still needs them, or there is no such account."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure came to: rows by table, and how many different values got a token."""

    account_id: str
    rows: dict[str, int]
    values: int


def ask_erasure(
    records: Records, store: Store, account_id: str, actor: Actor, reason: str, now: datetime
) -> Approval:
    """Ask for a second person to erase an account's personal data.

    Raises ErasureError where they are needed or there is no such account, and as `propose` does.
    """
    with records.writing() as connection:
        take_turn(connection)
        with store.cursor() as cursor:
            _refuse_unknown(cursor, account_id)
        _refuse_needed(connection, account_id, now)
        return propose_in(connection, act_of(account_id), actor, reason, now)


def erase(records: Records, store: Store, approval_id: str, actor: Actor, now: datetime) -> Erased:
    """Use an approval and erase; all of it or nothing.

    Raises ErasureError where something came to need the data since, ApprovalError for an approval that is not
    good, RightError and ActorError for the actor.
    """
    asked = approval_of(records, approval_id, now)
    account_id = asked.act.object_id
    with records.writing() as connection, store.writing() as cursor:
        take_turn(connection)
        _refuse_needed(connection, account_id, now)
        use(connection, approval_id, act_of(account_id), actor, now)
        done = Erased(account_id, *replace_values(cursor, account_id))
        after = {"rows": done.rows, "values": done.values}
        entry = Entry(actor, "erased", "account", account_id, now, None, after, asked.reason, approval_id)
        record(connection, entry)
    return done


def act_of(account_id: str) -> Act:
    """Return the act that the approval is bound to."""
    return Act(ERASE.name, account_id, None, {"of": "account"}, f"Erase the personal data of {account_id}")


def needed_by(connection: Connection, account_id: str, now: datetime) -> list[str]:
    """Return what still needs the account's data, in words; empty where nothing does."""
    freezes = select(FREEZES_NOW.c.freeze_id).where(
        FREEZES_NOW.c.account_id == account_id, FREEZES_NOW.c.status.in_(LIVE_FREEZES)
    )
    of_account = (CASE_STEPS.c.subject_kind == "account") & (CASE_STEPS.c.subject_id == account_id)
    in_case = select(CASE_ALERTS.c.case_id).where(CASE_ALERTS.c.account_id == account_id)
    about = select(CASE_STEPS.c.case_id).where(of_account)
    cases = select(CASE_QUEUE.c.case_id).where(
        or_(CASE_QUEUE.c.case_id.in_(in_case), CASE_QUEUE.c.case_id.in_(about))
    )
    claims = select(CLAIMS_NOW.c.claim_id).where(
        CLAIMS_NOW.c.account_id == account_id, CLAIMS_NOW.c.status.in_(LIVE_CLAIMS)
    )
    found = [f"the live freeze {name}" for name in connection.execute(freezes).scalars()]
    found += [f"the open case {name}" for name in connection.execute(cases).scalars()]
    found += [f"the live claim {name}" for name in connection.execute(claims).scalars()]
    return [*found, *_requests(connection, account_id, now)]


def _requests(connection: Connection, account_id: str, now: datetime) -> Iterator[str]:
    """Name the live requests of the account and those for which its data are kept; the text narrows only."""
    requests = REQUESTS_NOW.c
    asked = select(requests.request_id, requests.account_ids, requests.status, requests.kept_until)
    for row in connection.execute(
        asked.where(or_(requests.status.in_(LIVE_REQUESTS), requests.kept_until > now))
    ):
        if account_id in (row.account_ids or ()):
            is_live = row.status in LIVE_REQUESTS
            yield f"{'the live request' if is_live else 'the preservation request'} {row.request_id}"


def _refuse_needed(connection: Connection, account_id: str, now: datetime) -> None:
    needed = needed_by(connection, account_id, now)
    if needed:
        raise ErasureError(
            f"The personal data of {account_id} are still needed by {needed[0]}.",
            where="; ".join(needed),
            possible="an account without a live freeze, order, request or claim, and without an open case",
            to_do="End these first, or wait until the data need not be kept any more.",
        )


def _refuse_unknown(cursor: duckdb.DuckDBPyConnection, account_id: str) -> None:
    asked = " UNION ALL ".join(f"SELECT 1 FROM {name} WHERE account_id = $account_id" for name in STREAMS)
    if not cursor.execute(f"SELECT 1 FROM ({asked}) LIMIT 1", {"account_id": account_id}).fetchall():
        raise ErasureError(
            f"There is no event of an account {account_id!r}.", to_do="Name an account that has events here."
        )
