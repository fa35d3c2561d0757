from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from scoring.rings.graph import ALONE, CUT, HALF_LIFE_DAYS, LEAST, Communities, Pairs, kept_pairs
from scoring.rings.kinds import DEVICE, MICROSECONDS_A_DAY, NETWORK, PAYOUT
from scoring.rings.ties import Ties, no_ties, padded, pairs_of

NOW = 1_000 * MICROSECONDS_A_DAY
# Base, so that a pair is as likely as what its ties say.
Given = tuple[int, int, int, float, float]


def kept(*given: Given, base: float = -5.0, context: float = 0.0) -> Pairs:
    """The pairs kept of ties (account, account, kind, adds, days ago)."""
    columns = [np.array(column) for column in zip(*given, strict=True)]
    one, other, kind, adds, ago = columns
    at = NOW - (ago * MICROSECONDS_A_DAY).astype(np.int64)
    ties = Ties(pairs_of(one, other), kind, np.arange(len(kind)), at, at, padded([adds]))
    return kept_pairs(ties, adds.astype(np.float64), np.full(len(kind), context), base, NOW)


def pairs(found: Pairs) -> list[tuple[int, int]]:
    return [(int(key) >> 32, int(key) & 0xFFFFFFFF) for key in found.pair]


def test_a_tie_halves_in_a_half_life_and_what_speaks_against_stays() -> None:
    found = kept((0, 1, 0, 8.0, HALF_LIFE_DAYS), (0, 1, 1, -0.5, HALF_LIFE_DAYS), base=-3.0)

    # 8 / 2 - 0.5 - 3; one kind speaks for the pair.
    assert found.logit.tolist() == [0.5]
    assert found.strength.tolist() == [4.0]
    assert found.kinds.tolist() == [1]


def test_of_a_kind_the_strongest_counts_and_kinds_add_up_with_the_context_once() -> None:
    found = kept((0, 1, 0, 3.0, 0), (1, 0, 0, 2.0, 0), (0, 1, 3, 1.5, 0), context=0.25)

    assert found.logit.tolist() == [3.0 + 1.5 + 0.25 - 5.0]
    assert found.kinds.tolist() == [2]
    assert found.strength.tolist() == [4.5]


def test_an_old_strong_tie_gives_way_to_a_new_weaker_one_of_its_kind() -> None:
    found = kept((0, 1, 0, 8.0, 2 * HALF_LIFE_DAYS), (0, 1, 0, 6.0, 0))

    assert found.logit.tolist() == [1.0]


@pytest.mark.parametrize(
    ("ties", "is_kept"),
    [
        ([5.0 + ALONE + 1e-9], True),
        ([5.0 + ALONE - 0.01], False),
        ([2.0, 3.0 + CUT + 1e-9], True),
        ([2.0, 3.0 + CUT - 0.01], False),
    ],
)
def test_two_kinds_need_less_than_one_alone(ties: list[float], *, is_kept: bool) -> None:
    found = kept(*((0, 1, kind, adds, 0) for kind, adds in enumerate(ties)))

    assert (len(found.pair) == 1) is is_kept


def test_a_context_alone_keeps_no_pair() -> None:
    assert len(kept((0, 1, 0, LEAST - 0.01, 0), context=20.0).pair) == 0
    assert len(kept((0, 1, 0, LEAST, 0), context=20.0).pair) == 1


def test_no_ties_keep_no_pair() -> None:
    none = np.empty(0)
    found = kept_pairs(no_ties(), none, none, -1.0, NOW)

    assert len(found.pair) == 0
    accounts, community = Communities().of(found)
    assert len(accounts) == len(community) == 0


def graph(*edges: tuple[int, int], logit: float = 2.0) -> Pairs:
    one, other = np.array(sorted(tuple(sorted(edge)) for edge in edges)).T
    count = len(one)
    return Pairs(
        pairs_of(one, other), np.full(count, logit), np.full(count, logit), np.ones(count, dtype=np.int64)
    )


def parts(found: tuple[np.ndarray, np.ndarray]) -> list[list[int]]:
    accounts, community = found
    assert sorted(set(community.tolist())) == list(range(int(community.max(initial=-1)) + 1))
    return sorted(accounts[community == number].tolist() for number in set(community.tolist()))


def test_two_accounts_are_no_community_and_three_in_a_chain_are() -> None:
    assert parts(Communities().of(graph((0, 1), (5, 6), (6, 9)))) == [[5, 6, 9]]


CLIQUE, OTHER = list(combinations(range(8), 2)), list(combinations(range(20, 28), 2))


def test_two_cliques_on_one_thread_are_two_communities() -> None:
    found = parts(Communities().of(graph(*CLIQUE, *OTHER, (0, 20))))

    assert found == [list(range(8)), list(range(20, 28))]


def test_what_happens_elsewhere_changes_no_community() -> None:
    alone = Communities().of(graph(*CLIQUE, *OTHER, (0, 20)))
    beside = Communities().of(graph(*CLIQUE, *OTHER, (0, 20), (100, 101), (101, 102), (-0 + 9, 103)))

    assert [part for part in parts(beside) if part[0] < 100] == parts(alone)


def test_a_component_that_stood_yesterday_is_split_as_yesterday() -> None:
    communities = Communities()
    first = parts(communities.of(graph(*CLIQUE, *OTHER, (0, 20))))
    communities.of(graph((50, 51), (51, 52)))
    again = parts(communities.of(graph(*CLIQUE, *OTHER, (0, 20))))

    assert again == first == parts(Communities().of(graph(*CLIQUE, *OTHER, (0, 20))))


def test_kinds_are_told_apart_by_their_numbers() -> None:
    found = kept((0, 1, DEVICE.number, 2.0, 0), (0, 1, NETWORK.number, 2.0, 0), (0, 1, PAYOUT.number, 2.0, 0))

    assert found.kinds.tolist() == [3]
    assert pairs(found) == [(0, 1)]
