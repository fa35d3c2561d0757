from __future__ import annotations

from datetime import datetime
from random import Random

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from small_flows import TRANSFERS, Transfer, flow, patterns_of, shown

from data.contract import Table
from scoring.rings.patterns import PATTERNS, find_patterns
from scoring.rings.tables import RING_PATTERNS

CYCLE: tuple[Transfer, ...] = ((1, "A", "B", 100), (2, "B", "C", 97), (3, "C", "A", 95))

sides = st.sampled_from(["A", "B", "C", "D", "E", "0x1", "0x2", None])
flows = st.lists(
    st.tuples(
        st.integers(0, 40).map(lambda hours: hours / 4),
        sides,
        sides,
        st.one_of(st.none(), st.sampled_from([0.0, 50.0, 80.0, 90.0, 95.0, 100.0, 180.0])),
    ),
    max_size=40,
)


def declared(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def test_patterns_have_the_columns_that_are_declared() -> None:
    assert PATTERNS.names == declared(RING_PATTERNS)


def test_no_transfers_show_no_patterns() -> None:
    patterns, number = find_patterns(TRANSFERS.empty_table())

    assert (patterns.schema, patterns.num_rows, number.tolist()) == (PATTERNS, 0, [])


def test_a_pattern_says_when_it_began_and_ended() -> None:
    (row,) = patterns_of(*CYCLE)

    assert (row["first_at"], row["last_at"]) == (datetime(2025, 3, 2), datetime(2025, 3, 4))


def test_patterns_of_a_ring_are_numbered_from_the_largest() -> None:
    chain: tuple[Transfer, ...] = ((20, "A", "B", 1000), (21, "B", "C", 900), (22, "C", "D", 800))

    assert [(r["pattern_number"], r["pattern"]) for r in patterns_of(*CYCLE, *chain)] == [
        (1, "peel_chain"),
        (2, "cycle"),
    ]


def test_rings_are_looked_at_one_by_one() -> None:
    # A cycle of which one transfer is of another ring is none.
    parts = pa.concat_tables([flow(*CYCLE[:2], ring="R1"), flow((3, "C", "A", 95), ring="R2")])

    assert find_patterns(parts)[1].tolist() == [-1, -1, -1]


def test_an_event_given_twice_counts_once_and_both_rows_get_the_number() -> None:
    twice = pa.concat_tables([flow(*CYCLE), flow(*CYCLE)])

    patterns, number = find_patterns(twice)

    assert number.tolist() == [1] * 6
    assert [(r["transfers"], str(r["amount"])) for r in patterns.to_pylist()] == [(3, "100.000000")]


def test_transfers_to_oneself_without_amount_or_of_unknown_sides_show_nothing() -> None:
    odd: tuple[Transfer, ...] = (
        (1.5, "B", "B", 100),
        (1.6, "B", None, 97),
        (1.7, None, "C", 97),
        (1.8, "B", "C", None),
    )

    assert shown(*CYCLE[:1], *odd, *CYCLE[1:]) == [("cycle", [0, 5, 6])]


@settings(max_examples=150, deadline=None)
@given(flows, st.randoms(use_true_random=False))
def test_patterns_do_not_depend_on_the_order_of_rows(transfers: list[Transfer], random: Random) -> None:
    table = flow(*transfers)
    order = list(range(table.num_rows))
    random.shuffle(order)

    patterns, number = find_patterns(table)
    again, renumbered = find_patterns(table.take(pa.array(order, pa.int64())))

    assert again.equals(patterns)
    assert renumbered.tolist() == [number.tolist()[place] for place in order]


@settings(max_examples=150, deadline=None)
@given(flows)
def test_a_pattern_has_as_many_transfers_as_show_it_and_no_more_money_than_they_moved(
    transfers: list[Transfer],
) -> None:
    table = flow(*transfers)

    patterns, number = find_patterns(table)

    micro = table.column("micro").to_pylist()
    times = table.column("t").to_pylist()
    for row in patterns.to_pylist():
        of_it = [n for n, which in enumerate(number.tolist()) if which == row["pattern_number"]]
        assert len(of_it) == row["transfers"] >= 2
        assert 0 < int(row["amount"] * 1_000_000) <= sum(micro[n] for n in of_it)
        assert row["first_at"] < row["last_at"] or len({times[n] for n in of_it}) == 1
