"""Names of rings while they grow, shrink, split, merge, end and come back, by hand."""

from __future__ import annotations

import numpy as np

from scoring.rings.identity import NONE, Named, name_communities


class Naming:
    """Rings from day to day, as the walk keeps them: the ring each account was last in, sizes, who stands."""

    def __init__(self, accounts: int = 40) -> None:
        self.last = np.full(accounts, NONE, dtype=np.int64)
        self.size: list[int] = []
        self.standing: list[int] = []

    def day(self, *communities: set[int]) -> Named:
        """Name the communities of a day."""
        placed = sorted((account, number) for number, them in enumerate(communities) for account in them)
        accounts = np.array([account for account, _ in placed], dtype=np.int64)
        community = np.array([number for _, number in placed], dtype=np.int64)
        named = name_communities(
            accounts,
            community,
            self.last,
            np.array(self.standing, dtype=np.int64),
            np.array(self.size, dtype=np.int64),
            len(self.size),
        )
        for number, ring in enumerate(named.ring.tolist()):
            while len(self.size) <= ring:
                self.size.append(0)
            self.size[ring] = len(communities[number])
        self.last[accounts] = named.ring[community] if len(accounts) else NONE
        self.standing = sorted(named.ring.tolist())
        return named


def test_rings_get_numbers_in_order_and_keep_them_while_they_grow_and_shrink() -> None:
    days = Naming()

    assert days.day({0, 1, 2}, {5, 6, 7}).ring.tolist() == [0, 1]
    assert days.day({0, 1, 2, 3, 4}, {5, 6, 7}).ring.tolist() == [0, 1]
    # The communities may come in any order.
    assert days.day({5, 6, 7, 8}, {2, 3, 4}).ring.tolist() == [1, 0]


def test_the_larger_part_keeps_the_name_and_the_other_is_split_off() -> None:
    days = Naming()
    days.day(set(range(10)))
    named = days.day({0, 1, 2}, {3, 4, 5, 6, 7, 8, 9})

    assert named.ring.tolist() == [1, 0]
    assert named.split_from.tolist() == [0, NONE]
    assert named.merged == {}


def test_of_two_halves_the_first_keeps_the_name() -> None:
    days = Naming()
    days.day(set(range(6)))
    named = days.day({3, 4, 5}, {0, 1, 2})

    assert named.ring.tolist() == [0, 1]
    assert named.split_from.tolist() == [NONE, 0]


def test_the_ring_that_brings_more_takes_the_other_in() -> None:
    days = Naming()
    days.day({0, 1, 2}, {3, 4, 5, 6})
    named = days.day({0, 1, 2, 3, 4, 5, 6})

    assert named.ring.tolist() == [1]
    assert named.merged == {0: 1}
    assert named.split_from.tolist() == [NONE]


def test_of_two_that_bring_the_same_the_older_gives_its_name() -> None:
    days = Naming()
    days.day({0, 1, 2}, {3, 4, 5})

    named = days.day({0, 1, 2, 3, 4, 5})
    assert named.ring.tolist() == [0]
    assert named.merged == {1: 0}


def test_a_ring_that_ended_has_not_merged_and_comes_back_under_its_name() -> None:
    days = Naming()
    days.day({0, 1, 2}, {5, 6, 7})
    ended = days.day({5, 6, 7})
    nobody = days.day()
    back = days.day({10, 11, 12}, {0, 1, 2})

    assert ended.ring.tolist() == [1]
    assert ended.merged == {}
    assert nobody.ring.tolist() == []
    assert nobody.merged == {}
    assert back.ring.tolist() == [2, 0]
    assert back.split_from.tolist() == [NONE, NONE]


def test_one_common_account_or_less_than_a_third_is_another_ring() -> None:
    days = Naming()
    days.day({0, 1, 2}, set(range(10, 19)))
    named = days.day({2, 3, 4}, {10, 11, 20, 21, 22, 23, 24, 25, 26})

    # One of three; and two of nine.
    assert named.ring.tolist() == [2, 3]
    assert named.split_from.tolist() == [NONE, NONE]


def test_a_third_of_the_smaller_is_enough() -> None:
    days = Naming()
    days.day(set(range(9)))

    assert days.day({0, 1, 2, 20, 21, 22, 23, 24, 25}).ring.tolist() == [0]


def test_a_community_of_two_rings_and_a_part_of_the_smaller_one() -> None:
    """Ring 0 is 0-5, ring 1 is 10-14. Today 0-3 with 10-11, and 12-14 alone: each keeps its name."""
    days = Naming()
    days.day(set(range(6)), set(range(10, 15)))
    named = days.day({0, 1, 2, 3, 10, 11}, {12, 13, 14})

    assert named.ring.tolist() == [0, 1]
    assert named.merged == {}


def test_a_ring_of_which_most_accounts_left_has_ended_and_not_merged() -> None:
    days = Naming()
    days.day({0, 1, 2, 3, 4}, {10, 11, 12})
    named = days.day({0, 10, 11, 12})

    assert named.ring.tolist() == [1]
    assert named.merged == {}
