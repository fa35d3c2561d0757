from __future__ import annotations

import numpy as np
import pytest

from scoring.rings.identity import NONE
from scoring.rings.log import Log
from scoring.rings.score import Described

# An account, its ring; strengths are ten times the account.
Member = tuple[int, int]


def stand(
    log: Log, day: int, *members: Member, score: float = 0.8, bad: frozenset[int] = frozenset()
) -> None:
    """Let accounts stand in rings on a day; the communities are the rings in their order."""
    members = tuple(sorted(members))
    accounts = np.array([account for account, _ in members], dtype=np.int64)
    ring = np.array([ring for _, ring in members], dtype=np.int64)
    rings, community = np.unique(ring, return_inverse=True)
    size = np.bincount(community, minlength=len(rings)) if members else np.empty(0, dtype=np.int64)
    is_bad = np.isin(accounts, list(bad))
    known_bad = np.array([int(is_bad[community == n].sum()) for n in range(len(rings))], dtype=np.int64)
    described = Described(
        features=np.empty((len(rings), 0)),
        accounts=size,
        known_bad=known_bad,
        young=np.zeros(len(rings), dtype=np.int64),
        strength=(accounts * 10 + day).astype(np.float64),
        is_bad=is_bad,
    )
    log.stand(day, accounts, ring, community, described, np.full(len(rings), score))


def seen(log: Log) -> dict[tuple[int, int], tuple[int, float, float, int]]:
    """Snapshots by account and day: ring, accounts, other known bad, since."""
    return {
        (int(one["account"][n]), int(one["day"][n])): (
            int(one["ring"][n]),
            float(one["accounts"][n]),
            float(one["known_bad"][n]),
            int(one["since"][n]),
        )
        for one in log.snapshots
        for n in range(len(one["account"]))
    }


def test_a_stay_lasts_from_the_first_day_to_the_first_day_no_longer() -> None:
    log = Log(6)
    stand(log, 10, (0, 0), (1, 0), (2, 0))
    stand(log, 11, (0, 0), (1, 0), (2, 1), (3, 1))
    stand(log, 13, (0, 0), (2, 1), (3, 1))
    stand(log, 14, (0, 0), (1, 0))
    stays = log.stays()
    found = set(
        zip(*(c.tolist() for c in (stays.ring, stays.account, stays.since, stays.until)), strict=True)
    )

    assert found == {
        (0, 0, 10, NONE),
        (0, 1, 10, 13),
        (0, 1, 14, NONE),
        (0, 2, 10, 11),
        (1, 2, 11, 14),
        (1, 3, 11, 14),
    }


def test_a_stay_keeps_the_strength_of_its_last_day() -> None:
    log = Log(3)
    stand(log, 10, (0, 0), (1, 0), (2, 0))
    stand(log, 11, (0, 0), (1, 1), (2, 0))
    stand(log, 12, (0, 0), (2, 0))
    stays = log.stays()
    found = dict(
        zip(zip(stays.ring.tolist(), stays.account.tolist(), strict=True), stays.strength, strict=True)
    )

    # Account 1 was last in ring 0 on day 10 and in ring 1 on day 11.
    assert found == {(0, 1): 20.0, (1, 1): 21.0, (0, 0): 12.0, (0, 2): 32.0}


def test_a_snapshot_is_written_where_something_changed_and_nowhere_else() -> None:
    log = Log(5)
    stand(log, 10, (0, 0), (1, 0))
    stand(log, 11, (0, 0), (1, 0))
    # Account 3 joins: the ring of all three changed.
    stand(log, 12, (0, 0), (1, 0), (3, 0))
    # The score moves by less than half a tenth, then by more.
    stand(log, 13, (0, 0), (1, 0), (3, 0), score=0.84)
    stand(log, 14, (0, 0), (1, 0), (3, 0), score=0.86)
    stand(log, 15, (0, 0), (1, 0), score=0.86)

    assert list(seen(log)) == [
        (0, 10), (1, 10), (0, 12), (1, 12), (3, 12), (0, 14), (1, 14), (3, 14), (0, 15), (1, 15), (3, 15)
    ]  # fmt: skip
    last = log.snapshots[-1]
    assert last["ring"].tolist() == [0, 0, NONE]
    assert last["since"].tolist() == [10, 10, NONE]
    assert np.isnan(last["score"][2])
    assert np.isnan(last["strength"][2])


def test_an_account_that_was_confirmed_itself_does_not_count_among_the_others() -> None:
    log = Log(3)
    stand(log, 10, (0, 0), (1, 0), (2, 0))
    stand(log, 11, (0, 0), (1, 0), (2, 0), bad=frozenset({1}))

    found = seen(log)
    assert [found[account, 11][2] for account in range(3)] == [1, 0, 1]
    assert [found[account, 10][2] for account in range(3)] == [0, 0, 0]


def test_a_day_on_which_nobody_stands_ends_all_stays() -> None:
    log = Log(3)
    stand(log, 10, (0, 0), (1, 0), (2, 0))
    stand(log, 11)

    assert log.stays().until.tolist() == [11, 11, 11]
    assert [one["ring"].tolist() for one in log.snapshots] == [[0, 0, 0], [NONE] * 3]


def test_the_same_evidence_gives_the_same_name_and_no_two_rings_share_one() -> None:
    log, again = Log(1), Log(1)

    assert log.name("x") == again.name("x")
    assert log.name("x") != again.name("y")
    assert len({log.name("x") for _ in range(50)}) == 50


@pytest.mark.parametrize(
    ("change", "other"), [("split", 7), ("merged", 7), ("grew", NONE), ("alarmed", NONE)]
)
def test_only_a_split_and_a_merger_name_another_ring(change: str, other: int) -> None:
    log = Log(1)
    log.change(10, 3, change, 4, 1, 0, 0, 0.5, 7)

    assert log.changes[0].other == other
