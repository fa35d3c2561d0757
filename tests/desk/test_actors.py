from __future__ import annotations

import pytest

from desk.actors import RIGHTS, ROLES, SEE_FACES, Actor, ActorError, local_actor


def test_the_person_of_local_mode_is_a_risk_manager_unless_said_otherwise() -> None:
    assert local_actor({}) == Actor("local", "risk_manager")
    assert local_actor({"WATCHFLOOR_ROLE": " "}).role == "risk_manager"
    assert local_actor({"WATCHFLOOR_ROLE": "analyst"}).role == "analyst"


def test_an_unknown_role_is_an_error_that_names_those_there_are() -> None:
    with pytest.raises(ActorError) as caught:
        local_actor({"WATCHFLOOR_ROLE": "boss"})
    said = str(caught.value)
    assert "There is no role 'boss'." in said
    assert "executive, risk_manager, analyst" in said
    assert "WATCHFLOOR_ROLE" in said


def test_only_who_decides_on_a_check_or_answers_about_one_sees_faces() -> None:
    seeing = [role for role in ROLES if Actor("someone", role).may(SEE_FACES)]
    assert seeing == ["analyst", "desk_lead", "liaison"]
    assert SEE_FACES.holders_in_words == "analyst, desk lead and law-enforcement liaison"


def test_rights_are_held_by_roles_that_exist() -> None:
    assert all(right.holders <= set(ROLES) for right in RIGHTS.values())
