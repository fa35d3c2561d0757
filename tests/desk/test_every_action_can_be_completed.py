"""Start-up refuses people among whom a dangerous action could never be completed, and says which action."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from small_money import NOW

from data.home import Home
from desk.actors import RIGHTS, ROLES, Right
from desk.people import DEMONSTRATION, LonelyError, found, refuse_lonely
from desk.records import open_records

DANGEROUS = [right for right in RIGHTS.values() if right.is_dangerous]


def completes(people: Mapping[str, str], right: Right) -> bool:
    """The slow twin: somebody may propose, and whoever does, somebody else may approve."""
    pairs = [
        (maker, checker)
        for maker, its in people.items()
        for checker, other in people.items()
        if its in right.holders and other in right.checkers and maker != checker
    ]
    return bool(pairs) and all(
        any(maker == name for maker, _ in pairs) for name, role in people.items() if role in right.holders
    )


def test_the_actions_that_take_two_people_are_these() -> None:
    assert {right.name for right in DANGEROUS} == {
        "freeze", "release", "seize", "recover", "disclose", "promote_model", "roll_out_policy",
        "change_role", "erase",
    }  # fmt: skip


@pytest.mark.parametrize("right", DANGEROUS, ids=lambda right: right.name)
def test_the_people_of_the_demonstration_complete_every_action(right: Right) -> None:
    assert completes(DEMONSTRATION, right)


@pytest.mark.parametrize("left", sorted(ROLES))
def test_people_without_a_role_are_refused_exactly_where_an_action_is_lost(home: Home, left: str) -> None:
    people = {name: role for name, role in DEMONSTRATION.items() if role != left}
    lost = [right for right in DANGEROUS if not completes(people, right)]
    records = open_records(home, {})
    if not lost:
        assert found(records, people, NOW)
        refuse_lonely(records)
    else:
        with pytest.raises(LonelyError) as refused:
            found(records, people, NOW)
        assert all(right.words in str(refused.value) for right in lost)
    records.close()


def test_one_risk_manager_alone_can_do_nothing_that_takes_two(home: Home) -> None:
    records = open_records(home, {})
    with pytest.raises(LonelyError, match="freeze money or give frozen money back") as refused:
        found(records, {"Rita": "risk_manager"}, NOW)
    assert "it takes two people" in str(refused.value)
    records.close()
