from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from evident_ring import fill_ring
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from data.home import Home
from data.store import Store
from desk.actors import Actor, ActorError, RightError
from desk.cases.opening import Subject
from desk.cases.state import CaseError
from desk.cases.steps import CASE_STEPS
from desk.records import URL_VARIABLE, Records, RecordsError, open_records, url_of
from desk.ring_cases import case_of, escalate, ring_of, withdraw

ANALYST = Actor("Ana", "analyst")
LEAD = Actor("Lee", "desk_lead")
NOW = datetime(2025, 10, 31, 23)
CLOCK = datetime(2026, 1, 5, 12)
# In a process of its own: what all of them wait at.
STARTING: list[Barrier] = []
RING = Subject("ring", "R-1", ("cis",), "high", {"accounts": ["A1", "A2", "A3"]})


@pytest.fixture
def records(home: Home, environment: dict[str, str]) -> Iterator[Records]:
    opened = open_records(home, environment, clock=lambda: CLOCK)
    yield opened
    opened.close()


@pytest.fixture
def on_sqlite(home: Home) -> Iterator[Records]:
    opened = open_records(home, {}, clock=lambda: CLOCK)
    yield opened
    opened.close()


def written(records: Records) -> list[tuple[str, str]]:
    with records.reading() as connection:
        asked = select(CASE_STEPS.c.action, CASE_STEPS.c.actor).order_by(CASE_STEPS.c.number)
        return [(row.action, row.actor) for row in connection.execute(asked)]


def test_an_escalated_ring_is_one_open_case_with_who_when_and_why(records: Records) -> None:
    case_id = escalate(records, RING, ANALYST, " Same payout address ", NOW)

    found = case_of(records, "R-1")
    assert found is not None
    assert (found.case_id, found.state.status, found.is_open) == (case_id, "open", True)
    assert (found.opened_by, found.opened_as, found.note) == ("Ana", "analyst", "Same payout address")
    assert (found.state.opened_at, found.recorded_at) == (NOW, CLOCK)
    assert found.subject == RING
    assert case_of(records, "R-2") is None


def test_a_second_escalation_answers_with_the_open_case_and_adds_nothing(records: Records) -> None:
    first = escalate(records, RING, ANALYST, "Same payout address", NOW)

    assert escalate(records, RING, LEAD, "Saw it too", NOW) == first
    assert written(records) == [("opened", "Ana")]


def test_a_withdrawn_case_stays_with_its_reason_and_the_ring_can_be_escalated_again(records: Records) -> None:
    first = escalate(records, RING, ANALYST, "Same payout address", NOW)
    withdraw(records, first, LEAD, "One family", NOW.replace(minute=5))

    found = case_of(records, "R-1")
    assert found is not None
    assert (found.case_id, found.state.status, found.state.closed_by) == (first, "withdrawn", "Lee")
    assert (found.withdrawn_because, found.state.closed_at) == ("One family", NOW.replace(minute=5))

    second = escalate(records, RING, ANALYST, "It is no family", NOW)
    assert second != first
    assert [action for action, _ in written(records)] == ["opened", "withdrawn", "opened"]
    newest = case_of(records, "R-1")
    assert newest is not None
    assert (newest.case_id, newest.is_open) == (second, True)


def test_a_case_is_withdrawn_once_and_only_where_there_is_one(records: Records) -> None:
    case_id = escalate(records, RING, ANALYST, "Same payout address", NOW)
    withdraw(records, case_id, LEAD, "One family", NOW)

    with pytest.raises(
        CaseError, match=r"is withdrawn \(by Lee, 2025-10-31 23:00 UTC\): it cannot be withdrawn"
    ):
        withdraw(records, case_id, ANALYST, "Again", NOW)
    with pytest.raises(CaseError, match="There is no case 'C-none'"):
        withdraw(records, "C-none", ANALYST, "Wrong", NOW)


@pytest.mark.parametrize("role", ["executive", "auditor", "administrator"])
def test_who_may_not_escalate_is_told_who_may_and_nothing_is_written(records: Records, role: str) -> None:
    with pytest.raises(RightError, match=r"may not open and withdraw a case\. Risk manager, analyst, desk"):
        escalate(records, RING, Actor("Eve", role), "Please", NOW)
    assert written(records) == []


def test_nobody_can_not_act(records: Records) -> None:
    with pytest.raises(ActorError, match="needs someone who does it"):
        escalate(records, RING, Actor(" ", "analyst"), "Please", NOW)


def test_no_case_is_opened_or_withdrawn_without_words(records: Records) -> None:
    with pytest.raises(CaseError, match="needs a note"):
        escalate(records, RING, ANALYST, "  ", NOW)
    case_id = escalate(records, RING, ANALYST, "Same payout address", NOW)
    with pytest.raises(CaseError, match="needs a note"):
        withdraw(records, case_id, ANALYST, "", NOW)


def refused(records: Records, *statements: str) -> None:
    """Hold that the database refuses the last of `statements`, and that nothing came of them."""
    escalate(records, RING, ANALYST, "Same payout address", NOW)

    def try_it() -> None:
        with records.writing() as connection:
            for statement in statements:
                connection.execute(text(statement))

    with pytest.raises((DBAPIError, RecordsError), match="case_steps is append-only"):
        try_it()
    assert written(records) == [("opened", "Ana")]


@pytest.mark.parametrize("change", ["UPDATE case_steps SET reason = 'other'", "DELETE FROM case_steps"])
def test_the_database_refuses_to_change_or_remove_a_row(records: Records, change: str) -> None:
    refused(records, change)


@pytest.mark.parametrize(("number", "version"), [("1", "2"), ("9", "1")])
def test_sqlite_refuses_to_replace_a_row_however_the_connection_is_set(
    on_sqlite: Records, number: str, version: str
) -> None:
    changed = {"number": number, "actor": "'Eve'", "version": version}
    named = [column.name for column in CASE_STEPS.columns]
    replace = (
        f"INSERT OR REPLACE INTO case_steps ({', '.join(named)}) "
        f"SELECT {', '.join(changed.get(name, name) for name in named)} FROM case_steps"
    )
    refused(on_sqlite, "PRAGMA recursive_triggers = OFF", replace)


def test_postgresql_refuses_to_empty_the_table(home: Home, cluster: str) -> None:
    records = open_records(home, {URL_VARIABLE: cluster})
    with pytest.raises(DBAPIError, match="append-only"), records.writing() as connection:
        connection.execute(text("TRUNCATE case_steps"))
    records.close()


def test_a_case_starts_from_what_is_known_of_the_ring(store: Store) -> None:
    fill_ring(store)
    with store.cursor() as cursor:
        ring, broken = ring_of(cursor, "R-1"), ring_of(cursor, "R-2")
        with pytest.raises(CaseError, match="There is no ring 'R-9'"):
            ring_of(cursor, "R-9")

    # .95, active, one account confirmed.
    assert (ring.subject_id, ring.severity, broken.severity) == ("R-1", "critical", "medium")
    assert ring.regions == ("cis", "south_east_asia")
    assert ring.facts["accounts"] == ["A1", "A2", "A3"]
    # Money as text, and .95 x 50.
    assert (ring.facts["moved"], ring.facts["expected_loss"]) == ("900.000000", 47.5)


def test_an_amount_is_kept_as_it_was(records: Records, store: Store) -> None:
    fill_ring(store)
    with store.cursor() as cursor:
        ring = ring_of(cursor, "R-1")
    escalate(records, ring, ANALYST, "Same device", NOW)
    found = case_of(records, "R-1")
    assert found is not None
    assert found.subject == ring


def _take_barrier(barrier: Barrier) -> None:
    STARTING.append(barrier)


def _escalate_in_a_process(folder: Path, environment: dict[str, str], number: int) -> str:
    STARTING[0].wait(120)
    # Nothing is there yet: they make the tables at the same time too.
    records = open_records(Home(folder), environment)
    STARTING[0].wait(120)
    try:
        return escalate(records, RING, Actor(f"P{number}", "analyst"), "All at once", NOW)
    finally:
        records.close()


def test_eight_processes_that_escalate_one_ring_at_once_open_one_case(
    home: Home, environment: dict[str, str]
) -> None:
    spawned = multiprocessing.get_context("spawn")
    barrier = spawned.Barrier(8)
    with ProcessPoolExecutor(8, spawned, _take_barrier, (barrier,)) as pool:
        cases = set(pool.map(_escalate_in_a_process, [home.path] * 8, [environment] * 8, range(8)))

    assert len(cases) == 1
    records = open_records(home, environment)
    assert [action for action, _ in written(records)] == ["opened"]
    records.close()


def test_the_records_lie_beside_the_events_unless_a_url_says_otherwise(home: Home) -> None:
    assert url_of(home, {}) == f"sqlite:///{home.path}/desk.sqlite"
    assert url_of(home, {"WATCHFLOOR_DESK_URL": "postgresql+psycopg://a@b/c"}).startswith("postgresql")


def test_a_url_of_no_database_is_an_error_that_says_what_was_possible(home: Home) -> None:
    with pytest.raises(RecordsError, match="WATCHFLOOR_DESK_URL") as caught:
        open_records(home, {"WATCHFLOOR_DESK_URL": "somewhere"})
    assert "postgresql+psycopg://user@host/name" in str(caught.value)


def test_the_file_is_in_wal_mode_with_foreign_keys(on_sqlite: Records) -> None:
    with on_sqlite.reading() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert connection.execute(text("PRAGMA busy_timeout")).scalar() == 15_000
