from dataclasses import replace

import numpy as np
import pytest
from lab_dozen import dozen, now, policy

from data.errors import PolicyError
from scoring.lab.draft import Draft, threshold_at


def test_a_draft_starts_as_what_is_in_force() -> None:
    assert now() == Draft("cis", 0.1, 0.5, 0.9)
    assert now().laid_over(policy()).document["regions"]["cis"]["thresholds"] == now().thresholds


def test_a_draft_is_the_same_again_when_read_from_the_address() -> None:
    draft = Draft("ID", 0.02, 0.123456789, 0.9, 0.016, 24.0, 1489.55, 72.0, ("RU>ID", "SG>ID"))
    assert Draft.read(draft.text(), "ID") == draft
    assert draft.text() == "s=0.02;h=0.123456789;b=0.9;a=0.016;c=24;u=1489.55;d=72;k=RU>ID,SG>ID"


@pytest.mark.parametrize("text", ["", "s=0.1", "s=x;h=1;b=1", "q=1", "s=0.9;h=0.1;b=0.5", "nonsense"])
def test_what_is_no_draft_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(PolicyError, match="policy lab"):
        Draft.read(text, "cis")


def test_the_changes_of_a_draft_are_those_of_a_rollout() -> None:
    draft = replace(now(), new_address_hours=24.0, corridors=("RU>KZ",))
    assert draft.changes() == {
        "thresholds": {"step_up": 0.1, "hold": 0.5, "block": 0.9},
        "verification": {"new_address_hours": 24.0, "corridors": ["RU>KZ"]},
    }


def test_a_budget_of_a_quarter_holds_the_three_highest_of_twelve() -> None:
    # .95, .7 and .6 twice: three may be alerts, so the tie at .6 stays outside.
    draft = replace(now(), budget=0.25).at_budget(dozen().occasion.score)
    assert draft.hold == pytest.approx(0.6, abs=2e-9)
    assert int((dozen().occasion.score >= draft.hold).sum()) == 2
    assert (draft.step_up, draft.block) == (0.1, 0.9)


def test_a_budget_stays_between_floor_and_ceiling() -> None:
    scores = np.linspace(0.0, 0.1, 1_000)
    assert threshold_at(scores, 0.5) == 0.12
    assert threshold_at(np.linspace(0.9, 1.0, 1_000), 0.001) == 0.75
