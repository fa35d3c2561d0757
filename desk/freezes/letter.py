"""The letter that tells a customer about a freeze, in the words that a case's letter has.

    freeze_letter(state, reasons, "USDT", now)

Of a freeze that the customer must not learn of there is no letter. Of an order it says only that there is
one; of the others the customer's own reasons, as `desk.case_file.letter` tells them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desk.case_file.letter import told_in_words
from desk.case_file.reasons import CaseReason
from desk.freezes.state import FreezeError

ANSWERED = {
    "granted": "Another person looked at your objection and found that it holds. We give the money back.",
    "upheld": "Another person looked at your objection. The money stays stopped for now.",
    "filed": "We have your objection. Another person than before looks at it.",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a letter says of a freeze: amounts in words, with their unit; times are naive UTC."""

    freeze_id: str
    account_id: str
    kind: str
    status: str
    amount: str
    remaining: str
    placed_at: datetime | None
    appeal: str | None
    is_secret: bool


def freeze_letter(told: Told, reasons: Sequence[CaseReason], now: datetime) -> str:
    """Return the letter as plain text. Raises FreezeError where the customer must not learn of the freeze."""
    why = why_no_letter(told.placed_at, is_secret=told.is_secret)
    if why:
        raise FreezeError(why, to_do="Send nothing. Ask the liaison what may be said.")
    because = (
        ["An authority ordered this. We may not decide otherwise; please ask a lawyer where to object."]
        if told.kind == "order"
        else told_in_words(reasons)
    )
    answered = [ANSWERED[told.appeal], ""] if told.appeal in ANSWERED else []
    return "\n".join(
        [
            f"{now:%d %B %Y}",
            f"Your account {told.account_id}, our reference {told.freeze_id}",
            "",
            "Dear customer,",
            "",
            f"We stopped {told.amount} of your account on {told.placed_at:%d %B %Y}. {_now(told)}",
            "",
            *because,
            "",
            *answered,
            "A stop is no finding that you did wrong; it protects you and others while we check.",
            "",
            "If you think that this is a mistake, answer this letter. Tell us what the money was for, and",
            "send what shows it, for instance a contract, an invoice or a message from the person you pay.",
            "Another person than before will look at your answer.",
            "",
            "We never ask for your password, your codes or your keys.",
            "",
            "The security desk",
            "",
        ]
    )


def why_no_letter(placed_at: datetime | None, *, is_secret: bool) -> str:
    """Say why there is no letter; empty where there is one."""
    if is_secret:
        return "The customer must not learn of this freeze."
    return "" if placed_at is not None else "Nothing is stopped yet, so there is nothing to tell."


def _now(told: Told) -> str:
    if told.status in ("provisional", "active"):
        return f"{told.remaining} of it is still stopped."
    return "It is released." if told.status == "released" else "It was handed over to an authority."
