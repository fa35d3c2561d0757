"""People join, change role and leave, each under four eyes.

    asked = ask_change(records, Change("Noa", "joined", "analyst"), administrator, "Starts today", now)
    approve(records, asked.approval_id, checker, "Seen", now)
    carry_out_change(records, asked.approval_id, administrator, now)

The approval is bound to the person, the change and both roles. Refused are: a change of one's own role, by
who asks and by who carries it out; a name that is taken or is not here; and whatever would leave a dangerous
action with nobody who could complete it, which is looked at when it is asked for and once more when it is
done. Whoever lost a role acts in it no more from that moment: every action asks `people_events`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, select

from desk.actors import CHANGE_ROLE, RIGHTS, ROLES, SYSTEM, Actor
from desk.acts import Act, Approval
from desk.approvals import approval_of, propose_in, use
from desk.people import PeopleError, Person, one_name, people_in, refuse_lonely_among, write_change
from desk.people_events import PEOPLE_EVENTS
from desk.records import Records
from desk.transactional import take_turn

Kind = Literal["joined", "role_changed", "left"]
# Of somebody who is only thought to be here, to see who could then complete what.
NEVER = datetime(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Change:
    """Who joins, gets another role or leaves; `role` is the one from then on, empty for who leaves."""

    name: str
    kind: Kind
    role: str = ""


def ask_change(records: Records, change: Change, actor: Actor, reason: str, now: datetime) -> Approval:
    """Ask for a second person to let somebody join, change role or leave.

    Raises PeopleError for a name or role that does not fit or one's own, LonelyError where a dangerous action
    could then never be completed, and as `propose` does.
    """
    with records.writing() as connection:
        take_turn(connection)
        _refuse_own(change.name, actor)
        act = act_of(connection, change)
        return propose_in(connection, act, actor, reason, now)


def carry_out_change(records: Records, approval_id: str, actor: Actor, now: datetime) -> Person:
    """Use an approval: the person joins, has the other role or is gone from `now` on; as they are then.

    The change is worked out anew: where the person's role or the people here changed since, it is another act
    or refused. Raises ApprovalError, PeopleError, LonelyError, RightError and ActorError.
    """
    asked = approval_of(records, approval_id, now)
    details = asked.act.details
    change = Change(asked.act.object_id, details.get("change", "joined"), details.get("role") or "")
    with records.writing() as connection:
        take_turn(connection)
        _refuse_own(change.name, actor)
        act = act_of(connection, change)
        use(connection, approval_id, act, actor, now)
        before = _here(people_in(connection), change.name)
        role = change.role or (before.role if before else "")
        after = Person(change.name, role, now)
        write_change(connection, after, change.kind, actor, asked.reason, before, approval_id)
        return after


def act_of(connection: Connection, change: Change) -> Act:
    """Return the act that a change is, from the people who are here. Raises PeopleError and LonelyError."""
    here = people_in(connection)
    before = _here(here, change.name)
    _refuse_unfit(connection, change, before)
    afterwards = [one for one in here if one.name != change.name]
    if change.kind != "left":
        afterwards.append(Person(change.name, change.role, NEVER))
    refuse_lonely_among(afterwards, RIGHTS.values())
    details = {"change": change.kind, "role": change.role or None, "before": before.role if before else None}
    return Act(CHANGE_ROLE.name, change.name, None, details, _summary(change, before))


def _summary(change: Change, before: Person | None) -> str:
    if change.kind == "joined":
        return f"Name {change.name} {ROLES[change.role]}"
    was = ROLES[before.role] if before else ""
    if change.kind == "left":
        return f"Take the role of {was} from {change.name}, who leaves"
    return f"Make {change.name}, {was}, {ROLES[change.role]}"


def _refuse_unfit(connection: Connection, change: Change, before: Person | None) -> None:
    if change.kind != "left" and change.role not in ROLES:
        raise PeopleError(
            f"There is no role {change.role!r}.", possible=", ".join(ROLES), to_do="Choose one of these."
        )
    if change.kind == "joined":
        _refuse_taken(connection, change.name)
        return
    if before is None:
        here = ", ".join(one.name for one in people_in(connection))
        raise PeopleError(
            f"There is no person {change.name!r} here.",
            possible=here or "nobody",
            to_do="Choose one of these.",
        )
    if change.kind == "role_changed" and change.role == before.role:
        raise PeopleError(
            f"{change.name} is {ROLES[before.role]} already.", to_do="Choose another role, or leave it."
        )


def _refuse_taken(connection: Connection, name: str) -> None:
    """Refuse a name that somebody has or had: two people's lines in the log would read as one's."""
    known = connection.execute(select(PEOPLE_EVENTS.c.name).distinct()).scalars()
    taken = {one_name(each) for each in (SYSTEM.name, *known)}
    if not name.strip() or one_name(name) in taken or name != " ".join(name.split()):
        raise PeopleError(
            f"The name {name!r} is taken or was once, is empty, or has spaces that nobody sees.",
            to_do="Give each person a name of their own.",
        )


def _refuse_own(name: str, actor: Actor) -> None:
    if name == actor.name:
        raise PeopleError(
            "Nobody changes their own role.",
            possible="a change that somebody else asks for and carries out",
            to_do="Ask another person who may.",
        )


def _here(here: Sequence[Person], name: str) -> Person | None:
    return next((one for one in here if one.name == name), None)
