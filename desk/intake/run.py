"""Intake: the alerts of the store that are in no case yet are taken into cases, each exactly once.

    take_in(store, records, progress)      # Taken(alerts=1528, cases=846, live=32)

Batches are transactions, and no case is in two of them: a run that was killed goes on where it stopped, and
one after a complete one adds nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from data.progress import Progress, Step
from data.store import Store
from desk.actors import SYSTEM
from desk.audit import record_all
from desk.cases.acting import entry
from desk.cases.alerts import CASE_ALERTS, append_alerts
from desk.cases.state import CaseState
from desk.cases.steps import CASE_STEPS, CASES_NOW, append_steps, state_of, states_of
from desk.cases.steps import Step as CaseStep
from desk.intake.batches import ALERTS_AT_ONCE, batches, keys
from desk.intake.ending import told_details
from desk.intake.lives import Before
from desk.intake.past import Answer, Work, answers, later_answers, work
from desk.intake.placing import place
from desk.intake.raised import Key, Raised, prepare, raised, until
from desk.intake.runs_table import Mark, finish, last_mark
from desk.intake.turns import noted
from desk.projection import project
from desk.records import Records
from desk.transactional import AT_ONCE, take_turn

STEP = "cases"


@dataclass(frozen=True, slots=True)
class Taken:
    """What an intake came to: new alerts, cases opened for them, those that are live, labels told."""

    alerts: int = 0
    cases: int = 0
    live: int = 0
    told: int = 0


@dataclass(frozen=True, slots=True)
class _New:
    """What a run reads of the store, and how far the last one came."""

    alerts: list[Raised]
    work: list[Work]
    answers: list[Answer]
    later: list[Answer]
    mark: Mark
    reach: Mark


def take_in(store: Store, records: Records, progress: Progress, at_once: int = ALERTS_AT_ONCE) -> Taken:
    """Take new alerts into cases, tell live cases what arrived about them, and say what that came to.

    The store holds the desk's cases as they stand afterwards. Raises RecordsError as the records do.
    """
    progress(Step(STEP, 0, None, "alerts", "Read alerts"))
    project(store, records)
    found = _read(store, records)
    if found is None:
        return Taken()
    taken, done, total = Taken(), 0, len(found.alerts)
    for batch in batches(found.alerts, at_once):
        with records.writing() as connection:
            taken = _added(taken, _take(connection, batch, found))
        done += len(batch)
        progress(Step(STEP, done, total, "alerts", "Open cases"))
    if taken.alerts or found.reach != found.mark:
        with records.writing() as connection:
            told = _tell(connection, found.later)
            finish(connection, found.reach, taken.alerts)
        taken = _added(taken, Taken(told=told))
    project(store, records)
    progress(Step(STEP, total, total, "alerts"))
    return taken


def _added(one: Taken, other: Taken) -> Taken:
    return Taken(
        one.alerts + other.alerts, one.cases + other.cases, one.live + other.live, one.told + other.told
    )


def _read(store: Store, records: Records) -> _New | None:
    """Read what is new; None in a store without events."""
    with records.reading() as connection:
        mark = last_mark(connection)
    with store.cursor() as cursor:
        reach = until(cursor)
        if reach.at is None:
            return None
        prepare(cursor, reach.at)
        # Another store's labels are numbered anew.
        since = mark.labels_seq if mark.labels_seq <= reach.labels_seq else 0
        return _New(
            raised(cursor),
            work(cursor, reach.at),
            answers(cursor, reach.at),
            later_answers(cursor, reach.at, since),
            mark,
            reach,
        )


def _take(connection: Connection, batch: Sequence[Raised], found: _New) -> Taken:
    """Take one batch in, within a transaction; what another process took in meanwhile is left."""
    take_turn(connection)
    known = _known(connection, [each.alert.alert_id for each in batch])
    new = [each for each in batch if each.alert.alert_id not in known]
    events = {each.alert.event_id for each in new}
    accounts = {each.alert.account_id for each in new}
    placed = place(
        new,
        [each for each in found.work if each.event_id in events],
        [
            each
            for each in found.answers
            if (each.event_id in events if each.event_id else each.account_id in accounts)
        ],
        Before(_cases(connection, new), found.mark.at),
        _reach(found),
    )
    append_steps(connection, placed.steps)
    append_alerts(connection, placed.alerts)
    record_all(
        connection, [entry(before, step) for before, step in zip(placed.befores, placed.steps, strict=True)]
    )
    opened = {step.state.case_id for step in placed.steps if step.action == "opened"}
    newest = {step.state.case_id: step.state for step in placed.steps}
    return Taken(len(new), len(opened), sum(newest[case_id].is_live for case_id in opened))


def _reach(found: _New) -> datetime:
    assert found.reach.at is not None  # a store without events was left before
    return found.reach.at


def _known(connection: Connection, alert_ids: Sequence[str]) -> set[str]:
    """Return which of these alerts are in a case."""
    there: set[str] = set()
    for start in range(0, len(alert_ids), AT_ONCE):
        asked = select(CASE_ALERTS.c.alert_id).where(
            CASE_ALERTS.c.alert_id.in_(alert_ids[start : start + AT_ONCE])
        )
        there |= {row.alert_id for row in connection.execute(asked)}
    return there


def _cases(connection: Connection, alerts: Sequence[Raised]) -> dict[Key, list[CaseState]]:
    """Return the cases of all subjects that alerts may touch, in the order in which they were opened."""
    found: dict[Key, list[CaseState]] = defaultdict(list)
    if connection.execute(select(CASE_STEPS.c.number).limit(1)).first() is None:
        return found
    wanted = sorted({key for raised_ in alerts for key in keys(raised_)})
    for kind in ("account", "ring"):
        named = [name for its_kind, name in wanted if its_kind == kind]
        for start in range(0, len(named), AT_ONCE):
            asked = select(CASES_NOW).where(
                CASES_NOW.c.subject_kind == kind, CASES_NOW.c.subject_id.in_(named[start : start + AT_ONCE])
            )
            for row in connection.execute(asked):
                found[kind, row.subject_id].append(state_of(row))
    for cases in found.values():
        cases.sort(key=lambda state: (state.opened_at, state.case_id))
    return found


def _tell(connection: Connection, later: Sequence[Answer]) -> int:
    """Tell live cases what arrived about their events since, each label once; return how many labels."""
    if not later:
        return 0
    take_turn(connection)
    named = [answer.case_id for answer in later if answer.case_id is not None]
    states, told = states_of(connection, named), _told(connection, named)
    steps, befores = [], []
    for answer in later:
        state = states.get(answer.case_id or "")
        if state is None or not state.is_live or answer.label_id in told:
            continue
        after = noted(state)
        steps.append(CaseStep(after, "told", SYSTEM, answer.words, answer.known_at, told_details(answer)))
        befores.append(state)
        states[after.case_id] = after
    append_steps(connection, steps)
    record_all(connection, [entry(before, step) for before, step in zip(befores, steps, strict=True)])
    return len(steps)


def _told(connection: Connection, case_ids: Sequence[str]) -> set[str]:
    """Return the labels that these cases were told already."""
    there: set[str] = set()
    for start in range(0, len(case_ids), AT_ONCE):
        asked = select(CASE_STEPS.c.details).where(
            CASE_STEPS.c.case_id.in_(case_ids[start : start + AT_ONCE]), CASE_STEPS.c.action == "told"
        )
        there |= {str(row.details.get("label_id")) for row in connection.execute(asked)}
    return there
