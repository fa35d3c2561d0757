"""What the features of re-used media say of a check, from its rows in the store."""

from __future__ import annotations

from datetime import timedelta

from small_world import START, Row, features_of, fill, numbered

from data.progress import silent
from data.store import Store
from scoring.features import LIVENESS_FEATURES
from scoring.media.reuse import build_reuse
from scoring.spine import build_spine

FACE, WALL = "5a" * 32, "c3" * 32


def features(store: Store, checks: list[Row], media: list[Row]) -> dict[str, dict[str, float | None]]:
    numbered(checks)
    fill(store, liveness_checks=checks, check_media=media)
    build_spine(store, silent)
    with store.writing() as cursor:
        build_reuse(cursor, silent)
    return features_of(store, "liveness_features")


def test_a_check_counts_the_customers_who_showed_its_face_and_wall_before(store: Store) -> None:
    hour = timedelta(hours=1)
    checks = [
        {"event_id": "old", "account_id": "ann", "occurred_at": START},
        {"event_id": "new", "account_id": "bob", "occurred_at": START + 100 * 24 * hour},
        {"event_id": "last", "account_id": "cid", "occurred_at": START + 101 * 24 * hour},
        {"event_id": "bare", "account_id": "dan", "occurred_at": START + 102 * 24 * hour},
    ]
    media = [
        {"event_id": "old", "face_print": FACE, "background_print": WALL},
        # Its last three bits are other ones.
        {"event_id": "new", "face_print": FACE[:-1] + "d"},
        {"event_id": "last", "face_print": FACE, "background_print": WALL},
    ]

    found = features(store, checks, media)

    names = [
        f"event_{column}"
        for column in (
            "face_accounts", "background_accounts", "document_accounts", "nearest_bits",
            "since_media_seconds", "lockstep_accounts",
        )
    ]  # fmt: skip
    assert [found["old"][name] for name in names] == [0, 0, None, None, None, 0]
    # A hundred days ago count as ninety.
    assert [found["new"][name] for name in names] == [1, None, None, 3, 90 * 86_400, 0]
    # Ann's is the same; bob's is a day old to the microsecond.
    assert [found["last"][name] for name in names] == [2, 1, None, 0, 86_400, 1]
    assert [found["bare"][name] for name in names] == [None] * 6


def test_the_features_of_reuse_say_what_they_saw() -> None:
    by_name = {feature.name: feature for feature in LIVENESS_FEATURES if feature.family == "re_use"}

    assert len(by_name) == 7
    assert (
        by_name["event_face_accounts"].in_words(12)
        == "The same face was in checks of other customers before; how many: 12."
    )
    assert (
        by_name["event_since_media_seconds"].in_words(7200)
        == "The same face, clip or document was in another customer's check 2 hours before."
    )
    assert by_name["event_video_accounts"].in_words(None) == "There is no fingerprint of the clip."
