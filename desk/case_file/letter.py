"""The letter that answers a customer's appeal: the case's reasons in words that help nobody to attack.

    letter(CaseFacts("C-1", "A1", opened_at, "1,685.64 USDT", False), reasons, now)

It says what about the customer's own events led to the stop, in general words: no score, threshold or limit,
no other account, device owner, ring, list or source. Reasons that cannot be told so are counted, not named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from desk.case_file.reasons import CaseReason, strongest

# What may be told of a reason, by its name. What is not here (rings, lists, shared devices and networks,
# other people's events, what the camera reported, limits) would name others or teach an attacker: not told.
TOLD: Mapping[str, str] = {
    "new device": "A device was used that we had not seen you use before.",
    "new network or country": "The connection came from a place that is new for your account.",
    "impossible travel": "Your account was used from two places that are too far apart for the time between.",
    "failed sign-ins": "Attempts to sign in to your account had failed shortly before.",
    "change of credentials": "Your password or second factor had been changed shortly before.",
    "amount against own past": "The amount was unusual for your account.",
    "size of the amount": "The amount was unusual for your account.",
    "new counterparty": "The payment was to somebody whom your account had not paid before.",
    "age of the account": "Your account is still new to us.",
    "activity after silence": "Your account was used after a long time without use.",
    "pace of activity": "Your account was used much more often than usual.",
    "unusual hour": "Your account was used at hours that are unusual for it.",
    "fast in and out": "Money left your account soon after it had come in.",
    "repeated attempts": "The identity check was repeated several times.",
    "money back to its sender": "The direction of the payment was unusual for your account.",
}


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What a letter is about: the case, its account, when it was opened (naive UTC), what was stopped.

    `stopped` is an amount in words, empty where no money was; `is_released` says that nothing is stopped now.
    """

    case_id: str
    account_id: str
    opened_at: datetime
    stopped: str
    is_released: bool


def letter(facts: CaseFacts, reasons: Sequence[CaseReason], now: datetime) -> str:
    """Return the letter as plain text."""
    return "\n".join(
        [
            f"{now:%d %B %Y}",
            f"Your account {facts.account_id}, our reference {facts.case_id}",
            "",
            "Dear customer,",
            "",
            f"You asked why we stopped activity on your account. {_stopped(facts)}",
            "",
            *told_in_words(reasons),
            "",
            "A person at our security desk has looked at your account. A stop is no finding that you did",
            "wrong; it protects you and others while we check.",
            "",
            "If you think that this is a mistake, answer this letter. Tell us what the activity was for, and",
            "send what shows it, for instance a contract, an invoice or a message from the person you pay.",
            "Another person than before will look at your answer.",
            "",
            "We never ask for your password, your codes or your keys.",
            "",
            "The security desk",
            "",
        ]
    )


def _stopped(facts: CaseFacts) -> str:
    when = f"on {facts.opened_at:%d %B %Y}"
    if not facts.stopped:
        return f"It was stopped {when}."
    state = "It is released." if facts.is_released else "It is still stopped."
    return f"We stopped {facts.stopped} {when}. {state}"


def told_in_words(reasons: Sequence[CaseReason]) -> list[str]:
    """Return the lines of a letter that say what led to a stop, as far as that may be told."""
    told = list(dict.fromkeys(TOLD[one.reason] for one in strongest(reasons) if one.reason in TOLD))
    if not told:
        return ["Our checks found a risk that we cannot describe without weakening them."]
    return [
        "What led to it:",
        *(f"- {said}" for said in told),
        "Other checks took part that we cannot describe without weakening them.",
    ]
