from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from data.home import Home
from desk.actors import RIGHTS, ROLES, Actor, ActorError
from desk.audit import lines
from desk.people import DEMONSTRATION, LonelyError, PeopleError, Person, found, people, person, refuse_lonely
from desk.records import Records, RecordsError, open_records

NOW = datetime(2025, 10, 31, 23)
TWO = {"Rita": "risk_manager", "Lena": "desk_lead"}


@pytest.fixture
def records(home: Home, environment: dict[str, str]) -> Iterator[Records]:
    opened = open_records(home, environment)
    yield opened
    opened.close()


def test_the_first_people_are_named_once_and_audited(records: Records) -> None:
    assert people(records) == []
    assert found(records, TWO, NOW)
    assert people(records) == [Person("Rita", "risk_manager", NOW), Person("Lena", "desk_lead", NOW)]
    assert person(records, "Lena").actor == Actor("Lena", "desk_lead")
    told = [(line.actor, line.action, line.object_id) for line in lines(records, object_kind="person")]
    assert told == [("Watchfloor", "joined", "Lena"), ("Watchfloor", "joined", "Rita")]

    # Whoever comes later does not get in by this door.
    assert not found(records, {"Eve": "desk_lead", **TWO}, NOW)
    with pytest.raises(PeopleError, match="There is no person 'Eve' here") as caught:
        person(records, "Eve")
    assert "Possible: Rita, Lena" in str(caught.value)


def test_people_among_whom_an_action_could_never_be_completed_are_refused(records: Records) -> None:
    refuse_lonely(records)
    with pytest.raises(LonelyError, match="Nobody could ever promote a model or roll out a policy") as caught:
        found(records, {"Rita": "risk_manager", "Ana": "executive"}, NOW)
    assert "Where: people who may: Rita" in str(caught.value)
    assert "another person approves: risk manager and desk lead" in str(caught.value)
    assert people(records) == []
    # Rita proposes and Lena approves; without Rita nobody could propose a promotion.
    with pytest.raises(LonelyError, match="Nobody could ever promote a model or hand money over"):
        found(records, {"Lena": "desk_lead", "Luis": "desk_lead"}, NOW)
    found(records, TWO, NOW)
    refuse_lonely(records)


@pytest.mark.parametrize("named", [{"Rita": "boss"}, {" ": "analyst"}])
def test_nobody_joins_in_a_role_that_is_not_there_or_without_a_name(
    records: Records, named: dict[str, str]
) -> None:
    with pytest.raises(ActorError):
        found(records, TWO | named, NOW)


@pytest.mark.parametrize("name", ["rita", "Rita ", "Ri  ta"])
def test_no_two_people_have_names_that_a_reader_takes_for_one(records: Records, name: str) -> None:
    with pytest.raises(PeopleError, match="is taken, or has spaces that nobody sees"):
        found(records, {**TWO, name: "analyst"}, NOW)


def test_nobody_joins_under_the_name_of_the_program(records: Records) -> None:
    with pytest.raises(ActorError, match="that of the program itself"):
        found(records, {**TWO, "watchfloor": "analyst"}, NOW)


def test_the_database_refuses_to_change_who_is_here(records: Records) -> None:
    found(records, TWO, NOW)
    with pytest.raises((DBAPIError, RecordsError), match="append-only"), records.writing() as connection:
        connection.execute(text("UPDATE people_events SET role = 'administrator'"))


def test_the_demonstration_has_every_role_and_two_people_for_each_dangerous_action(records: Records) -> None:
    assert set(DEMONSTRATION.values()) == set(ROLES)
    # Names that nobody takes for a real person's.
    assert all(name.endswith("demo") for name in DEMONSTRATION)
    for right in RIGHTS.values():
        if right.is_dangerous:
            able = [name for name, role in DEMONSTRATION.items() if role in right.holders & right.checkers]
            assert len(able) >= 2, right
    found(records, DEMONSTRATION, NOW)
    refuse_lonely(records)
