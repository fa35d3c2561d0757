"""The steps of a freeze that the program writes: of the past to its end, of what is new only its beginning.

    life_of(stop, "F-4f0a91c2de07", until, appeals)    # [Step("held"), Step("confirmed"), Step("released")]

A stop of the past was held, stayed where it was confirmed in time, and was released where the earlier system
let it go. `until` is the data's now when the ledger began: what came after it is not the past any more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from desk.actors import SYSTEM
from desk.freezes.placing.found import Appeal, Order, Stop
from desk.freezes.state import PROVISIONAL_LIFE, REVIEW_EVERY, FreezeState
from desk.freezes.steps import Step

_INNOCENT = ("false_positive", "legitimate")
_ENDED = {"granted": "The objection was right.", "upheld": "The stop stays as it is."}


def life_of(stop: Stop, freeze_id: str, until: datetime | None, appeals: Sequence[Appeal]) -> list[Step]:
    """Return the steps of what policy stopped, in the order of time; `until` is None for what is new.

    A new one has one step: it is provisional, and people or its hour end it.
    """
    placed = _held(stop, freeze_id)
    if until is None or stop.placed_at > until:
        return [placed]
    told: list[tuple[datetime, int, str, str, dict[str, Any], Mapping[str, Any]]] = []
    stayed = _stayed_at(stop, until)
    if stayed is not None:
        changes = {
            "status": "active",
            "confirmed_at": stayed,
            "expires_at": None,
            "review_by": next_review(stayed, until),
        }
        told.append((stayed, 0, "confirmed", _why_it_stayed(stop), changes, {}))
    for appeal in appeals:
        told += _appealed(stop, appeal, until)
    if stop.ended_at is not None and stop.ended_at <= until:
        told.append(
            (max(stop.ended_at, stayed or stop.placed_at), 3, "released", _why_it_ended(stop), {}, {})
        )
    steps = [placed]
    for at, _, action, reason, changes, details in sorted(told, key=lambda each: each[:2]):
        steps.append(_next(steps[-1].state, at, action, reason, changes, details, stop.truth))
    return steps


def order_of(order: Order, freeze_id: str, asset: str, until: datetime) -> list[Step]:
    """Return the one step of a freeze order that was executed before there was a ledger."""
    state = FreezeState(
        freeze_id,
        1,
        "order",
        order.account_id,
        asset,
        order.region,
        order.country,
        "active",
        order.amount_micro,
        order.amount_micro,
        order.received_at,
        ordered_micro=order.amount_micro,
        request_id=order.request_id,
        placed_at=order.answered_at,
        confirmed_at=order.answered_at,
        review_by=next_review(order.answered_at, until),
        is_secret=order.is_secret,
    )
    words = f"Ordered by {order.agency or 'an authority'}, executed before the ledger began."
    return [Step(None, state, "ordered", SYSTEM, words, order.answered_at, {"is_past": True})]


def next_review(since: datetime, until: datetime) -> datetime:
    """Return when a freeze of the past is looked at next: nobody reviewed before the ledger began.

    Counted from `since`, so that reviews of many do not all fall on one day.
    """
    rounds = max(1, -((since - until) // REVIEW_EVERY))
    return since + rounds * REVIEW_EVERY


def _held(stop: Stop, freeze_id: str) -> Step:
    state = FreezeState(
        freeze_id,
        1,
        "policy",
        stop.account_id,
        stop.asset,
        stop.region,
        stop.country,
        "provisional",
        stop.amount_micro,
        stop.amount_micro,
        stop.placed_at,
        event_id=stop.event_id,
        case_id=stop.case_id,
        placed_at=stop.placed_at,
        expires_at=stop.placed_at + PROVISIONAL_LIFE,
    )
    words = "Policy froze it." if stop.decision == "freeze" else "Policy held it."
    return Step(None, state, "held", SYSTEM, words, stop.placed_at, {"decision": stop.decision})


def _stayed_at(stop: Stop, until: datetime) -> datetime | None:
    """Return when the earlier system made the stop last; None where it did not, or not by `until`.

    A hold lasted where it was confirmed as crime within its life. A freeze lasted by itself: it counts as
    confirmed when it was, else at the hour when a hold would have ended.
    """
    expires = stop.placed_at + PROVISIONAL_LIFE
    confirmed = None if stop.confirmed_at is None else max(stop.confirmed_at, stop.placed_at)
    is_in_time = confirmed is not None and confirmed <= expires
    stayed = confirmed if is_in_time else expires if stop.decision == "freeze" else None
    if stayed is None or stayed > until or (stop.ended_at is not None and stayed > stop.ended_at):
        return None
    return stayed


def _why_it_stayed(stop: Stop) -> str:
    confirmed = stop.confirmed_at
    if confirmed is not None and confirmed <= stop.placed_at + PROVISIONAL_LIFE:
        return "Confirmed as crime in time, before the ledger began."
    return "A freeze of the earlier system did not end by itself."


def _why_it_ended(stop: Stop) -> str:
    is_expired = stop.decision == "hold" and stop.ended_at == stop.placed_at + PROVISIONAL_LIFE
    return "Nobody confirmed it in time." if is_expired else "It turned out to be honest."


def _appealed(stop: Stop, appeal: Appeal, until: datetime) -> list[Any]:
    """Return what came of an appeal as steps to be: when, in which order, what, why, and what changes."""
    filed = max(appeal.filed_at, stop.placed_at)
    told: list[Any] = [
        (
            filed,
            1,
            "appealed",
            "The customer objected.",
            {"appeal": "filed", "appealed_at": filed},
            {"appeal_id": appeal.appeal_id},
        )
    ]
    if appeal.outcome in _ENDED and appeal.ended_at is not None and appeal.ended_at <= until:
        ended = max(appeal.ended_at, filed)
        words, details = _ENDED[appeal.outcome], {"appeal_id": appeal.appeal_id}
        told.append((ended, 2, f"appeal_{appeal.outcome}", words, {"appeal": appeal.outcome}, details))
    return told


def _next(
    before: FreezeState,
    at: datetime,
    action: str,
    reason: str,
    changes: dict[str, Any],
    details: Mapping[str, Any],
    truth: str | None,
) -> Step:
    after = replace(before, version=before.version + 1, **changes)
    if action == "released":
        wrongful = True if truth in _INNOCENT else False if truth == "confirmed" else None
        after = replace(
            after,
            status="released",
            remaining_micro=0,
            released_micro=before.remaining_micro,
            ended_at=at,
            expires_at=None,
            review_by=None,
            is_wrongful=wrongful,
        )
    return Step(before, after, action, SYSTEM, reason, at, {"is_past": True, **details})
