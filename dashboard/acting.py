"""Who acts at this screen: a person of the demonstration, chosen in the header, or the one of local mode.

    actor = acting.actor()
    actor.may(ESCALATE)

The choice is of the session, not in the URL: a link that is shared never makes anybody act as another person.
In a user's own store nobody can be chosen: WATCHFLOOR_PERSON names one of its people (`watchfloor people`),
else WATCHFLOOR_ROLE the role of the one person of local mode.
"""

from __future__ import annotations

import os
from functools import lru_cache

import streamlit as st

from dashboard import demonstration, owner
from dashboard.desk_records import desk_records
from dashboard.facts import facts
from desk import people
from desk.actors import Actor, local_actor
from desk.people import PERSON_VARIABLE, Person

CHOSEN = "acting_person"


def actor() -> Actor:
    """Return who acts in this session.

    Raises ActorError for a role, PeopleError for a person that is not there.
    """
    here = choosable()
    if not here and os.environ.get(PERSON_VARIABLE, "").strip():
        return people.person(desk_records(), os.environ[PERSON_VARIABLE].strip()).actor
    local = local_actor(os.environ)
    named = st.session_state.get(CHOSEN)
    chosen = [one for one in here if one.name == named] or [one for one in here if one.role == local.role]
    return chosen[0].actor if chosen else local


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


def become(name: str) -> None:
    """Act as the person called `name` from now on, and audit that. Raises PeopleError when not here."""
    after = people.person(desk_records(), name).actor
    now = facts().now
    if now is not None and after != actor():
        people.switched(desk_records(), actor(), after, now)
    st.session_state[CHOSEN] = name


def refuse_lonely_people() -> None:
    """Refuse to start where a dangerous action could never be completed. Raises LonelyError."""
    people.refuse_lonely(desk_records())


@lru_cache(maxsize=1)
def _is_demonstration(_version: str) -> bool:
    return demonstration.built(owner.store()) is not None
