"""What people did, copied into the store of events: once, on from where it stood, and beside long writes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from small_cases import ANA, OLGA, SmallDesk

from data.facts import read_fact, write_fact
from data.home import Home
from data.store import Store, memory_store, open_store
from desk import projection
from desk.cases.endings import Dispose
from desk.cases.moves import Assign, Note, Pause, Take
from desk.cases.reading import case
from desk.projection import is_behind, project
from desk.projection_tables import DESK_TABLES
from desk.records import open_records


@pytest.fixture
def copied() -> Iterator[Store]:
    with memory_store() as opened:
        opened.create(DESK_TABLES)
        yield opened


def rows(store: Store, sql: str) -> list[tuple[object, ...]]:
    with store.cursor() as cursor:
        return cursor.execute(sql).fetchall()


def is_up_to_date(store: Store, desk: SmallDesk) -> bool:
    with store.cursor() as cursor:
        return not is_behind(cursor, desk.records)


CASES = (
    "SELECT case_id, version, status, assignee, expected_loss, outcome FROM desk_cases ORDER BY subject_id"
)


def test_cases_as_they_stand_their_steps_and_alerts_are_copied_once_and_then_what_is_new(
    both: SmallDesk, copied: Store
) -> None:
    assert is_up_to_date(copied, both)
    one, two = both.opened("A1", loss=1_500_000, events=("E1",)), both.opened("A2")
    both.do(one, Assign("Olga"), ANA, "Hers")
    # Two openings, an assignment and an alert; a line of the audit log for each but the alert.
    assert project(copied, both.records) == 7
    assert rows(copied, CASES) == [
        (one, 2, "open", "Olga", Decimal("1.500000"), None),
        (two, 1, "open", None, Decimal("1.000000"), None),
    ]
    assert is_up_to_date(copied, both)
    assert project(copied, both.records) == 0

    both.do(one, Dispose("inconclusive"), OLGA)
    assert not is_up_to_date(copied, both)
    # A step and two lines: of the case, and of the disposition.
    assert project(copied, both.records) == 3
    assert rows(copied, CASES)[0] == (one, 3, "closed", "Olga", Decimal("1.500000"), "inconclusive")
    told = "SELECT number, action, actor, reason, done_at, regions FROM desk_steps WHERE case_id = "
    assert [row[1:4] for row in rows(copied, f"{told} '{one}' ORDER BY number")] == [
        ("opened", "Watchfloor", "By rule"),
        ("assigned", "Ana", "Hers"),
        ("disposed", "Olga", "Because"),
    ]
    assert rows(copied, "SELECT alert_id, case_id, amount, score, sentence FROM desk_alerts") == [
        ("fraud-E1", one, Decimal("5.000000"), 0.9, "A new device")
    ]


def test_a_copy_in_many_parts_ends_as_one(
    desk: SmallDesk, copied: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projection, "_AT_ONCE", 2)
    case_id = desk.opened()
    for _ in range(4):
        desk.do(case_id, Note(), ANA)
    assert project(copied, desk.records) == 10
    assert rows(copied, "SELECT version FROM desk_cases") == [(5,)]


def test_records_of_another_place_or_begun_anew_are_copied_from_their_beginning(
    desk: SmallDesk, copied: Store, tmp_path: Path
) -> None:
    desk.do(desk.opened("A1"), Take(), ANA)
    project(copied, desk.records)
    elsewhere = SmallDesk(open_records(Home(tmp_path / "other"), {}, clock=desk.wall), desk.wall)
    other = elsewhere.opened("A9")
    assert not is_up_to_date(copied, elsewhere)
    project(copied, elsewhere.records)
    assert [row[0] for row in rows(copied, CASES)] == [other]

    elsewhere.records.close()
    for path in (tmp_path / "other").glob("desk.sqlite*"):
        path.unlink()
    elsewhere.records = open_records(Home(tmp_path / "other"), {}, clock=desk.wall)
    newer = elsewhere.opened("A8")
    elsewhere.opened("A7")
    assert not is_up_to_date(copied, elsewhere)
    project(copied, elsewhere.records)
    assert newer in {row[0] for row in rows(copied, CASES)}
    assert len(rows(copied, CASES)) == 2
    elsewhere.records.close()


def test_what_was_said_of_a_case_is_kept_with_all_letters_and_times(desk: SmallDesk, copied: Store) -> None:
    case_id = desk.opened()
    until = datetime(2025, 11, 1, 8, 30)
    desk.do(case_id, Pause(until), ANA, "Er sagte: \"später\"; 'жду' ☎")
    project(copied, desk.records)
    assert rows(copied, "SELECT reason, paused_until, details FROM desk_steps WHERE action = 'paused'") == [
        ("Er sagte: \"später\"; 'жду' ☎", until, '{"until": "2025-11-01T08:30:00"}')
    ]


def test_a_long_write_of_events_neither_waits_for_the_desk_nor_lets_it_wait(
    desk: SmallDesk, home: Home
) -> None:
    desk.opened()
    with open_store(home.store_path) as store:
        store.create(DESK_TABLES)
        written, may_end = threading.Event(), threading.Event()

        def score() -> None:
            with store.writing() as cursor:
                # Both write the same small table of facts.
                write_fact(cursor, "scored_until", "9")
                written.set()
                assert may_end.wait(30)
                write_fact(cursor, "scored_by", "fraud-2")

        scoring = threading.Thread(target=score)
        scoring.start()
        assert written.wait(30)
        assert project(store, desk.records) == 2
        desk.do(desk.opened("A2"), Take(), ANA)
        assert project(store, desk.records) == 4
        assert scoring.is_alive()
        may_end.set()
        scoring.join(30)
        with store.cursor() as cursor:
            found = [read_fact(cursor, name) for name in ("scored_until", "scored_by", projection.FROM)]
        assert found == ["9", "fraud-2", desk.records.where]
        assert case(desk.records, str(rows(store, CASES)[1][0])).holder == "Ana"
