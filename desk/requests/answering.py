"""How requests end: data are handed over once another approved, less of them, none, kept, or refused.

    state = narrow(records, request_id, ("profile", "balance"), actor, "The order names no logins", now)
    state, asked = ask_disclosure(records, request_id, maker, "Verified order", now)
    approve(records, asked.approval_id, checker, "Seen", now)                        # desk.approvals
    given = disclose(records, cursor, folder, asked.approval_id, maker, now)         # the file, and its hash

1. Nothing is given before the required checks are passed: only what is verified goes on (`CHECKED`).
2. What is given lies within what was asked; less of it needs words. The database holds these words.
3. Handing over is dangerous: its approval is bound to the request, its accounts, kinds of data and period.
4. In an emergency whoever called back is another person than whoever asks for the data or hands them over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
from sqlalchemy import Connection, select

from desk.actors import DISCLOSE, SYSTEM, Actor
from desk.acts import Act, Approval, approvals_in
from desk.approval_events import APPROVAL_EVENTS
from desk.approvals import approval_of, propose_in, use
from desk.evidence.packing import sha256
from desk.records import Records
from desk.requests.acting import refuse_unless, to_act_on, words
from desk.requests.packages import package
from desk.requests.reading import found
from desk.requests.state import DATA_KINDS, LIVE, RequestError, RequestState
from desk.requests.steps import Step, append_steps, state_of
from desk.requests.steps_table import REQUESTS_NOW
from desk.transactional import take_turn

# What can be answered, while nothing waits for a second person.
OPEN = ("verified", "answering")
# Classes whose answer is data.
_OF_DATA = ("information", "emergency")


@dataclass(frozen=True, slots=True)
class Given:
    """What was handed over or kept: the request after it, the file, and the file's SHA-256."""

    state: RequestState
    path: Path
    sha256: str


@dataclass(frozen=True, slots=True)
class Ended:
    """What was done to answer: by whom, why, at the data's now, and what of the state it changes."""

    action: str
    actor: Actor
    reason: str
    at: datetime
    changed: Mapping[str, Any] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)
    approval_id: str | None = None


def narrow(
    records: Records,
    request_id: str,
    scope: Sequence[str],
    actor: Actor,
    reason: str,
    now: datetime,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> RequestState:
    """Give less than was asked: fewer kinds of data, a shorter period. Raises RequestError for more."""
    words(reason)
    with records.writing() as connection:
        before = to_act_on(connection, request_id, actor, OPEN)
        given = within(before, scope)
        period = _period_within(before, since, until)
        is_less = given != before.scope_asked or period != (before.since, before.until)
        changed = {
            "status": "answering",
            "scope_given": given,
            "is_narrowed": before.is_narrowed or is_less,
            "narrowed_because": reason.strip() if is_less else before.narrowed_because,
            "since": period[0],
            "until": period[1],
        }
        details = {"since_asked": before.since, "until_asked": before.until, "scope": list(given)}
        plain = {name: str(each) if isinstance(each, datetime) else each for name, each in details.items()}
        return end(connection, before, Ended("narrowed", actor, reason, now, changed, plain))


def ask_disclosure(
    records: Records, request_id: str, actor: Actor, reason: str, now: datetime
) -> tuple[RequestState, Approval]:
    """Ask for data to be handed over: what was narrowed to, else all that was asked.

    Raises RequestError where it is not verified, asks for no data or about nobody here; RightError,
    ActorError, LonelyError.
    """
    words(reason)
    with records.writing() as connection:
        before = to_act_on(connection, request_id, actor, OPEN)
        _refuse_without_data(before)
        _refuse_caller(before, actor)
        given = before.scope_given or before.scope_asked
        asked = propose_in(connection, _act(replace(before, scope_given=given)), actor, reason, now)
        changed = {"status": "waiting_approval", "scope_given": given}
        done = Ended("disclosure_asked", actor, reason, now, changed, approval_id=asked.approval_id)
        return end(connection, before, done), asked


def disclose(
    records: Records,
    cursor: duckdb.DuckDBPyConnection,
    folder: Path,
    approval_id: str,
    actor: Actor,
    now: datetime,
) -> Given:
    """Write the file that is handed over, of the scope given only, and use the approval up with it.

    Raises ApprovalError for an approval that is not good, RequestError where the request is not as it was;
    then there is no file.
    """
    asked = approval_of(records, approval_id, now)
    if asked.act.action != DISCLOSE.name:
        raise RequestError(f"{approval_id} hands no data over.", to_do="Carry it out where it belongs.")
    with records.writing() as connection:
        take_turn(connection)
        before = found(connection, asked.act.object_id, actor)
        refuse_unless(before, ("waiting_approval",))
        _refuse_caller(before, actor)
        use(connection, approval_id, _act(before), actor, now)
        data = package(cursor, before, now)
        outcome = "partly_given" if before.is_narrowed else "data_given"
        changed = {**_over("answered", outcome, now), "package_hash": sha256(data)}
        done = Ended("disclosed", actor, asked.reason, now, changed, {"bytes": len(data)}, approval_id)
        with _written(folder, f"{before.request_id}.zip", data) as path:
            return Given(end(connection, before, done), path, sha256(data))


def keep(
    records: Records,
    cursor: duckdb.DuckDBPyConnection,
    folder: Path,
    request_id: str,
    until: datetime,
    actor: Actor,
    reason: str,
    now: datetime,
) -> Given:
    """Keep what a preservation request asks for as it is now, until a date; nobody is given it.

    Raises RequestError where it is not verified, or the date is past.
    """
    words(reason)
    if until <= now:
        raise RequestError("Data are kept until a later day.", to_do="Name a day that is still to come.")
    with records.writing() as connection:
        before = to_act_on(connection, request_id, actor, OPEN)
        _refuse_other_class(before, ("preservation",))
        state = replace(before, scope_given=before.scope_given or before.scope_asked)
        _refuse_nobody(state)
        data = package(cursor, state, now)
        changed = {
            **_over("kept", "kept", now),
            "scope_given": state.scope_given,
            "kept_until": until,
            "package_hash": sha256(data),
        }
        done = Ended("kept", actor, reason, now, changed, {"bytes": len(data)})
        with _written(folder, f"{request_id}-kept.zip", data) as path:
            return Given(end(connection, before, done), path, sha256(data))


def refuse(records: Records, request_id: str, actor: Actor, reason: str, now: datetime) -> RequestState:
    """Refuse a request with words; whatever was not checked can be refused too. Raises RequestError."""
    return _end_with_words(records, request_id, LIVE, Ended("refused", actor, reason, now))


def withdraw(records: Records, request_id: str, actor: Actor, reason: str, now: datetime) -> RequestState:
    """Write down that the asker took it back. Raises RequestError."""
    return _end_with_words(records, request_id, LIVE, Ended("withdrawn", actor, reason, now))


def say_nothing_found(
    records: Records, request_id: str, actor: Actor, reason: str, now: datetime
) -> RequestState:
    """Answer that nobody here is concerned, or that there are no such data. Raises RequestError.

    That somebody is no customer is an answer too, so the request must be verified.
    """
    return _end_with_words(records, request_id, OPEN, Ended("no_data", actor, reason, now))


def give_help(records: Records, request_id: str, actor: Actor, reason: str, now: datetime) -> RequestState:
    """End a request for assistance with what was done for it, in words. Raises RequestError."""
    return _end_with_words(records, request_id, OPEN, Ended("helped", actor, reason, now))


def set_secret(
    records: Records, request_id: str, until: datetime | None, actor: Actor, reason: str, now: datetime
) -> RequestState:
    """Say until when the customer must not learn of a request; None: they may, from now on."""
    words(reason)
    with records.writing() as connection:
        before = to_act_on(connection, request_id, actor, (*LIVE, "answered", "executed", "kept", "refused"))
        changed = {"is_secret": until is not None and until > now, "secret_until": until}
        return end(connection, before, Ended("secrecy_set", actor, reason, now, changed))


def drop_undone(records: Records, now: datetime) -> int:
    """Let every request go on whose disclosure was rejected, withdrawn or expired; return how many."""
    about = APPROVAL_EVENTS.c
    with records.writing() as connection:
        take_turn(connection)
        waiting = select(REQUESTS_NOW).where(REQUESTS_NOW.c.status == "waiting_approval")
        count = 0
        for before in [state_of(row) for row in connection.execute(waiting)]:
            named = about.object_id == before.request_id
            asked = approvals_in(connection, now, about.action == DISCLOSE.name, named)
            if asked and asked[-1].state in ("rejected", "withdrawn", "expired"):
                why = f"Its approval was {asked[-1].state}."
                done = Ended("disclosure_dropped", SYSTEM, why, now, {"status": "answering"})
                end(connection, before, replace(done, approval_id=asked[-1].approval_id))
                count += 1
    return count


def end(connection: Connection, before: RequestState, done: Ended) -> RequestState:
    """Write the step that `done` is, and return the request after it; within `records.writing()`."""
    after = replace(before, version=before.version + 1, **done.changed)
    step = Step(before, after, done.action, done.actor, done.reason, done.at, done.details, done.approval_id)
    append_steps(connection, [step])
    return after


def within(state: RequestState, scope: Sequence[str]) -> tuple[str, ...]:
    """Return kinds of data in their order, which lie within what was asked. Raises RequestError."""
    chosen = tuple(kind for kind in DATA_KINDS if kind in scope)
    beyond = [kind for kind in scope if kind not in state.scope_asked]
    if beyond or not chosen:
        raise RequestError(
            f"{beyond[0].replace('_', ' ')} was not asked for." if beyond else "Nothing is left to give.",
            possible=", ".join(state.scope_asked).replace("_", " ") or "nothing: it asks for no data",
            to_do="Give what was asked, less of it, or refuse it.",
        )
    return chosen


def _period_within(
    state: RequestState, since: datetime | None, until: datetime | None
) -> tuple[datetime | None, datetime | None]:
    """Return the period that is given: that asked for where none is named. Raises RequestError beyond it."""
    since, until = since or state.since, until or state.until
    is_before = state.since is not None and since is not None and since < state.since
    is_after = state.until is not None and until is not None and until > state.until
    if is_before or is_after or (since is not None and until is not None and since > until):
        raise RequestError(
            "That period was not asked for.",
            possible=f"within {state.since or 'the beginning'} and {state.until or 'now'}",
            to_do="Give the period that was asked for, or a part of it.",
        )
    return since, until


def _end_with_words(
    records: Records, request_id: str, statuses: tuple[str, ...], done: Ended
) -> RequestState:
    words(done.reason)
    with records.writing() as connection:
        before = to_act_on(connection, request_id, done.actor, statuses)
        if done.action == "helped":
            _refuse_other_class(before, ("assistance",))
        status = done.action if done.action in ("refused", "withdrawn") else "answered"
        return end(connection, before, replace(done, changed=_over(status, done.action, done.at)))


def _over(status: str, outcome: str, now: datetime) -> dict[str, Any]:
    return {"status": status, "outcome": outcome, "answered_at": now}


def _act(state: RequestState) -> Act:
    """Return the act of handing over what a request is given, bound to all that makes up the file."""
    kinds = ", ".join(state.scope_given).replace("_", " ")
    whom, count = state.agency or state.contact or "the customer", len(state.account_ids)
    period = [str(each) if each else None for each in (state.since, state.until)]
    return Act(
        DISCLOSE.name,
        state.request_id,
        None,
        {"account_ids": list(state.account_ids), "scope": list(state.scope_given), "period": period},
        f"Hand over {kinds} of {count} account{'s' * (count != 1)} to {whom}",
    )


def _refuse_without_data(state: RequestState) -> None:
    _refuse_other_class(state, _OF_DATA)
    if not state.scope_asked:
        raise RequestError(f"{state.request_id} asks for no data.", to_do="Narrow it, or refuse it.")
    _refuse_nobody(state)


def _refuse_nobody(state: RequestState) -> None:
    if not state.account_ids:
        raise RequestError(
            f"{state.request_id} concerns no account of this exchange.",
            to_do="Answer that nothing was found.",
        )


def _refuse_other_class(state: RequestState, classes: tuple[str, ...]) -> None:
    if state.request_class not in classes:
        raise RequestError(
            f"{state.request_id} is a request of class {state.request_class}.",
            possible=f"of a request of class {' or '.join(classes)}",
            to_do="Answer it as its class is answered.",
        )


def _refuse_caller(state: RequestState, actor: Actor) -> None:
    """In an emergency, one person calls back and another answers: who forges has to fool both."""
    if state.request_class == "emergency" and state.called_by == actor.name:
        raise RequestError(
            f"{actor.name} called back: in an emergency somebody else answers.",
            to_do="Have another person ask for the data and hand them over, or call back once more.",
        )


@contextmanager
def _written(folder: Path, name: str, data: bytes) -> Iterator[Path]:
    """Write a file whole, and take it away again where what follows fails."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    try:
        yield path
    except BaseException:
        path.unlink(missing_ok=True)
        raise
