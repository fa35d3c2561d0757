from __future__ import annotations

from datetime import datetime
from typing import Any

import pyarrow as pa
from rolled_events import answers, whole

from data.store import Store
from scoring.rings.confirmed import RINGS, know_rings, rings_of

Use = tuple[str, str, str, str]
Ring = tuple[str, int, int]


def used(*rows: Use) -> pa.Table:
    names = ("incident_id", "account_id", "tie_kind", "artefact")
    columns = zip(*rows, strict=True)
    return pa.table({name: pa.array(column) for name, column in zip(names, columns, strict=True)})


def rings(*rows: Use) -> dict[str, Ring]:
    """Each crime's ring, its accounts and kinds of tie."""
    found = rings_of(used(*rows)).to_pylist()
    return {row["incident_id"]: (row["ring_id"], row["ring_accounts"], row["tie_kinds"]) for row in found}


def test_two_crimes_that_share_a_device_are_one_ring_of_all_their_accounts() -> None:
    found = rings(
        ("c1", "ann", "device", "phone"),
        ("c1", "bob", "device", "phone"),
        ("c2", "cat", "device", "phone"),
        ("c2", "cat", "ip", "1.1.1.1"),
    )

    # Ann, bob and cat; the phone is shared, the address is of cat alone.
    assert found == {"c1": ("c1", 3, 1), "c2": ("c1", 3, 1)}


def test_crimes_are_one_ring_over_a_third_that_shares_something_with_both() -> None:
    found = rings(
        ("c1", "ann", "device", "phone"),
        ("c3", "bob", "device", "phone"),
        ("c3", "bob", "counterparty", "0xpayout"),
        ("c2", "cat", "counterparty", "0xpayout"),
    )

    # The phone ties ann and bob, the payout bob and cat.
    assert found == dict.fromkeys(("c1", "c2", "c3"), ("c1", 3, 2))


def test_a_kind_of_tie_counts_once_however_many_artefacts_of_it_are_shared() -> None:
    found = rings(
        *(("c1", account, "device", phone) for account in ("ann", "bob") for phone in ("one", "two")),
        *(("c1", account, "ip", "1.1.1.1") for account in ("ann", "bob")),
        ("c1", "ann", "counterparty", "0xhers"),
        ("c1", "bob", "counterparty", "0xhis"),
    )

    # Device and address; the payouts are different ones.
    assert found == {"c1": ("c1", 2, 2)}


def test_an_artefact_of_one_name_and_two_kinds_is_two_artefacts() -> None:
    found = rings(("c1", "ann", "device", "x"), ("c2", "bob", "ip", "x"))

    assert found == {"c1": ("c1", 1, 0), "c2": ("c2", 1, 0)}


def test_money_between_accounts_is_a_tie_inside_a_crime_but_joins_no_two_crimes() -> None:
    found = rings(
        ("c1", "ann", "transfer", "mule"),
        ("c1", "mule", "transfer", "mule"),
        ("c2", "eve", "transfer", "mule"),
    )

    # Eve, too, paid the mule: in a crime of her own, where nobody else takes part.
    assert found == {"c1": ("c1", 2, 1), "c2": ("c2", 1, 0)}


def test_a_ring_has_its_name_whatever_the_order_of_the_rows() -> None:
    rows: list[Use] = [
        ("c9", "ann", "device", "phone"),
        ("c2", "bob", "device", "phone"),
        ("c5", "cat", "ip", "1.1.1.1"),
    ]

    # The first of its crimes by name: c2 of c2 and c9.
    assert (
        rings(*rows) == rings(*reversed(rows)) == {"c2": ("c2", 2, 1), "c5": ("c5", 1, 0), "c9": ("c2", 2, 1)}
    )


def test_where_nobody_used_anything_there_is_no_ring() -> None:
    none = pa.table({name: pa.array([], pa.string()) for name in used(("", "", "", "")).column_names})

    assert rings_of(none).equals(RINGS.empty_table())


def confirmed(key: int, crime: str, account: str, **known: Any) -> dict[str, Any]:
    """One event of a crime: a withdrawal, unless said otherwise."""
    what = {"event_id": f"e{key}", "incident_id": crime, "account_id": account, "kind": "withdrawal"}
    return what | {"occurred_at": datetime(2025, 7, 1), "stream": "transaction"} | known


def known_of(kind: str, entity: str, accounts: int, signature: str | None = None) -> dict[str, Any]:
    return {"entity_kind": kind, "entity": entity, "accounts": accounts, "signature": signature}


def rings_in(store: Store, events: list[dict[str, Any]], entities: list[dict[str, Any]]) -> dict[str, Ring]:
    with store.writing() as cursor:
        cursor.register("events_given", pa.Table.from_pylist(whole(events)))
        cursor.execute("INSERT INTO confirmed_events BY NAME SELECT * FROM events_given")
        cursor.register("entities_given", pa.Table.from_pylist(whole(entities)))
        cursor.execute("INSERT INTO entity_risk BY NAME SELECT * FROM entities_given")
        know_rings(cursor)
        found = cursor.execute("FROM crime_rings ORDER BY incident_id").fetchall()
    return {crime: (ring, accounts, ties) for crime, ring, accounts, ties in found}


def test_a_gateway_that_many_use_ties_nobody_and_a_payout_that_half_use_for_crime_does(store: Store) -> None:
    found = rings_in(
        store,
        [
            confirmed(1, "c1", "ann", counterparty="0xgateway"),
            confirmed(2, "c2", "bob", counterparty="0xgateway"),
            confirmed(3, "c3", "cat", counterparty="0xpayout"),
            confirmed(4, "c4", "dan", counterparty="0xpayout"),
        ],
        # Two of five users are criminals, and two of four.
        [known_of("counterparty", "0xgateway", 5), known_of("counterparty", "0xpayout", 4)],
    )

    assert found == {"c1": ("c1", 1, 0), "c2": ("c2", 1, 0), "c3": ("c3", 2, 1), "c4": ("c3", 2, 1)}


def test_an_address_on_a_list_is_everybodys_and_a_device_on_a_list_is_the_rings(store: Store) -> None:
    found = rings_in(
        store,
        [
            confirmed(1, "c1", "ann", ip="1.1.1.1"),
            confirmed(2, "c2", "bob", ip="1.1.1.1"),
            confirmed(3, "c3", "cat", device_id="phone"),
            confirmed(4, "c4", "dan", device_id="phone"),
        ],
        [known_of("ip", "1.1.1.1", 2, "tor (list)"), known_of("device", "phone", 2, "fraud_device (list)")],
    )

    assert found == {"c1": ("c1", 1, 0), "c2": ("c2", 1, 0), "c3": ("c3", 2, 1), "c4": ("c3", 2, 1)}


def test_forty_accounts_may_share_a_device_and_forty_one_are_a_list(store: Store) -> None:
    crimes = [confirmed(n, f"forty{n:02}", f"a{n}", device_id="forty") for n in range(40)]
    crimes += [confirmed(100 + n, f"more{n:02}", f"b{n}", device_id="more") for n in range(41)]

    found = rings_in(store, crimes, [known_of("device", "forty", 40), known_of("device", "more", 41)])

    assert {ring for crime, ring in found.items() if crime.startswith("forty")} == {("forty00", 40, 1)}
    assert len({ring for crime, ring in found.items() if crime.startswith("more")}) == 41


def test_an_internal_transfer_ties_both_ends_and_is_no_payout(store: Store) -> None:
    found = rings_in(
        store,
        [
            confirmed(1, "c1", "ann", kind="internal_transfer", counterparty="mule"),
            confirmed(2, "c1", "mule", counterparty="0xout"),
            confirmed(3, "c2", "bob", kind="internal_transfer", counterparty="mule"),
        ],
        [known_of("counterparty", "mule", 2), known_of("counterparty", "0xout", 1)],
    )

    # Ann and the mule are tied by their transfer; bob paid the same mule in another crime.
    assert found == {"c1": ("c1", 2, 1), "c2": ("c2", 1, 0)}
    assert answers(store, "SELECT count(*) FROM confirmed_events") == [(3,)]
