"""The letter that answers a request, built from its facts by fixed rules: no model writes here.

letter(state, received, now)       # what would be sent if it were answered as it stands
"""

from __future__ import annotations

from datetime import datetime

from dashboard.questions.words import spoken
from desk.money import in_words
from desk.requests.state import RequestState

_CLASSES = {
    "information": "request for information",
    "preservation": "preservation request",
    "freeze": "freeze order",
    "emergency": "emergency request",
    "assistance": "request for assistance",
}


def letter(state: RequestState, received: RequestState, reason: str, now: datetime) -> str:
    """Return the letter; `received` is the request as it came in, `reason` the words that it ended with.

    Times are UTC. It names no score, no alert and no case: what is thought of a customer is no answer.
    """
    parts = [
        f"To: {state.agency or 'the holder of the account'}",
        f"Your number: {state.reference or 'none given'}. Our number: {state.request_id}.",
        f"Date: {state.answered_at or now:%d %B %Y}",
        "",
        f"We received your {_CLASSES[state.request_class]} on {state.received_at:%d %B %Y, %H:%M} UTC"
        + (f", resting on {state.legal_basis}." if state.legal_basis else "."),
        *_body(state, received, reason),
    ]
    if state.is_secret:
        parts.append("We have not told our customer of it, and will not before you say that we may.")
    return "\n".join(parts) + "\n"


def _body(state: RequestState, received: RequestState, reason: str) -> list[str]:
    outcome = state.outcome
    if outcome == "refused":
        return ["We cannot comply with it, for this reason:", reason]
    if outcome == "withdrawn":
        return ["You took it back. We handed nothing over."]
    if outcome == "no_data":
        return ["We looked and hold no such data.", reason]
    if outcome == "helped":
        return [reason]
    if state.request_class == "freeze":
        return _ordered(state)
    if not state.scope_asked:
        return ["We are looking into it."]
    return _given(state, received)


def _ordered(state: RequestState) -> list[str]:
    amount = (
        f"{in_words(state.amount_micro)} {state.asset or ''}".strip() if state.amount_micro else "the money"
    )
    if state.outcome == "executed":
        return [f"We froze {amount} as you ordered. It stays so until you or a court end the order."]
    return [f"You ordered {amount} to be frozen."]


def _given(state: RequestState, received: RequestState) -> list[str]:
    given = state.scope_given or state.scope_asked
    left_out = [spoken(kind).lower() for kind in received.scope_asked if kind not in given]
    kinds = ", ".join(spoken(kind).lower() for kind in given)
    accounts = f"{len(state.account_ids)} account{'' if len(state.account_ids) == 1 else 's'}"
    if state.request_class == "preservation":
        until = f" until {state.kept_until:%d %B %Y}" if state.kept_until else ""
        body = [
            f"We keep {kinds} of {accounts} as they were{until}.",
            "We hand them over when an order asks for them.",
        ]
    else:
        body = [
            f"We hand over {kinds} of {accounts}{_period(state)}, in the file that comes with this letter."
        ]
    if state.package_hash:
        body.append(f"SHA-256 of the file: {state.package_hash}")
    if left_out:
        body.append(f"Not included: {', '.join(left_out)}.")
    if state.is_narrowed and state.narrowed_because:
        body.append(f"We give less than you asked for, because: {state.narrowed_because}")
    return body


def _period(state: RequestState) -> str:
    if state.since is None and state.until is None:
        return ""
    first = f" from {state.since:%d %B %Y}" if state.since else ""
    return f"{first}{f' until {state.until:%d %B %Y}' if state.until else ''}"
