"""Stricter verification of withdrawals: rules that ask for more than the score alone would.

    found = verify(document["verification"], at)      # which rule asks for which step, per event

A rule belongs to an area and can only raise a decision, never lower it. The rules look at what the features
of the event say, so a decision replays from the stored row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from scoring.calibration import Bools, Floats
from scoring.frame import Words, numbers_of, words_of

# Money that leaves the customer's account here: nothing else can be verified before it is gone.
VERIFIED_KINDS = ("withdrawal",)
HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its name in a policy, the step that it asks for, and what it does in words."""

    name: str
    step: str
    unit: str
    words: str


NEW_ADDRESS = Rule(
    "new_address_hours",
    "hold",
    "hours",
    "Withdrawals to an address wait until the customer has known it for so many hours.",
)
AMOUNT = Rule("step_up_from", "step_up", "money", "Withdrawals of so much or more ask for one more factor.")
NEW_DEVICE = Rule(
    "new_device_hours",
    "step_up",
    "hours",
    "Withdrawals from a device that the customer has used for fewer hours ask for one more factor.",
)
CORRIDOR = Rule(
    "corridors",
    "hold",
    "pairs of countries",
    "Withdrawals sent from a network in the first country by a customer of the second wait for a person.",
)
RULES: Mapping[str, Rule] = {rule.name: rule for rule in (NEW_ADDRESS, AMOUNT, NEW_DEVICE, CORRIDOR)}


@dataclass(frozen=True, slots=True)
class Signs:
    """What the rules look at, (n,) each.

    `since_counterparty` and `since_device` are seconds since the customer first used them, 0 at the first
    time, NaN where there is none. `corridor` is written "RU>KZ", country of the network first; None where
    either is not known.
    """

    area: Words
    kind: Words
    amount: Floats
    since_counterparty: Floats
    since_device: Floats
    corridor: Words

    def __len__(self) -> int:
        """How many events."""
        return len(self.area)


def hits(settings: Mapping[str, Any], signs: Signs, rule: Rule) -> Bools:
    """Answer (n,) which withdrawals a rule concerns, by the settings of one area; none if it is not set."""
    wanted = settings.get(rule.name)
    found = np.zeros(len(signs), dtype=np.bool_)
    if wanted is None or wanted == []:
        return found
    # NaN compares as false: what is not known is no reason to stop a customer.
    if rule is NEW_ADDRESS:
        found |= signs.since_counterparty < wanted * HOUR
    elif rule is NEW_DEVICE:
        found |= signs.since_device < wanted * HOUR
    elif rule is AMOUNT:
        found |= signs.amount >= wanted
    else:
        found |= np.isin(signs.corridor.astype(str), wanted)
    return found & np.isin(signs.kind, VERIFIED_KINDS)


def signs_of(piece: Any) -> Signs:
    """Read the signs of a batch of events with their features, `area` and `corridor`."""
    is_first = numbers_of(piece, "account_counterparty_is_first_of_events") == 1
    is_first_device = numbers_of(piece, "account_device_is_first_of_events") == 1
    return Signs(
        area=words_of(piece, "area"),
        kind=words_of(piece, "kind"),
        amount=numbers_of(piece, "amount"),
        since_counterparty=np.where(
            is_first, 0.0, numbers_of(piece, "account_counterparty_since_first_events")
        ),
        since_device=np.where(is_first_device, 0.0, numbers_of(piece, "account_device_since_first_events")),
        corridor=words_of(piece, "corridor"),
    )


def verify(verification: Mapping[str, Mapping[str, Any]], signs: Signs) -> Mapping[str, Bools]:
    """Answer for each rule (n,) the events it concerns, by the settings of each event's area."""
    found = {name: np.zeros(len(signs), dtype=np.bool_) for name in RULES}
    for area, settings in verification.items():
        is_here = signs.area == area
        for name, rule in RULES.items():
            found[name] |= is_here & hits(settings, signs, rule)
    return found
