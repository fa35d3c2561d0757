"""How the page's approvals are carried out: freezing, giving back, handing over, and what happens then."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard import state
from dashboard.approvals import PLAIN, Ways
from dashboard.desk_records import desk_records
from dashboard.facts import facts, last_event
from dashboard.recoveries.ways import payment_ways
from desk.actors import FREEZE, RECOVER, RELEASE, SEE_REQUESTS, SEE_SECRET, SEIZE, Actor
from desk.approvals import Approval
from desk.freezes.acting import carry_out, freeze
from desk.freezes.state import FreezeError, FreezeState
from desk.money import in_words
from desk.requests.orders import follow_freezes

MONEY = (FREEZE.name, RELEASE.name, SEIZE.name)
# Acts about requests are known only to who may see requests.
OF_REQUESTS = ("disclose",)


def ways_of(asked: Approval) -> Ways:
    """Return how an approval of this page is carried out; without a way where another page does that."""
    if asked.act.action == RECOVER.name:
        return payment_ways()
    if asked.act.action not in MONEY:
        return PLAIN
    return Ways(
        carry_out=_carry_out,
        says=_standing,
        consequence=CONSEQUENCES[asked.act.action],
        at_once=True,
        is_of_desk_only=True,
        door=_door,
    )


def _door(asked: Approval) -> None:
    """Draw the way to the freeze that an approval is about, where it is not shown already."""
    if state.current().freeze == asked.act.object_id:
        return
    st.button(
        "Open freeze",
        key=f"to_freeze_{asked.approval_id}",
        type="tertiary",
        icon=":material/open_in_new:",
        on_click=state.go_later,
        args=("freezes",),
        kwargs={"tab": "open", "freeze": asked.act.object_id},
    )


def _carry_out(asked: Approval, actor: Actor) -> None:
    """Move the money, and have the order that it executes follow."""
    now = last_event()
    done = carry_out(desk_records(), asked.approval_id, actor, now)
    if done.request_id is not None:
        follow_freezes(desk_records(), now, done.request_id)


CONSEQUENCES: Mapping[str, str] = {
    FREEZE.name: "The money is stopped at once, and stays so until two people release it or hand it over.",
    RELEASE.name: "The money goes back to the customer at once. It cannot be fetched back by this freeze.",
    SEIZE.name: "The money leaves the exchange at once. It cannot be undone.",
}


def state_of(asked: Approval) -> FreezeState | None:
    """Return the freeze that an approval is about; None for other acts, or where it is not there."""
    if asked.act.action not in MONEY:
        return None
    try:
        return freeze(desk_records(), asked.act.object_id)
    except FreezeError:
        return None


def is_visible(asked: Approval, actor: Actor) -> bool:
    """Answer whether `actor` may know that this waits: secret freezes and requests are for those in need."""
    if asked.act.action in OF_REQUESTS:
        return actor.may(SEE_REQUESTS)
    found = state_of(asked)
    return found is None or not found.is_secret or actor.may(SEE_SECRET)


def _standing(asked: Approval) -> str:
    """Say how the freeze stands that an approval is about."""
    found, unit = state_of(asked), facts().money_unit
    if found is None:
        return ""
    secret = " The customer must not learn of it." if found.is_secret else ""
    if not found.is_stopped:
        tainted = found.tainted_micro
        of_it = f" {in_words(tainted)} {unit} of it are known to come from crime." if tainted else ""
        return f"Nothing of it is stopped yet.{of_it}{secret}"
    left = found.remaining_micro - (asked.act.amount_micro or 0)
    return (
        f"{in_words(found.remaining_micro)} {unit} are stopped now; after this "
        f"{in_words(max(left, 0))} would be.{secret}"
    )
