"""Evidence: the scored events of one area in a span, with what a decision needs and what is known of them.

    evidence = read_evidence(cursor, "ID", Span(since, until), known_at=until)
    evidence.crime                     # (n,) known as crime at that instant

Columns, never rows: a quarter of an area at full scale is read in about a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.statement import read_statement
from scoring.calibration import Bools, Floats
from scoring.frame import numbers_of, words_of
from scoring.planning import know_truth, watermark_of
from scoring.policies import read_policy
from scoring.policy import DECISIONS, FREEZABLE, Codes, Decided, Occasion, Policy, decide
from scoring.verification import Signs, signs_of

EVENTS = Path(__file__).with_name("events.sql")
Integers = NDArray[np.int64]
Times = NDArray[np.datetime64]
# A label counts when it came within so long after the event: nine in ten of the demonstration's do, and weeks
# of different age are then known equally well.
RIPE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open span of event times, naive UTC."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Evidence:
    """n events of one area in the order of time, as known at `known_at`.

    `account` numbers the accounts from 0; `policy` is each event's place in `policies`, those that decided
    then; `served` the decisions that were taken. `crime` is what was known as crime at `known_at`, and
    `told_at` when it became known (NaT where never).
    """

    area: str
    span: Span
    known_at: datetime
    policies: tuple[Policy, ...]
    key: Integers
    occasion: Occasion
    at: Times
    account: Integers
    policy: Integers
    served: Codes
    crime: Bools
    told_at: Times

    def __len__(self) -> int:
        """How many events."""
        return len(self.key)

    @property
    def is_money_out(self) -> Bools:
        """(n,) whether money is about to leave the account: the kinds on which crime makes a loss."""
        return np.isin(self.occasion.kind, FREEZABLE)

    @property
    def loss(self) -> Floats:
        """(n,) value of crime that is about to leave, else 0; an amount that is not known counts nothing."""
        return np.where(self.crime & self.is_money_out, np.nan_to_num(self.occasion.amount), 0.0)

    @property
    def is_ripe(self) -> Bools:
        """(n,) whether an event is old enough at `known_at` that silence means honest."""
        ripe: Bools = self.at < np.datetime64(self.known_at - RIPE)
        return ripe

    @property
    def is_honest_account(self) -> Bools:
        """(n,) whether nothing of the event's account in this span is known as crime."""
        guilty = np.zeros(int(self.account.max(initial=-1)) + 1, dtype=np.bool_)
        guilty[self.account[self.crime]] = True
        honest: Bools = ~guilty[self.account]
        return honest

    def taken(self, rows: NDArray[Any]) -> Evidence:
        """Answer the evidence of some rows: a mask or places, in their order."""
        return replace(
            self,
            occasion=_taken(self.occasion, rows),
            **{name: getattr(self, name)[rows] for name in _COLUMNS},
        )

    def within(self, span: Span) -> Evidence:
        """Answer the events of a part of the span."""
        inside = (self.at >= np.datetime64(span.since)) & (self.at < np.datetime64(span.until))
        return replace(self.taken(inside), span=span)

    def known_by(self, instant: datetime) -> Evidence:
        """Answer the same events with what was known at an earlier instant."""
        return replace(self, known_at=instant, crime=self.crime & (self.told_at <= np.datetime64(instant)))

    def decided(self, policies: Sequence[Policy]) -> Decided:
        """Decide every event by the policy in its place of `policies`, with the code that serves."""
        parts = [np.flatnonzero(self.policy == place) for place in range(len(policies))]
        made = [
            decide(policy, _taken(self.occasion, rows)) for policy, rows in zip(policies, parts, strict=True)
        ]
        order = np.argsort(np.concatenate([*parts, np.empty(0, dtype=np.int64)]), kind="stable")
        return Decided(*(np.concatenate(columns)[order] for columns in zip(*made, strict=True)))


_COLUMNS = ("key", "at", "account", "policy", "served", "crime", "told_at")


def _taken(occasion: Occasion, rows: NDArray[Any]) -> Occasion:
    signs = occasion.signs
    return Occasion(
        score=occasion.score[rows],
        region=occasion.region[rows],
        kind=occasion.kind[rows],
        amount=occasion.amount[rows],
        is_known_bad=occasion.is_known_bad[rows],
        signs=None if signs is None else Signs(*(getattr(signs, part.name)[rows] for part in fields(Signs))),
        draw=None if occasion.draw is None else occasion.draw[rows],
    )


def read_evidence(cursor: duckdb.DuckDBPyConnection, area: str, span: Span, known_at: datetime) -> Evidence:
    """Read the events of `area` in `span` with the truth as it was known at `known_at`."""
    know_truth(cursor, known_at, watermark_of(cursor))
    given = {"since": span.since, "until": span.until, "area": area}
    rows = cursor.sql(read_statement(EVENTS).sql, params=given).to_arrow_table().combine_chunks()
    versions = words_of(_one(rows), "policy_version").astype(str) if rows.num_rows else np.empty(0, dtype=str)
    names, policy = np.unique(versions, return_inverse=True)
    policies = tuple(read_policy(cursor, str(name)) for name in names)
    return evidence_of(rows, area, span, known_at, policies, policy.astype(np.int64))


def evidence_of(
    rows: Any, area: str, span: Span, known_at: datetime, policies: Sequence[Policy], policy: Integers
) -> Evidence:
    """Make evidence of an Arrow table with the columns of events.sql; `policy` is each row's place."""
    piece = _one(rows)
    _, account = np.unique(words_of(piece, "account_id").astype(str), return_inverse=True)
    occasion = Occasion(
        score=numbers_of(piece, "score"),
        region=words_of(piece, "region"),
        kind=words_of(piece, "kind"),
        amount=numbers_of(piece, "amount"),
        is_known_bad=_column(piece, "is_known_bad").astype(np.bool_),
        signs=signs_of(piece),
        draw=numbers_of(piece, "draw"),
    )
    return Evidence(
        area=area,
        span=span,
        known_at=known_at,
        policies=tuple(policies),
        key=_column(piece, "event_key").astype(np.int64),
        occasion=occasion,
        at=_column(piece, "occurred_at").astype("datetime64[us]"),
        account=account.astype(np.int64),
        policy=policy,
        served=_codes(words_of(piece, "decision")),
        crime=_column(piece, "is_crime").astype(np.bool_),
        told_at=_column(piece, "known_at").astype("datetime64[us]"),
    )


def _one(rows: Any) -> Any:
    """Answer a table as one batch, also where it has no rows."""
    batches = rows.combine_chunks().to_batches()
    return batches[0] if batches else pa.RecordBatch.from_pylist([], schema=rows.schema)


def _column(piece: Any, name: str) -> Any:
    return piece.column(name).to_numpy(zero_copy_only=False)


def _codes(words: NDArray[np.object_]) -> Codes:
    places = {word: place for place, word in enumerate(DECISIONS)}
    return np.array([places[word] for word in words], dtype=np.int8)
