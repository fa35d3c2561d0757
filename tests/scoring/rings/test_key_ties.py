from __future__ import annotations

from itertools import combinations

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.rings.key_ties import KEY_TIES, key_ties
from scoring.rings.tables import RING_KEY_TIES

Tie = tuple[str, str, str, str, float]
COLUMNS = ("account_a", "account_b", "kind", "artefact", "strength")


def ties_of(*ties: Tie) -> pa.Table:
    rows = [{"ring_id": "R", **dict(zip(COLUMNS, tie, strict=True))} for tie in ties]
    schema = pa.schema(
        [*((name, pa.string()) for name in ("ring_id", *COLUMNS[:-1])), ("strength", pa.float64())]
    )
    return pa.Table.from_pylist(rows, schema=schema)


def shared(kind: str, artefact: str, accounts: str, strength: float = 1.0) -> list[Tie]:
    """Answer a tie of every two accounts that share a thing."""
    return [(a, b, kind, artefact, strength) for a, b in combinations(accounts, 2)]


def found(*ties: Tie) -> list[tuple[str, str, int, int]]:
    return [
        (row["kind"], row["artefact"], row["accounts_held"], row["accounts_left"])
        for row in key_ties(ties_of(*ties)).to_pylist()
    ]


def test_key_ties_have_the_columns_that_are_declared() -> None:
    assert KEY_TIES.names == [column.name for column in RING_KEY_TIES.columns]
    assert key_ties(ties_of()).schema == KEY_TIES


def test_the_one_device_that_holds_a_ring_is_its_key_tie() -> None:
    # Without the phone only C and D are together: two of five.
    assert found(*shared("device", "phone", "ABCDE"), *shared("payout", "0xp", "CD")) == [
        ("device", "phone", 5, 2)
    ]


def test_the_bridge_between_groups_is_the_key_not_what_ties_most() -> None:
    # Three phones of four accounts each; the address of three ties the groups. Without it 4 of 12 are left.
    phones = [tie for users in ("ABCD", "EFGH", "IJKL") for tie in shared("device", f"of {users}", users)]

    assert found(*phones, *shared("payout", "0xbridge", "AEI")) == [("payout", "0xbridge", 3, 4)]


def test_two_things_that_hold_a_ring_together_are_both_named() -> None:
    # A to E share a phone and, all of them, an address: one alone does not break it.
    ties = (*shared("device", "phone", "ABCDE", 2.0), *shared("payout", "0xp", "ABCDE", 1.0))

    assert found(*ties) == [("device", "phone", 5, 5), ("payout", "0xp", 5, 1)]


def test_the_fewest_things_are_told_even_if_a_stronger_one_would_leave_less_later() -> None:
    # The weak account X holds A-B and C-D and E together; the phone ties most, but breaks nothing.
    ties = (
        *shared("device", "phone", "ABC", 9.0),
        *((name, "X", "transfer", "X", 0.1) for name in "ABCDEFG"),
    )

    # Without X's transfers A, B, C are together: 3 of 8.
    assert found(*ties) == [("transfer", "X", 8, 3)]


def test_direct_ties_hang_on_their_account_or_on_the_busier_of_the_two() -> None:
    ties = [(a, b, "lockstep", "10:31", 1.0) for a, b in (("A", "M"), ("B", "M"), ("C", "M"), ("D", "M"))]

    assert found(*ties) == [("lockstep", "M", 5, 1)]


def test_the_sentence_says_what_is_held_and_what_is_left() -> None:
    device = key_ties(ties_of(*shared("device", "phone", "ABCDE"))).to_pylist()[0]["sentence"]
    money = key_ties(ties_of(*((a, "M", "transfer", "M", 1.0) for a in "ABCD"))).to_pylist()[0]["sentence"]

    assert device == (
        "Device phone holds 5 accounts (A, B, C and 2 more) together; without it the largest part left has "
        "1 account."
    )
    assert money == (
        "Money sent to and from M holds it and 4 accounts (A, B, C and D) together; without it the largest "
        "part left has 1 account."
    )


def test_a_ring_that_four_things_hold_is_broken_one_by_one() -> None:
    four = [tie for n in range(4) for tie in shared("device", f"phone{n}", "ABCDE", 4.0 - n)]

    # The same five accounts on four phones: all must go.
    assert found(*four) == [
        ("device", "phone0", 5, 5),
        ("device", "phone1", 5, 5),
        ("device", "phone2", 5, 5),
        ("device", "phone3", 5, 1),
    ]


def test_ties_that_hold_no_half_together_have_no_key() -> None:
    assert found(("A", "B", "device", "p", 1.0), ("C", "D", "device", "q", 1.0)) == []


def largest(accounts: set[str], ties: list[Tie]) -> int:
    """Answer the largest connected part, slowly: parts are merged until nothing changes."""
    parts = [{account} for account in accounts]
    for a, b, *_ in ties:
        touched = [part for part in parts if a in part or b in part]
        parts = [part for part in parts if part not in touched] + [set().union(*touched)]
    return max(len(part) for part in parts)


things = st.lists(
    st.tuples(
        st.sampled_from(["device", "payout"]), st.sampled_from("pqrs"), st.sets(st.sampled_from("ABCDEFG"))
    ),
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(things)
def test_no_smaller_set_breaks_a_ring_than_the_one_told(drawn: list[tuple[str, str, set[str]]]) -> None:
    ties = [tie for kind, name, users in drawn for tie in shared(kind, name, "".join(sorted(users)))]
    accounts = {account for a, b, *_ in ties for account in (a, b)}
    told = found(*ties)
    gone = {(kind, name) for kind, name, *_ in told}
    names = sorted({(kind, name) for *_, kind, name, _ in ties})

    def is_apart(without: set[tuple[str, str]]) -> bool:
        left = largest(accounts, [tie for tie in ties if (tie[2], tie[3]) not in without])
        return left < 3 or 2 * left < len(accounts)

    if not ties:
        assert told == []
        return
    assert is_apart(gone)
    if told:
        assert told[-1][3] == largest(accounts, [tie for tie in ties if (tie[2], tie[3]) not in gone])
    if len(gone) <= 3:
        fewer = [set(some) for size in range(len(gone)) for some in combinations(names, size)]
        assert not any(is_apart(some) for some in fewer)
