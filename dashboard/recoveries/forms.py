"""The dialogs of a claim: each says what happens, asks for words, and does it; a refusal loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time

import streamlit as st

from dashboard import acting, owner, refused
from dashboard.desk_records import desk_records
from dashboard.formats import literal
from dashboard.viewer import local
from desk.actors import SEE_PERSONAL
from desk.money import in_words, micro_of
from desk.recoveries import claiming
from desk.recoveries.claiming import Look
from desk.recoveries.paying import Payment, ask_payment
from desk.recoveries.proving import Entered, challenge, enter_proof
from desk.recoveries.rules import HOLDERS, rule_for
from desk.recoveries.state import PROOF_LIFE, ClaimState


@dataclass(frozen=True, slots=True)
class Form:
    """What a dialog is about: the claim as it stood when opened, its checks, the unit, and the data's now."""

    state: ClaimState
    look: Look
    unit: str
    now: datetime

    @property
    def claimed(self) -> str:
        """What is claimed, in words."""
        return f"{in_words(self.state.amount_micro)} {self.unit}"


def check_form(form: Form) -> None:
    """Ask who controls the place where the money lies, and say what the rule makes of it."""
    names = list(HOLDERS)
    proposed = form.state.holder or form.look.holder
    holder = st.selectbox(
        "Who controls the place where the money lies?",
        names,
        index=names.index(proposed),
        format_func=lambda name: HOLDERS[name].capitalize(),
        key="claim_holder",
    )
    rule = rule_for(form.state.kind, holder)
    can = {True: "It can be got back.", False: "It cannot be got back.", None: "That is not enough."}
    st.markdown(f"**{can[rule.is_recoverable]}** {rule.because} {rule.to_do}")
    st.caption(literal(form.look.holder_because))
    _ask(
        "How do you know?",
        "Keep this",
        lambda why: claiming.check(
            desk_records(), owner.store(), form.state.claim_id, holder, acting.actor(), why, form.now
        ),
    )


def challenge_form(form: Form) -> None:
    """Ask from which address the customer must send."""
    st.markdown(
        f"The customer is asked for a small transfer whose amount nobody else knows, within "
        f"{PROOF_LIFE.days} days, until {local(form.now + PROOF_LIFE)}. An earlier challenge ends."
    )
    # Who sees tokens in place of addresses must not have one asked for.
    is_seen = acting.actor().may(SEE_PERSONAL)
    standard = (form.state.challenge_from or form.state.sender or "") if is_seen else ""
    sender = st.text_input("From which address must it come?", value=standard, key="claim_from")
    st.caption("Without an address any deposit of the account counts: a weaker proof.")
    _ask(
        "How is the customer told?",
        "Ask for it",
        lambda why: challenge(desk_records(), form.state.claim_id, sender, acting.actor(), why, form.now),
    )


def proof_form(form: Form) -> None:
    """Ask for the transfer that somebody saw on its network."""
    st.markdown(
        f"It must be exactly {in_words(form.state.challenge_micro or 0)} {form.unit}. "
        "Deposits to the account are found without this."
    )
    with st.form("claim_proof", border=False):
        tx_hash = st.text_input("Hash", key="proof_hash")
        sender = st.text_input("From", key="proof_from")
        amount = st.text_input(f"Amount, in {form.unit}", key="proof_amount")
        day = st.date_input("Day (UTC)", value=form.now.date(), key="proof_day")
        at = st.time_input("Time (UTC)", value=form.now.time(), step=60, key="proof_time")
        why = st.text_area("Where did you see it?", key="proof_words")
        is_sent = st.form_submit_button("It is proved", type="primary")
    if not is_sent or not refused.fits(why):
        return

    def enter() -> None:
        sent_at = datetime.combine(day, at or time())
        entered = Entered(tx_hash, sender, micro_of(amount), sent_at)
        enter_proof(desk_records(), form.state.claim_id, entered, acting.actor(), why, form.now)

    if refused.done(enter):
        st.rerun()


def payment_form(form: Form) -> None:
    """Ask how much is to be paid, and why; another person approves it."""
    st.markdown("Another person must approve it. Then the money leaves the books as recovered.")
    with st.form("claim_payment", border=False):
        amount = st.text_input(
            f"Recovered, in {form.unit}", value=in_words(form.state.amount_micro), key="pay_amount"
        )
        fee = st.text_input(f"Of it kept as a fee, in {form.unit}", value="0", key="pay_fee")
        why = st.text_area("Why is it paid?", key="pay_words")
        is_sent = st.form_submit_button("Propose", type="primary")
    if not is_sent or not refused.fits(why):
        return

    def propose() -> None:
        payment = Payment(micro_of(amount), micro_of(fee))
        ask_payment(desk_records(), form.state.claim_id, payment, acting.actor(), why, form.now)

    if refused.done(propose):
        st.rerun()


def refuse_form(form: Form) -> None:
    """Ask why a claim is refused, and whether it is false: models learn from that."""
    st.markdown(f"{form.claimed} are not paid, and the claim has ended. It cannot be undone.")
    what = st.radio(
        "What is it?",
        ["false", "not_proved"],
        format_func={
            "false": "False: the money was never the customer's",
            "not_proved": "Not proved: the customer never showed it",
        }.__getitem__,
        key="refuse_what",
    )
    _ask(
        "Why is it refused?",
        "Refuse it",
        lambda why: claiming.refuse(
            desk_records(), form.state.claim_id, acting.actor(), why, form.now, is_false=what == "false"
        ),
    )


def withdraw_form(form: Form) -> None:
    """Ask what the customer said."""
    st.markdown("The claim has ended then; the same transfer can be claimed again.")
    _ask(
        "What did the customer say?",
        "End it",
        lambda why: claiming.withdraw(desk_records(), form.state.claim_id, acting.actor(), why, form.now),
    )


def not_recoverable_form(form: Form) -> None:
    """Ask for words on what cannot be got back."""
    st.markdown(f"{literal(form.state.recoverable_because or '')} The claim has ended then.")
    _ask(
        "What was tried?",
        "End it",
        lambda why: claiming.end_not_recoverable(
            desk_records(), form.state.claim_id, acting.actor(), why, form.now
        ),
    )


def _ask(question: str, label: str, done: Callable[[str], object]) -> None:
    """Draw a form with one question, and do what it is for when it is sent."""
    with st.form("claim_form", border=False):
        why = st.text_area(question, key="claim_why")
        if not st.form_submit_button(label, type="primary"):
            return
    if refused.fits(why) and refused.done(lambda: done(why)):
        st.rerun()
