"""Who acts at this screen: a person of the demonstration, chosen in the header, or the one of local mode.

    actor = acting.actor()
    actor.may(ESCALATE)

The choice is of the session, not in the URL: a link that is shared never makes anybody act as another person.
In a user's own store nobody can be chosen: WATCHFLOOR_PERSON names one of its people (`watchfloor people`),
else WATCHFLOOR_ROLE the role of the one person of local mode. Where sign-in at a provider is configured, it
says who acts, and nothing else does (`dashboard/signed_in.py`).
"""

from __future__ import annotations

import os

import streamlit as st

from dashboard import reader, signed_in
from dashboard.desk_records import desk_records
from dashboard.facts import facts
from dashboard.present import choosable, of_role
from desk import people
from desk.actors import Actor, local_actor
from desk.people import PERSON_VARIABLE

__all__ = ["CHOSEN", "PERSON_VARIABLE", "actor", "become", "choosable", "chosen", "refuse_lonely_people"]
CHOSEN = "acting_person"


def actor() -> Actor:
    """Return who acts in this session.

    Raises ActorError for a role, PeopleError for a person that is not there, SignInError where a provider is
    configured and says nobody.
    """
    if signed_in.is_configured():
        return signed_in.actor()
    here = choosable()
    if not here and os.environ.get(PERSON_VARIABLE, "").strip():
        return people.person(desk_records(), os.environ[PERSON_VARIABLE].strip()).actor
    named = chosen()
    fits = [one.actor for one in here if one.name == named]
    return fits[0] if fits else of_role(local_actor(os.environ), here)


def chosen() -> object:
    """Return the name that the header let this session act as; None for none."""
    return st.session_state.get(CHOSEN)


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


reader.known_by(actor, chosen)
