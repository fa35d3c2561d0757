"""Scores of claims: of each as it would have been given on its day, and of one that is claimed now.

    rate_all(cursor, claims, now)     # every claim by the model of its month; writes `claim_models`
    rate(cursor, claim, claims)       # one claim, by the newest model

1. At the start of each month a model learns from the claims that had ended before, and from no other.
2. It scores the claims of that month. Those that ended by the start of a later month are what this one is
   judged on: was the model better than the rules on claims that it had not seen?
3. Only where that is shown is the month's claims' score the model's. Otherwise it is the rules'.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from data.rows import replace_rows
from scoring.calibration import Bools, Floats
from scoring.claims.judging import FEWEST_FALSE, Judgement, Later, judge
from scoring.claims.model import ClaimModel, Told, learned, read_model, rule_scores, told
from scoring.claims.signals import Described, signals_of
from scoring.claims.tables import CLAIM_MODELS

FALSE = "false_claim"
# Ends that say whether a claim was false; a claim that was taken back or never proved says nothing.
TELLING = ("recovered", "not_recoverable", FALSE)
# Of fewer claims nothing is learned.
FEWEST_CLAIMS = 100


@dataclass(frozen=True, slots=True)
class _Past:
    """All claims: described, when claimed, when ended (NaT: not yet), whether false, whose; (n,) each."""

    described: Described
    claimed_at: np.ndarray
    ended_at: np.ndarray
    is_false: Bools
    account: np.ndarray

    def ended_before(self, at: datetime) -> Bools:
        """Answer (n,) which had ended with a telling outcome before `at`."""
        before: Bools = self.ended_at < np.datetime64(at)
        return before


def rate_all(cursor: duckdb.DuckDBPyConnection, claims: pa.Table, now: datetime) -> Mapping[str, Told]:
    """Score every claim as of its own month, and write what was learned to `claim_models`.

    `claims` has claim_id, account_id, event_id, claimed_at, kind, amount, ended_at and outcome. Runs in the
    caller's transaction.
    """
    if claims.num_rows == 0:
        replace_rows(cursor, CLAIM_MODELS, CLAIM_MODELS_EMPTY)
        return {}
    past = _past(cursor, claims)
    scored = np.full(len(claims), np.nan)
    found: dict[str, Told] = {}
    rows = []
    for since, until in _months(past.claimed_at, now):
        model = _learn(past, since)
        verdict = None if model is None else judge(_later(past, scored, since))
        is_used = verdict is not None and verdict.is_better
        here = (past.claimed_at >= np.datetime64(since)) & (past.claimed_at < np.datetime64(until))
        if model is not None:
            scored[here] = model.probability(past.described.matrix[here])
            rows.append(_row(model, verdict))
        if here.any():
            given = told(past.described.only(here), model if is_used else None)
            found |= {one.claim_id: one for one in given}
    replace_rows(cursor, CLAIM_MODELS, pa.Table.from_pylist(rows) if rows else CLAIM_MODELS_EMPTY)
    return found


CLAIM_MODELS_EMPTY = pa.table({"version": pa.array([], pa.string())})


def rate(cursor: duckdb.DuckDBPyConnection, claim: pa.Table, known: pa.Table) -> Told:
    """Score one claim that is made now by the newest model, or by the rules where they do as well."""
    return told(signals_of(cursor, claim, known), model_in_use(cursor))[0]


def model_in_use(cursor: duckdb.DuckDBPyConnection) -> ClaimModel | None:
    """Return the newest model where it beat the rules; None: the rules score. Raises ModelError."""
    newest = cursor.table(CLAIM_MODELS.name).order("as_of DESC").limit(1)
    chosen = "as_of, learned_from, false_claims, weights, is_used"
    for as_of, learned_from, false_claims, weights, is_used in newest.project(chosen).fetchall():
        return read_model(as_of, learned_from, false_claims, weights) if is_used else None
    return None


def _past(cursor: duckdb.DuckDBPyConnection, claims: pa.Table) -> _Past:
    asked = claims.select(["claim_id", "account_id", "event_id", "claimed_at", "kind", "amount"])
    known = claims.select(["claim_id", "account_id", "claimed_at", "ended_at", "outcome"])
    described = signals_of(cursor, asked, known)
    frame = known.to_pandas().set_index("claim_id").loc[list(described.claim_ids)]
    is_telling = frame["outcome"].isin(TELLING)
    return _Past(
        described,
        frame["claimed_at"].to_numpy(dtype="datetime64[us]"),
        frame["ended_at"].where(is_telling).to_numpy(dtype="datetime64[us]"),
        (frame["outcome"] == FALSE).to_numpy(dtype=np.bool_),
        frame["account_id"].to_numpy(),
    )


def _months(claimed_at: np.ndarray, now: datetime) -> list[tuple[datetime, datetime]]:
    """Return the months from the first claim on; the last holds now, and learns of it too."""
    first = pd.Timestamp(claimed_at.min()).to_period("M")
    starts = pd.period_range(first, pd.Timestamp(now).to_period("M"), freq="M")
    months = [(one.start_time.to_pydatetime(), (one + 1).start_time.to_pydatetime()) for one in starts]
    return [*months, (now, max(now, months[-1][1]))]


def _learn(past: _Past, since: datetime) -> ClaimModel | None:
    is_known = past.ended_before(since)
    if is_known.sum() < FEWEST_CLAIMS or past.is_false[is_known].sum() < FEWEST_FALSE:
        return None
    return learned(past.described.only(is_known), past.is_false[is_known], since)


def _later(past: _Past, scored: Floats, at: datetime) -> Later:
    """Return the claims that earlier models scored unseen and that had ended by `at`."""
    is_judged = past.ended_before(at) & ~np.isnan(scored)
    rules = rule_scores(past.described)
    return Later(scored[is_judged], rules[is_judged], past.is_false[is_judged], past.account[is_judged])


def _row(model: ClaimModel, verdict: Judgement | None) -> dict[str, Any]:
    row: dict[str, Any] = {
        "version": model.version,
        "as_of": model.as_of,
        "learned_from": model.learned_from,
        "false_claims": model.false_claims,
        "is_used": verdict is not None and verdict.is_better,
        "because": _because(verdict),
        "judged": 0 if verdict is None else verdict.claims,
        "judged_false": 0 if verdict is None else verdict.false_claims,
        "weights": model.as_json(),
    }
    for name in ("auc", "precision", "rule_auc", "rule_precision", "gain"):
        found = dict.fromkeys(("value", "low", "high")) if verdict is None else asdict(getattr(verdict, name))
        row |= {name: found["value"], f"{name}_low": found["low"], f"{name}_high": found["high"]}
    return row


def _because(verdict: Judgement | None) -> str:
    if verdict is None:
        return (
            f"Fewer than {FEWEST_FALSE} false claims came after what a model had learned from: rules score."
        )
    gained = f"{verdict.gain.value:+.2f} ({verdict.gain.low:+.2f} to {verdict.gain.high:+.2f})"
    on = f"on {verdict.claims} later claims, {verdict.false_claims} of them false"
    if verdict.is_better:
        return f"It finds false claims better than the rules: average precision {gained}, {on}."
    return f"It is not shown to be better than the rules: average precision {gained}, {on}. Rules score."
