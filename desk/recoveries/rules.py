"""What can be got back: rules as data, by what went wrong and who controls the place where the money lies.

    rule = rule_for("missing_memo", "exchange")
    rule.is_recoverable, rule.because

The first rule that fits decides; its reason is what the customer is told. None: nobody can say yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desk.recoveries.state import ClaimError

# Who controls the place, as a person says it.
HOLDERS: Mapping[str, str] = {
    "exchange": "this exchange",
    "customer": "the customer",
    "contract": "a contract without a way out",
    "other_service": "another exchange or custodian",
    "stranger": "somebody else",
    "nobody": "nobody: a burnt or impossible address",
    "unknown": "not known yet",
}
KINDS: Mapping[str, str] = {
    "wrong_chain": "wrong network",
    "missing_memo": "missing memo",
    "wrong_address": "wrong address",
    "wrong_asset": "wrong asset",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: for which kind (None: any) and holder; can it be got back, why, and what comes next."""

    kind: str | None
    holder: str
    is_recoverable: bool | None
    because: str
    to_do: str


RULES: tuple[Rule, ...] = (
    Rule(
        "missing_memo",
        "exchange",
        True,
        "The money lies at our own address; the memo only says whose it is.",
        "Have the customer prove control of the address that it came from.",
    ),
    Rule(
        "wrong_chain",
        "exchange",
        True,
        "Our key controls the same address on the other network, so that we can take the money out there.",
        "Have the customer prove control of the address that it came from.",
    ),
    Rule(
        "wrong_asset",
        "exchange",
        True,
        "The money lies at our own address, in an asset that is not booked by itself.",
        "Have the customer prove control of the address that it came from.",
    ),
    Rule(
        "wrong_address",
        "exchange",
        True,
        "The address that was taken by mistake is one of ours.",
        "Have the customer prove control of the address that it came from.",
    ),
    Rule(
        "missing_memo",
        "other_service",
        True,
        "Another service holds it and gives back what the sender can prove to have sent.",
        "Ask the service to return it, and have the customer prove control.",
    ),
    Rule(
        None,
        "other_service",
        True,
        "Another service holds the key to that address and can send the money back.",
        "Ask the service to return it, and have the customer prove control.",
    ),
    Rule(
        None,
        "customer",
        False,
        "The customer holds the key to that address: the money is in the customer's hand, on that network.",
        "Tell the customer how to open the address on that network.",
    ),
    Rule(
        None,
        "contract",
        False,
        "The money lies in a contract that has no way to take it out: nobody can.",
        "Tell the customer.",
    ),
    Rule(
        None,
        "stranger",
        False,
        "The address belongs to somebody else, whom nobody here can make give it back.",
        "Tell the customer, and that the police can be asked.",
    ),
    Rule(None, "nobody", False, "Nobody has a key to that address: the money is gone.", "Tell the customer."),
    Rule(
        None,
        "unknown",
        None,
        "Nobody knows yet who controls the address.",
        "Find out who controls it, and check again.",
    ),
)


def rule_for(kind: str, holder: str) -> Rule:
    """Return the rule that decides. Raises ClaimError for a holder that no rule knows."""
    for rule in RULES:
        if rule.holder == holder and rule.kind in (None, kind):
            return rule
    raise ClaimError(
        f"There is no holder {holder!r}.", possible=", ".join(HOLDERS), to_do="Choose one of these."
    )
