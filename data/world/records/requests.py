"""Requests of authorities: their classes, clocks and answers; a known number of them every third quarter."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from data.world.calendar import DAY, END, HOUR
from data.world.columns import NONE, Ints, Rng, full, to_micro
from data.world.history import WAVES
from data.world.names import account_ids, record_ids
from data.world.population import MONEY_LEVEL
from data.world.records.agencies import agency_columns
from data.world.records.known import QUARTER_STARTS, Known, inside, moments, optional_money, optional_times
from data.world.writing import times, words

CLASSES = ("information", "preservation", "freeze", "emergency")
INFORMATION, PRESERVATION, FREEZE, EMERGENCY = range(4)
REQUEST_OUTCOMES = ("data_given", "partly_given", "kept", "executed", "refused", "withdrawn")
EXECUTED = REQUEST_OUTCOMES.index("executed")
# Answered in the third quarter, whatever the seed and size: all, and freeze orders executed among them.
ANSWERED_THIRD_QUARTER = 593
EXECUTED_THIRD_QUARTER = 121
ANSWERED_MEANS = (455.0, 520.0, 0.0, 205.0)  # of each quarter, October alone the last
EXECUTED_MEANS = (92.0, 105.0, 0.0, 42.0)
OPEN_AT_END = 48.0
# Of requests other than executed freeze orders.
_CLASS_SHARES = (0.69, 0.16, 0.07, 0.08)
_OUTCOME_SHARES = np.array(
    [
        (0.62, 0.22, 0.0, 0.0, 0.12, 0.04),
        (0.0, 0.0, 0.94, 0.0, 0.04, 0.02),
        (0.0, 0.0, 0.0, 0.0, 0.8, 0.2),
        (0.7, 0.2, 0.0, 0.0, 0.08, 0.02),
    ]
)
# Median and log-normal spread of the time to an answer.
_MEDIANS = np.array([8.0 * DAY, 1.8 * DAY, 0.9 * DAY, 2.6 * HOUR])
_SPREADS = np.array([0.7, 0.7, 0.55, 0.7])


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom requests concern: chances of nobody here and of a member of a ring, and how much is frozen."""

    nobody: float = 0.11
    in_a_ring: float = 0.8
    several: float = 0.3
    median_frozen_usdt: float = 2_200.0 * MONEY_LEVEL
    frozen_spread: float = 1.0


PARAMETERS = Scope()


def request_table(known: Known, rng: Rng) -> pa.Table:
    """Return the requests as the contract's columns, in order of arrival."""
    asked, outcome, received, answered = _drawn(rng)
    account = _concerned(known, received, asked, rng)
    people = known.history.scene.people
    p = PARAMETERS
    accounts = 1 + rng.poisson(1.6, len(asked)) * (rng.random(len(asked)) < p.several)
    frozen = to_micro(p.median_frozen_usdt * np.exp(rng.normal(0, p.frozen_spread, len(asked))))
    someone = people.place[rng.integers(0, people.count, len(asked))]
    place = np.where(account == NONE, someone, people.place[account])
    count = len(asked)
    return pa.table(
        {
            "request_id": record_ids("requests", np.arange(count)),
            "received_at": times(received),
            "class": words(CLASSES, asked),
            **agency_columns(place, rng),
            "account_id": account_ids(np.maximum(account, 0)).take(
                pa.array(np.arange(count), mask=account == NONE)
            ),
            "accounts": pa.array(np.where(account == NONE, 0, accounts)),
            "amount": optional_money(np.where(outcome == EXECUTED, frozen, NONE)),
            "answered_at": optional_times(answered, outcome != NONE),
            "outcome": words(REQUEST_OUTCOMES, outcome),
        }
    )


def _drawn(rng: Rng) -> tuple[Ints, Ints, Ints, Ints]:
    """Draw class, outcome (NONE: open), and the times of arrival and answer of every request."""
    executed, every = rng.poisson(EXECUTED_MEANS), rng.poisson(ANSWERED_MEANS)
    executed[2], every[2] = EXECUTED_THIRD_QUARTER, ANSWERED_THIRD_QUARTER
    orders = moments(executed, QUARTER_STARTS, rng)
    rest = moments(np.maximum(every - executed, 0), QUARTER_STARTS, rng)
    waiting = int(rng.poisson(OPEN_AT_END))
    drawn = rng.choice(len(CLASSES), len(rest) + waiting, p=_CLASS_SHARES)
    asked = np.r_[full(len(orders), FREEZE), drawn]
    running = np.cumsum(_OUTCOME_SHARES, axis=1)[drawn[: len(rest)]]
    answer = (rng.random(len(rest))[:, None] > running[:, :-1]).sum(axis=1)
    outcome = np.r_[full(len(orders), EXECUTED), answer, full(waiting, NONE)]
    clock = np.exp(rng.normal(np.log(_MEDIANS[asked]), _SPREADS[asked])).astype(np.int64)
    answered = np.r_[orders, rest, full(waiting, END)]
    # What still waits at the end has waited for a part of its time.
    clock = np.where(outcome == NONE, clock * rng.random(len(asked)), clock).astype(np.int64)
    received = inside(np.minimum(answered - clock, answered - 1))
    order = np.argsort(received, kind="stable")
    return asked[order], outcome[order], received[order], answered[order]


def _concerned(known: Known, received: Ints, asked: Ints, rng: Rng) -> Ints:
    """Draw the account of each request, NONE for none: mostly one of a ring that has struck by then."""
    crimes, (incident, account) = known.history.incidents, known.involved()
    lone = [number for number, wave in enumerate(WAVES) if wave.operations == 1.0]
    is_ring = ~np.isin(crimes.typology[incident], lone)
    incident, account = incident[is_ring], account[is_ring]
    order = np.argsort(crimes.at[incident], kind="stable")
    account, begun = account[order], crimes.at[incident[order]]
    there = np.searchsorted(begun, received - DAY)
    row = np.floor(rng.random(len(received)) * there).astype(np.int64)
    anybody = known.open_accounts(received, rng)
    by_ring = (rng.random(len(received)) < PARAMETERS.in_a_ring) & (there > 0)
    member = account[np.minimum(row, len(account) - 1)] if len(account) else anybody
    chosen = np.where(by_ring, member, anybody)
    is_nobody = (rng.random(len(received)) < PARAMETERS.nobody) & (asked != FREEZE)
    return np.where(is_nobody, NONE, chosen)
