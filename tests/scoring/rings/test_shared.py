"""Who shares a thing with whom, against a slow and obvious twin over every single use."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.rings.kinds import KINDS, MICROSECONDS_A_DAY, SHARED, SHARED_KINDS
from scoring.rings.shared import Sharing, Uses
from scoring.rings.ties import Ties, ends_of

DAY = MICROSECONDS_A_DAY
ACCOUNTS = 12
OPENED = np.array([(n * 7 - 30) * DAY // 2 for n in range(ACCOUNTS)])
# Kind, thing, account, day, microseconds of the day.
Use = tuple[int, int, int, int, int]
Tie = tuple[int, int, int, int, int, tuple[float, ...]]

# Few things, so that some are shared by more accounts than a gateway (6) or an address (8) may be.
things = st.integers(0, 9)
uses = st.lists(
    st.tuples(
        things,
        st.integers(0, ACCOUNTS - 1),
        st.integers(0, 6),
        st.sampled_from([0, 1, 17, DAY // 2, DAY - 1]),
    ).map(lambda use: (SHARED_KINDS[use[0] % 5].number, *use)),
    max_size=120,
)


def batch(chosen: list[Use]) -> Uses:
    """The uses as the engine gets them: a row a thing, account and day."""
    by_day: dict[tuple[int, int, int, int], list[int]] = {}
    for kind, thing, account, day, at in chosen:
        by_day.setdefault((day, kind, thing, account), []).append(day * DAY + at)
    rows = [(k[1], k[2], k[3], min(v), max(v), len(v)) for k, v in sorted(by_day.items())]
    columns = np.array(rows, dtype=np.int64).reshape(-1, 6).T
    return Uses(*columns)


def slow(chosen: list[Use], touched: set[int]) -> set[Tie]:
    """All ties of the things touched, from every use so far."""
    ties: set[Tie] = set()
    for thing in touched:
        mine = [use for use in chosen if use[1] == thing]
        accounts = {use[2] for use in mine}
        kind = KINDS[mine[0][0]]
        if not 2 <= len(accounts) <= kind.most:
            continue
        for one, other in combinations(sorted(accounts), 2):
            times = {who: [use[3] * DAY + use[4] for use in mine if use[2] == who] for who in (one, other)}
            first = {who: min(at) for who, at in times.items()}
            last = {who: max(at) for who, at in times.items()}
            ages = [first[who] - OPENED[who] for who in (one, other)]
            both = max(first.values())
            features = (
                len(accounts),
                max(len(at) for at in times.values()),
                min(len(at) for at in times.values()),
                (min(last.values()) - both) / DAY,
                abs(first[one] - first[other]) / DAY,
                max(ages) / DAY,
                min(ages) / DAY,
            )
            rounded = tuple(float(np.float32(value)) for value in features)
            ties.add((kind.number, thing, one, other, both, rounded))
    return ties


def told(ties: Ties) -> list[Tie]:
    one, other = ends_of(ties.pair)
    width = len(SHARED)
    assert np.isnan(ties.features[:, width:]).all()
    columns = (c.tolist() for c in (ties.kind, ties.thing, one, other, ties.since, ties.features[:, :width]))
    return [
        (kind, thing, first, second, since, tuple(features))
        for kind, thing, first, second, since, features in zip(*columns, strict=True)
    ]


@settings(max_examples=120, deadline=None)
@given(uses)
def test_every_days_ties_are_those_that_single_uses_give(chosen: list[Use]) -> None:
    sharing, standing = Sharing(OPENED), {}
    for day in range(7):
        today = [use for use in chosen if use[3] == day]
        touched, ties = sharing.add(batch(today))
        assert touched.tolist() == sorted({use[1] for use in today})
        for thing in touched.tolist():
            standing[thing] = {tie for tie in told(ties) if tie[1] == thing}
        assert len(told(ties)) == len(set(told(ties)))
        so_far = [use for use in chosen if use[3] <= day]
        expected = slow(so_far, {use[1] for use in so_far})
        assert set().union(*standing.values()) == expected


@settings(max_examples=60, deadline=None)
@given(uses)
def test_one_large_step_gives_the_ties_of_many_small_ones(chosen: list[Use]) -> None:
    small, standing = Sharing(OPENED), {}
    for day in range(7):
        touched, ties = small.add(batch([use for use in chosen if use[3] == day]))
        for thing in touched.tolist():
            standing[thing] = {tie for tie in told(ties) if tie[1] == thing}
    # Within a batch uses of one thing and account by different days stay rows of their own.
    _, at_once = Sharing(OPENED).add(batch(chosen))

    assert set(told(at_once)) == set().union(*standing.values())


@pytest.mark.parametrize("kind", SHARED_KINDS, ids=lambda kind: kind.name)
def test_as_many_as_a_kind_allows_are_tied_and_one_more_ties_nobody(kind: object) -> None:
    (number,) = (one.number for one in SHARED_KINDS if one is kind)
    most = SHARED_KINDS[number].most
    sharing = Sharing(np.zeros(most + 1, dtype=np.int64))
    _, all_of_them = sharing.add(batch([(number, 0, account, 0, account) for account in range(most)]))
    touched, none = sharing.add(batch([(number, 0, most, 1, 0)]))

    assert len(all_of_them) == most * (most - 1) // 2
    assert touched.tolist() == [0]
    assert len(none) == 0


def test_nothing_used_touches_nothing() -> None:
    touched, ties = Sharing(OPENED).add(batch([]))

    assert len(touched) == 0
    assert len(ties) == 0


def test_what_two_accounts_share_is_described_by_both() -> None:
    """Device 4: account 2 (opened on day -8) on days 1 and 3, account 0 (day -15) on day 2, once each."""
    _, ties = Sharing(OPENED).add(batch([(0, 4, 2, 1, 0), (0, 4, 0, 2, 0), (0, 4, 2, 3, 0)]))

    # Sharers, most and fewest uses, together from day 2 to day 2, a day apart, 17 and 9 days old.
    assert told(ties) == [(0, 4, 0, 2, 2 * DAY, (2.0, 2.0, 1.0, 0.0, 1.0, 17.0, 9.0))]
    assert ties.last.tolist() == [3 * DAY]
