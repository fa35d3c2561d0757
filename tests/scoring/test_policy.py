from datetime import datetime
from typing import Any

import numpy as np
import pytest

from data.errors import PolicyError
from scoring.policy import (
    DECISIONS,
    FRAUD_BUDGET,
    LIVENESS_BUDGET,
    Occasion,
    Policy,
    Slice,
    decide,
    make_policy,
    policy_of,
)

AS_OF = datetime(2025, 7, 1)


def document(**changes: Any) -> dict[str, Any]:
    ladder = {"step_up": 0.1, "hold": 0.3, "block": 0.6}
    return {
        "model": "fraud",
        "model_version": "fraud-x",
        "as_of": AS_OF.isoformat(),
        "budget": FRAUD_BUDGET,
        "default": ladder,
        "regions": {"cis": {"thresholds": {"step_up": 0.2, "hold": 0.4, "block": 0.7}}},
        "freeze": {"kinds": ["withdrawal"], "amount_from": 1_000.0, "or_known_bad": True},
    } | changes


def decided(policy: Policy, rows: list[tuple[float, str, str, float, bool]]) -> list[str]:
    score, region, kind, amount, is_bad = (np.array(column) for column in zip(*rows, strict=True))
    at = Occasion(score, region.astype(object), kind.astype(object), amount, is_bad)
    return [DECISIONS[code] for code in decide(policy, at)[0]]


def seen(score: np.ndarray, region: Any = "cis", is_bad: Any = False) -> Slice:
    rows = len(score)
    return Slice(
        score,
        np.broadcast_to(np.array(region, dtype=object), rows).copy(),
        np.full(rows, "withdrawal", dtype=object),
        np.arange(rows, dtype=float),
        np.broadcast_to(is_bad, rows).copy(),
    )


def test_each_step_begins_at_its_threshold() -> None:
    rows = [(score, "europe", "trade", 1.0, False) for score in (0.0999, 0.1, 0.3, 0.5999, 0.6)]

    assert decided(policy_of(document()), rows) == ["allow", "step_up", "hold", "hold", "block"]


def test_a_region_has_thresholds_of_its_own() -> None:
    rows = [(0.15, "europe", "trade", 1.0, False), (0.15, "cis", "trade", 1.0, False)]

    assert decided(policy_of(document()), rows) == ["step_up", "allow"]


def test_a_freeze_needs_a_block_leaving_money_and_strong_evidence() -> None:
    nan = float("nan")
    rows = [
        (0.9, "europe", "withdrawal", 1_000.0, False),
        (0.9, "europe", "withdrawal", 999.0, False),
        (0.9, "europe", "withdrawal", 1.0, True),
        (0.9, "europe", "deposit", 5_000.0, True),
        (0.5, "europe", "withdrawal", 5_000.0, True),
        (0.9, "europe", "withdrawal", nan, False),
    ]

    assert decided(policy_of(document()), rows) == ["freeze", "block", "freeze", "block", "hold", "block"]


def test_where_no_amount_was_seen_only_a_known_bad_counterparty_freezes() -> None:
    freeze = {"kinds": ["withdrawal"], "amount_from": None, "or_known_bad": True}
    rows = [(0.9, "europe", "withdrawal", 1e9, False), (0.9, "europe", "withdrawal", 1.0, True)]

    assert decided(policy_of(document(freeze=freeze)), rows) == ["block", "freeze"]


def test_the_share_of_flagged_events_stays_within_the_budget_of_the_slice() -> None:
    score = np.round(0.3 * np.random.default_rng(1).beta(0.5, 4.0, 40_000), 9)
    policy = make_policy("fraud", "fraud-x", AS_OF, seen(score))

    ladder = policy.document["regions"]["cis"]["thresholds"]

    # No score reaches the floor of a block; the budgets of the other two bind.
    assert (score >= ladder["block"]).sum() == 0
    for step in ("step_up", "hold"):
        flagged = (score >= ladder[step]).mean()
        assert FRAUD_BUDGET[step] - 1 / len(score) <= flagged <= FRAUD_BUDGET[step]


def test_scores_that_tie_at_the_limit_stay_outside_the_budget() -> None:
    score = np.concatenate([np.full(9_900, 0.01), np.full(100, 0.3)])
    policy = make_policy("fraud", "fraud-x", AS_OF, seen(score))

    # 100 tied events are more than 0.8 % of 10,000, so none of them is inside.
    assert policy.document["default"]["hold"] == 0.300000001


def test_what_is_probably_crime_is_not_let_through_for_want_of_budget() -> None:
    score = np.concatenate([np.full(9_000, 0.01), np.full(1_000, 0.95)])

    assert make_policy("fraud", "fraud-x", AS_OF, seen(score)).document["default"] == {
        "step_up": 0.5,
        "hold": 0.75,
        "block": 0.9,
    }


def test_a_quiet_region_is_not_blocked_for_being_its_least_unlikely() -> None:
    score = np.linspace(0.0, 0.015, 10_000)

    assert make_policy("fraud", "fraud-x", AS_OF, seen(score)).document["default"] == {
        "step_up": 0.02,
        "hold": 0.12,
        "block": 0.5,
    }


def test_a_thin_region_uses_the_global_thresholds_and_says_so() -> None:
    rng = np.random.default_rng(2)
    region = np.array(["cis"] * 20_000 + ["oceania"] * 100, dtype=object)
    policy = make_policy("fraud", "fraud-x", AS_OF, seen(rng.beta(0.5, 4.0, 20_100), region))

    thin = policy.document["regions"]["oceania"]

    assert thin["basis"] == "global"
    assert thin["thresholds"] == policy.document["default"]
    assert "fewer than 3,000 of them uses the global thresholds" in policy.document["words"]


def test_liveness_spends_its_budget_on_honest_people_only() -> None:
    rng = np.random.default_rng(3)
    honest = np.round(0.28 * rng.beta(2.0, 5.0, 8_000), 9)
    is_bad = np.array([False] * 8_000 + [True] * 2_000)
    score = np.concatenate([honest, np.full(2_000, 0.99)])
    policy = make_policy("liveness", "liveness-x", AS_OF, seen(score, is_bad=is_bad))

    bothered = (honest >= policy.document["default"]["step_up"]).mean()

    assert bothered == pytest.approx(LIVENESS_BUDGET["step_up"], abs=2e-4)


def test_a_decision_replays_bit_for_bit_from_the_stored_document() -> None:
    rng = np.random.default_rng(4)
    score = np.round(rng.beta(0.5, 4.0, 30_000), 9)
    policy = make_policy("fraud", "fraud-x", AS_OF, seen(score))
    again = policy_of(dict(policy.document))
    rows = [(float(s), "cis", "withdrawal", float(i), False) for i, s in enumerate(score[:2_000])]

    assert again.policy_version == policy.policy_version
    assert decided(again, rows) == decided(policy, rows)


def test_another_threshold_is_another_policy() -> None:
    changed = document(default={"step_up": 0.11, "hold": 0.3, "block": 0.6})

    assert policy_of(changed).policy_version != policy_of(document()).policy_version


def test_a_policy_that_lacks_a_part_is_refused_by_name() -> None:
    whole = document()
    del whole["freeze"]

    with pytest.raises(PolicyError) as refusal:
        policy_of(whole)

    assert str(refusal.value).startswith(
        "The policy lacks freeze.\nWhere: the policy document\nPossible: model,"
    )


def test_thresholds_that_fall_are_refused_with_the_region() -> None:
    wrong = document(regions={"mena": {"thresholds": {"step_up": 0.5, "hold": 0.3, "block": 0.6}}})

    with pytest.raises(PolicyError) as refusal:
        policy_of(wrong)

    assert str(refusal.value) == (
        "The thresholds of mena do not rise: {'step_up': 0.5, 'hold': 0.3, 'block': 0.6}.\n"
        "Where: the policy of fraud-x\n"
        "Possible: step_up <= hold <= block, all three\n"
        "What to do: Correct the thresholds; a stricter step needs a score at least as high."
    )
