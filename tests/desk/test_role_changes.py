"""People join, change role and leave only under four eyes, and no action is left without a second person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from data.home import Home
from desk.actors import Actor, ActorError, RightError
from desk.acts import Act
from desk.approvals import Approval, ApprovalError, approve, propose
from desk.audit import lines
from desk.people import DEMONSTRATION, LonelyError, PeopleError, found, people, person
from desk.records import Records, open_records
from desk.role_changes import Change, ask_change, carry_out_change

NOW = datetime(2025, 10, 31, 23)
ADA = Actor("Ada Admindemo", "administrator")
RITA = Actor("Rita Riskdemo", "risk_manager")
LENA = Actor("Lena Leaddemo", "desk_lead")
NOA = Change("Noa Newcomer", "joined", "analyst")


@pytest.fixture
def records(home: Home, environment: dict[str, str]) -> Iterator[Records]:
    opened = open_records(home, environment)
    found(opened, DEMONSTRATION, NOW)
    yield opened
    opened.close()


def done(records: Records, change: Change, maker: Actor = ADA, checker: Actor = RITA) -> None:
    carry_out_change(records, approved(records, change, maker, checker).approval_id, maker, NOW)


def approved(records: Records, change: Change, maker: Actor = ADA, checker: Actor = RITA) -> Approval:
    asked = ask_change(records, change, maker, "The team grows", NOW)
    return approve(records, asked.approval_id, checker, "Seen", NOW)


def role_of(records: Records, name: str) -> str:
    return person(records, name).role


def test_a_person_joins_changes_role_and_leaves_under_two_signatures(records: Records) -> None:
    done(records, NOA)
    assert role_of(records, "Noa Newcomer") == "analyst"
    done(records, Change("Noa Newcomer", "role_changed", "desk_lead"))
    assert role_of(records, "Noa Newcomer") == "desk_lead"
    done(records, Change("Noa Newcomer", "left"))
    assert "Noa Newcomer" not in [one.name for one in people(records)]

    left, changed, joined = lines(records, object_kind="person", object_id="Noa Newcomer")
    assert (joined.action, joined.before, joined.after) == ("joined", None, '{"role":"analyst"}')
    assert (changed.action, changed.before, changed.after) == (
        "role_changed",
        '{"role":"analyst"}',
        '{"role":"desk_lead"}',
    )
    assert (left.action, left.before, left.after) == ("left", '{"role":"desk_lead"}', None)
    assert {line.actor for line in (left, changed, joined)} == {"Ada Admindemo"}
    assert all(line.approval_id and line.approval_id.startswith("A-") for line in (left, changed, joined))


def test_nobody_joins_without_the_second_signature_or_twice_by_one(records: Records) -> None:
    asked = ask_change(records, NOA, ADA, "The team grows", NOW)
    with pytest.raises(ApprovalError, match="Nobody has approved it yet"):
        carry_out_change(records, asked.approval_id, ADA, NOW)
    with pytest.raises(ApprovalError, match="somebody else must decide"):
        approve(records, asked.approval_id, ADA, "", NOW)
    approve(records, asked.approval_id, RITA, "", NOW)
    carry_out_change(records, asked.approval_id, ADA, NOW)
    done(records, Change("Noa Newcomer", "role_changed", "desk_lead"))
    with pytest.raises(PeopleError, match="is taken or was once"):
        carry_out_change(records, asked.approval_id, ADA, NOW)


def test_an_approval_is_of_one_person_one_role_and_the_role_before(records: Records) -> None:
    asked = approved(records, Change("Ana Analystdemo", "role_changed", "desk_lead"))
    done(records, Change("Ana Analystdemo", "role_changed", "desk_operator"))
    with pytest.raises(ApprovalError, match="It is for another act"):
        carry_out_change(records, asked.approval_id, ADA, NOW)
    assert role_of(records, "Ana Analystdemo") == "desk_operator"


def test_nobody_changes_their_own_role(records: Records) -> None:
    with pytest.raises(PeopleError, match="Nobody changes their own role"):
        ask_change(records, Change(ADA.name, "role_changed", "risk_manager"), ADA, "More", NOW)
    # Nor does who checks carry out what makes of them something else.
    asked = ask_change(records, Change(LENA.name, "role_changed", "risk_manager"), ADA, "More", NOW)
    approve(records, asked.approval_id, RITA, "", NOW)
    with pytest.raises(PeopleError, match="Nobody changes their own role"):
        carry_out_change(records, asked.approval_id, LENA, NOW)


def test_a_role_that_does_not_name_people_names_nobody(records: Records) -> None:
    with pytest.raises(RightError, match="may not name a person"):
        ask_change(records, NOA, Actor("Ana Analystdemo", "analyst"), "Mine", NOW)


FEW = {"Rita": "risk_manager", "Lena": "desk_lead", "Luis": "desk_lead", "Ada": "administrator"}


def test_a_change_after_which_an_action_has_no_second_person_is_refused_and_says_which(
    home: Home, environment: dict[str, str]
) -> None:
    records = open_records(home, environment)
    found(records, FEW, NOW)
    ada, rita = Actor("Ada", "administrator"), Actor("Rita", "risk_manager")
    asked = approved(records, Change("Lena", "left"), ada, rita)
    done(records, Change("Luis", "role_changed", "executive"), ada, rita)
    # Who freezes money is Rita now, or Lena: without her nobody could approve what Rita asks for.
    with pytest.raises(LonelyError, match=r"Nobody could ever .*freeze money"):
        ask_change(records, Change("Lena", "role_changed", "analyst"), ada, "Moves", NOW)
    # What held when it was approved does not any more.
    with pytest.raises(LonelyError, match=r"Nobody could ever .*freeze money"):
        carry_out_change(records, asked.approval_id, ada, NOW)
    assert role_of(records, "Lena") == "desk_lead"
    records.close()


def test_whoever_lost_a_role_acts_in_it_no_more(records: Records) -> None:
    done(records, Change("Rolf Riskdemo", "role_changed", "executive"))
    act = Act("promote_model", "fraud-1", None, {}, "Promote fraud-1")
    with pytest.raises(ActorError, match="is not among the people here as risk manager"):
        propose(records, act, Actor("Rolf Riskdemo", "risk_manager"), "Better", NOW)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change("rita riskdemo", "joined", "analyst"), "is taken or was once"),
        (Change("  ", "joined", "analyst"), "is taken or was once, is empty"),
        (Change("Noa", "joined", "boss"), "There is no role 'boss'"),
        (Change("Eve", "left"), "There is no person 'Eve' here"),
        (Change("Ana Analystdemo", "role_changed", "analyst"), "is analyst already"),
    ],
)
def test_a_change_that_does_not_fit_is_refused(records: Records, change: Change, words: str) -> None:
    with pytest.raises(PeopleError, match=words):
        ask_change(records, change, ADA, "Because", NOW)
