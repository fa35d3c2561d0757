"""What can be done with a claim now: the next step first, refusing, taking back, and the letter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from dashboard.desk.scene import DeskScene
from dashboard.desk_records import desk_records
from dashboard.recoveries import forms
from dashboard.recoveries.forms import Form
from desk.actors import RECOVER, WORK_CLAIMS, Right, why_not
from desk.approvals import still_open
from desk.recoveries.claiming import Look
from desk.recoveries.letter import letter
from desk.recoveries.state import ClaimState


@dataclass(frozen=True, slots=True)
class Door:
    """One action: its name, icon, the right it takes, the form it opens, and why it cannot be done now."""

    label: str
    icon: str
    right: Right
    form: Callable[[Form], None]
    title: str
    refusal: str = ""
    is_next: bool = True


def draw(scene: DeskScene, found: ClaimState, looked: Look) -> None:
    """Draw a button for each action that this state has; one that may not be done says why."""
    is_asked = bool(still_open(desk_records(), scene.now, RECOVER.name, found.claim_id))
    form = Form(found, looked, scene.known.money_unit, scene.now)
    with st.container(horizontal=True, gap="small", key="claim_doors"):
        for place, door in enumerate(doors_of(found, looked, is_asked=is_asked)):
            refusal = door.refusal if scene.actor.may(door.right) else why_not(scene.actor, door.right)
            if st.button(
                door.label,
                key=f"claim_door_{place}",
                icon=f":material/{door.icon}:",
                type="primary" if place == 0 and door.is_next else "secondary",
                disabled=bool(refusal),
                help=refusal or None,
            ):
                st.dialog(door.title)(partial(door.form, form))()
        st.download_button(
            "Letter",
            data=letter(found, scene.known.money_unit, scene.now).encode(),
            file_name=f"letter-{found.claim_id}.txt",
            mime="text/plain",
            key="claim_letter",
            on_click="ignore",
            icon=":material/mail:",
            help="Where the claim stands and what the customer does now, in plain words",
        )


def doors_of(found: ClaimState, looked: Look, *, is_asked: bool) -> list[Door]:
    """Return the actions of a claim in its state, the next step first; none where it has ended."""
    if not found.is_live:
        return []
    work, checks = WORK_CLAIMS, looked.failed
    check = Door("Check who holds it", "search", work, forms.check_form, "Who holds the money?", checks)
    prove = Door("Ask for a proof", "vpn_key", work, forms.challenge_form, "Ask for a small transfer")
    enter = Door("Enter a proof", "fact_check", work, forms.proof_form, "A transfer seen on its network")
    pay = Door("Propose the payment", "payments", RECOVER, forms.payment_form, "Pay it back?")
    end = Door("End: not recoverable", "block", work, forms.not_recoverable_form, "It cannot be got back")
    # What is not so is refused next; else that is done beside the next step.
    refuse = Door("Refuse", "close", work, forms.refuse_form, "Refuse this claim?", is_next=bool(checks))
    withdraw = Door("Taken back", "undo", work, forms.withdraw_form, "The customer took it back?")
    first = {
        "claimed": [check],
        "checking": [end, check] if found.is_recoverable is False else [check],
        "recoverable": [prove, check],
        "proving": [enter, prove],
        "proved": [pay],
        "waiting_approval": [] if is_asked else [pay],
    }[found.status]
    rest = [refuse, *first] if checks and first else [*first, refuse]
    return [*rest, withdraw]
