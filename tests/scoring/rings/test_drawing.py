from __future__ import annotations

from itertools import combinations, pairwise
from math import dist

import pyarrow as pa

from scoring.rings.drawing import PLACES, place

TIES = pa.schema(
    [
        ("ring_id", pa.string()),
        ("account_a", pa.string()),
        ("account_b", pa.string()),
        ("strength", pa.float64()),
    ]
)


def members(accounts: list[str], ring: str = "R") -> pa.Table:
    return pa.table({"ring_id": [ring] * len(accounts), "account_id": accounts})


def ties(*rows: tuple[str, str, float], ring: str = "R") -> pa.Table:
    named = [dict(zip(TIES.names, (ring, *row), strict=True)) for row in rows]
    return pa.Table.from_pylist(named, TIES)


def places(accounts: str, *rows: tuple[str, str, float]) -> dict[str, tuple[float, float]]:
    found = place(members(list(accounts)), ties(*rows)).to_pylist()
    return {row["account_id"]: (row["x"], row["y"]) for row in found}


TWO_GROUPS = (
    *((a, b, 3.0) for a, b in combinations("ABC", 2)),
    *((a, b, 3.0) for a, b in combinations("DEF", 2)),
)


def test_every_account_has_a_place_in_the_frame_and_the_frame_is_filled() -> None:
    found = places("ABCDEF", *TWO_GROUPS, ("C", "D", 0.5))

    reach = max(abs(number) for at in found.values() for number in at)
    assert (sorted(found), reach) == (list("ABCDEF"), 1.0)


def test_accounts_strongly_tied_stand_closer_than_others() -> None:
    found = places("ABCDEF", *TWO_GROUPS, ("C", "D", 0.5))

    assert dist(found["A"], found["B"]) < dist(found["A"], found["E"])
    assert dist(found["E"], found["F"]) < dist(found["B"], found["F"])


def test_the_drawing_does_not_depend_on_the_order_of_rows() -> None:
    rows = (*TWO_GROUPS, ("C", "D", 0.5))

    assert places("ABCDEF", *rows) == places("FEDCBA", *reversed(rows))


def test_ties_of_one_pair_add_up_and_ties_of_strangers_are_left_out() -> None:
    assert places("ABC", ("A", "B", 1.0), ("B", "A", 1.0), ("B", "C", 1.0)) == places(
        "ABC", ("A", "B", 2.0), ("B", "C", 1.0), ("A", "Z", 5.0)
    )


def test_one_account_stands_in_the_middle_and_no_members_have_no_places() -> None:
    assert places("A") == {"A": (0.0, 0.0)}
    assert place(members([]).cast(PLACES.remove(3).remove(2)), ties()).schema == PLACES


def test_each_ring_is_drawn_for_itself() -> None:
    both = place(
        pa.concat_tables([members(["A", "B"], "R1"), members(["A", "B"], "R2")]),
        pa.concat_tables([ties(("A", "B", 1.0), ring="R1"), ties(("A", "B", 1.0), ring="R2")]),
    ).to_pylist()

    assert [(row["ring_id"], row["account_id"]) for row in both] == [
        ("R1", "A"), ("R1", "B"), ("R2", "A"), ("R2", "B"),
    ]  # fmt: skip
    assert (both[0]["x"], both[0]["y"]) == (both[2]["x"], both[2]["y"])


def test_five_hundred_accounts_are_drawn_each_on_its_own_point() -> None:
    accounts = [f"A{n:03d}" for n in range(500)]
    chain = [(a, b, 1.0) for a, b in pairwise(accounts)]

    found = place(members(accounts), ties(*chain)).to_pylist()

    assert len({(row["x"], row["y"]) for row in found}) == 500
