"""The letter to a customer who claims a mistaken transfer: where the claim stands, and what to do now.

    letter(state, unit, now)

It says the rule's own reason, and never a score, a check of ours or anybody else's account.
"""

from __future__ import annotations

from datetime import datetime

from desk.money import in_words
from desk.recoveries.rules import KINDS
from desk.recoveries.state import ClaimState


def letter(state: ClaimState, unit: str, now: datetime) -> str:
    """Return the letter as plain text; `unit` is that of the store's money."""
    amount = f"{in_words(state.amount_micro)} {unit}"
    return "\n".join(
        [
            f"{now:%d %B %Y}",
            f"Your account {state.account_id}, our reference {state.claim_id}",
            "",
            "Dear customer,",
            "",
            f"On {state.claimed_at:%d %B %Y} you told us of a transfer of {amount} in {state.asset} that",
            f"went wrong: {KINDS.get(state.kind, state.kind)}.",
            "",
            *_standing(state, unit),
            "",
            "We never ask for your password, your codes or your keys.",
            "",
            "The recovery desk",
            "",
        ]
    )


def _standing(state: ClaimState, unit: str) -> list[str]:
    """Say where the claim stands and what the customer does now."""
    if state.status == "proving":
        return _challenge(state, unit)
    if state.status == "paid":
        kept = state.fee_micro
        fee = f" We kept {in_words(kept)} {unit} of it for the work." if kept else ""
        return [f"We got {in_words(state.paid_micro)} {unit} back for you.{fee}"]
    told = {
        "claimed": "We are looking at it. You need not do anything now.",
        "checking": "We are finding out who controls the place where the money lies.",
        "recoverable": "The money can be got back. A small transfer will have to prove that it is yours.",
        "proved": "Your proof came. Two people at our desk now decide on the payment.",
        "waiting_approval": "Your proof came. A second person at our desk now decides on the payment.",
        "refused": "We cannot confirm that this money is yours, so we do not pay it.",
        "withdrawn": "You took the claim back, so we have ended it.",
        "not_recoverable": "The money cannot be got back.",
    }[state.status]
    because = state.recoverable_because
    says_why = state.status in ("recoverable", "not_recoverable", "checking") and because
    appeal = ["", "If you think this is a mistake, answer this letter with what shows it."]
    return [told, *([because] if says_why and because else []), *(appeal if state.ended_at else [])]


def _challenge(state: ClaimState, unit: str) -> list[str]:
    sender = f"from the address {state.challenge_from}" if state.challenge_from else "from your own address"
    until = f"{state.challenge_until:%d %B %Y, %H:%M} UTC" if state.challenge_until else "soon"
    return [
        "The money can be got back once you show that it is yours. Please send exactly",
        "",
        f"    {in_words(state.challenge_micro or 0)} {unit}",
        "",
        f"{sender} to the deposit address of your account, before {until}.",
        f"Where the network takes a memo, write {state.challenge_memo}.",
        "The amount must be exact: it shows us that you control the address. It is booked to your account.",
    ]
