"""Claims that another system kept are taken over: as steps with scores, and what was paid in the ledger.

    take_past(store, records, progress)      # Taken(claims=1274, ended=1199, paid=742)

What the records say is kept and nothing is made up: the claim, and its end where it has one. Batches are
transactions and a claim is taken once: a run that was killed goes on where it stopped, and one after a whole
one adds nothing. Scores are those that each claim would have been given on its day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from data.progress import Progress
from data.progress import Step as Reported
from data.statement import read_statement
from data.store import Store
from desk.actors import SYSTEM
from desk.ledger.posting import Transfer, post
from desk.projection import project
from desk.records import Records
from desk.recoveries.moving import ended
from desk.recoveries.state import ClaimState
from desk.recoveries.steps import Step, append_steps, claims_of
from desk.transactional import take_turn
from scoring.claims.model import Told
from scoring.claims.rating import rate_all

STEP = "recoveries"
# A transaction of some seconds; each claim is two lines of the audit log or three.
AT_ONCE = 2_000
_BECAUSE = "Kept by another system."
_STATUS = {"recovered": "paid", "not_recoverable": "not_recoverable", "false_claim": "refused"}


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken over: claims that are new, those that have ended, and of them those that were paid."""

    claims: int = 0
    ended: int = 0
    paid: int = 0


@dataclass(frozen=True, slots=True)
class _Told:
    """A claim as another system kept it: as it was made, and when and how it ended, if it did."""

    begun: ClaimState
    ended_at: datetime | None
    outcome: str | None


def take_past(store: Store, records: Records, progress: Progress, at_once: int = AT_ONCE) -> Taken:
    """Take over the claims that are new or have ended since, score all, and say what that came to.

    The store holds the desk's claims as they stand afterwards. Raises RecordsError as the records do.
    """
    project(store, records)
    with store.cursor() as cursor:
        now = _now(cursor)
        found = _read(cursor)
    if now is None:
        return Taken()
    scores = _scored(store, now)
    taken = Taken()
    for start in range(0, len(found), at_once):
        progress(Reported(STEP, start, len(found), "claims", "Take over claims"))
        with records.writing() as connection:
            take_turn(connection)
            some = found[start : start + at_once]
            held = claims_of(connection, [one.begun.claim_id for one in some])
            steps = [step for one in some for step in _steps(one, held.get(one.begun.claim_id), scores)]
            steps.sort(key=lambda step: (step.at, step.state.claim_id, step.state.version))
            paid = [step for step in steps if step.action == "paid"]
            moved = dict(
                zip((step.state.claim_id for step in paid), post(connection, _transfers(paid)), strict=True)
            )
            append_steps(connection, [_with_transfer(step, moved) for step in steps])
        taken = Taken(
            taken.claims + sum(step.action == "claimed" for step in steps),
            taken.ended + sum(not step.state.is_live for step in steps),
            taken.paid + len(paid),
        )
    project(store, records)
    progress(Reported(STEP, len(found), len(found), "claims"))
    return taken


def claims_to_score(cursor: duckdb.DuckDBPyConnection) -> pa.Table:
    """Return every claim of the store, of the desk and of other systems, as scoring reads it."""
    asked = read_statement(Path(__file__).with_name("claims_to_score.sql")).sql
    return cursor.sql(asked).to_arrow_table()


def is_untaken(store: Store) -> bool:
    """Answer whether there are claims that `take_past` would take; none in a store that is not scored."""
    with store.cursor() as cursor:
        return _now(cursor) is not None and bool(_read(cursor))


def _now(cursor: duckdb.DuckDBPyConnection) -> datetime | None:
    """Return the store's last event; None in a store that is not scored."""
    newest: datetime | None = cursor.table("account_risk").max("last_seen").fetchall()[0][0]
    return newest


def _read(cursor: duckdb.DuckDBPyConnection) -> list[_Told]:
    asked = read_statement(Path(__file__).with_name("claims_to_take.sql")).sql
    return [_told(row) for row in cursor.sql(asked).to_arrow_table().to_pylist()]


def _told(row: dict[str, Any]) -> _Told:
    ended_at, outcome = row.pop("ended_at"), row.pop("outcome")
    begun = ClaimState(version=1, status="claimed", **row)
    # An end without its time, or a time without an end, is no end that anybody can count.
    is_over = ended_at is not None and outcome is not None
    return _Told(begun, ended_at if is_over else None, outcome if is_over else None)


def _scored(store: Store, now: datetime) -> Mapping[str, Told]:
    with store.writing() as cursor:
        return rate_all(cursor, claims_to_score(cursor), now)


def _steps(one: _Told, held: ClaimState | None, scores: Mapping[str, Told]) -> list[Step]:
    """Return what is new of a claim: that it was made, how it ended, or nothing."""
    steps, before = [], held
    if before is None:
        score = scores[one.begun.claim_id]
        before = replace(one.begun, score=score.score, scored_by=score.scored_by, score_reasons=score.reasons)
        steps.append(Step(None, before, "claimed", SYSTEM, _BECAUSE, before.claimed_at, {"past": True}))
    if one.outcome is not None and one.ended_at is not None and before.version == 1 and before.is_live:
        status = _STATUS[one.outcome]
        after = replace(ended(before, status, one.outcome, one.ended_at), version=2)
        if status == "paid":
            after = replace(after, payable_micro=after.amount_micro, paid_micro=after.amount_micro)
        steps.append(Step(before, after, status, SYSTEM, _BECAUSE, one.ended_at, {"past": True}))
    return steps


def _transfers(paid: Sequence[Step]) -> list[Transfer]:
    return [
        Transfer(
            step.state.account_id,
            step.state.asset,
            "mistaken",
            "recovered",
            step.state.paid_micro,
            "recovery",
            step.state.claim_id,
            SYSTEM,
            step.at,
            _BECAUSE,
        )
        for step in paid
    ]


def _with_transfer(step: Step, moved: Mapping[str, str]) -> Step:
    return replace(step, transfer_id=moved[step.state.claim_id]) if step.action == "paid" else step
