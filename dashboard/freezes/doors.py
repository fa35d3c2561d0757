"""What can be done with a freeze: a button for each, with the reason where it cannot be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from dashboard import acting
from dashboard.desk.scene import DeskScene
from dashboard.desk_records import desk_records
from dashboard.formats import exact, literal
from dashboard.freezes import forms
from dashboard.freezes.forms import Form
from dashboard.questions.freezes import Row
from desk.actors import CONFIRM_HOLD, EXPORT_EVIDENCE, RELEASE, SEIZE, Actor, Right, why_not
from desk.case_file.reasons import CaseReason
from desk.freezes import appeals
from desk.freezes.letter import Told, freeze_letter, why_no_letter


@dataclass(frozen=True, slots=True)
class Door:
    """One action: its name, its button, the dialog's title, the right it takes, and the form."""

    name: str
    label: str
    icon: str
    title: str
    right: Right
    form: Callable[[Form], None]


CONFIRM = Door("confirm", "Confirm", "verified", "Confirm this hold", CONFIRM_HOLD, forms.confirm_form)
REVIEW = Door(
    "review", "Review", "event_repeat", "Does it still have its reason?", CONFIRM_HOLD, forms.review_form
)
GIVE_BACK = Door("give_back", "Ask release", "undo", "Ask for a release", RELEASE, forms.release_form)
HAND_OVER = Door(
    "hand_over", "Ask handover", "account_balance", "Ask for a handover", SEIZE, forms.seizure_form
)
OBJECT = Door("object", "Appeal filed", "gavel", "The customer objects", RELEASE, forms.appeal_form)
DECIDE = Door("decide", "Decide appeal", "gavel", "Decide the appeal", CONFIRM_HOLD, forms.decide_form)


def draw(scene: DeskScene, found: Row, reasons: tuple[CaseReason, ...]) -> None:
    """Draw what can be done with a freeze now, and the letter to the customer."""
    actor = acting.actor()
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="freeze_doors"):
        for door in doors_of(found):
            refusal = why_closed(door, found, actor)
            if st.button(
                door.label,
                key=f"freeze_{door.name}",
                icon=f":material/{door.icon}:",
                disabled=bool(refusal),
                help=literal(refusal) if refusal else door.title,
            ):
                _open(scene, door, str(found["freeze_id"]))
        _letter(scene, found, reasons, actor)


def doors_of(found: Row) -> list[Door]:
    """Return the actions that a freeze in this state knows."""
    status = found["status"]
    is_filed = found["appeal"] == "filed"
    if status not in ("provisional", "active"):
        return [DECIDE] if is_filed else []
    first = CONFIRM if status == "provisional" else REVIEW
    appeal = DECIDE if is_filed else OBJECT
    return [first, GIVE_BACK, HAND_OVER, *([] if found["is_secret"] else [appeal])]


def why_closed(door: Door, found: Row, actor: Actor) -> str:
    """Say why `actor` cannot do this; empty where they can."""
    if not actor.may(door.right):
        return why_not(actor, door.right)
    if door is GIVE_BACK and found["kind"] != "order" and found["ordered"] == found["remaining"]:
        return "An authority ordered all of it: it is given back when the order has ended."
    if door is DECIDE and actor.name in appeals.stood_by(desk_records(), str(found["freeze_id"])):
        return "You stood by this freeze, so another person looks at the objection."
    return ""


def _open(scene: DeskScene, door: Door, freeze_id: str) -> None:
    standing = forms.standing(freeze_id)
    if standing is None:
        return
    form = Form(standing, scene.known.money_unit, scene.now)
    st.dialog(door.title)(lambda: door.form(form))()


def _letter(scene: DeskScene, found: Row, reasons: tuple[CaseReason, ...], actor: Actor) -> None:
    refusal = "" if actor.may(EXPORT_EVIDENCE) else why_not(actor, EXPORT_EVIDENCE)
    refusal = refusal or why_no_letter(found["placed_at"], is_secret=bool(found["is_secret"]))
    unit = scene.known.money_unit
    told = Told(
        found["freeze_id"],
        found["account_id"],
        found["kind"],
        found["status"],
        f"{exact(found['amount'])} {unit}",
        f"{exact(found['remaining'])} {unit}",
        found["placed_at"],
        found["appeal"],
        bool(found["is_secret"]),
    )
    st.download_button(
        "Letter to the customer",
        data=lambda: freeze_letter(told, reasons, scene.now).encode(),
        file_name=f"letter-{found['freeze_id']}.txt",
        mime="text/plain",
        key="freeze_letter",
        on_click="ignore",
        icon=":material/mail:",
        disabled=bool(refusal),
        help=literal(refusal)
        if refusal
        else "The reasons in words that name nobody else and help nobody to attack",
    )
