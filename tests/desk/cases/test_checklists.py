"""The checklists: declared for every typology of the demonstration, with points that must be ticked."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk.cases.checklists import ANY, FALSE_POSITIVES, checklist, missing, typologies

CLAIMS = {"false_claim", "mistaken_transfer"}
TYPOLOGIES = Path(__file__).parents[3] / "data" / "world" / "typologies"


def test_every_typology_of_the_world_that_is_a_crime_has_a_list() -> None:
    planted = {path.stem for path in TYPOLOGIES.glob("*.py")} - {"__init__"} - CLAIMS

    assert planted - set(typologies()) == set()


@pytest.mark.parametrize("typology", [*typologies(), ANY])
def test_a_list_has_points_to_tick_and_next_steps_each_named_once(typology: str) -> None:
    found = checklist(typology)

    names = [point.name for point in found.points]
    assert len(set(names)) == len(names) >= 3
    # Two must be ticked: more of them and a person ticks without reading.
    assert sum(point.must for point in found.points) == 2
    assert 2 <= len(found.next_steps) <= 3
    assert not [point.words for point in found.points if point.words.endswith(".")]


def test_a_typology_without_a_list_is_checked_by_the_one_that_holds_for_all() -> None:
    assert checklist("never_heard_of") == checklist(None) == checklist(ANY)


def test_what_must_be_ticked_and_is_not_is_told() -> None:
    found = checklist("mule")

    assert [point.name for point in missing(found, ["in_and_out", "recruited"])] == ["no_own_use"]
    assert missing(found, ["in_and_out", "no_own_use"]) == []


def test_a_false_positive_has_reasons_to_choose_from_and_a_last_resort() -> None:
    assert list(FALSE_POSITIVES)[-1] == "other"
    assert "shared_use" in FALSE_POSITIVES
