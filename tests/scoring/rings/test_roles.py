from __future__ import annotations

import pyarrow as pa
from small_flows import Transfer, flow

from scoring.rings.roles import roles_of

MEMBERS = pa.schema(
    [
        ("ring_id", pa.string()),
        ("account_id", pa.string()),
        ("since_t", pa.int64()),
        ("until_t", pa.int64()),
    ]
)
TIES = pa.schema(
    [
        ("ring_id", pa.string()),
        ("account_a", pa.string()),
        ("account_b", pa.string()),
        ("kind", pa.string()),
        ("artefact", pa.string()),
        ("since_t", pa.int64()),
        ("strength", pa.float64()),
    ]
)
Tie = tuple[str, str, str, str, int]


def roles(accounts: str, *transfers: Transfer, ties: tuple[Tie, ...] = ()) -> dict[str, tuple[str, str]]:
    """Answer role and sentence of each account; accounts came in the order of their letters."""
    members = [("R", account, n, None) for n, account in enumerate(accounts)]
    rows = [("R", *tie, 1.0) for tie in ties]
    found = roles_of(
        pa.Table.from_pylist([dict(zip(MEMBERS.names, row, strict=True)) for row in members], MEMBERS),
        pa.Table.from_pylist([dict(zip(TIES.names, row, strict=True)) for row in rows], TIES),
        flow(*transfers),
    )
    return {row["account_id"]: (row["role"], row["role_sentence"]) for row in found.to_pylist()}


def test_who_gets_money_of_two_others_collects() -> None:
    found = roles("ABK", (1, "A", "K", 500), (2, "B", "K", 300), (3, "K", "0xout", 700))

    assert found["K"] == (
        "collector",
        "Collects: got 800.00 from 2 accounts of the ring (A and B), and took 700.00 out of the exchange.",
    )


def test_who_sends_money_to_two_others_distributes() -> None:
    found = roles("KAB", (1, "0xin", "K", 900), (2, "K", "A", 500), (3, "K", "B", 300))

    assert found["K"] == ("distributor", "Distributes: sent 800.00 to 2 accounts of the ring (A and B).")


def test_who_passes_most_of_it_on_is_a_mule_and_who_takes_it_out_cashes_out() -> None:
    found = roles(
        "ABC", (1, "0xin", "A", 1000), (2, "A", "B", 900), (3, "B", "C", 800), (4, "C", "0xout", 700)
    )

    # All 700 that left did so over C.
    assert {account: role for account, (role, _) in found.items()} == {
        "A": "mule",
        "B": "mule",
        "C": "cash_out",
    }
    assert found["B"][1] == "Passes on: of 900.00 that came to it 800.00 went on."
    assert found["C"][1] == (
        "Cashes out: got 800.00 from B and took 700.00 out of the exchange, 100 % of all that left the ring."
    )


def test_who_takes_out_a_small_part_of_what_left_is_a_mule() -> None:
    spread: list[Transfer] = [(1, "K", mule, 100) for mule in "ABCD"]
    out: list[Transfer] = [(2, mule, "0xout", 100) for mule in "ABCD"]

    # A quarter each, less than a third.
    assert roles("ABCDK", *spread, *out)["A"][0] == "mule"


def test_who_keeps_what_came_or_moved_nothing_is_a_member() -> None:
    found = roles("ABC", (1, "A", "B", 500), (2, "B", "0xout", 200), (3, "0xin", "C", 50))

    # B keeps 300 of 500; C moved nothing with the others.
    assert found["B"][0] == "member"
    assert found["C"] == (
        "member",
        "Belongs to it by its ties: it moved no money with the ring's other accounts.",
    )


def test_a_transfer_given_twice_counts_once() -> None:
    members = pa.table({"ring_id": ["R"], "account_id": ["B"], "since_t": [0], "until_t": [None]})
    transfers = flow((1, "A", "B", 500), (2, "C", "B", 100))

    found = roles_of(members, TIES.empty_table(), pa.concat_tables([transfers, transfers]))

    assert found.to_pylist()[0]["role_sentence"].startswith("Collects: got 600.00 from 2 accounts")


def test_the_first_user_of_the_device_that_ties_most_accounts_controls() -> None:
    # C and D used the phone first; then came A, who met C only, then B. C is tied to three by it, D to two.
    ties = (
        ("C", "D", "device", "phone", 10),
        ("A", "C", "device", "phone", 20),
        ("B", "C", "device", "phone", 30),
        ("B", "D", "device", "phone", 30),
        ("A", "B", "device", "tablet", 5),
    )

    found = roles("ABCD", ties=ties)

    assert found["C"] == (
        "controller",
        "Controls: device phone was used by it first and by 3 other accounts of the ring since (A, B and D).",
    )
    assert [account for account, (role, _) in found.items() if role == "controller"] == ["C"]


def test_of_two_first_users_alike_the_one_longer_in_the_ring_controls() -> None:
    ties = (
        ("A", "B", "device", "phone", 10),
        ("A", "C", "device", "phone", 20),
        ("B", "C", "device", "phone", 20),
    )

    # A joined before B, see `roles`.
    assert roles("ABC", ties=ties)["A"][0] == "controller"


def test_two_accounts_on_one_device_or_a_shared_network_have_no_controller() -> None:
    ties = (
        ("A", "B", "device", "phone", 10),
        ("A", "B", "network", "1.1.1.1", 10),
        ("A", "C", "network", "1.1.1.1", 10),
    )

    assert {role for role, _ in roles("ABC", ties=ties).values()} == {"member"}


def test_control_outranks_what_the_account_does_with_money() -> None:
    ties = (("A", "B", "device", "phone", 10), ("A", "C", "device", "phone", 20))

    assert roles("ABC", (1, "B", "A", 500), (2, "C", "A", 300), ties=ties)["A"][0] == "controller"
