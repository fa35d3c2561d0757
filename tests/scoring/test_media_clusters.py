"""Clusters of re-used media and what their accounts did, worked out by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from rolled_events import NOW, answers, event, whole

from data.geography import install_geography
from data.progress import silent
from data.store import Store
from scoring.media_clusters import CLUSTERS, clusters_of
from scoring.rollups import build_rollups

Tie = tuple[int, int, str]
HOUR = timedelta(hours=1)
MORNING = NOW - 10 * HOUR


def clusters(*ties: Tie) -> dict[str, tuple[str, str]]:
    """Each check's cluster and kinds, from (place of the later, place of the earlier, kind)."""
    columns = {
        "event_id": [f"c{later}" for later, _, _ in ties],
        "place": pa.array([later for later, _, _ in ties], pa.int64()),
        "other_event_id": [f"c{earlier}" for _, earlier, _ in ties],
        "other_place": pa.array([earlier for _, earlier, _ in ties], pa.int64()),
        "kind": [kind for _, _, kind in ties],
    }
    found = clusters_of(pa.table(columns)).to_pylist()
    return {row["event_id"]: (row["cluster_id"], row["kinds"]) for row in found}


def test_checks_tied_over_a_third_are_one_cluster_named_by_the_earliest() -> None:
    assert clusters((5, 3, "face"), (9, 5, "video")) == {
        "c3": ("media-c3", "face"),
        "c5": ("media-c3", "face,video"),
        "c9": ("media-c3", "video"),
    }


def test_a_cluster_keeps_its_name_when_it_grows_and_of_two_the_older_stays() -> None:
    before = clusters((2, 1, "face"), (5, 4, "document"))
    after = clusters((2, 1, "face"), (5, 4, "document"), (7, 2, "face"), (7, 5, "document"))

    assert {name for name, _ in before.values()} == {"media-c1", "media-c4"}
    assert {name for name, _ in after.values()} == {"media-c1"}
    assert after["c7"] == ("media-c1", "document,face")


def test_the_same_wall_joins_nobody_but_is_named_where_a_face_joins_too() -> None:
    assert clusters((2, 1, "background")) == {}
    assert clusters((2, 1, "background"), (2, 1, "face"), (3, 1, "background")) == {
        "c1": ("media-c1", "background,face"),
        "c2": ("media-c1", "background,face"),
    }


def test_without_matches_there_is_no_cluster() -> None:
    none: dict[str, pa.Array] = {
        name: pa.array([], pa.int64() if "place" in name else pa.string())
        for name in ("event_id", "place", "other_event_id", "other_place", "kind")
    }

    assert clusters_of(pa.table(none)).equals(CLUSTERS.empty_table())


def a_check(key: int, account: str, at: datetime, **known: Any) -> dict[str, Any]:
    what = {"stream": "liveness", "kind": "identity_check", "amount": None, "outcome": "pass"}
    return event(key, account, at, **(what | known))


def moved(key: int, account: str, kind: str, amount: int, **known: Any) -> dict[str, Any]:
    """A transaction in the afternoon, after all checks."""
    return event(key, account, NOW - HOUR, kind=kind, amount=Decimal(amount), **known)


EVENTS = [
    # The same face under ann, bob and cat; dan has nothing to do with them.
    a_check(1, "ann", MORNING),
    a_check(2, "bob", MORNING + HOUR, decision="block"),
    a_check(3, "cat", MORNING + 2 * HOUR, decision="block"),
    a_check(4, "cat", MORNING + 3 * HOUR),
    a_check(5, "dan", MORNING + 4 * HOUR),
    event(10, "ann", MORNING - HOUR, kind="deposit", amount=Decimal(1000)),
    moved(11, "ann", "deposit", 70),
    moved(12, "ann", "withdrawal", 40),
    moved(13, "ann", "withdrawal", 500, decision="hold"),
    moved(14, "ann", "withdrawal", 9, outcome="failed"),
    moved(15, "ann", "internal_transfer", 25, counterparty="bob"),
    moved(16, "dan", "internal_transfer", 3, counterparty="bob", decision="freeze"),
    moved(17, "cat", "trade", 8),
    event(18, "cat", NOW, stream="login", kind="login", outcome="success", amount=None),
]
MATCHES = [("e2", "e1"), ("e3", "e1"), ("e4", "e2")]


@pytest.fixture
def clustered(store: Store) -> Store:
    with store.writing() as cursor:
        install_geography(cursor)
        cursor.register("given", pa.Table.from_pylist(whole(EVENTS)))
        cursor.execute("INSERT INTO scored BY NAME SELECT *, epoch_us(occurred_at) AS t FROM given")
        cursor.execute("INSERT INTO spine BY NAME SELECT event_id, event_key, t, account_id FROM scored")
        for later, earlier in MATCHES:
            cursor.execute("INSERT INTO media_matches VALUES (?, ?, 'face', 7)", [later, earlier])
        build_rollups(cursor, NOW, silent)
    return store


def test_a_cluster_lists_its_checks_in_the_order_of_time(clustered: Store) -> None:
    found = answers(clustered, "SELECT cluster_id, event_id, account_id, kinds FROM media_clusters")

    assert found == [
        ("media-e1", "e1", "ann", "face"),
        ("media-e1", "e2", "bob", "face"),
        ("media-e1", "e3", "cat", "face"),
        ("media-e1", "e4", "cat", "face"),
    ]


def test_accounts_of_a_cluster_tell_what_moved_after_their_first_check(clustered: Store) -> None:
    found = answers(
        clustered,
        "SELECT account_id, first_check_at, has_passed, events_after, moved_in, moved_out, stopped_out"
        " FROM cluster_accounts ORDER BY account_id",
    )

    # Ann: 70 came, 40 and 25 left, 500 were held, 9 failed; the 1,000 were before. Bob has ann's 25, dan's 3
    # were frozen, and did nothing himself. Cat passed her second check, traded and signed in.
    assert found == [
        ("ann", MORNING, True, 5, Decimal(70), Decimal(65), Decimal(500)),
        ("bob", MORNING + HOUR, False, 0, Decimal(25), Decimal(0), Decimal(0)),
        ("cat", MORNING + 2 * HOUR, True, 2, Decimal(0), Decimal(0), Decimal(0)),
    ]
