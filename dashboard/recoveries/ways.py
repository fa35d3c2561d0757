"""How an approved payment of a claim is carried out, and what its checker must read first."""

from __future__ import annotations

from dashboard.approvals import Ways
from dashboard.desk_records import desk_records
from dashboard.facts import facts, last_event
from dashboard.formats import percent
from dashboard.questions.recoveries import LIKELY_FALSE
from desk.approvals import Approval
from desk.money import in_words
from desk.recoveries.moving import claim
from desk.recoveries.paying import pay
from desk.recoveries.state import ClaimError


def payment_ways() -> Ways:
    """Return how a payment is approved and carried out."""
    return Ways(
        carry_out=lambda asked, actor: pay(desk_records(), asked.approval_id, actor, last_event()),
        says=says,
        consequence="The money leaves the books as recovered at once, and the claim has ended. "
        "It cannot be undone.",
        at_once=True,
        is_of_desk_only=True,
    )


def says(asked: Approval) -> str:
    """Say what was claimed, whether control was proved, and how likely the claim is false."""
    try:
        state = claim(desk_records(), asked.act.object_id)
    except ClaimError:
        return ""
    proved = "Control was proved." if state.proof else "Control was not proved."
    likely = ""
    if state.score is not None:
        warns = " That is probably false." if state.score >= LIKELY_FALSE else ""
        likely = f" Scored {percent(state.score)} a false claim when it was made.{warns}"
    return f"{in_words(state.amount_micro)} {facts().money_unit} were claimed. {proved}{likely}"
