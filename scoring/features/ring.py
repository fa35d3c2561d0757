"""Features of the ring behind an account, family `ring`, as its snapshot of the day's start knew it.

They come from `ring_features` (`scoring/rings/`), read for the account and, where the other side is an
account, for the other side too. Without a ring all are nothing.
"""

from __future__ import annotations

from typing import Literal

from scoring.features import reasons
from scoring.features.declaration import Feature, Unit
from scoring.features.measures import Attribute
from scoring.features.words import Words

_NONE = "There is no snapshot of rings of that day."


def _ring(
    column: str, sentence: str, yes: str, no: str, *, unit: Unit, risk: Literal[-1, 0, 1] = 0
) -> Feature:
    measure = Attribute(column=column)
    words = Words(yes, no, _NONE)
    return Feature("ring", reasons.RING, measure, sentence, unit, risk=risk, words=words)


_NO_RING = "This customer is in no ring."

FEATURES = (
    _ring(
        "ring_score",
        "Probability that the accounts this customer is tied to are a ring of crime, that day.",
        "The accounts this customer is tied to are a ring of crime with a probability of {percent}.",
        _NO_RING,
        unit="share",
    ),
    _ring(
        "ring_accounts",
        "How many accounts that ring had.",
        "Accounts in the ring around this customer: {value}.",
        _NO_RING,
        unit="count",
    ),
    _ring(
        "ring_known_bad",
        "How many other accounts of that ring had been confirmed as crime by then.",
        "Other accounts of this customer's ring confirmed as crime by then: {value}.",
        "No other account of a ring around this customer was confirmed as crime by then.",
        unit="count",
    ),
    _ring(
        "ring_strength",
        "How strongly this customer was tied to the ring's other accounts, log-odds.",
        "The strength of this customer's ties to the ring was {value}.",
        _NO_RING,
        unit="number",
    ),
    _ring(
        "ring_young_share",
        "Share of the ring's accounts that were opened less than 45 days before.",
        "Of the accounts of this customer's ring, {percent} were opened less than 45 days before.",
        "No account of a ring around this customer was opened less than 45 days before.",
        unit="share",
    ),
    _ring(
        "other_ring_score",
        "Probability that the other side of the transfer is in a ring of crime, that day.",
        "The other side of this transfer is in a ring of crime with a probability of {percent}.",
        "The other side of this event is in no ring.",
        unit="share",
    ),
    _ring(
        "is_within_ring",
        "Whether both sides of the transfer were in the same ring.",
        "Both sides of this transfer are in one ring.",
        "The other side is not in a ring with this customer.",
        unit="yes_no",
    ),
)
