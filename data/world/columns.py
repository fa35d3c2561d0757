"""Events of the demonstration as columns of numbers: indices into tables, microseconds, millionths.

`NONE` stands for "there is no such thing" in a column of indices; it becomes null when written.
An account as a counterparty is its index below `NONE`: account 0 is -2, account 1 is -3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Rng = np.random.Generator

NONE = -1

KINDS = ("deposit", "withdrawal", "internal_transfer", "trade")
DEPOSIT, WITHDRAWAL, TRANSFER, TRADE = range(4)
STATUSES = ("settled", "failed", "cancelled")
SETTLED, FAILED, CANCELLED = range(3)
ASSETS = ("USDT", "BTC", "ETH", "USDC", "SOL", "TRX")
LOGIN_KINDS = ("login", "password_change", "factor_change")
LOGIN, PASSWORD_CHANGE, FACTOR_CHANGE = range(3)
OUTCOMES = ("success", "failure", "locked")
SUCCESS, FAILURE, LOCKED = range(3)
FACTORS = ("password", "sms", "totp", "passkey")
PURPOSES = ("onboarding", "withdrawal", "recovery")
ONBOARDING, BEFORE_WITHDRAWAL, RECOVERY = range(3)


@dataclass(frozen=True, slots=True)
class Transactions:
    """Transactions, one entry a row in each column; `incident` is the crime it belongs to."""

    account: Ints
    at: Ints
    kind: Ints
    micro: Ints
    asset: Ints
    counterparty: Ints
    device: Ints
    ip: Ints
    status: Ints
    incident: Ints


@dataclass(frozen=True, slots=True)
class Logins:
    """Sign-ins and changes of their means, one entry a row in each column."""

    account: Ints
    at: Ints
    kind: Ints
    outcome: Ints
    factor: Ints
    device: Ints
    ip: Ints
    incident: Ints


@dataclass(frozen=True, slots=True)
class Checks:
    """Identity checks that took place; `species` is `NONE` for the honest, else the kind of attack."""

    account: Ints
    at: Ints
    purpose: Ints
    attempt: Ints
    device: Ints
    ip: Ints
    species: Ints
    is_careful: Ints
    incident: Ints


Stream = TypeVar("Stream", Transactions, Logins, Checks)


def take(stream: Stream, rows: npt.NDArray[Any]) -> Stream:
    """Return the rows of a stream that an index or a mask chooses."""
    return replace(stream, **{f.name: getattr(stream, f.name)[rows] for f in fields(stream)})


def join(parts: Sequence[Stream]) -> Stream:
    """Return all rows of several blocks of one stream, in their order. Raises IndexError when none."""
    first = parts[0]
    return replace(
        first, **{f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(first)}
    )


def in_time_order(stream: Stream, start: int, end: int) -> Stream:
    """Return the rows within [start, end) sorted by time, then account."""
    kept = take(stream, (stream.at >= start) & (stream.at < end))
    return take(kept, np.lexsort((kept.account, kept.at)))


def full(size: int, value: int) -> Ints:
    """Return a column with the same number in each row."""
    return np.full(size, value, dtype=np.int64)


def to_micro(amount: Floats) -> Ints:
    """Return money in millionths, cents at the finest and never below one hundredth."""
    cents: Ints = np.maximum(np.round(amount * 100.0), 1.0).astype(np.int64)
    return cents * 10_000


def mixed(*parts: Ints | int) -> npt.NDArray[np.uint64]:
    """Return numbers that look random but are a function of `parts` (SplitMix64, Steele et al. 2014)."""
    state = np.zeros(1, dtype=np.uint64)
    for part in parts:
        value = np.asarray(part, dtype=np.int64).astype(np.uint64)
        with np.errstate(over="ignore"):
            state = (state ^ value) + np.uint64(0x9E3779B97F4A7C15)
            state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            state = state ^ (state >> np.uint64(31))
    return state


def fixed_uniform(*parts: Ints | int) -> Floats:
    """Return numbers in [0, 1) that are a function of `parts`."""
    return (mixed(*parts) >> np.uint64(11)).astype(np.float64) / float(1 << 53)


def rank_within(group: Ints) -> Ints:
    """Return each row's place among the rows of its group, from 0; `group` is sorted."""
    if len(group) == 0:
        return np.zeros(0, dtype=np.int64)
    starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    sizes = np.diff(np.r_[starts, len(group)])
    return np.arange(len(group)) - np.repeat(starts, sizes)
