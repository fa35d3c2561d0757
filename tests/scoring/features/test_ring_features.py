"""Features of the ring behind an account, from snapshots written by hand."""

from __future__ import annotations

from typing import Any

import pytest
from small_world import Row, at, features_of, fill, numbered

from data.store import Store
from scoring.features import FRAUD_FEATURES
from scoring.features.ring import FEATURES

Snapshot = tuple[str, str, str | None, float | None]


def snapshots(store: Store, *rows: Snapshot) -> None:
    """Account, day, ring and score; a ring has four accounts, of them one other confirmed."""
    with store.writing() as cursor:
        for account, day, ring, score in rows:
            inside: tuple[Any, ...] = (4, 1, 7.5, 0.25) if ring else (None, None, None, None)
            cursor.execute(
                "INSERT INTO ring_features VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)",
                [account, at(day), ring, score, *inside],
            )


def moved(account: str, when: str, other: str | None = None) -> Row:
    kind = "internal_transfer" if other else "deposit"
    return {"account_id": account, "occurred_at": at(when), "kind": kind, "amount": 5, "counterparty": other}


def told(store: Store, *events: Row) -> list[dict[str, float | None]]:
    """The ring features of the events, in their order."""
    numbered(list(events))
    fill(store, transactions=list(events))
    found = features_of(store)
    names = {f.name.removeprefix("event_"): f.name for f in FEATURES}
    return [{short: found[str(event["event_id"])][name] for short, name in names.items()} for event in events]


NOTHING = {
    "ring_score": 0, "ring_accounts": 0, "ring_known_bad": 0, "ring_strength": 0, "ring_young_share": 0,
    "other_ring_score": 0, "is_within_ring": 0
}  # fmt: skip
INSIDE = {"ring_accounts": 4, "ring_known_bad": 1, "ring_strength": 7.5, "ring_young_share": 0.25}


def test_a_snapshot_holds_from_the_start_of_its_day_until_the_next(store: Store) -> None:
    snapshots(store, ("ann", "03-02", "R1", 0.5), ("ann", "03-04", "R1", 0.9), ("ann", "03-05", None, None))
    before, at_once, late, next_one, left = told(
        store,
        moved("ann", "03-01 23:59:59.999999"),
        moved("ann", "03-02"),
        moved("ann", "03-03 23:59:59.999999"),
        moved("ann", "03-04 12:00"),
        moved("ann", "03-05"),
    )

    assert before == left == NOTHING
    assert at_once == late == NOTHING | INSIDE | {"ring_score": 0.5}
    assert next_one == NOTHING | INSIDE | {"ring_score": 0.9}


def test_both_sides_of_a_transfer_are_looked_at(store: Store) -> None:
    snapshots(store, ("ann", "03-02", "R1", 0.5), ("bob", "03-03", "R1", 0.5), ("cid", "03-02", "R2", 0.75))
    alone, both, across, outside = told(
        store,
        moved("ann", "03-02 10:00", "bob"),
        moved("ann", "03-03 10:00", "bob"),
        moved("ann", "03-03 11:00", "cid"),
        moved("dan", "03-03 12:00", "cid"),
    )

    ring = NOTHING | INSIDE | {"ring_score": 0.5}
    assert alone == ring
    assert both == ring | {"other_ring_score": 0.5, "is_within_ring": 1}
    assert across == ring | {"other_ring_score": 0.75}
    assert outside == NOTHING | {"other_ring_score": 0.75}


def test_two_that_left_their_rings_are_in_no_ring_together(store: Store) -> None:
    snapshots(store, ("ann", "03-02", None, None), ("bob", "03-02", None, None))

    assert told(store, moved("ann", "03-03", "bob")) == [NOTHING]


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_every_ring_feature_is_one_of_the_fraud_models(feature: Any) -> None:
    assert feature in FRAUD_FEATURES
    assert feature.family == "ring"
