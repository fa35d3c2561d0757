"""Promotions: a challenger comes into force, grows, or goes back, by people who answer for it.

    asked = propose_promotion(records, cursor, "fraud-cis-pooled-2025-07-01-1a2b", maker, "Catches more", now)
    approve_promotion(records, cursor, asked.approval_id, checker, "", now)
    promote(records, store, asked.approval_id, maker, now)
    roll_back(records, store, "cis", anyone, "Holds rose", now)

1. To promote, or to let the share grow, two people agree; the approval is bound to model, file, area, share.
2. The rule's verdict binds them: a challenger shown to be worse is refused outright, one that the rule does
   not promote needs a reason of the approver, which stands in the record.
3. To roll back is the safe direction: one person may, at once, with a reason.

Every step is a line of the audit log; what serves since when is the table `promotions` of the store.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from data.errors import ModelError
from data.statement import read_statement
from data.store import Store
from desk.actors import PROMOTE_MODEL, Actor, RightError, why_not
from desk.acts import Act, Approval
from desk.approvals import ApprovalError, approval_of, approvals, approve, propose, use
from desk.audit import Entry, record
from desk.people import require_present
from desk.records import Records
from scoring.areas import area_in_words
from scoring.frame import first_row
from scoring.regional.promoting import (
    GROWN,
    PROMOTED,
    ROLLED_BACK,
    Promotion,
    next_share,
    refuse_unfit,
    serving_now,
    standing_of,
    write_promotion,
)
from scoring.regional.rule import PROMOTE

HASH = Path(__file__).with_name("challenger_file.sql")
OBJECT = "model"


@dataclass(frozen=True, slots=True)
class Step:
    """What a promotion would do next: the act that two people agree on, and what the rule says of it."""

    act: Act
    verdict: str
    sentence: str


def step_of(cursor: duckdb.DuckDBPyConnection, model_version: str) -> Step:
    """Answer the next step of a challenger: to serve the first share of its area, or the next larger one.

    Raises ModelError when it was not judged, is shown to be worse, or serves everyone already.
    """
    standing = standing_of(cursor, model_version)
    if standing.is_worse:
        refuse_unfit(standing, "")
    share = next_share(serving_now(cursor, standing.area), model_version)
    found = first_row(cursor, read_statement(HASH).sql, {"model_version": model_version})
    details = {
        "area": standing.area,
        "share_percent": share,
        "artefact_hash": str(found[0]) if found else "",
        "verdict": standing.verdict,
        "rule": standing.sentence,
    }
    summary = f"Let {model_version} decide for {share} % of the accounts of {area_in_words(standing.area)}"
    act = Act(PROMOTE_MODEL.name, model_version, None, details, summary)
    return Step(act, standing.verdict, standing.sentence)


def propose_promotion(
    records: Records,
    cursor: duckdb.DuckDBPyConnection,
    model_version: str,
    actor: Actor,
    reason: str,
    now: datetime,
) -> Approval:
    """Ask for a second person to let a challenger serve its next share. Raises as `step_of` and `propose`."""
    return propose(records, step_of(cursor, model_version).act, actor, reason, now)


def approve_promotion(
    records: Records,
    cursor: duckdb.DuckDBPyConnection,
    approval_id: str,
    actor: Actor,
    note: str,
    now: datetime,
) -> Approval:
    """Approve what another person proposed; against the rule's verdict only with a reason in `note`.

    Raises ModelError for that, and as `approve` does.
    """
    asked = approval_of(records, approval_id, now)
    refuse_unfit(standing_of(cursor, asked.act.object_id), note)
    return approve(records, approval_id, actor, note, now)


def promote(records: Records, store: Store, approval_id: str, actor: Actor, now: datetime) -> Promotion:
    """Use an approval: from `now` on the challenger decides for its share; events before keep what they have.

    The step is computed anew: where verdict, file or share changed since it was approved, it is another act
    and refused. Raises ApprovalError, ModelError, RightError.
    """
    asked = approval_of(records, approval_id, now)
    with records.writing() as connection, store.writing() as cursor:
        step = step_of(cursor, asked.act.object_id)
        refuse_unfit(standing_of(cursor, asked.act.object_id), asked.note)
        before = serving_now(cursor, step.act.details["area"])
        use(connection, approval_id, step.act, actor, now)
        if asked.checker is None:
            raise ApprovalError("Nobody approved it.", where=f"approval {approval_id}")
        is_growing = before is not None and before.share_percent > 0
        is_same = before is not None and before.model_version == step.act.object_id
        row = Promotion(
            area=step.act.details["area"],
            model_version=step.act.object_id,
            valid_from=now,
            share_percent=step.act.details["share_percent"],
            kind=GROWN if is_growing and is_same else PROMOTED,
            proposed_by=asked.maker.name,
            approved_by=asked.checker.name,
            approval_id=approval_id,
        )
        after = dict(step.act.details) | {"against_the_rule": step.verdict != PROMOTE}
        entry = Entry(
            actor, row.kind, OBJECT, row.model_version, now, _said(before), after, asked.note, approval_id
        )
        record(connection, entry)
        write_promotion(cursor, row, now)
    return row


def roll_back(
    records: Records, store: Store, area: str, actor: Actor, reason: str, now: datetime
) -> Promotion:
    """Give an area back to the champion from `now` on, in one step and by one person; it is audited.

    Raises RightError when the actor may neither propose nor approve promotions, ApprovalError without a
    reason, ModelError where no promoted model serves.
    """
    if not (actor.may(PROMOTE_MODEL) or actor.may_check(PROMOTE_MODEL)):
        raise RightError(why_not(actor, PROMOTE_MODEL), to_do="Ask a person in one of these roles.")
    if not reason.strip():
        raise ApprovalError("This needs a reason.", to_do="Say in a sentence why it goes back.")
    with records.writing() as connection, store.writing() as cursor:
        require_present(connection, actor)
        before = serving_now(cursor, area)
        if before is None or before.share_percent == 0:
            raise ModelError(
                f"The champion serves all accounts of {area} already.",
                where="promotions",
                possible="an area with a promoted model",
                to_do="There is nothing to roll back.",
            )
        entry = Entry(
            actor, ROLLED_BACK, OBJECT, before.model_version, now, _said(before), {"share_percent": 0}, reason
        )
        number = record(connection, entry)
        row = Promotion(
            area, before.model_version, now, 0, ROLLED_BACK, actor.name, None, f"audit line {number}"
        )
        write_promotion(cursor, row, now)
    return row


def promotions_waiting(records: Records, area: str, now: datetime) -> list[Approval]:
    """Return the promotions of an area that wait for a second person, or to be carried out; oldest first."""
    return [
        asked
        for asked in approvals(records, now, PROMOTE_MODEL.name)
        if asked.state in ("waiting", "approved") and asked.act.details.get("area") == area
    ]


def _said(serving: Any) -> dict[str, Any] | None:
    """Say what served before, as the audit log keeps it."""
    if serving is None:
        return None
    return {"model_version": serving.model_version, "share_percent": serving.share_percent}
