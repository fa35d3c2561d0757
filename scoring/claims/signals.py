"""What tells a false claim from an honest one: the signals of a claim, each declared once.

    signals_of(cursor)          # of the claims in the view `claims_to_describe`
    found.matrix                # (n, signals), the larger the more
    found.sentence(row, i)      # what a signal says of one claim, in words

A signal is known at the moment of the claim. `points` is what a simple rule gives it: the yardstick that a
learned model must beat before it is used.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from data.statement import read_statement
from scoring.calibration import Floats

DESCRIBE = Path(__file__).with_name("describe.sql")
# Of both ends of a ratio beyond this nothing more is learned.
_MOST_TIMES = 100.0
# The rules' own limits: a week to notice, and several times what the customer usually moves.
_LATE_HOURS = 168.0
_MANY_TIMES = 5.0


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal: its name, its number for a model, what it says in words, and the rule's points for it."""

    name: str
    number: Callable[[pd.DataFrame], pd.Series]
    words: Callable[[pd.Series], str]
    points: float = 0.0
    holds: Callable[[pd.DataFrame], pd.Series] | None = None


@dataclass(frozen=True, slots=True)
class Described:
    """Claims 0, 1, ...: their ids, SIGNALS as (n, signals), and the rows they were worked out from."""

    claim_ids: tuple[str, ...]
    matrix: Floats
    rows: pd.DataFrame

    def sentence(self, row: int, signal: int) -> str:
        """Say what one signal is of one claim."""
        return SIGNALS[signal].words(self.rows.iloc[row])

    def only(self, wanted: np.ndarray) -> Described:
        """Return the claims that a mask or index chooses."""
        rows = self.rows[wanted] if wanted.dtype == bool else self.rows.iloc[wanted]
        ids = np.array(self.claim_ids, dtype=object)[wanted]
        return Described(tuple(ids), self.matrix[wanted], rows)


def _of_kind(words: str) -> Signal:
    """Return the signal that a claim is of one kind, named by its words."""
    kind = words.replace(" ", "_")
    return Signal(
        words,
        lambda rows: (rows["kind"] == kind).astype(float),
        lambda row: f"It is {'a' if row['kind'] == kind else 'no'} claim of a {words}.",
    )


def _log(name: str) -> Callable[[pd.DataFrame], pd.Series]:
    return lambda rows: np.log1p(rows[name].fillna(0.0))


def _hours(row: pd.Series) -> str:
    if np.isnan(row["hours_to_claim"]):
        return "No transfer here says when the money went."
    hours = row["hours_to_claim"]
    after = f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.0f} days"
    return f"Claimed {after} after the transfer."


def _unnamed_wrong_address(rows: pd.DataFrame) -> pd.Series:
    # What went to a wrong address from here is a withdrawal from here; without one there is nothing to see.
    return ((rows["kind"] == "wrong_address") & (rows["has_transfer"] == 0)).astype(float)


def _yes(name: str, yes: str, no: str) -> Callable[[pd.Series], str]:
    return lambda row: yes if row[name] > 0 else no


SIGNALS: tuple[Signal, ...] = (
    Signal(
        "transfer",
        lambda rows: rows["has_transfer"],
        _yes(
            "has_transfer", "The transfer is a transaction of this account.", "No transaction here fits it."
        ),
        points=2.0,
        holds=lambda rows: rows["has_transfer"] == 0,
    ),
    Signal(
        "amount beyond the transfer",
        lambda rows: rows["claims_more"],
        _yes("claims_more", "More is claimed than was sent.", "No more is claimed than was sent."),
        points=3.0,
        holds=lambda rows: rows["claims_more"] > 0,
    ),
    Signal(
        "wrong address without a transfer",
        _unnamed_wrong_address,
        lambda row: (
            "A wrong address is claimed, and no withdrawal from here went to one."
            if row["kind"] == "wrong_address" and row["has_transfer"] == 0
            else "There is a transfer behind it, or it is no claim of a wrong address."
        ),
        points=3.0,
        holds=lambda rows: _unnamed_wrong_address(rows) > 0,
    ),
    Signal(
        "time to the claim",
        _log("hours_to_claim"),
        _hours,
        points=2.0,
        holds=lambda rows: rows["hours_to_claim"].fillna(0.0) > _LATE_HOURS,
    ),
    Signal(
        "target known before",
        _log("paid_target_before"),
        lambda row: (
            f"The account paid this address {row['paid_target_before']:.0f} times before."
            if row["paid_target_before"] > 0
            else "The account had never paid this address before."
        ),
        points=1.0,
        holds=lambda rows: rows["paid_target_before"] > 0,
    ),
    Signal(
        "others at the target",
        _log("target_customers"),
        lambda row: f"{row['target_customers']:.0f} other customers moved money with this address before.",
    ),
    Signal(
        "amount against own past",
        lambda rows: np.log(rows["times_usual"].fillna(1.0).clip(1 / _MOST_TIMES, _MOST_TIMES)),
        lambda row: (
            "The account has no amount of its own to compare with."
            if np.isnan(row["times_usual"])
            else f"The amount is {row['times_usual']:.1f} times what the account usually moves."
        ),
        points=1.0,
        holds=lambda rows: rows["times_usual"].fillna(1.0) > _MANY_TIMES,
    ),
    Signal(
        "age of the account",
        _log("account_days"),
        lambda row: f"The account was {row['account_days']:.0f} days old.",
    ),
    Signal(
        "flagged before",
        _log("flagged_before"),
        lambda row: f"{row['flagged_before']:.0f} earlier events of the account were flagged.",
        points=1.0,
        holds=lambda rows: rows["flagged_before"] > 0,
    ),
    Signal(
        "new device",
        lambda rows: rows["new_device"].fillna(0.0),
        _yes("new_device", "The device was new in the week of the claim.", "The device was known."),
    ),
    Signal(
        "new network",
        lambda rows: rows["new_network"].fillna(0.0),
        _yes("new_network", "The network was new in the week of the claim.", "The network was known."),
    ),
    Signal(
        "ring",
        lambda rows: rows["in_ring"],
        _yes("in_ring", "The account was in a ring.", "The account was in no ring."),
        points=2.0,
        holds=lambda rows: rows["in_ring"] > 0,
    ),
    Signal(
        "claims before",
        lambda rows: rows["claims_before"],
        lambda row: f"It is claim {row['claims_before'] + 1:.0f} of this account.",
        points=1.0,
        holds=lambda rows: rows["claims_before"] > 0,
    ),
    Signal(
        "false claims before",
        lambda rows: rows["false_claims_before"],
        lambda row: f"{row['false_claims_before']:.0f} earlier claims of this account were false.",
        points=3.0,
        holds=lambda rows: rows["false_claims_before"] > 0,
    ),
    _of_kind("missing memo"),
    _of_kind("wrong address"),
    _of_kind("wrong asset"),
)
NAMES = tuple(signal.name for signal in SIGNALS)


def signals_of(cursor: duckdb.DuckDBPyConnection, claims: pa.Table, known: pa.Table) -> Described:
    """Describe claims as each stood when it was made; `known` are all claims, with how they ended.

    `claims` has claim_id, account_id, event_id, claimed_at, kind and amount; `known` has claim_id,
    account_id, claimed_at, ended_at and outcome.
    """
    cursor.register("claims_to_describe", claims)
    cursor.register("known_claims", known)
    try:
        rows = cursor.execute(read_statement(DESCRIBE).sql).df()
    finally:
        cursor.unregister("claims_to_describe")
        cursor.unregister("known_claims")
    columns = [signal.number(rows).to_numpy(dtype=np.float64) for signal in SIGNALS]
    return Described(tuple(rows["claim_id"]), np.column_stack(columns), rows)


def points_of(described: Described) -> Floats:
    """Return (n, signals) the points that the simple rule gives."""
    given = [
        signal.holds(described.rows).to_numpy(dtype=np.float64) * signal.points
        if signal.holds is not None
        else np.zeros(len(described.claim_ids))
        for signal in SIGNALS
    ]
    return np.column_stack(given)


MOST_POINTS = sum(signal.points for signal in SIGNALS)
