from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from data.home import Home
from data.store import Store
from desk.actors import Actor, RightError
from desk.audit import lines
from desk.cases.alerts import CASE_ALERTS, Alert, append_alerts
from desk.cases.opening import Subject, begun
from desk.cases.steps import CASE_QUEUE, CASE_STEPS, Step, append_steps
from desk.disposition_events import DISPOSITIONS
from desk.drills.acting import abandon, answer, begin, drill, pause, running, show, skip
from desk.drills.drawing import Drawn
from desk.drills.pool import record, seen_by
from desk.drills.reading import result
from desk.drills.state import Answer, Chosen, DrillError, DrillState, Evidence, Pace
from desk.drills.steps import DRILL_STEPS
from desk.projection import project
from desk.records import Records, open_records
from desk.transactional import take_turn

NOW = datetime(2025, 10, 31, 12)
OPENED = datetime(2025, 8, 1, 12)
OLGA = Actor("Olga", "desk_operator")
LENA = Actor("Lena", "desk_lead")
PACE = Pace(9, 60.0, 120.0, 240.0)
FACTS = (Evidence("a", "A new device", points=0.5), Evidence("b", "An old account", points=-0.2))
RIGHT = Answer("confirmed", "mule", 5_000_000, ("a",), "Money in and out")


class Clock:
    """A wall clock that a test turns."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 5, 9)

    def __call__(self) -> datetime:
        return self.now

    def passes(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


CLOCK = Clock()


@pytest.fixture
def records(home: Home) -> Iterator[Records]:
    opened = open_records(home, {}, clock=CLOCK)
    yield opened
    opened.close()


@pytest.fixture
def on_both(home: Home, environment: dict[str, str]) -> Iterator[Records]:
    opened = open_records(home, environment, clock=CLOCK)
    yield opened
    opened.close()


def chosen(number: int) -> Chosen:
    return Chosen(
        f"C-{number}", "account", f"A{number}", "fraud", OPENED, "confirmed", "mule", OPENED, "confirmed",
        "mule", 100.0, PACE,
    )  # fmt: skip


def started(records: Records, many: int = 10) -> DrillState:
    return begin(records, Drawn(7, tuple(chosen(n) for n in range(many))), OLGA, NOW)


def decided(records: Records, state: DrillState, seconds: float = 100.0) -> DrillState:
    show(records, state.drill_id, OLGA, FACTS, NOW)
    CLOCK.passes(seconds)
    return answer(records, state.drill_id, OLGA, RIGHT, NOW, place=state.place)


def real(records: Records, store: Store) -> list[list[Any]]:
    """Everything that is real: what is in the tables of the desk, in the records and in the store."""
    with records.reading() as connection:
        kept: list[list[Any]] = [
            [tuple(row) for row in connection.execute(select(table))]
            for table in (CASE_STEPS, CASE_QUEUE, CASE_ALERTS, DISPOSITIONS)
        ]
    with store.cursor() as cursor:
        asked = "SELECT * FROM {} ORDER BY ALL"
        names = ("desk_cases", "desk_steps", "desk_alerts", "labels", "confirmed_events", "flagged_events")
        return [*kept, *(cursor.execute(asked.format(name)).fetchall() for name in names)]


def test_a_whole_drill_leaves_cases_queue_dispositions_labels_and_measures_as_they_were(
    on_both: Records, store: Store
) -> None:
    records = on_both
    state = begun(
        Subject("account", "A0", ("cis",), "high", {}),
        channel="cis", kind="fraud", expected_loss_micro=5, alerts=1, at=OPENED, earlier=0,
    )  # fmt: skip
    alert = Alert(
        "fraud:E0", "fraud", "A0", "E0", None, OPENED, 0.9, 5, 5, "high", "hold", "cis", "RU", "New"
    )
    with records.writing() as connection:
        take_turn(connection)
        append_steps(connection, [Step(state, "opened", OLGA, "New", OPENED)])
        append_alerts(connection, [(state.case_id, alert)])
    project(store, records)
    before = real(records, store)

    drilled = started(records)
    for _ in range(9):
        drilled = decided(records, drilled)
    assert skip(records, drilled.drill_id, OLGA, NOW, place=10).status == "finished"
    project(store, records)

    assert real(records, store) == before
    # One step, one place in the queue, one case in the store.
    assert [len(found) for found in (before[0], before[1], before[4])] == [1, 1, 1]
    with store.cursor() as cursor:
        copied = "SELECT count(case_id), count(outcome), count(*) FROM desk_drill_steps"
        # Started, nine shown and answered, one skipped, finished.
        assert cursor.execute(copied).fetchall() == [(10, 9, 21)]
    with pytest.raises(DatabaseError, match="append-only"), records.writing() as connection:
        connection.execute(DRILL_STEPS.update().values(points=100))
    assert drill(records, drilled.drill_id).status == "finished"


def test_each_step_but_the_turning_of_pages_is_audited_and_names_no_case(records: Records) -> None:
    state = decided(records, started(records, 2))
    abandon(records, state.drill_id, OLGA, NOW)

    told = lines(records, object_kind="drill")
    assert [line.action for line in told] == ["abandoned", "answered", "started"]
    assert all("C-" not in f"{line.after}{line.reason}{line.object_id}" for line in told)


def test_a_case_is_marked_by_the_time_that_it_was_on_the_screen(records: Records) -> None:
    state = started(records)
    show(records, state.drill_id, OLGA, FACTS, NOW)
    CLOCK.passes(30)
    pause(records, state.drill_id, OLGA, NOW)
    CLOCK.passes(3600)
    show(records, state.drill_id, OLGA, FACTS, NOW)
    CLOCK.passes(12)
    seen_until = CLOCK.now
    CLOCK.passes(1000)
    # Left without a word: the clock stops where the page was last seen.
    assert pause(records, state.drill_id, OLGA, NOW, seen_until).spent_seconds == 42
    CLOCK.passes(500)
    show(records, state.drill_id, OLGA, FACTS, NOW)
    CLOCK.passes(8)
    answer(records, state.drill_id, OLGA, RIGHT, NOW, place=1)
    abandon(records, state.drill_id, OLGA, NOW)

    (one,) = result(records, state.drill_id, OLGA)[1]
    assert (one.mark.seconds, one.mark.total) == (50.0, 100.0)
    assert [fact.key for fact in one.found] == ["a"]


def test_a_case_is_decided_once_and_what_it_showed_stays_as_it_was(records: Records) -> None:
    state = started(records)
    show(records, state.drill_id, OLGA, FACTS, NOW)
    pause(records, state.drill_id, OLGA, NOW)
    shown = show(records, state.drill_id, OLGA, (), NOW)
    assert [(one.key, one.carries) for one in shown.evidence] == [("a", True), ("b", False)]
    after = answer(records, state.drill_id, OLGA, RIGHT, NOW, place=1)

    assert (after.place, after.evidence, after.shown_at) == (2, (), None)
    with pytest.raises(DrillError, match="Case 1 of this drill is decided already"):
        answer(records, state.drill_id, OLGA, RIGHT, NOW, place=1)


def test_an_answer_that_a_real_case_would_refuse_is_refused(records: Records) -> None:
    state = started(records)
    refused = (
        (Answer("confirmed", None, None, (), "Sure"), "needs its kind"),
        (Answer("false_positive", "mule", None, (), "Sure"), "nothing else has one"),
        (Answer("confirmed", "mule", None, (), "  "), "needs a note"),
        (Answer("guilty", None, None, (), "Sure"), "no outcome 'guilty'"),
    )

    for given, why in refused:
        with pytest.raises(DrillError, match=why):
            answer(records, state.drill_id, OLGA, given, NOW, place=1)


def test_who_may_not_train_or_whose_drill_it_is_not_is_refused(records: Records) -> None:
    with pytest.raises(RightError, match="practise on past cases"):
        begin(records, Drawn(7, (chosen(1),)), Actor("Eva", "executive"), NOW)
    state = started(records)

    with pytest.raises(DrillError, match="This is Olga's drill"):
        skip(records, state.drill_id, LENA, NOW, place=1)


def test_one_drill_runs_at_a_time_and_is_gone_on_with(records: Records) -> None:
    state = started(records)
    with pytest.raises(DrillError, match="in a drill already"):
        started(records)
    assert running(records, OLGA) == state

    abandon(records, state.drill_id, OLGA, NOW)
    assert running(records, OLGA) is None
    with pytest.raises(DrillError, match="is abandoned"):
        skip(records, state.drill_id, OLGA, NOW, place=1)
    assert started(records).drill_id != state.drill_id


def test_a_result_is_for_its_trainee_and_for_who_leads_and_not_before_the_end(records: Records) -> None:
    state = decided(records, started(records))
    with pytest.raises(DrillError, match="still runs"):
        result(records, state.drill_id, LENA)
    abandon(records, state.drill_id, OLGA, NOW)

    with pytest.raises(RightError, match="result of Olga"):
        result(records, state.drill_id, Actor("Ana", "analyst"))
    assert [one.place for one in result(records, state.drill_id, LENA)[1]] == [1]


def test_cases_of_an_abandoned_drill_were_seen_and_its_answers_count(records: Records) -> None:
    state = decided(records, started(records, 3))
    skip(records, state.drill_id, OLGA, NOW, place=2)
    abandon(records, state.drill_id, OLGA, NOW)

    assert seen_by(records, "Olga") == ["C-0", "C-1", "C-2"]
    assert seen_by(records, "Lena") == []
    found = record(records, "Olga")["mule"]
    assert (found.answered, found.right) == (2, 1)
