from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scoring.rings.kinds import KINDS, LOCKSTEP, SHARED_KINDS, TRANSFER, WIDTH
from scoring.rings.ties import Ties, ends_of, joined, no_ties, padded, pairs_of

numbers = st.integers(0, 2**31 - 1)


def some(count: int, kind: int = 0) -> Ties:
    rows = np.arange(count, dtype=np.int64)
    return Ties(rows, np.full(count, kind), rows + 10, rows + 20, rows + 30, padded([rows / 2]))


@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=20))
def test_a_pair_is_one_number_whichever_account_comes_first(pairs: list[tuple[int, int]]) -> None:
    one, other = np.array(pairs, dtype=np.int64).T
    key = pairs_of(one, other)

    assert (key == pairs_of(other, one)).all()
    assert (key >= 0).all()
    small, large = ends_of(key)
    assert list(zip(small.tolist(), large.tolist(), strict=True)) == [tuple(sorted(pair)) for pair in pairs]


def test_keys_ascend_with_the_smaller_account_first() -> None:
    keys = pairs_of(np.array([0, 5, 1, 9]), np.array([7, 0, 2, 1]))

    # (0, 7), (0, 5), (1, 2), (1, 9)
    assert np.argsort(keys).tolist() == [1, 0, 2, 3]


def test_padding_leaves_what_is_not_known_open() -> None:
    wide = padded([np.array([1.0, 2.0]), np.array([3.0, np.nan])])

    assert wide.shape == (2, WIDTH)
    assert wide.dtype == np.float32
    assert wide[0, :2].tolist() == [1.0, 3.0]
    assert np.isnan(wide[1, 1])
    assert np.isnan(wide[:, 2:]).all()


def test_parts_are_joined_in_their_order_and_nothing_is_nothing() -> None:
    both = joined([some(2), no_ties(), some(1, kind=3)])

    assert both.kind.tolist() == [0, 0, 3]
    assert both.thing.tolist() == [10, 11, 10]
    assert len(joined([no_ties(), no_ties()])) == 0


def test_ties_are_chosen_by_mask_or_by_place() -> None:
    ties = some(3)

    by_mask, by_place = ties.where(ties.thing > 10), ties.where(np.array([2, 0]))
    assert by_mask.last.tolist() == [31, 32]
    assert by_place.pair.tolist() == [2, 0]
    assert by_place.features[:, 0].tolist() == [1.0, 0.0]


def test_kinds_stand_in_the_order_of_their_numbers_and_the_context_comes_last() -> None:
    assert [kind.number for kind in KINDS] == list(range(len(KINDS)))
    assert KINDS[-1] is LOCKSTEP
    assert [kind.most > 1 for kind in KINDS] == [kind in (*SHARED_KINDS, TRANSFER) for kind in KINDS]
    assert len({column for kind in KINDS for column in kind.columns}) == sum(len(k.features) for k in KINDS)
    assert KINDS[6].columns == ("referral_invited",)
