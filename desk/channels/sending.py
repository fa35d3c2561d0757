"""Sending what the outbox holds: at least once, later again where it fails, and given up after a while.

    send_due(records, os.environ)      # one round: every notice whose time has come; how many were sent

The POST comes first and what came of it is written after: whoever is killed between the two sends again, and
the receiver knows the notice by its id. A webhook that does not answer is asked once a round, so that it
does not keep the others waiting.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError

from desk.actors import SYSTEM
from desk.audit import Entry, record
from desk.channels.in_force import channels_in_force
from desk.channels.model import Webhook
from desk.channels.notice_tables import CASE_NOTICES, NOTICE_ATTEMPTS
from desk.channels.notices import Sent, sent_of, standing, write_attempt
from desk.channels.posting import PostError, headers, post
from desk.records import Records
from desk.transactional import take_turn

MOST_TRIES = 6
# 5 s, 20 s, 80 s, 5 min, 21 min: half an hour in all, longer than a receiver takes to be started anew.
FIRST_WAIT = timedelta(seconds=5)
TIMEOUT_SECONDS = 10.0
# What one round takes at most, so that a round ends.
_A_ROUND = 200
Post = Callable[[Webhook, str, Mapping[str, str], float], str]


def send_due(
    records: Records, environment: Mapping[str, str], seconds: float = TIMEOUT_SECONDS, send: Post = post
) -> int:
    """Send every notice whose time has come and return how many arrived."""
    hooks = {hook.name: hook for hook in channels_in_force().webhooks}
    with records.reading() as connection:
        named = connection.execute(select(CASE_NOTICES.c.webhook).distinct()).scalars().all()
    arrived = 0
    for name in named:
        for sent in due(records, name):
            told, is_sent = _tried(hooks.get(name), sent, environment, records.clock(), seconds, send)
            _write(records, sent, told, is_sent=is_sent)
            arrived += is_sent
            if not is_sent:
                break
    return arrived


def due(records: Records, webhook: str) -> list[Sent]:
    """Return the notices for a webhook whose time has come, the oldest first."""
    last = NOTICE_ATTEMPTS.c
    with records.reading() as connection:
        asked = standing().where(
            CASE_NOTICES.c.webhook == webhook,
            or_(
                last.outcome.is_(None),
                last.outcome == "again",
                (last.outcome == "failed") & (last.next_at <= records.clock()),
            ),
        )
        rows = connection.execute(asked.order_by(CASE_NOTICES.c.number).limit(_A_ROUND)).all()
    return [sent_of(row) for row in rows]


def wait_after(tries: int) -> timedelta:
    """Return for how long a notice rests after so many tries: four times as long each time."""
    return timedelta(seconds=FIRST_WAIT.total_seconds() * 4.0 ** (tries - 1))


def _tried(
    hook: Webhook | None,
    sent: Sent,
    environment: Mapping[str, str],
    wall: datetime,
    seconds: float,
    send: Post,
) -> tuple[str, bool]:
    if hook is None:
        return f"The configuration names no webhook {sent.webhook!r} any more.", False
    key = environment.get(hook.key_variable, "")
    if not key:
        return f"The variable {hook.key_variable}, which holds the key that signs, is not set.", False
    stamp = round((wall - datetime(1970, 1, 1)).total_seconds())
    try:
        return send(hook, sent.body, headers(sent.notice_id, sent.body, key, stamp), seconds), True
    except PostError as error:
        return error.what, False


def _write(records: Records, sent: Sent, told: str, *, is_sent: bool) -> None:
    tries = sent.tries + 1
    is_last = not is_sent and tries >= MOST_TRIES
    outcome = "sent" if is_sent else "given_up" if is_last else "failed"
    later = None if outcome != "failed" else records.clock() + wait_after(tries)
    try:
        with records.writing() as connection:
            take_turn(connection)
            write_attempt(connection, sent, outcome, told, tries, later)
            if is_last:
                line = Entry(SYSTEM, "gave_up", "notice", sent.notice_id, sent.at, reason=told)
                record(connection, line)
    except IntegrityError:
        # Another process tried the same one meanwhile and wrote it down first.
        return
