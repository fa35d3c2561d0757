"""One claim: how it stands, what comes next, its checks, why it has its score, and all that was done."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from html import escape

import streamlit as st

from dashboard import approvals, owner, state, tables
from dashboard.account_views import Badge
from dashboard.desk.scene import DeskScene
from dashboard.desk_records import desk_records
from dashboard.formats import compact, duration, literal, percent, points
from dashboard.questions import recoveries, words
from dashboard.questions.recoveries import KINDS, LIKELY_FALSE, OUTCOMES, STATUSES, Told
from dashboard.recoveries import doors
from dashboard.recoveries.ways import payment_ways
from dashboard.viewer import local
from desk.actors import RECOVER
from desk.approvals import still_open
from desk.money import MICRO, in_words
from desk.recoveries.claiming import Look, look_at
from desk.recoveries.moving import claim
from desk.recoveries.rules import HOLDERS
from desk.recoveries.state import ClaimState

COLOURS: Mapping[str, Badge] = {
    "paid": "green",
    "recoverable": "gray",
    "proved": "green",
    "proving": "orange",
    "waiting_approval": "orange",
    "refused": "red",
}
ACTIONS = {
    "claimed": "Claimed",
    "checked": "Checked",
    "challenged": "Proof asked for",
    "challenge_over": "No proof in time",
    "proved": "Control proved",
    "payment_asked": "Payment proposed",
    "payment_over": "Payment not approved",
    "paid": "Paid",
    "refused": "Refused",
    "withdrawn": "Taken back",
    "not_recoverable": "Not recoverable",
}
_MARKS = {
    True: ":green[:material/check_circle:]",
    False: ":red[:material/cancel:]",
    None: ":gray[:material/help:]",
}


def draw(scene: DeskScene, claim_id: str) -> None:
    """Draw a claim; one that is not there says so."""
    st.button(
        "All claims",
        key="crumb_claims",
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=state.change,
        kwargs={"claim": None},
    )
    found = recoveries.one(claim_id)
    if found is None:
        st.markdown(f"**There is no claim {literal(claim_id)}**")
        st.caption("Choose one from the list.")
        return
    # As it is in the records: what this person may not see is no reason for another answer.
    looked = look_at(desk_records(), owner.store(), claim(desk_records(), claim_id))
    _head(scene, found)
    doors.draw(scene, found, looked)
    if found.status == "proving":
        _challenge(found, scene)
    _waiting(found, scene)
    left, right = st.columns(2, gap="small")
    with left, st.container(border=True, key="card_claim_checks", height="stretch"):
        _checks(found, looked)
    with right, st.container(border=True, key="card_claim_score", height="stretch"):
        _score(found)
    with st.container(border=True, key="card_claim_history"):
        _history(claim_id)


def _head(scene: DeskScene, found: ClaimState) -> None:
    unit = scene.known.money_unit
    with st.container(key="claim_head", horizontal=True, vertical_alignment="center", gap="medium"):
        with st.container(gap=None, width="stretch"):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f"**{literal(found.claim_id)}**", width="content")
                st.badge(STATUSES[found.status], color=COLOURS.get(found.status, "gray"))
                if found.outcome in ("false_claim", "not_proved"):
                    st.badge(OUTCOMES[found.outcome], color="red")
            st.html(f'<div class="wf-meta">{escape(_life(found, scene))}</div>')
        for label, micro in (
            ("Claimed", found.amount_micro),
            ("Recovered", found.paid_micro),
            ("Fee", found.fee_micro),
        ):
            with st.container(gap=None, width="content"):
                shown = escape(compact(Decimal(micro) / MICRO))
                st.html(
                    f'<div class="wf-label">{escape(label)}, {escape(unit)}</div>'
                    f'<div class="wf-number" title="{escape(in_words(micro))}">{shown}</div>'
                )


def _life(found: ClaimState, scene: DeskScene) -> str:
    """Say in a line what went wrong, whose it is, and for how long it has been claimed."""
    length: timedelta = (found.ended_at or scene.now) - found.claimed_at
    age = f"ended after {duration(length)}" if found.ended_at else f"open for {duration(length)}"
    parts = [
        KINDS.get(found.kind, found.kind),
        f"{found.asset}",
        f"account {found.account_id}, {words.region(found.region)}",
        f"claimed {local(found.claimed_at)}",
        age,
    ]
    return " · ".join(parts)


def _challenge(found: ClaimState, scene: DeskScene) -> None:
    unit = scene.known.money_unit
    shown = st.container(border=True, key="card_claim_challenge", gap="small")
    with shown, st.container(horizontal=True, gap="large"):
        for label, value in (
            (f"Exactly, in {unit}", in_words(found.challenge_micro or 0)),
            ("From", found.challenge_from or "any address of the customer's"),
            ("Memo", found.challenge_memo or ""),
            ("Before", local(found.challenge_until)),
        ):
            with st.container(gap=None, width="content"):
                st.html(f'<div class="wf-label">{escape(label)}</div><div><b>{escape(value)}</b></div>')
    shown.caption("A deposit to the account of exactly this amount proves control by itself, once.")


def _waiting(found: ClaimState, scene: DeskScene) -> None:
    if found.status != "waiting_approval":
        return
    asked = still_open(desk_records(), scene.now, RECOVER.name, found.claim_id)
    if not asked:
        st.caption("Its approval was not given. Propose the payment anew.")
    for one in asked:
        approvals.draw_approval(one, payment_ways())


def _checks(found: ClaimState, looked: Look) -> None:
    st.markdown("**Is it so, and can it be got back?**")
    for one in looked.checks:
        st.markdown(f"{_MARKS[one.is_good]} {literal(one.words)}")
    if found.holder is None:
        if found.is_live:
            is_guessed = looked.holder != "unknown"
            who = f"probably {HOLDERS[looked.holder]}" if is_guessed else HOLDERS["unknown"]
            st.caption(f"Who controls the place: {who}. {literal(looked.holder_because)}")
        return
    can = {True: "It can be got back.", False: "It cannot be got back.", None: "Not known yet."}
    st.markdown(
        f"{_MARKS[found.is_recoverable]} **{can[found.is_recoverable]}** "
        f"{literal(found.recoverable_because or '')} Held by {HOLDERS[found.holder]}."
    )
    if found.proof:
        st.markdown(f"{_MARKS[True]} Control was proved {local(found.proved_at)} by {literal(found.proof)}.")


def _score(found: ClaimState) -> None:
    st.markdown("**How likely is it a false claim?**")
    if found.score is None:
        st.caption("It was not scored.")
        return
    by = "simple rules" if found.scored_by == "rules" else f"the model {found.scored_by}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{percent(found.score)}**", width="content")
        if found.score >= LIKELY_FALSE:
            st.badge("Probably false", color="red")
        st.caption(f"by {literal(by)}, when it was claimed", width="content")
    reasons = json.loads(found.score_reasons or "[]")
    if not reasons:
        st.caption("Nothing speaks for a false claim.")
    rows = "".join(
        f"<tr><td>{escape(one['sentence'])}</td><td><b>{escape(points(one['points']))}</b></td></tr>"
        for one in reasons
    )
    st.html(f'<table class="wf-facts"><tbody>{rows}</tbody></table>')


def _history(claim_id: str) -> None:
    st.markdown("**What was done**")
    rows = "".join(_step(step) for step in recoveries.history(claim_id))
    st.html(f'<table class="wf-facts steps"><tbody>{rows}</tbody></table>')
    tables.downloads_of(recoveries.history_asked(claim_id), key="claim_history")


def _step(step: Told) -> str:
    said = f"<br>{escape(step.reason)}" if step.reason else ""
    more = "".join(f" <span>{escape(name)}</span>" for name in (step.approval_id, step.transfer_id) if name)
    role, done = escape(step.role.replace("_", " ")), escape(ACTIONS.get(step.action, step.action))
    return (
        f"<tr><td>{escape(local(step.done_at))}</td><td><b>{done}</b>"
        f" by {escape(step.actor)}, {role}{more}{said}</td></tr>"
    )
