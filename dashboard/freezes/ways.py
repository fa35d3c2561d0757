"""How what is approved is carried out from the page Freezes, and who may know that it waits."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from dashboard import state
from dashboard.approvals import PLAIN, Ways
from dashboard.audit import erasure_block
from dashboard.desk_records import desk_records
from dashboard.facts import facts, last_event
from dashboard.recoveries.ways import payment_ways
from desk.actors import (
    CHANGE_ROLE,
    DISCLOSE,
    ERASE,
    FREEZE,
    RECOVER,
    RELEASE,
    SEE_AUDIT,
    SEE_REQUESTS,
    SEE_SECRET,
    SEIZE,
    Actor,
)
from desk.approvals import Approval
from desk.freezes.acting import carry_out, freeze
from desk.freezes.state import FreezeError, FreezeState
from desk.money import in_words
from desk.requests.orders import follow_freezes
from desk.role_changes import carry_out_change

MONEY = (FREEZE.name, RELEASE.name, SEIZE.name)


def ways_of(asked: Approval) -> Ways:
    """Return how an approval is carried out from here; without a way where its own page does that."""
    if asked.act.action not in MONEY:
        make = OTHERS.get(asked.act.action)
        return make() if make else PLAIN
    return Ways(
        carry_out=_carry_out,
        says=_standing,
        consequence=CONSEQUENCES[asked.act.action],
        at_once=True,
        is_of_desk_only=True,
        door=_door,
    )


def _role_ways() -> Ways:
    return Ways(
        carry_out=lambda asked, actor: carry_out_change(
            desk_records(), asked.approval_id, actor, last_event()
        ),
        consequence="The person has the role, or none, from now on; open sessions follow at once.",
        at_once=True,
    )


def _erasure_ways() -> Ways:
    return Ways(carry_out=erasure_block.carry_out, consequence=erasure_block.CONSEQUENCE)


# What else can be decided without looking at a page of its own.
OTHERS: Mapping[str, Callable[[], Ways]] = {
    RECOVER.name: payment_ways,
    CHANGE_ROLE.name: _role_ways,
    ERASE.name: _erasure_ways,
}


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
    if asked.act.action == DISCLOSE.name:
        return actor.may(SEE_REQUESTS)
    if asked.act.action in (CHANGE_ROLE.name, ERASE.name):
        return actor.may(SEE_AUDIT) or actor.may(asked.right) or actor.may_check(asked.right)
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
