"""How an alert comes to its case: by the first rule that fits.

1. It joins the live case of the alarmed ring that its account is in, else the account's own.
2. A case of either that ended as inconclusive within REOPENED_WITHIN is reopened, and joined.
3. Otherwise a case is opened, about the ring where there is one, else about the account.

When a ring raises its alarm, or an alert of one of its accounts joins its case, the live cases of these
accounts go on in the ring's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from desk.actors import SYSTEM
from desk.cases.endings import Reopen
from desk.cases.opening import merged
from desk.cases.state import CaseState
from desk.intake.lives import Floor, Life
from desk.intake.raised import Raised
from desk.intake.turns import joined_by, joined_with, moved, opened_by

REOPENED_WITHIN = timedelta(days=3)


def raise_alert(floor: Floor, raised: Raised) -> None:
    """Have an alert join, reopen or open a case."""
    alert = raised.alert
    life = _case_for(floor, raised)
    if life is None:
        subject = raised.subjects[0]
        state = opened_by(raised, subject, floor.cases_of(subject), floor.now)
        life = floor.open(subject, state, alert.sentence, _details(raised))
    else:
        floor.step(life, joined_by(life.state, raised), "joined", SYSTEM, alert.sentence, _details(raised))
    floor.hold(life, alert)
    if life.state.subject_kind == "ring":
        _merge(floor, life, raised.members or tuple(filter(None, (alert.account_id,))))


def _case_for(floor: Floor, raised: Raised) -> Life | None:
    found = [floor.newest(subject) for subject in raised.subjects]
    there = [life for life in found if life is not None]
    live = next((life for life in there if life.state.is_live), None)
    if live is not None:
        return live
    recent = next((life for life in there if _is_recent(floor, life.state)), None)
    if recent is not None:
        again = moved(recent.state, Reopen(), floor.turn(SYSTEM))
        words = f"A new alert within {REOPENED_WITHIN.days} days of an inconclusive end"
        floor.step(recent, again, "reopened", SYSTEM, words)
    return recent


def _is_recent(floor: Floor, state: CaseState) -> bool:
    ended = state.closed_at
    return (
        state.status == "closed"
        and state.outcome == "inconclusive"
        and ended is not None
        and timedelta() <= floor.now - ended <= REOPENED_WITHIN
    )


def _merge(floor: Floor, ring: Life, accounts: Sequence[str]) -> None:
    """Have the live cases of accounts go on in their ring's."""
    for account in accounts:
        other = floor.newest(("account", account))
        if other is None or not other.state.is_live:
            continue
        into, gone = ring.state.case_id, other.state
        words = f"Goes on in the case of ring {ring.state.subject_id}"
        floor.step(other, merged(gone, into, floor.now, SYSTEM.name), "merged", SYSTEM, words)
        words = f"Case {gone.case_id} of account {account} goes on here"
        details = {"merged": gone.case_id}
        floor.step(ring, joined_with(ring.state, gone), "joined", SYSTEM, words, details)
        ring.last_alert_at = max(ring.last_alert_at, other.last_alert_at)
        ring.work, other.work = ring.work or other.work, None
        # A case that people may have had in hand before is theirs, whatever it grew into.
        ring.is_own = ring.is_own and other.is_own


def _details(raised: Raised) -> dict[str, Any]:
    alert = raised.alert
    told: dict[str, Any] = {"alert_id": alert.alert_id, "severity": alert.severity, "why": raised.why}
    if raised.members:
        told["facts"] = {"accounts": list(raised.members), "score": alert.score}
    return told
