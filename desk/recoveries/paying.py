"""A claim is paid: proposed by one person, approved by another, and moved in the ledger in one transaction.

    asked = ask_payment(records, claim_id, Payment(amount_micro, fee_micro), maker, "Proved on 3 May", now)
    approve(records, asked.approval_id, checker, "Seen", now)
    pay(records, asked.approval_id, checker, now)       # mistaken -> recovered, and the approval is used up

The approval is bound to claim, account, asset, amount, fee and proof: where one has changed, it is for
another act. A claim is paid at most once and never more than was claimed, which the database holds too.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, select

from desk.actors import RECOVER, SYSTEM, Actor, require
from desk.acts import Act, Approval, approvals_in
from desk.approval_events import APPROVAL_EVENTS
from desk.approvals import approval_of, propose_in, use
from desk.ledger.posting import Transfer, post
from desk.money import in_words
from desk.records import Records
from desk.recoveries.moving import Done, ended, found, moved, refuse_unless, to_act_on, words
from desk.recoveries.state import ClaimError, ClaimState
from desk.recoveries.steps import state_of
from desk.recoveries.steps_table import CLAIMS_NOW
from desk.transactional import take_turn


@dataclass(frozen=True, slots=True)
class Payment:
    """What is to leave the books as recovered, in millionths; the fee is kept of it for the work."""

    amount_micro: int
    fee_micro: int = 0


def ask_payment(
    records: Records, claim_id: str, payment: Payment, actor: Actor, reason: str, now: datetime
) -> Approval:
    """Propose that a claim is paid. Raises ClaimError, RightError, ActorError, LonelyError."""
    words(reason)
    require(actor, RECOVER)
    with records.writing() as connection:
        before = to_act_on(connection, claim_id, actor, ("proved", "waiting_approval"), RECOVER)
        open_now = _open(connection, claim_id, now)
        if open_now is not None:
            raise ClaimError(
                f"{open_now.approval_id} asks for it already and is {open_now.state}.",
                to_do="Decide on that one, or have its maker withdraw it.",
            )
        _refuse_amounts(before, payment)
        after = replace(
            before, status="waiting_approval", payable_micro=payment.amount_micro, fee_micro=payment.fee_micro
        )
        approval = propose_in(connection, _act(after), actor, reason, now)
        done = Done("payment_asked", actor, reason, now, approval_id=approval.approval_id)
        moved(connection, before, after, done)
    return approval


def pay(records: Records, approval_id: str, actor: Actor, now: datetime) -> ClaimState:
    """Do what was approved: the money leaves the books as recovered, and the claim has ended.

    Raises ApprovalError for an approval that is not good, ClaimError where the claim is not as it was,
    LedgerError, RightError and ActorError; then nothing is done.
    """
    asked = approval_of(records, approval_id, now)
    if asked.act.action != RECOVER.name:
        raise ClaimError(f"{approval_id} is not about a claim.", to_do="Carry it out where it belongs.")
    with records.writing() as connection:
        take_turn(connection)
        before = found(connection, asked.act.object_id)
        refuse_unless(before, ("waiting_approval",))
        use(connection, approval_id, _act(before), actor, now)
        transfer = _transfer(before, actor, asked.reason, now, approval_id)
        transfer_id = post(connection, [transfer])[0]
        after = replace(ended(before, "paid", "recovered", now), paid_micro=transfer.amount_micro)
        done = Done("paid", actor, asked.reason, now, {}, approval_id, transfer_id)
        return moved(connection, before, after, done)


def lapse_payments(records: Records, now: datetime) -> int:
    """Take back every claim whose payment was rejected, withdrawn or never decided; return how many."""
    waiting = select(CLAIMS_NOW).where(CLAIMS_NOW.c.status == "waiting_approval")
    with records.writing() as connection:
        take_turn(connection)
        states = [state_of(row) for row in connection.execute(waiting.order_by(CLAIMS_NOW.c.claim_id))]
        lapsed = [one for one in states if _open(connection, one.claim_id, now) is None]
        for before in lapsed:
            done = Done("payment_over", SYSTEM, "Its approval was not given.", now)
            after = replace(before, status="proved", payable_micro=before.amount_micro, fee_micro=0)
            moved(connection, before, after, done)
    return len(lapsed)


def _open(connection: Connection, claim_id: str, now: datetime) -> Approval | None:
    """Return the approval of a claim's payment that can still be used."""
    about = APPROVAL_EVENTS.c
    asked = approvals_in(connection, now, about.action == RECOVER.name, about.object_id == claim_id)
    return next((one for one in reversed(asked) if one.state in ("waiting", "approved")), None)


def _refuse_amounts(state: ClaimState, payment: Payment) -> None:
    if not 0 < payment.amount_micro <= state.amount_micro:
        raise ClaimError(
            f"{in_words(payment.amount_micro)} cannot be paid on {state.claim_id}.",
            possible=f"more than nothing, at most the {in_words(state.amount_micro)} that is claimed",
            to_do="Name another amount.",
        )
    if not 0 <= payment.fee_micro < payment.amount_micro:
        raise ClaimError(
            f"A fee of {in_words(payment.fee_micro)} leaves nothing to pay.",
            possible=f"from 0 to less than {in_words(payment.amount_micro)}",
            to_do="Name another fee.",
        )


def _act(state: ClaimState) -> Act:
    """Return the act that two people decide on; it is bound to the claim as it stands now."""
    amount = state.payable_micro or 0
    kept = f", {in_words(state.fee_micro)} of it kept as a fee" if state.fee_micro else ""
    return Act(
        RECOVER.name,
        state.claim_id,
        amount,
        {
            "account_id": state.account_id,
            "asset": state.asset,
            "fee_micro": state.fee_micro,
            "proof": state.proof,
        },
        f"Pay {in_words(amount)} in {state.asset} back to {state.account_id} on claim {state.claim_id}{kept}",
    )


def _transfer(
    state: ClaimState, actor: Actor, reason: str, now: datetime, approval_id: str | None
) -> Transfer:
    return Transfer(
        state.account_id,
        state.asset,
        "mistaken",
        "recovered",
        state.payable_micro or 0,
        "recovery",
        state.claim_id,
        actor,
        now,
        reason,
        approval_id,
    )
