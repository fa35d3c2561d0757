"""Escalation by rule: what the configuration says goes up does, by itself, once for each rule and case.

    escalate_due(records, now)     # in one transaction: escalated cases, those that breached, who is told

A rule is a row of the configuration. A case that somebody has in hand is not taken from them: it goes up when
they let it go. A case goes up by one rule once, for all time, also when it is opened again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from desk.cases.by_rule import by_rule
from desk.cases.moves import Escalate
from desk.cases.state import CaseState
from desk.cases.steps import CASE_QUEUE, CASE_STEPS, states_of
from desk.channels.announcing import Notice, announce, unannounced
from desk.channels.clocks import Clock, clock_of
from desk.channels.in_force import channels_in_force
from desk.channels.model import Channels, EscalationRule
from desk.money import MICRO
from desk.records import Records
from desk.transactional import take_turn


@dataclass(frozen=True, slots=True)
class Escalated:
    """What one round did: cases by id with the rule that raised each, and how many notices were written."""

    raised: Mapping[str, str]
    notices: int


def escalate_due(records: Records, at: datetime) -> Escalated:
    """Raise the live cases that a rule raises at the data's now `at`, and announce these and new breaches."""
    config = channels_in_force()
    with records.reading() as connection:
        # Mostly there is nothing to do, and nobody waits for a transaction that writes nothing.
        if not _wanted(connection, config, at, records.clock()) and not unannounced(
            connection, _breached(connection, config, at)
        ):
            return Escalated({}, 0)
    with records.writing() as connection:
        take_turn(connection)
        wanted = _wanted(connection, config, at, records.clock())
        after = by_rule(
            connection,
            [(state, Escalate(rule.name, rule.to_level), f"{rule.words}.") for state, rule in wanted],
            at,
        )
        rules = {state.case_id: rule.name for state, rule in wanted}
        told = [Notice("escalated", state, at, rules[state.case_id]) for state in after]
        written = announce(connection, [*told, *_breached(connection, config, at)])
        return Escalated({state.case_id: rules[state.case_id] for state in after}, written)


def _breached(connection: Connection, config: Channels, at: datetime) -> list[Notice]:
    if not config.webhooks:
        return []
    stands = ((state, clock_of(state, at, config).state) for state in _live(connection))
    return [Notice("breached", state, at) for state, clock in stands if clock == "breached"]


def _wanted(
    connection: Connection, config: Channels, at: datetime, wall: datetime
) -> list[tuple[CaseState, EscalationRule]]:
    """Return which cases go up by which rule: the highest level first, one rule a case and round."""
    if not config.rules:
        return []
    found: dict[str, tuple[CaseState, EscalationRule]] = {}
    done = _done(connection)
    ordered = sorted(config.rules, key=lambda rule: -rule.to_level)
    for state in _live(connection):
        if state.held_by(wall) is not None or state.is_paused(at):
            continue
        clock = clock_of(state, at, config)
        for rule in ordered:
            if (state.case_id, rule.name) not in done and fits(rule, state, clock, at):
                found[state.case_id] = (state, rule)
                break
    return list(found.values())


def fits(rule: EscalationRule, state: CaseState, clock: Clock, at: datetime) -> bool:
    """Answer whether all that a rule names holds of a case below its level."""
    unlooked = (at - state.opened_at).total_seconds() / 60 if state.first_look_at is None else -1.0
    return state.level < rule.to_level and all(
        (
            not rule.kinds or state.kind in rule.kinds,
            not rule.severities or state.severity in rule.severities,
            not rule.channels or state.channel in rule.channels,
            rule.over is None or state.expected_loss_micro > rule.over * MICRO,
            rule.unlooked_minutes is None or unlooked >= rule.unlooked_minutes,
            rule.clock is None or _has_come_to(clock, rule.clock),
        )
    )


def _has_come_to(clock: Clock, wanted: str) -> bool:
    return clock.state == wanted or (wanted == "due_soon" and clock.state == "breached")


def _live(connection: Connection) -> list[CaseState]:
    named = connection.execute(select(CASE_QUEUE.c.case_id)).scalars().all()
    return list(states_of(connection, named).values())


def _done(connection: Connection) -> set[tuple[str, str]]:
    """Return the cases that need somebody with the rules by which each went up before."""
    asked = select(CASE_STEPS.c.case_id, CASE_STEPS.c.details).where(
        CASE_STEPS.c.action == Escalate.action,
        CASE_STEPS.c.case_id.in_(select(CASE_QUEUE.c.case_id)),
    )
    return {(row.case_id, str(row.details.get("rule"))) for row in connection.execute(asked)}
