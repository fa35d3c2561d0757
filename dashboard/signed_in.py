"""Who signed in at the provider (OIDC), where one is configured; else this machine's own person acts.

    if not signed_in.gate(): return        # once a run, before anything is drawn
    signed_in.actor()                      # the person, in the role that the people of this store give them

The provider says who somebody is, never what they may do: its subject, or an address that it has verified, is
looked up in the home's `people.toml`, and the role is that of the person named there (docs/sign-in.md).
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from dashboard import owner, refused
from dashboard.desk_records import desk_records
from data.errors import WatchfloorError
from desk.actors import Actor
from desk.people import PeopleError, person

PEOPLE_FILE = "people.toml"


class SignInError(WatchfloorError):
    """Nobody is signed in, the session is over, or the provider's person is nobody here."""


def is_configured() -> bool:
    """Answer whether sign-in at a provider is configured: then nobody acts without it."""
    return bool(st.secrets.load_if_toml_exists()) and "auth" in st.secrets


def gate() -> bool:
    """Answer whether pages may be drawn; draw the way in, or why there is none, where not."""
    if not is_configured():
        return True
    try:
        actor()
    except SignInError as error:
        _draw_door(error)
        return False
    return True


def actor() -> Actor:
    """Return who is signed in. Raises SignInError."""
    claims: Mapping[str, object] = dict(st.user)
    if not claims.get("is_logged_in"):
        raise SignInError("Nobody is signed in.", to_do="Sign in.")
    if is_over(claims, time.time()):
        raise SignInError("The session is over.", to_do="Sign in again.")
    named = name_of(claims, read_people(owner.home().path / PEOPLE_FILE))
    try:
        return person(desk_records(), named).actor
    except PeopleError as error:
        raise SignInError(
            f"{named} is nobody of this store any more.", to_do="Ask an administrator."
        ) from error


def is_over(claims: Mapping[str, object], now: float) -> bool:
    """Answer whether the provider's own end of the session, `exp`, has come; `now` is the wall clock.

    A token without an end is over: nobody would ever be signed out.
    """
    ends = claims.get("exp")
    return not isinstance(ends, int | float) or now >= ends


def name_of(claims: Mapping[str, object], named: Mapping[str, str]) -> str:
    """Return the name of the person that the claims are about. Raises SignInError where there is none.

    A subject is looked up with its issuer, `https://login.example.org 248289761001`; an address only where
    the provider has verified it.
    """
    subject = f"{claims.get('iss')} {claims.get('sub')}"
    mail = str(claims.get("email") or "").strip().casefold()
    is_verified = claims.get("email_verified") in (True, "true", "True")
    found = named.get(subject) or (named.get(mail) if mail and is_verified else None)
    if found is None:
        raise SignInError(
            "You are signed in, but nobody of this store is known by that.",
            where=f"subject {subject}" + ("" if is_verified or not mail else "; the address is not verified"),
            to_do=f"Ask an administrator to add you to {PEOPLE_FILE}.",
        )
    return found


def read_people(path: Path) -> dict[str, str]:
    """Return the person of each identity that the file names; none where there is no file.

    Raises SignInError for a file that cannot be read.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8")).get("people", {})
    except FileNotFoundError:
        return {}
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SignInError(
            f"The file that says who is who cannot be read: {error}",
            where=str(path),
            possible='a table [people] of lines like "rita@example.org" = "Rita Riskdemo"',
            to_do="Correct the file.",
        ) from error
    return {key if " " in key else key.casefold(): str(name) for key, name in told.items()}


def draw_way_out() -> None:
    """Draw the button that ends the session, where one signs in."""
    if is_configured():
        st.button("Sign out", key="sign_out", type="tertiary", icon=":material/logout:", on_click=st.logout)


def _draw_door(error: SignInError) -> None:
    st.title("Watchfloor")
    if st.user.get("is_logged_in"):
        refused.draw(error)
        st.button("Sign out", key="sign_out", icon=":material/logout:", on_click=st.logout)
    else:
        st.markdown("Sign in to see what this store holds.")
        st.button("Sign in", key="sign_in", type="primary", icon=":material/login:", on_click=st.login)
