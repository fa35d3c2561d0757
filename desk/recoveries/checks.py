"""A claim held against the store: is there such a transaction, is it theirs, does the amount agree?

    checks(state, seen, others)       # one Check each: True, False, or None where nobody can tell

One False, and nothing goes on with the claim but its refusal: what is claimed is not so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.chains import fits_checksum
from desk.money import in_words
from desk.recoveries.finding import Seen
from desk.recoveries.state import ClaimState

# What a transaction was that never left or came in.
_NOT_MOVED = ("failed", "cancelled", "rejected", "blocked", "declined")


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name, whether it is so (None: nobody can tell), and why in words."""

    name: str
    is_good: bool | None
    words: str


def checks(state: ClaimState, found: Seen | None, others: Sequence[ClaimState]) -> tuple[Check, ...]:
    """Return the checks of a claim; `others` are the claims of the same transaction, hash or account."""
    return (
        *((_unnamed(),) if state.event_id is None else _named(state, found)),
        _once(state, others),
        *_address(state),
    )


def failed(made: Sequence[Check]) -> list[Check]:
    """Return those that say that the claim is not so."""
    return [one for one in made if one.is_good is False]


def _unnamed() -> Check:
    return Check("transaction", None, "No transaction of this exchange is named: look it up on its network.")


def _named(state: ClaimState, found: Seen | None) -> tuple[Check, ...]:
    if found is None:
        return (Check("transaction", False, f"There is no transaction {state.event_id} here."),)
    is_own = found.account_id == state.account_id
    return (
        Check("transaction", True, f"{found.event_id} is a {found.kind} of this exchange."),
        Check("owner", is_own, "It is the claimant's own." if is_own else "It is of another account."),
        _amount(state, found),
        _moved(found),
        _time(state, found),
    )


def _amount(state: ClaimState, found: Seen) -> Check:
    if found.amount_micro is None:
        return Check("amount", None, "The amount of the transaction is not known.")
    sent, claimed = in_words(found.amount_micro), in_words(state.amount_micro)
    if state.amount_micro > found.amount_micro:
        return Check("amount", False, f"{claimed} is claimed, and {sent} was sent.")
    if state.amount_micro < found.amount_micro:
        return Check("amount", True, f"{claimed} of the {sent} that was sent is claimed.")
    return Check("amount", True, f"{sent} was sent, as claimed.")


def _moved(found: Seen) -> Check:
    if found.status is None:
        return Check("status", None, "Whether it was carried out is not known.")
    return Check("status", found.status not in _NOT_MOVED, f"It was {found.status}.")


def _time(state: ClaimState, found: Seen) -> Check:
    is_before = found.occurred_at <= state.claimed_at
    return Check("time", is_before, "It came before the claim." if is_before else "It came after the claim.")


def _once(state: ClaimState, others: Sequence[ClaimState]) -> Check:
    same = [one for one in others if one.claim_id != state.claim_id and is_of_same(one, state)]
    held = [one for one in same if one.is_live or one.status == "paid"]
    if held:
        return Check("once", False, f"{held[0].claim_id} claims the same transfer and is {held[0].status}.")
    return Check("once", True, "Nobody else claims it." if not same else "Earlier claims of it have ended.")


def is_of_same(one: ClaimState, other: ClaimState) -> bool:
    """Answer whether two claims are of the same transfer, by its event or its hash."""
    same_event = one.event_id is not None and one.event_id == other.event_id
    return same_event or (one.tx_hash is not None and one.tx_hash == other.tx_hash)


def _address(state: ClaimState) -> tuple[Check, ...]:
    if state.network is None or state.target is None:
        return ()
    fits = fits_checksum(state.network, state.target)
    if fits is None:
        return ()
    # No reason to refuse: to mistype an address is what this is about.
    words = "The checksum of the address fits." if fits else "The checksum of the address does not fit."
    return (Check("address", True if fits else None, words),)
