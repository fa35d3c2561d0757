"""The people of a store and their roles, as `people_events` tells them.

    found(records, DEMONSTRATION, now)     # the first people; only where there are none
    people(records)                        # those who are here now, in the order in which they joined
    person(records, "Mira Mockup").actor   # the one who acts

A dangerous action needs two of them. `refuse_lonely` says at the start whether there are two for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from data.errors import WatchfloorError
from desk.actors import RIGHTS, ROLES, SYSTEM, Actor, ActorError, Right, require
from desk.audit import Entry, record
from desk.people_events import PEOPLE_EVENTS
from desk.records import Records
from desk.transactional import clock_of, take_turn

# Names the person of the store who sits at this machine.
PERSON_VARIABLE = "WATCHFLOOR_PERSON"
# Names that no one could take for a real person's. Two for each dangerous action, and one for every role.
DEMONSTRATION: Mapping[str, str] = {
    "Rita Riskdemo": "risk_manager",
    "Rolf Riskdemo": "risk_manager",
    "Lena Leaddemo": "desk_lead",
    "Luis Leaddemo": "desk_lead",
    "Ana Analystdemo": "analyst",
    "Aziz Analystdemo": "analyst",
    "Olga Operatordemo": "desk_operator",
    "Lin Liaisondemo": "liaison",
    "Emil Executivedemo": "executive",
    "Aude Auditordemo": "auditor",
    "Ada Admindemo": "administrator",
}


class PeopleError(WatchfloorError):
    """A person cannot join or act: the name is taken, or there is nobody of that name and role."""


class LonelyError(WatchfloorError):
    """A dangerous action could never be completed: there are no two people for it."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person who is here: the name, the role, and since when (the data's now) the role is theirs."""

    name: str
    role: str
    since: datetime

    @property
    def actor(self) -> Actor:
        """The person as one who acts."""
        return Actor(self.name, self.role)


def people(records: Records) -> list[Person]:
    """Return who is here now, in the order in which they joined."""
    with records.reading() as connection:
        return people_in(connection)


def people_in(connection: Connection) -> list[Person]:
    """Return who is here now, as the transaction sees it."""
    here: dict[str, Person] = {}
    for row in connection.execute(select(PEOPLE_EVENTS).order_by(PEOPLE_EVENTS.c.number)):
        if row.change == "left":
            here.pop(row.name, None)
        else:
            here[row.name] = Person(row.name, row.role, row.at)
    return list(here.values())


def person(records: Records, name: str) -> Person:
    """Return the person of that name who is here. Raises PeopleError with the names there are."""
    here = people(records)
    for someone in here:
        if someone.name == name:
            return someone
    raise PeopleError(
        f"There is no person {name!r} here.",
        where=records.where,
        possible=", ".join(someone.name for someone in here) or "nobody: no people were named yet",
        to_do="Choose one of these.",
    )


def found(records: Records, named: Mapping[str, str], now: datetime) -> bool:
    """Name the first people, name and role, and answer True; False where there were people ever before.

    Later changes take two people. Raises ActorError for a role that is not there, LonelyError when some
    dangerous action could then never be completed.
    """
    for name, role in named.items():
        require(Actor(name, role))
    _refuse_twins(named)
    with records.writing() as connection:
        take_turn(connection)
        if connection.execute(select(PEOPLE_EVENTS.c.number).limit(1)).first() is not None:
            return False
        for name, role in named.items():
            write_change(connection, Person(name, role, now), "joined", SYSTEM, "First people of this store")
        refuse_lonely_among(people_in(connection), RIGHTS.values())
    return True


def switched(records: Records, before: Actor, after: Actor, now: datetime) -> None:
    """Audit that whoever sits at the screen acts as `after` from now on; for local demonstration mode."""
    with records.writing() as connection:
        require_present(connection, after)
        was, is_now = ({"person": one.name, "role": one.role} for one in (before, after))
        record(connection, Entry(before, "switched_person", "person", after.name, now, was, is_now))


def refuse_lonely(records: Records) -> None:
    """Refuse people among whom a dangerous action could never be completed; nobody at all is local mode.

    Raises LonelyError, which says for which action and who may.
    """
    here = people(records)
    if here:
        refuse_lonely_among(here, RIGHTS.values())


def require_two(connection: Connection, right: Right) -> None:
    """Refuse to begin a dangerous action that nobody could complete. Raises LonelyError."""
    refuse_lonely_among(people_in(connection), [right])


def require_here(connection: Connection, actor: Actor) -> None:
    """Refuse an actor who is not here in that role, where people were named: one name alone is local mode.

    The program itself acts everywhere. Raises ActorError.
    """
    if actor != SYSTEM and (here := people_in(connection)):
        _require_among(here, actor)


def require_present(connection: Connection, actor: Actor) -> None:
    """Refuse an actor who is not here in that role. Raises ActorError."""
    _require_among(people_in(connection), actor)


def _require_among(here: Sequence[Person], actor: Actor) -> None:
    if all((someone.name, someone.role) != (actor.name, actor.role) for someone in here):
        raise ActorError(
            f"{actor.name} is not among the people here as {actor.role_in_words}.",
            possible=", ".join(f"{one.name} ({ROLES[one.role]})" for one in here) or "nobody was named yet",
            to_do="Act as one of these people, in their role.",
        )


def refuse_lonely_among(here: Sequence[Person], rights: Iterable[Right]) -> None:
    """Refuse people among whom one of `rights` could never be completed. Raises LonelyError."""
    lonely = [right for right in rights if right.is_dangerous and not _can_be_completed(here, right)]
    if lonely:
        right = lonely[0]
        able = [one.name for one in here if one.role in right.holders | right.checkers]
        raise LonelyError(
            f"Nobody could ever {' or '.join(each.words for each in lonely)}: it takes two people.",
            where=f"people who may: {', '.join(able) or 'nobody'}",
            possible=(
                f"to {right.words}, {right.holders_in_words} propose, and another person approves: "
                f"{right.checkers_in_words}"
            ),
            to_do='Name people: watchfloor people "Their Name=risk_manager" "Another Name=desk_lead"',
        )


def _can_be_completed(here: Sequence[Person], right: Right) -> bool:
    """Answer whether somebody may propose, and for each who may there is another who may approve."""
    makers = [one.name for one in here if one.role in right.holders]
    checkers = {one.name for one in here if one.role in right.checkers}
    return bool(makers) and all(checkers - {maker} for maker in makers)


def _refuse_twins(named: Iterable[str]) -> None:
    """Refuse two names that a reader could not tell apart, or that of the program itself."""
    seen = {SYSTEM.name.casefold()}
    for name in named:
        key = one_name(name)
        if key in seen or name != " ".join(name.split()):
            raise PeopleError(
                f"The name {name!r} is taken, or has spaces that nobody sees.",
                to_do="Give each person a name of their own.",
            )
        seen.add(key)


def one_name(name: str) -> str:
    """Return a name as a reader takes it: without the case of its letters and what spaces it has too many."""
    return " ".join(name.casefold().split())


def write_change(
    connection: Connection,
    who: Person,
    change: str,
    actor: Actor,
    reason: str,
    before: Person | None = None,
    approval_id: str | None = None,
) -> None:
    """Write that a person joined, changed role or left, with its line of the audit log.

    `who` is the person from then on, `before` as they were. Whoever calls has used the approval up in this
    transaction: only the first people of a store come without one.
    """
    connection.execute(
        insert(PEOPLE_EVENTS).values(
            at=who.since,
            recorded_at=clock_of(connection)(),
            name=who.name,
            change=change,
            role=who.role,
            actor=actor.name,
            actor_role=actor.role,
            reason=reason,
            approval_id=approval_id,
        )
    )
    was = None if before is None else {"role": before.role}
    after = None if change == "left" else {"role": who.role}
    record(connection, Entry(actor, change, "person", who.name, who.since, was, after, reason, approval_id))
