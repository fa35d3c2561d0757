"""Deciding and cross scoring on the trained world: which events a model decides, and by what."""

from __future__ import annotations

from datetime import datetime, timedelta

import pyarrow as pa
import pytest
from trained_world import RECIPES, START, rows

from data.home import Home
from data.progress import Step, silent
from data.store import Store
from scoring.cross import OF_HUNDRED, cross_score
from scoring.deciding import FRESH_ROWS, Events, decisions
from scoring.policies import read_policy
from scoring.policy import Policy
from scoring.registry import InForce, models_in_force

EVER = (START - timedelta(days=1), datetime(2026, 1, 1))
CHANGE = datetime(2025, 7, 1)


def forces(store: Store, home: Home) -> list[tuple[InForce, Policy]]:
    """Both models in force with the policy that decided by each."""
    found = []
    cursor = store.cursor()
    for force in models_in_force(store, home, RECIPES):
        version = rows(
            store,
            f"SELECT DISTINCT policy_version FROM scored WHERE model_version = '{force.model.model_version}'",
        )
        found.append((force, read_policy(cursor, version[0][0])))
    cursor.close()
    return found


def decided(store: Store, home: Home, number: int, events: Events) -> pa.Table:
    force, policy = forces(store, home)[number]
    cursor = store.cursor()
    table = pa.concat_tables([FRESH_ROWS.empty_table(), *decisions(cursor, force, policy, events)])
    cursor.close()
    return table.sort_by("event_key")


def test_deciding_again_gives_each_event_the_score_and_decision_that_it_has(
    scored: Store, scored_home: Home
) -> None:
    found = decided(scored, scored_home, 1, Events(CHANGE, EVER[1], is_again=True))

    served = rows(
        scored,
        "SELECT event_key, model_version, score, threshold, decision, policy_version, is_in_training"
        " FROM scored WHERE occurred_at >= TIMESTAMP '2025-07-01' ORDER BY event_key",
    )
    names = (
        "event_key",
        "model_version",
        "score",
        "threshold",
        "decision",
        "policy_version",
        "is_in_training",
    )
    assert len(served) > 200
    assert list(zip(*(found.column(name).to_pylist() for name in names), strict=True)) == served


def test_what_is_decided_is_not_decided_again_unless_that_is_asked_for(
    scored: Store, scored_home: Home
) -> None:
    assert decided(scored, scored_home, 1, Events(*EVER, is_again=False)).num_rows == 0


def test_a_span_holds_its_first_instant_and_not_its_last(scored: Store, scored_home: Home) -> None:
    first, second = (
        time for (time,) in rows(scored, "SELECT occurred_at FROM scored ORDER BY event_key LIMIT 2 OFFSET 7")
    )

    found = decided(scored, scored_home, 0, Events(first, second, is_again=True))

    key = rows(scored, f"SELECT event_key FROM scored WHERE occurred_at = TIMESTAMP '{first}'")
    assert [(value,) for value in found.column("event_key").to_pylist()] == key


def test_a_sample_is_the_same_events_for_every_model(scored: Store, scored_home: Home) -> None:
    events = Events(*EVER, is_again=True, of_hundred=10)
    first, second = (decided(scored, scored_home, number, events).column("event_key") for number in (0, 1))

    # Keys 1 to 3,000: those of which the last two digits are 00 to 09.
    assert first == second
    assert first.to_pylist() == [key for key in range(1, 3_001) if key % 100 < 10]


def test_only_what_a_model_may_have_learned_from_is_marked(scored: Store, scored_home: Home) -> None:
    force, _ = forces(scored, scored_home)[0]
    found = decided(scored, scored_home, 0, Events(*EVER, is_again=True))

    (learned,) = rows(
        scored, f"SELECT count(*) FROM scored WHERE occurred_at < TIMESTAMP '{force.model.window_to}'"
    )
    assert sum(found.column("is_in_training").to_pylist()) == learned[0] > 0


@pytest.fixture(scope="module")
def crossed(scored: Store, scored_home: Home) -> pa.Table:
    pairs = forces(scored, scored_home)
    cursor = scored.cursor()
    try:
        return cross_score(cursor, [force for force, _ in pairs], [policy for _, policy in pairs], silent)
    finally:
        cursor.close()


def test_every_model_in_force_counts_the_same_sample_of_every_quarter(
    scored: Store, crossed: pa.Table
) -> None:
    versions = [version for (version,) in rows(scored, "SELECT model_version FROM model_versions ORDER BY 1")]
    sampled = dict(
        rows(
            scored,
            "SELECT CAST(date_trunc('quarter', occurred_at) AS DATE), count(*) FROM scored"
            f" WHERE event_key % 100 < {OF_HUNDRED} GROUP BY ALL",
        )
    )

    found = {(row["quarter"], row["model_version"]): row["events"] for row in crossed.to_pylist()}

    # 200 days from New Year: three quarters, two models.
    assert len(sampled) == 3
    assert found == {(quarter, version): n for quarter, n in sampled.items() for version in versions}


def test_a_model_cross_scored_in_its_own_quarter_flags_what_it_flagged(
    scored: Store, crossed: pa.Table
) -> None:
    own = rows(
        scored,
        "SELECT CAST(date_trunc('quarter', occurred_at) AS DATE), region, model_version, policy_version,"
        " count(*), count(*) FILTER (decision <> 'allow'),"
        " count(*) FILTER (decision IN ('hold', 'block', 'freeze'))"
        f" FROM scored WHERE event_key % 100 < {OF_HUNDRED} GROUP BY ALL",
    )
    names = ("quarter", "region", "model_version", "policy_version", "events", "flagged", "alerts")
    found = set(zip(*(crossed.column(name).to_pylist() for name in names), strict=True))

    assert sum(row[5] for row in own) > 0
    assert set(own) <= found
    # The other model's view of each quarter stands beside it.
    assert len(found) == 2 * len(own)


def test_what_was_scored_is_kept_as_it_was_cross_scored(scored: Store, crossed: pa.Table) -> None:
    kept = rows(
        scored, "SELECT quarter, model_version, events, flagged, alerts FROM cross_scored ORDER BY ALL"
    )
    names = ("quarter", "model_version", "events", "flagged", "alerts")

    assert kept == sorted(zip(*(crossed.column(name).to_pylist() for name in names), strict=True))


def test_cross_scoring_says_which_model_it_is_at(scored: Store, scored_home: Home) -> None:
    pairs = forces(scored, scored_home)
    steps: list[Step] = []
    cursor = scored.cursor()
    cross_score(cursor, [force for force, _ in pairs], [policy for _, policy in pairs], steps.append)
    cursor.close()

    assert [(step.name, step.done, step.total) for step in steps] == [
        ("cross", 0, 2),
        ("cross", 1, 2),
        ("cross", 2, 2),
    ]
