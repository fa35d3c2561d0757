"""Four eyes: one rule for every dangerous action, for every role, the administrator included.

    act = Act(PROMOTE_MODEL.name, "fraud-cis-2", None, {"area": "cis"}, "Promote fraud-cis-2 in CIS")
    asked = propose(records, act, maker, "Catches more at the same budget", now)
    approve(records, asked.approval_id, checker, "Checked on unseen weeks", now)
    with records.writing() as connection:
        use(connection, asked.approval_id, act, maker, now)      # in the transaction of the action itself
        ...

1. Who approves is another person than who proposed.
2. An approval is good for one use, and until LIFE after the proposal by the data's now.
3. It is bound by a hash to the act, whole: action, object, amount, details and summary, and to its maker.
4. Until it is used, its maker can withdraw it; until it is decided, a checker can reject it.

The rule lies here, below the pages; what of it a database can hold, `approval_events` holds once more. All
transactions that touch an approval take turns, so of two who decide or use at once, one is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, insert

from desk.actors import Actor, RightError, require, require_check, why_not
from desk.acts import LIFE, Act, Approval, ApprovalError, State, approvals_in, right_of
from desk.approval_events import APPROVAL_EVENTS
from desk.audit import Entry, record
from desk.canonical import canonical, digest
from desk.people import require_present, require_two
from desk.records import Records
from desk.transactional import clock_of, note_used, take_turn

__all__ = [
    "LIFE",
    "Act",
    "Approval",
    "ApprovalError",
    "approval_of",
    "approvals",
    "approve",
    "propose",
    "propose_in",
    "reject",
    "still_open",
    "use",
    "waiting",
    "withdraw",
]


def propose(records: Records, act: Act, actor: Actor, reason: str, now: datetime) -> Approval:
    """Ask for a second person; where the same act of the same maker is open already, return that approval.

    Raises RightError when the actor may not propose, ActorError when they are not among the people here,
    LonelyError when nobody could approve, ApprovalError without a reason.
    """
    with records.writing() as connection:
        return propose_in(connection, act, actor, reason, now)


def propose_in(connection: Connection, act: Act, actor: Actor, reason: str, now: datetime) -> Approval:
    """Ask for a second person as `propose` does, in the transaction of what is asked for. Raises the same."""
    right = right_of(act)
    require(actor, right)
    _words(reason, "a reason", "Say in a sentence why this should be done.")
    act_hash = act.bound_to(actor.name)
    take_turn(connection)
    require_two(connection, right)
    require_present(connection, actor)
    earlier = approvals_in(connection, now, APPROVAL_EVENTS.c.act_hash == act_hash)
    if earlier and earlier[-1].state in ("waiting", "approved"):
        return earlier[-1]
    name = f"A-{digest(f'{act_hash} {len(earlier) + 1}')[:10]}"
    asked = Approval(name, act, act_hash, actor, reason.strip(), now, now + LIFE)
    return _take(connection, _Step(asked, "proposed", actor, reason, now))


def approve(records: Records, approval_id: str, actor: Actor, note: str, now: datetime) -> Approval:
    """Approve what another person proposed; the note may be empty.

    Raises RightError when the actor may not, ApprovalError when the actor proposed it, or it does not wait.
    """
    with records.writing() as connection:
        asked = _to_decide(connection, approval_id, actor, now)
        return _take(connection, _Step(asked, "approved", actor, note, now, actor.name))


def reject(records: Records, approval_id: str, actor: Actor, note: str, now: datetime) -> Approval:
    """Reject what another person proposed, with words. Raises as `approve` does."""
    _words(note, "a reason", "Say in a sentence why it is rejected.")
    with records.writing() as connection:
        asked = _to_decide(connection, approval_id, actor, now)
        return _take(connection, _Step(asked, "rejected", actor, note, now, actor.name))


def withdraw(records: Records, approval_id: str, actor: Actor, reason: str, now: datetime) -> Approval:
    """Take back what one proposed oneself, until it is used. Raises ApprovalError for anybody else's."""
    require(actor)
    _words(reason, "a reason", "Say in a sentence why it is taken back.")
    with records.writing() as connection:
        asked = _asked(connection, approval_id, now)
        require_present(connection, actor)
        if actor.name != asked.maker.name:
            raise _refused(asked, f"Only {asked.maker.name}, who proposed it, can withdraw it.")
        if asked.state not in ("waiting", "approved", "expired"):
            raise _refused(asked, f"It was {asked.state} already.")
        checker = asked.checker.name if asked.checker else None
        return _take(connection, _Step(asked, "withdrawn", actor, reason, now, checker))


def use(connection: Connection, approval_id: str, act: Act, actor: Actor, now: datetime) -> None:
    """Use an approval up, in the transaction of the act itself; both are kept or neither.

    `actor` does the act: anybody who may propose or approve it. Raises ApprovalError where the approval is
    not there, not approved, used, expired, or of another act; RightError and ActorError for the actor.
    """
    right = right_of(act)
    asked = _asked(connection, approval_id, now)
    require(actor)
    if not (actor.may(right) or actor.may_check(right)):
        raise RightError(why_not(actor, right), to_do="Ask a person in one of these roles.")
    require_present(connection, actor)
    if asked.state != "approved":
        raise _refused(asked, _NOT_USABLE[asked.state])
    if (
        act.bound_to(asked.maker.name) != asked.act_hash
        or asked.act.bound_to(asked.maker.name) != asked.act_hash
    ):
        raise _refused(asked, f"It is for another act: {asked.act.summary}")
    if asked.checker is None or asked.checker.name == asked.maker.name:
        raise _refused(asked, "Who proposed it also approved it.")
    _take(connection, _Step(asked, "used", actor, asked.reason, now, asked.checker.name))
    note_used(connection, approval_id)


def waiting(records: Records, now: datetime) -> list[Approval]:
    """Return what waits for a second person at `now`, the oldest first."""
    return [asked for asked in approvals(records, now) if asked.state == "waiting"]


def approvals(
    records: Records, now: datetime, action: str | None = None, object_id: str | None = None
) -> list[Approval]:
    """Return every approval as it stands at `now`, the oldest first; of one action or object where named."""
    asked = APPROVAL_EVENTS.c
    wanted = [
        column == value for column, value in ((asked.action, action), (asked.object_id, object_id)) if value
    ]
    with records.reading() as connection:
        return approvals_in(connection, now, *wanted)


def still_open(
    records: Records, now: datetime, action: str | None = None, object_id: str | None = None
) -> list[Approval]:
    """Return what waits or is approved but not done at `now`, the oldest first; of one object where named."""
    asked = APPROVAL_EVENTS.c
    wanted = [
        column == value for column, value in ((asked.action, action), (asked.object_id, object_id)) if value
    ]
    with records.reading() as connection:
        # What has expired is over, so the past is not read.
        found = approvals_in(connection, now, asked.expires_at > now, *wanted)
    return [each for each in found if each.state in ("waiting", "approved")]


def approval_of(records: Records, approval_id: str, now: datetime | None = None) -> Approval:
    """Return one approval; where `now` is named, as it stands then. Raises ApprovalError where it is not."""
    with records.reading() as connection:
        return _one(connection, approval_id, now)


_NOT_USABLE: Mapping[State, str] = {
    "waiting": "Nobody has approved it yet.",
    "expired": "It expired before it was used.",
    "rejected": "It was rejected.",
    "withdrawn": "It was withdrawn.",
    "used": "It was used already: an approval is good for one use.",
}


@dataclass(frozen=True, slots=True)
class _Step:
    """One step of an approval that is about to be written."""

    asked: Approval
    step: Literal["proposed", "approved", "rejected", "withdrawn", "used"]
    actor: Actor
    words: str
    now: datetime
    checker: str | None = None


def _asked(connection: Connection, approval_id: str, now: datetime) -> Approval:
    take_turn(connection)
    return _one(connection, approval_id, now)


def _to_decide(connection: Connection, approval_id: str, actor: Actor, now: datetime) -> Approval:
    """Return an approval that `actor` may approve or reject now."""
    asked = _asked(connection, approval_id, now)
    require_check(actor, asked.right)
    require_present(connection, actor)
    if actor.name == asked.maker.name:
        raise _refused(asked, f"{actor.name} proposed it: somebody else must decide.")
    if asked.state != "waiting":
        who = f" by {asked.checker.name}" if asked.checker else ""
        raise _refused(asked, f"It does not wait any more: it is {asked.state}{who}.")
    return asked


def _take(connection: Connection, step: _Step) -> Approval:
    """Write one step and its line of the audit log, and return the approval as it is then."""
    asked, act = step.asked, step.asked.act
    connection.execute(
        insert(APPROVAL_EVENTS).values(
            approval_id=asked.approval_id,
            step=step.step,
            follows={"proposed": None, "used": "approved"}.get(step.step, "proposed"),
            at=step.now,
            recorded_at=clock_of(connection)(),
            expires_at=asked.expires_at,
            actor=step.actor.name,
            role=step.actor.role,
            maker=asked.maker.name,
            checker=step.checker,
            action=act.action,
            object_id=act.object_id,
            amount_micro=act.amount_micro,
            details=canonical(act.details),
            summary=act.summary,
            act_hash=asked.act_hash,
            reason=step.words.strip(),
        )
    )
    done = _one(connection, asked.approval_id, step.now)
    before = None if step.step == "proposed" else {"state": asked.state}
    after = {
        "state": done.state,
        "act_hash": asked.act_hash,
        "summary": act.summary,
        "amount_micro": act.amount_micro,
        "maker": asked.maker.name,
        "checker": done.checker.name if done.checker else None,
        "expires_at": asked.expires_at,
    }
    entry = Entry(step.actor, step.step, act.action, act.object_id, step.now, before, after)
    record(connection, replace(entry, reason=step.words, approval_id=asked.approval_id))
    return done


def _one(connection: Connection, approval_id: str, now: datetime | None) -> Approval:
    found = approvals_in(connection, now, APPROVAL_EVENTS.c.approval_id == approval_id)
    if not found:
        raise ApprovalError(
            f"There is no approval {approval_id!r}.",
            possible="the approvals that were asked for here",
            to_do="Propose the act, and have another person approve it.",
        )
    return found[0]


def _words(given: str, what: str, to_do: str) -> None:
    if not given.strip():
        raise ApprovalError(f"This needs {what}.", to_do=to_do)


def _refused(asked: Approval, why: str) -> ApprovalError:
    return ApprovalError(
        why,
        where=f"approval {asked.approval_id}: {asked.act.summary}",
        possible=f"one use, before {asked.expires_at:%d %B %Y, %H:%M} UTC, of what was approved by another",
        to_do="Propose it again, and have another person approve it.",
    )
