"""What the program does with cases by itself: it raises them, by rule, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from sqlalchemy import Connection

from desk.actors import SYSTEM
from desk.cases.acting import Doing, moved_by, write_moves
from desk.cases.moves import Escalate
from desk.cases.state import CaseError, CaseState, HeldError
from desk.channels.in_force import channels_in_force


def by_rule(
    connection: Connection, moves: Sequence[tuple[CaseState, Escalate, str]], at: datetime
) -> list[CaseState]:
    """Raise cases as rules of the configuration say, as the program itself, and return them after it.

    Within the caller's transaction, which has taken its turn; a case that somebody has in hand is left. The
    program holds no right: this is all that it does with a case by itself, and only by a rule that is there.

    Raises CaseError for an escalation by no rule of the configuration in force.
    """
    named = {rule.name for rule in channels_in_force().rules}
    moved = []
    for before, move, words in moves:
        if move.rule not in named:
            raise CaseError("The program escalates by rule only.", possible=", ".join(sorted(named)))
        doing = Doing(before.case_id, move, SYSTEM, words, at)
        with suppress(HeldError):
            moved.append((before, moved_by(connection, before, doing), doing))
    if moved:
        write_moves(connection, moved, None)
    return [after for _, after, _ in moved]
