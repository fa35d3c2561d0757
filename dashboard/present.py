"""Who is here without a session: the people that a demonstration lets one act as, and who gave a command.

commanding(os.environ)      # the person or the role that the environment names
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from dashboard import demonstration, owner
from dashboard.desk_records import desk_records
from dashboard.facts import facts
from desk import people
from desk.actors import ROLE_VARIABLE, Actor, local_actor
from desk.people import PERSON_VARIABLE, Person
from desk.reads import Reader, reader_of


def choosable() -> list[Person]:
    """Return the people whom the header lets one act as: those of a demonstration, else nobody.

    A demonstration has made-up people from the first time on that anybody looks.
    """
    if not _is_demonstration(owner.version()):
        return []
    here, now = people.people(desk_records()), facts().now
    if not here and now is not None:
        people.found(desk_records(), people.DEMONSTRATION, now)
        here = people.people(desk_records())
    return here


def commanding(environment: Mapping[str, str]) -> Actor:
    """Return who gave a command: the person or the role that its environment names, else the default role's.

    Raises ActorError for a role, PeopleError for a person that is not there.
    """
    named = environment.get(PERSON_VARIABLE, "").strip()
    if named:
        return people.person(desk_records(), named).actor
    return of_role(local_actor(environment), choosable())


def commander_told(arguments: Mapping[str, object]) -> Actor:
    """Return who gave a command, by the `person` or `role` that it came with. Raises as `commanding` does."""
    variables = ((PERSON_VARIABLE, "person"), (ROLE_VARIABLE, "role"))
    return commanding({variable: str(arguments.get(name) or "") for variable, name in variables})


def reader_told(arguments: Mapping[str, object]) -> Reader:
    """Return what the person may read who gave a command, by the `person` or `role` that it came with."""
    return reader_of(commander_told(arguments))


def of_role(local: Actor, here: Sequence[Person]) -> Actor:
    """Return the first person here in the role of `local`, else that one itself."""
    return next((one.actor for one in here if one.role == local.role), local)


@lru_cache(maxsize=1)
def _is_demonstration(_version: str) -> bool:
    return demonstration.built(owner.store()) is not None
