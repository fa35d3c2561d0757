"""What intake makes of a case's state: joined by an alert, told what it was, left to lapse, worked on before.

All are pure: a state in, the next state out, one version on. Whoever worked in the past holds no lock now.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desk.actors import SYSTEM
from desk.cases.moves import Move, Turn, awake
from desk.cases.opening import Subject, begun, joined
from desk.cases.state import SEVERITIES, CaseState
from desk.channels.routing import channel_of
from desk.intake.past import Answer
from desk.intake.raised import Key, Raised


def opened_by(raised: Raised, subject: Key, earlier: int, at: datetime) -> CaseState:
    """Return the first state of a subject's case, after `earlier` others."""
    alert = raised.alert
    region = alert.region if alert.region != "unknown" else None
    return begun(
        Subject(*subject, raised.regions, raised.severity, {}),
        channel=channel_of(region),
        kind=alert.kind,
        expected_loss_micro=alert.expected_loss_micro,
        alerts=1,
        at=at,
        earlier=earlier,
    )


def joined_by(state: CaseState, raised: Raised) -> CaseState:
    """Return a case after one more alert; a graver one also says what kind of case it is."""
    is_graver = SEVERITIES.index(raised.severity) < SEVERITIES.index(state.severity)
    return replace(
        joined(state, raised.severity, raised.alert.expected_loss_micro, 1),
        kind=raised.alert.kind if is_graver else state.kind,
        regions=_both(state.regions, raised.regions),
    )


def joined_with(state: CaseState, other: CaseState) -> CaseState:
    """Return a case after another one went on in it."""
    grown = joined(state, other.severity, other.expected_loss_micro, other.alerts)
    return replace(
        grown,
        regions=_both(state.regions, other.regions),
        first_look_at=min((at for at in (state.first_look_at, other.first_look_at) if at), default=None),
    )


def _both(some: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*some, *more)))


def noted(state: CaseState) -> CaseState:
    """Return a case to which something was only written."""
    return replace(state, version=state.version + 1)


def known_as(state: CaseState, answer: Answer) -> CaseState:
    """Return a case that stays as it is, but of which one knows what it was."""
    return replace(
        state, version=state.version + 1, outcome=answer.outcome, typology=_kind(answer.outcome, answer)
    )


def ended_by(state: CaseState, answer: Answer, at: datetime) -> CaseState:
    """Return a case that ends as somebody outside said it was."""
    woken = awake(state, at) if state.status == "paused" else state
    return replace(known_as(woken, answer), status="closed", closed_at=at, closed_by=SYSTEM.name)


def _kind(outcome: str, answer: Answer) -> str | None:
    return answer.typology if outcome == "confirmed" else None


def lapsed(state: CaseState, at: datetime) -> CaseState:
    """Return a case that nobody answered in time."""
    woken = awake(state, at) if state.status == "paused" else state
    return replace(
        woken,
        version=state.version + 1,
        status="lapsed",
        closed_at=at,
        closed_by=SYSTEM.name,
        holder=None,
        lease_until=None,
    )


def moved(state: CaseState, move: Move, turn: Turn) -> CaseState:
    """Return a case after a move of the past; nobody holds it now."""
    return replace(move.after(state, turn), holder=None, lease_until=None)
