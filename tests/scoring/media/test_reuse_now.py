"""One check asked online has the row that the same check has in bulk."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta

import numpy as np
import pytest
from checks_with_prints import START, any_checks, check, rows, with_flipped, write

from data.store import Store
from scoring.media.reuse import RADII, read_checks
from scoring.media.reuse_now import ReuseNow


def now_of(store: Store) -> ReuseNow:
    with store.writing() as cursor:
        return ReuseNow(read_checks(cursor))


@pytest.mark.parametrize("seed", range(3))
def test_every_check_asked_alone_has_its_row_of_the_bulk(store: Store, seed: int) -> None:
    checks = any_checks(np.random.default_rng(seed))
    write(store, checks)
    now = now_of(store)
    bulk = {row["event_key"]: row for row in rows(store, "media_reuse")}

    for one in checks:
        prints = {k: bytes.fromhex(one[f"{k}_print"]) for k in RADII if one[f"{k}_print"] is not None}
        answer = now.ask(one["account_id"], prints, one["occurred_at"])
        expected = bulk.get(one["event_key"])
        assert (answer and {"event_key": one["event_key"], **asdict(answer)}) == expected


def test_a_check_that_was_added_is_found_by_the_next(store: Store) -> None:
    face = "5a" * 32
    write(store, [check(1, "ann", START, face=face)])
    now = now_of(store)

    now.add("bob", {"face": bytes.fromhex(with_flipped(face, 3))}, START + timedelta(hours=1))
    answer = now.ask("cat", {"face": bytes.fromhex(with_flipped(face, 4))}, START + timedelta(days=2))

    # Ann's differs in four bits, bob's in one, 47 hours before.
    assert answer is not None
    assert (answer.face_accounts, answer.nearest_bits, answer.lockstep_accounts) == (2, 1, 0)
    assert answer.since_media_seconds == 47 * 3600
    assert answer.background_accounts is None


def test_an_account_that_comes_back_does_not_see_itself(store: Store) -> None:
    face = bytes(32)
    write(store, [check(1, "ann", START, face=face.hex())])

    answer = now_of(store).ask("ann", {"face": face}, START + timedelta(days=1))

    assert answer is not None
    assert (answer.face_accounts, answer.nearest_bits) == (0, None)
