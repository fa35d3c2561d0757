"""One freeze: how it stands, what can be done, who waits for whom, why it is there, and all that was done."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape

import streamlit as st

from dashboard import acting, approvals, state, tables
from dashboard.account_views import REASONS_SHOWN, Badge, reasons_table
from dashboard.desk.scene import DeskScene
from dashboard.desk_records import desk_records
from dashboard.evidence import button
from dashboard.formats import compact, exact, literal
from dashboard.freezes import doors
from dashboard.freezes.look import look
from dashboard.freezes.ways import MONEY, ways_of
from dashboard.questions import freezes, words
from dashboard.questions.explanations import Reason
from dashboard.questions.freezes import APPEALS, KINDS, STATUSES, Row
from dashboard.viewer import local
from desk.actors import SEE_REQUESTS
from desk.approvals import still_open
from desk.case_file.reasons import CaseReason, reasons_in_words

COLOURS: Mapping[str, Badge] = {
    "requested": "orange",
    "provisional": "orange",
    "active": "red",
    "released": "green",
}
ACTIONS = {
    "requested": "Asked for",
    "applied": "Money stopped",
    "held": "Held by policy",
    "confirmed": "Confirmed",
    "reviewed": "Reviewed: stays",
    "release_asked": "Release asked for",
    "seizure_asked": "Handover asked for",
    "released": "Given back",
    "seized": "Handed over",
    "lapsed": "Ended by itself",
    "dropped": "Dropped",
    "appealed": "Customer objected",
    "appeal_granted": "Appeal granted",
    "appeal_upheld": "Appeal refused",
    "order_asked": "Order asked for",
    "ordered": "Put under an order",
    "order_end_asked": "End of the order asked for",
    "order_ended": "Order ended, still held",
}


def draw(scene: DeskScene, freeze_id: str) -> None:
    """Draw a freeze that this person may see; what may not be seen and what is not there look the same."""
    st.button(
        "All freezes",
        key="crumb_freezes",
        type="tertiary",
        icon=":material/arrow_back:",
        shortcut="B",
        on_click=state.change,
        kwargs={"freeze": None},
    )
    found = freezes.one(freeze_id)
    if found is None:
        st.markdown(f"**There is no freeze {literal(freeze_id)}**")
        st.caption("Choose one from the list, or search for an account above.")
        return
    reasons = freezes.reasons(found["event_id"])
    _head(scene, found)
    doors.draw(scene, found, reasons)
    button.draw("freeze", freeze_id, scene)
    _waiting(scene, freeze_id)
    left, right = st.columns(2, gap="small")
    with left, st.container(border=True, key="card_freeze_why", height="stretch"):
        _why(found, reasons)
    with right, st.container(border=True, key="card_freeze_history", height="stretch"):
        _history(freeze_id, scene.known.money_unit)
    with st.container(border=True, key="card_freeze_transfers"):
        st.markdown("**In the ledger: every movement of its money**")
        tables.show(
            freezes.transfers_asked(freeze_id),
            key="freeze_transfers",
            columns=look(scene.known.money_unit),
            empty="Nothing has moved: the freeze is not applied.",
        )


def _head(scene: DeskScene, found: Row) -> None:
    unit = scene.known.money_unit
    with st.container(key="freeze_head", horizontal=True, vertical_alignment="center", gap="medium"):
        with st.container(gap=None, width="stretch"):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f"**{literal(found['freeze_id'])}**", width="content")
                st.badge(STATUSES[found["status"]], color=COLOURS.get(found["status"], "gray"))
                if found["is_secret"]:
                    st.badge("Secret", icon=":material/visibility_off:", color="gray")
            st.html(f'<div class="wf-meta">{escape(_life(found))}</div>')
            if found["is_secret"]:
                st.caption("The customer must not learn of it, nor anybody who need not know.")
        for label, amount in (
            ("Stopped now", found["remaining"]),
            ("In all", found["amount"]),
            ("Given back", found["released"]),
            ("Handed over", found["seized"]),
        ):
            with st.container(gap=None, width="content"):
                st.html(
                    f'<div class="wf-label">{escape(label)}, {escape(unit)}</div>'
                    f'<div class="wf-number" title="{escape(exact(amount))}">{escape(compact(amount))}</div>'
                )


def _life(found: Row) -> str:
    """Say in a line what kind of freeze it is, whose, and what its dates are."""
    due = ""
    if found["expires_at"] is not None:
        due = f"ends by itself at {local(found['expires_at'])} unless a person confirms it"
    elif found["review_by"] is not None:
        due = f"must be reviewed by {local(found['review_by'])}"
    parts = [
        KINDS[found["kind"]],
        f"account {found['account_id']}, {words.region(found['region'])}",
        f"stopped {local(found['placed_at'])}"
        if found["placed_at"]
        else f"asked for {local(found['opened_at'])}",
        due,
        f"ended {local(found['ended_at'])}" if found["ended_at"] else "",
        f"appeal: {APPEALS[found['appeal']].lower()}" if found["appeal"] else "",
        {True: "wrongful", False: "not wrongful"}.get(found["is_wrongful"], ""),
        f"{exact(found['tainted'])} known to come from crime" if found["tainted"] is not None else "",
    ]
    return " · ".join(part for part in parts if part)


def _waiting(scene: DeskScene, freeze_id: str) -> None:
    """Draw what waits for a second person about this freeze."""
    records = desk_records()
    for action in MONEY:
        for asked in still_open(records, scene.now, action, freeze_id):
            approvals.draw_approval(asked, ways_of(asked))


def _why(found: Row, reasons: tuple[CaseReason, ...]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown("**Why it is stopped**", width="stretch")
        _links(found)
    points = [_reason(one) for one in reasons if one.source == "model"]
    if points:
        st.html(reasons_table(points[:REASONS_SHOWN]))
    for said in reasons_in_words([one for one in reasons if one.source != "model"]):
        st.markdown(f"- {literal(said)}")
    if found["tainted"] is not None:
        st.caption(f"{exact(found['tainted'])} of it were known to come from crime when it was asked for.")
    if not reasons:
        st.caption(
            "It rests on the words of who asked for it, in the history."
            if found["kind"] != "policy"
            else "No reasons are stored for its event."
        )


def _links(found: Row) -> None:
    links = [
        ("Ledger", "freezes", {"tab": "account", "account": found["account_id"]}, True),
        ("Account", "accounts", {"account": found["account_id"]}, True),
        (
            "Event",
            "explanations",
            {"event": found["event_id"], "account": found["account_id"]},
            bool(found["event_id"]),
        ),
        ("Case", "case", {"case": found["case_id"]}, bool(found["case_id"])),
        (
            "Order",
            "requests",
            {"tab": "request", "request": found["request_id"]},
            bool(found["request_id"]) and acting.actor().may(SEE_REQUESTS),
        ),
    ]
    for label, page, part, is_there in links:
        if is_there:
            st.button(
                label,
                key=f"freeze_to_{label.lower()}",
                type="tertiary",
                on_click=state.go_later,
                args=(page,),
                kwargs=part,
            )


def _reason(one: CaseReason) -> Reason:
    return Reason(
        one.rank, one.reason, one.feature, one.value, one.normal, 0.0, one.weight or 0.0, one.sentence
    )


def _history(freeze_id: str, unit: str) -> None:
    st.markdown("**What was done, and by whom**")
    rows = "".join(_step(step, unit) for step in reversed(freezes.history(freeze_id)))
    st.html(f'<table class="wf-facts"><tbody>{rows}</tbody></table>')
    tables.downloads_of(freezes.history_asked(freeze_id), key="freeze_history")


def _step(step: Row, unit: str) -> str:
    more = json.loads(step["details"] or "{}")
    told = []
    if more.get("to_whom"):
        told.append(f"to {more['to_whom']}")
    if more.get("is_wrongful") is not None:
        told.append("wrongful" if more["is_wrongful"] else "not wrongful")
    said = ACTIONS.get(step["action"], words.spoken(step["action"]))
    after = f"{exact(step['stopped'])} {unit} stopped after it"
    if step["approval_id"]:
        after = f"{after} · approval {step['approval_id']}"
    return (
        f'<tr><th scope="row">{escape(local(step["done_at"]))}</th>'
        f"<td><b>{escape(said)}</b> by {escape(step['actor'])}"
        f" · {escape(step['reason'])} {escape(', '.join(told))}"
        f'<div class="wf-meta">{escape(after)}</div></td></tr>'
    )
