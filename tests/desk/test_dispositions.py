from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError

from data.home import Home
from data.store import Store, memory_store
from desk.actors import Actor, RightError
from desk.audit import lines
from desk.disposition_events import DISPOSITIONS
from desk.dispositions import Disposition, DispositionError, dispose, of_event, project
from desk.model_alarms import AlarmError, close, states, take
from desk.records import Records, open_records

NOW = datetime(2025, 10, 31, 12)
ANALYST = Actor("Ana", "analyst")
CRIME = Disposition("E1", "A1", "confirmed", "account_takeover", "The customer denies it", NOW)
HONEST = Disposition("E1", "A1", "false_positive", None, "The customer called", NOW)


@pytest.fixture
def records(tmp_path: Path, environment: dict[str, str]) -> Iterator[Records]:
    opened = open_records(Home(tmp_path / "home"), environment)
    yield opened
    opened.close()


@pytest.fixture
def store() -> Iterator[Store]:
    opened = memory_store()
    yield opened
    opened.close()


def labels(store: Store) -> list[tuple[object, ...]]:
    with store.writing() as cursor:
        return cursor.execute(
            "SELECT event_id, account_id, outcome, typology, known_at, source FROM labels ORDER BY ingest_seq"
        ).fetchall()


def test_a_disposition_becomes_one_label_of_the_desk_however_often_it_is_projected(
    records: Records, store: Store
) -> None:
    dispose(records, CRIME, ANALYST, NOW)

    for expected in (1, 0):
        with store.writing() as cursor:
            assert project(cursor, records) == expected

    assert labels(store) == [("E1", "A1", "confirmed", "account_takeover", NOW, "desk")]


def test_a_correction_is_another_label_and_both_stay_in_the_records(records: Records, store: Store) -> None:
    dispose(records, CRIME, ANALYST, NOW)
    with store.writing() as cursor:
        project(cursor, records)
    dispose(records, HONEST, Actor("Leo", "desk_lead"), NOW)
    with store.writing() as cursor:
        assert project(cursor, records) == 1

    assert [row[2] for row in labels(store)] == ["confirmed", "false_positive"]
    assert [said.disposition.outcome for said in of_event(records, "E1")] == ["confirmed", "false_positive"]
    newest = lines(records, object_id="E1")[0]
    assert (newest.actor, newest.action, newest.before) == ("Leo", "disposed", '{"outcome":"confirmed"}')


def test_who_may_not_dispose_is_told_who_may_and_nothing_is_written(records: Records) -> None:
    with pytest.raises(RightError, match=r"Analyst, desk operator and desk lead may\."):
        dispose(records, CRIME, Actor("Eva", "executive"), NOW)

    assert of_event(records, "E1") == []


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (Disposition("E1", "A1", "confirmed", None, "Sure"), "needs its kind"),
        (Disposition("E1", "A1", "inconclusive", "mule", "Not sure"), "nothing else has one"),
        (Disposition("E1", "A1", "inconclusive", None, " "), "needs a note"),
    ],
)
def test_a_disposition_that_does_not_fit_is_refused(records: Records, said: Disposition, why: str) -> None:
    with pytest.raises(DispositionError, match=why):
        dispose(records, said, ANALYST, NOW)


def test_the_database_refuses_to_change_what_was_said(records: Records) -> None:
    dispose(records, CRIME, ANALYST, NOW)

    with pytest.raises(DatabaseError, match="append-only"), records.writing() as connection:
        connection.execute(DISPOSITIONS.update().values(outcome="false_positive"))


def test_an_alarm_is_taken_once_and_closed_once_with_reasons(records: Records) -> None:
    take(records, "M-1", ANALYST, "I look", NOW)
    with pytest.raises(AlarmError, match="taken by somebody else already"):
        take(records, "M-1", Actor("Leo", "desk_lead"), "I too", NOW)
    close(records, "M-1", ANALYST, "A new phone", NOW)
    with pytest.raises(AlarmError, match="closed by Ana already"):
        close(records, "M-1", ANALYST, "Again", NOW)

    found = states(records)["M-1"]
    assert (found.state, found.taken_because, found.closed_because) == ("closed", "I look", "A new phone")
    assert [line.action for line in lines(records, object_id="M-1")] == ["closed", "taken"]


def test_an_alarm_needs_a_reason_and_a_right(records: Records) -> None:
    with pytest.raises(AlarmError, match="needs a reason"):
        take(records, "M-1", ANALYST, " ", NOW)
    with pytest.raises(RightError):
        take(records, "M-1", Actor("Eva", "executive"), "I look", NOW)

    assert states(records) == {}
