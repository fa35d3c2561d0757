"""Re-use of media in bulk equals a slow twin that looks at one check and at every check before it."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from checks_with_prints import START, Row, any_checks, check, rows, with_flipped, write

from data.progress import silent
from data.store import Store
from scoring.liveness_tables import MEDIA_MATCHES, MEDIA_REUSE
from scoring.media.reuse import LOCKSTEP_MICROSECONDS, MOST_MATCHES, RADII, build_reuse


def bits_between(one: str, other: str) -> int:
    return bin(int(one, 16) ^ int(other, 16)).count("1")


def twin(checks: list[Row]) -> list[Row]:
    """The slow, obvious answer: for each check, every check strictly before it of another account."""
    found = []
    for one in checks:
        if all(one[f"{kind}_print"] is None for kind in RADII):
            continue
        same: list[tuple[str, int, Row]] = []
        for past in checks:
            if past["t"] >= one["t"] or past["account_id"] == one["account_id"]:
                continue
            for kind, radius in RADII.items():
                mine, its = one[f"{kind}_print"], past[f"{kind}_print"]
                if mine and its and bits_between(mine, its) <= radius:
                    same.append((kind, bits_between(mine, its), past))
        strong = [(bits, past) for kind, bits, past in same if kind != "background"]
        recent = [p for _, _, p in same if one["t"] - p["t"] <= LOCKSTEP_MICROSECONDS]
        counts = {
            f"{kind}_accounts": None
            if one[f"{kind}_print"] is None
            else len({past["account_id"] for k, _, past in same if k == kind})
            for kind in RADII
        }
        found.append(
            {
                "event_key": one["event_key"],
                **counts,
                "nearest_bits": min((bits for bits, _ in strong), default=None),
                "since_media_seconds": min(((one["t"] - p["t"]) / 1e6 for _, p in strong), default=None),
                "lockstep_accounts": len({past["account_id"] for past in recent}),
            }
        )
    return sorted(found, key=lambda row: row["event_key"])


@pytest.mark.parametrize("seed", range(5))
def test_reuse_of_random_checks_equals_the_slow_twin(store: Store, seed: int) -> None:
    checks = any_checks(np.random.default_rng(seed))
    write(store, checks)

    assert rows(store, "media_reuse") == twin(checks)


def test_a_check_sees_neither_its_own_account_nor_its_own_moment_nor_what_comes_later(store: Store) -> None:
    face = "ab" * 32
    write(
        store,
        [
            check(1, "ann", START, face=face),
            check(2, "ann", START + timedelta(hours=1), face=face),
            check(3, "bob", START + timedelta(hours=1), face=face),
            check(4, "cat", START + timedelta(hours=2), face=face),
        ],
    )

    # Bob sees ann's first check, not her second of the same moment; cat sees ann and bob, an hour ago.
    found = [(r["face_accounts"], r["since_media_seconds"]) for r in rows(store, "media_reuse")]
    assert found == [(0, None), (0, None), (1, 3600.0), (2, 3600.0)]


def test_the_last_bit_of_the_radius_counts_and_the_next_does_not(store: Store) -> None:
    face, radius = "00" * 32, RADII["face"]
    write(
        store,
        [
            check(1, "ann", START, face=face),
            check(2, "bob", START + timedelta(hours=1), face=with_flipped(face, radius)),
            check(3, "cat", START + timedelta(hours=2), face=f"{(3 << 254) + 2 ** (radius - 1) - 1:064x}"),
        ],
    )

    # Cat's differs from ann's in radius + 1 bits, and from bob's in two and one.
    found = [
        (r["event_id"], r["other_event_id"], r["kind"], r["distance"]) for r in rows(store, "media_matches")
    ]
    assert found == [("c2", "c1", "face", radius), ("c3", "c2", "face", 3)]


def test_a_background_alone_is_counted_but_says_nothing_of_the_nearest(store: Store) -> None:
    wall = "cd" * 32
    write(
        store,
        [
            check(1, "ann", START, background=wall),
            check(2, "bob", START + timedelta(hours=3), background=wall),
        ],
    )

    last = rows(store, "media_reuse")[1]
    assert last["background_accounts"] == last["lockstep_accounts"] == 1
    assert last["nearest_bits"] is None
    assert last["face_accounts"] is None


def test_of_many_matches_the_earliest_and_the_nearest_are_kept_and_all_are_counted(store: Store) -> None:
    face = "00" * 32
    many = [
        check(n, f"a{n}", START + timedelta(minutes=n), face=with_flipped(face, 20 if n == 0 else 10))
        for n in range(MOST_MATCHES + 10)
    ]
    last = check(1000, "zoe", START + timedelta(days=1), face=face)
    write(store, [*many, last])

    kept = [r for r in rows(store, "media_matches") if r["event_id"] == "c1000"]
    assert len(kept) == MOST_MATCHES
    # The earliest, although it is the farthest; of the equally near the newest.
    assert {r["other_event_id"] for r in kept} == {"c0", *(f"c{n}" for n in range(11, MOST_MATCHES + 10))}
    assert rows(store, "media_reuse")[-1]["face_accounts"] == MOST_MATCHES + 10


def test_without_media_both_tables_stand_empty_as_declared(store: Store) -> None:
    with store.writing() as cursor:
        build_reuse(cursor, silent)
        for table in (MEDIA_REUSE, MEDIA_MATCHES):
            relation = cursor.table(table.name)
            found = list(zip(relation.columns, map(str, relation.types), strict=True))
            assert found == [(column.name, column.type) for column in table.columns]
            assert relation.fetchall() == []


def test_what_is_no_fingerprint_counts_as_none(store: Store) -> None:
    write(store, [check(1, "ann", START, face="zz" * 32), check(2, "bob", START, face="ab", video="00" * 32)])

    assert [(r["event_key"], r["face_accounts"]) for r in rows(store, "media_reuse")] == [(2, None)]
