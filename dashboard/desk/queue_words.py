"""How a case of the list is said: its clock, why it is there, who has it, and what changed just now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from dashboard.formats import compact, duration, exact
from dashboard.questions import words
from dashboard.questions.queue import CLOCKS, STATUSES, Place, Waiting

# Whom a case is with, by how far it was escalated.
LEVELS = ("the desk", "the desk lead", "who answers for the region")
# As long as a change is marked: a person looks up from a case within that time.
JUST_NOW = timedelta(seconds=60)


def row(case: Waiting, place: Place, unit: str) -> Mapping[str, object]:
    """Return a case as the table shows it, every value a text."""
    changed = change(case, place)
    return {
        "id": case.case_id,
        "clock": case.clock or "ended",
        "clockWord": CLOCKS.get(case.clock or "", STATUSES.get(case.outcome or case.status, case.status)),
        "left": left(case, place.now),
        "severity": case.severity,
        "severityWord": words.spoken(case.severity),
        "level": case.level,
        "levelWord": level(case.level),
        "subject": f"{case.subject_kind.capitalize()} {case.subject_id}",
        "kind": words.spoken(case.kind),
        "why": case.sentence or "",
        "channel": channel(case.channel),
        "loss": compact(case.expected_loss),
        "lossExact": f"{exact(case.expected_loss)} {unit}",
        "alerts": exact(case.alerts),
        "age": duration(place.now - case.opened_at, 1),
        "who": who(case, place.me),
        "mine": place.me in (case.in_hand, case.assignee),
        "changed": changed,
    }


def left(case: Waiting, now: datetime) -> str:
    """Say how long a live case has, or by how much it is late: `23 min left`, `2 h over`."""
    if case.clock is None or case.due_at is None:
        return ""
    if case.clock == "paused":
        return ""
    apart = case.due_at - now
    return f"{duration(apart, 1)} left" if apart > timedelta() else f"{duration(-apart, 1)} over"


def who(case: Waiting, me: str) -> str:
    """Say who has a case in hand, else whom it is for; nothing for a case that anybody may take."""
    if case.in_hand is not None:
        return "In your hands" if case.in_hand == me else case.in_hand
    if case.assignee is not None:
        return "For you" if case.assignee == me else f"For {case.assignee}"
    return ""


def change(case: Waiting, place: Place) -> str:
    """Say what was done with a case within the last minute of the wall clock; nothing before that."""
    if case.last_at is None or case.last_at < place.wall - JUST_NOW or case.last_action is None:
        return ""
    by = "you" if case.last_actor == place.me else case.last_actor
    return f"{words.spoken(case.last_action)} just now by {by}"


def level(number: int) -> str:
    """Say to whom a case was escalated; nothing for one that is with the desk's operators."""
    return f"Escalated to {LEVELS[min(number, len(LEVELS) - 1)]}" if number else ""


def channel(name: str) -> str:
    """Say a regional channel by the name of its region."""
    return words.region(name)


def urgent(case: Waiting | None, breached: int, due_soon: int, now: datetime) -> str:
    """Say in a sentence what is most urgent of what waits."""
    if case is None:
        return "Nothing waits: every live case is in somebody's hands or paused."
    clock = left(case, now)
    state = f"its clock is {clock}" if clock.endswith("over") else f"{clock}"
    late = f"{exact(breached)} breached" if breached else "none breached"
    soon = f"{exact(due_soon)} due soon" if due_soon else "none due soon"
    return (
        f"Most urgent: {case.case_id}, {words.spoken(case.severity).lower()}, "
        f"{words.spoken(case.kind).lower()}, {channel(case.channel)}, {state}. "
        f"In all, {late} and {soon}."
    )
