"""Outcomes: what decisions lead to, counted by week.

An alert is what a person looks at: a hold, a block or a freeze (decision 0008). Loss is the value of crime
known by then on money about to leave (withdrawals and transfers out): caught where the event was not allowed,
missed where it was. A wrongful hold is an alert on an event that is not known as crime although it is old
enough. A customer is disturbed when a decision stopped or asked them and nothing of theirs is known as crime.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import numpy as np

from scoring.calibration import Bools, Floats
from scoring.lab.evidence import Evidence, Integers
from scoring.policy import ALLOW, HOLD, STEP_UP, Decided

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Something that is counted: its name, words, which direction is good, and whether it is money."""

    name: str
    title: str
    words: str
    good: Literal["less", "more", "neither"]
    is_money: bool = False


ALERTS = Outcome("alerts", "Alerts", "Events held, blocked or frozen: what a person looks at.", "neither")
RULE_ALERTS = Outcome(
    "rule_alerts",
    "of them by rules",
    "Alerts that only a rule of verification asked for; the score alone would not have.",
    "neither",
)
STEP_UPS = Outcome("step_ups", "Step-ups", "Events that asked the customer for one more factor.", "neither")
CAUGHT = Outcome(
    "loss_caught",
    "Loss caught",
    "Value of crime in withdrawals and transfers out that were not allowed, stopped or asked again.",
    "more",
    is_money=True,
)
STOPPED = Outcome(
    "loss_stopped",
    "of it stopped",
    "The part of the loss caught that was held or worse, where no second factor lets it through.",
    "more",
    is_money=True,
)
MISSED = Outcome(
    "loss_missed",
    "Loss missed",
    "Value of crime in withdrawals and transfers out that were allowed.",
    "less",
    is_money=True,
)
DISTURBED = Outcome(
    "disturbed",
    "Disturbed",
    "Different customers without any known crime who were stopped or asked for one more factor.",
    "less",
)
WRONGFUL = Outcome(
    "wrongful_holds",
    "Wrongful holds",
    "Alerts on events of which nothing was known as crime 30 days later; younger ones are left out.",
    "less",
)
OUTCOMES = (ALERTS, RULE_ALERTS, STEP_UPS, CAUGHT, STOPPED, MISSED, DISTURBED, WRONGFUL)
NAMES = tuple(outcome.name for outcome in OUTCOMES)


@dataclass(frozen=True, slots=True)
class Counted:
    """What each event adds to each outcome, (n,) a name; customers are counted once a week, and once in all.

    `disturbed_once` marks the first time in the whole span.
    """

    by_name: Mapping[str, Floats]
    disturbed_once: Floats

    def total(self, name: str) -> float:
        """Answer the sum over the span."""
        return float((self.disturbed_once if name == DISTURBED.name else self.by_name[name]).sum())


def weeks_of(evidence: Evidence, first: datetime | None = None) -> Integers:
    """Answer (n,) the number of each event's week since the Monday before the span, or since `first`."""
    start = first or monday(evidence.span.since)
    return ((evidence.at - np.datetime64(start)) // np.timedelta64(WEEK)).astype(np.int64)


def monday(instant: datetime) -> datetime:
    """Answer the midnight of the Monday on or before."""
    day = datetime(instant.year, instant.month, instant.day)
    return day - timedelta(days=day.weekday())


def count(evidence: Evidence, decided: Decided, week: Integers) -> Counted:
    """Answer what each event adds to each outcome under its decision; `week` numbers each event's week."""
    is_alert = decided.decision >= HOLD
    is_stopped_or_asked = decided.decision > ALLOW
    loss = evidence.loss
    bothers = is_stopped_or_asked & evidence.is_honest_account
    adds: dict[str, Bools | Floats] = {
        ALERTS.name: is_alert,
        RULE_ALERTS.name: is_alert & (decided.by_score < HOLD),
        STEP_UPS.name: decided.decision == STEP_UP,
        CAUGHT.name: np.where(is_stopped_or_asked, loss, 0.0),
        STOPPED.name: np.where(is_alert, loss, 0.0),
        MISSED.name: np.where(is_stopped_or_asked, 0.0, loss),
        DISTURBED.name: _firsts(bothers, evidence.account, week),
        WRONGFUL.name: is_alert & ~evidence.crime & evidence.is_ripe,
    }
    once = _firsts(bothers, evidence.account, np.zeros_like(week))
    return Counted({name: value.astype(np.float64) for name, value in adds.items()}, once.astype(np.float64))


def _firsts(marked: Bools, account: Integers, group: Integers) -> Bools:
    """Answer (n,) the first marked row of each account in each group."""
    rows = np.flatnonzero(marked)
    keys = account[rows] * (int(group.max(initial=0)) + 1) + group[rows]
    _, first = np.unique(keys, return_index=True)
    found = np.zeros(len(marked), dtype=np.bool_)
    found[rows[first]] = True
    return found
