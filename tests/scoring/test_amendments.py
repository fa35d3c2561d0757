from datetime import datetime

import numpy as np
import pytest

from data.errors import PolicyError
from scoring.amendments import Rollout, amended, in_time
from scoring.policy import BLOCK, HOLD, STEP_UP, Occasion, Policy, decide, policy_of
from scoring.verification import Signs

LADDER = {"step_up": 0.1, "hold": 0.3, "block": 0.6}
STRICT = {"step_up": 0.05, "hold": 0.1, "block": 0.2}


def own() -> Policy:
    return policy_of(
        {
            "model": "fraud",
            "model_version": "fraud-x",
            "as_of": "2025-07-01T00:00:00",
            "budget": {},
            "default": LADDER,
            "regions": {"south_east_asia": {"thresholds": LADDER, "events": 5}},
            "freeze": {"kinds": [], "amount_from": None, "or_known_bad": False},
            "exploration": {"of": "block", "to": "hold", "share": 0.25},
        }
    )


def rollout(name: str, day: int, **changes: object) -> Rollout:
    return Rollout(name, "ID", datetime(2025, 8, day), changes)


def occasion(score: list[float], area: list[str], draw: float = 1.0) -> Occasion:
    rows = len(score)
    none = np.full(rows, np.nan)
    words = np.full(rows, None, dtype=object)
    places = np.full(rows, "south_east_asia", dtype=object)
    kind = np.full(rows, "withdrawal", dtype=object)
    signs = Signs(np.array(area, dtype=object), kind, none, np.zeros(rows), none, words)
    return Occasion(np.array(score), places, kind, none, none > 0, signs, np.full(rows, draw))


def test_a_rollout_changes_its_country_and_leaves_the_region_around_it_alone() -> None:
    policy = amended(own(), [rollout("r1", 1, thresholds=STRICT)])
    found = decide(policy, occasion([0.2, 0.2], ["ID", "south_east_asia"]))
    assert found.decision.tolist() == [BLOCK, STEP_UP]
    assert found.threshold.tolist() == [0.05, 0.1]
    assert policy.document["rollouts"] == {"ID": "r1"}
    assert policy.policy_version != own().policy_version


def test_a_rule_raises_a_decision_and_says_which_it_was() -> None:
    policy = amended(own(), [rollout("r1", 1, verification={"new_address_hours": 24, "step_up_from": 1})])
    found = decide(policy, occasion([0.0, 0.7, 0.0], ["ID", "ID", "south_east_asia"]))
    assert found.decision.tolist() == [HOLD, BLOCK, 0]
    assert found.by_score.tolist() == [0, BLOCK, 0]
    assert found.act.tolist() == ["new_address_hours", None, None]


def test_the_newest_rollout_counts_and_one_without_changes_takes_all_back() -> None:
    first, second = rollout("r1", 1, thresholds=STRICT), rollout("r2", 8)
    assert amended(own(), [first, second]).document["regions"] == own().document["regions"]
    assert amended(own(), []) == own()


def test_policies_follow_each_other_without_gap_from_the_first_event_to_the_last() -> None:
    since, until = datetime(2025, 7, 1), datetime(2025, 10, 1)
    before = Rollout("r0", "ID", datetime(2025, 6, 1), {"thresholds": STRICT})
    spans = in_time(own(), [before, rollout("r1", 1, thresholds=LADDER)], since, until)
    assert [(span.since, span.until) for span in spans] == [
        (since, datetime(2025, 8, 1)),
        (datetime(2025, 8, 1), until),
    ]
    assert [span.policy.document["rollouts"] for span in spans] == [{"ID": "r0"}, {"ID": "r1"}]


def test_a_rollout_whose_thresholds_fall_is_refused() -> None:
    falling = {"step_up": 0.5, "hold": 0.3, "block": 0.6}
    with pytest.raises(PolicyError, match="thresholds of ID do not rise"):
        amended(own(), [rollout("r1", 1, thresholds=falling)])


def test_a_drawn_block_is_held_and_keeps_the_chance_with_which_it_was_drawn() -> None:
    drawn = decide(own(), occasion([0.7, 0.4], ["cis", "cis"], draw=0.2499))
    assert drawn.decision.tolist() == [HOLD, HOLD]
    assert drawn.act.tolist() == ["exploration", None]
    assert drawn.probability[0] == 0.25
    assert np.isnan(drawn.probability[1])
    assert decide(own(), occasion([0.7], ["cis"], draw=0.25)).decision.tolist() == [BLOCK]


def test_a_rollout_of_a_region_leaves_the_country_apart_in_it_alone() -> None:
    changed = Rollout("r1", "south_east_asia", datetime(2025, 8, 1), {"thresholds": STRICT})
    policy = amended(own(), [changed])
    found = decide(policy, occasion([0.2, 0.2], ["ID", "south_east_asia"]))
    assert found.decision.tolist() == [STEP_UP, BLOCK]
    assert policy.document["regions"]["ID"]["thresholds"] == LADDER
