"""The form by which a claim is taken: what went wrong, how much, and what shows it."""

from __future__ import annotations

from datetime import datetime, time

import streamlit as st

from dashboard import acting, owner, refused, state
from dashboard.desk.scene import DeskScene
from dashboard.desk_records import desk_records, follow
from dashboard.questions.recoveries import KINDS
from data.chains import NETWORKS
from desk.money import micro_of
from desk.recoveries.claiming import Claimed, take_claim
from desk.recoveries.state import ClaimState

_ANY = "Not named"


def form(scene: DeskScene) -> None:
    """Ask for a claim, and open it when it is taken; a refusal loses nothing that was typed."""
    unit = scene.known.money_unit
    with st.form("claim_intake", border=False):
        left, right = st.columns(2, gap="small")
        account = left.text_input("Account that claims", key="claim_account")
        kind = right.selectbox(
            "What went wrong", list(KINDS), format_func=KINDS.__getitem__, key="claim_kind"
        )
        amount = left.text_input(f"Amount, in {unit}", key="claim_amount")
        asset = right.text_input("What was sent (ticker)", value=unit, key="claim_asset")
        event = left.text_input("Transaction here, if there is one", key="claim_event")
        network = right.selectbox(
            "Network",
            ["", *NETWORKS],
            format_func=lambda name: NETWORKS[name].title if name else _ANY,
            key="claim_network",
        )
        tx_hash = left.text_input("Hash on its network", key="claim_hash")
        target = right.text_input("Address it went to", key="claim_target")
        sender = left.text_input("Address it came from", key="claim_sender")
        memo = right.text_input("Memo that was given", key="claim_memo")
        sent_on = left.date_input("Sent on", value=None, max_value=scene.now.date(), key="claim_sent")
        words = st.text_area("What the customer says", key="claim_words")
        is_sent = st.form_submit_button("Take the claim", type="primary")
    if not is_sent or not refused.fits(words):
        return
    taken: list[ClaimState] = []

    def take() -> None:
        sent_at = None if sent_on is None else datetime.combine(sent_on, time())
        claimed = Claimed(
            account, kind, asset, micro_of(amount), event, sent_at, network, tx_hash, target, sender, memo
        )
        taken.append(take_claim(desk_records(), owner.store(), claimed, acting.actor(), words, scene.now))

    if refused.done(take):
        follow()
        state.change(claim=taken[0].claim_id)
        st.rerun()
