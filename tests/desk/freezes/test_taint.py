"""What of an account's money comes from crime: by hand, and against a slow twin that follows every part."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_exchange import insert

from data.store import Store
from desk.freezes.taint import SOURCES, Flow, Tainted, haircut, tainted
from desk.freezes_view import install_freezes

NOW = datetime(2025, 10, 31, 23)
MILLION = 1_000_000


def test_what_leaves_takes_its_share_of_what_is_tainted_along() -> None:
    # 60 clean and 40 tainted; 50 of 100 leave with 20 of the 40; 50 more come in clean: 20 of 100 are left.
    flows: list[Flow] = [(True, 60, None), (True, 40, "listed"), (False, 50, None), (True, 50, None)]
    assert haircut(flows) == Tainted(20, 100, (("listed", 20),))
    # Half of it goes, then all that is there and more: nothing is left, and nothing is owed.
    assert haircut([*flows, (False, 50, None)]) == Tainted(10, 50, (("listed", 10),))
    assert haircut([*flows, (False, 999, None), (True, 7, None)]) == Tainted(0, 7)
    assert haircut([]) == Tainted(0, 0)


def test_a_share_is_rounded_in_favour_of_the_customer() -> None:
    # A third of 10 leaves: 6.67 of them stay, so 6.
    assert haircut([(True, 10, "ring"), (True, 5, None), (False, 5, None)]) == Tainted(6, 10, (("ring", 6),))


def slow(flows: list[Flow]) -> dict[str | None, Fraction]:
    """The twin: every part of the balance on its own, exactly, each reduced by every outflow."""
    parts: list[tuple[str | None, Fraction]] = []
    for is_inflow, amount, source in flows:
        if is_inflow:
            parts.append((source, Fraction(amount)))
            continue
        there = sum((part for _, part in parts), Fraction(0))
        kept = max(Fraction(0), 1 - Fraction(amount) / there) if there else Fraction(0)
        parts = [(name, part * kept) for name, part in parts]
    names = {name for name, _ in parts}
    return {name: sum((part for its, part in parts if its == name), Fraction(0)) for name in names}


FLOWS = st.lists(
    st.tuples(st.booleans(), st.integers(1, 1000), st.sampled_from([None, *SOURCES])), max_size=30
)


@settings(max_examples=200, deadline=None)
@given(FLOWS)
def test_it_agrees_with_the_slow_twin_to_a_millionth_for_each_outflow(flows: list[Flow]) -> None:
    found, exact = haircut(flows), slow(flows)
    outflows = sum(not is_inflow for is_inflow, _, _ in flows)
    assert found.balance_micro == sum(exact.values())
    for name in SOURCES:
        part = dict(found.by_source).get(name, 0)
        assert 0 <= exact.get(name, Fraction(0)) - part <= outflows
    assert 0 <= found.micro <= found.balance_micro


def moved(event_id: str, minutes: int, kind: str, amount: int, **more: object) -> dict[str, object]:
    """A settled transaction of A1 that policy allowed, so many minutes after ten in the morning."""
    return {
        "event_id": event_id, "stream": "transaction", "kind": kind, "outcome": "settled", "account_id": "A1",
        "occurred_at": datetime(2025, 10, 1, 10) + timedelta(minutes=minutes), "amount": Decimal(amount),
        "decision": "allow", **more,
    }  # fmt: skip


@pytest.fixture
def told(store: Store) -> Store:
    """Account A1: 100 clean, 30 confirmed in September, 20 of a listed address, 50 of a ring's account."""
    earlier, later = datetime(2025, 9, 1), datetime(2026, 1, 1)
    flows = [
        moved("clean", 0, "deposit", 100, counterparty="Tclean"),
        moved("crime", 1, "deposit", 30, counterparty="Tclean"),
        moved("listed", 2, "deposit", 20, counterparty="Tbad"),
        moved("mule", 3, "internal_transfer", 50, account_id="A2", counterparty="A1"),
        moved("unknown yet", 4, "deposit", 200, counterparty="Tlater"),
        moved("failed", 5, "deposit", 999, counterparty="Tbad", outcome="failed"),
        moved("blocked", 6, "withdrawal", 300, decision="block"),
        moved("held", 7, "withdrawal", 80, decision="hold"),
        moved("trade", 8, "trade", 400),
        moved("paid", 9, "internal_transfer", 100, counterparty="A9"),
        moved("of others", 10, "deposit", 400, account_id="A3"),
    ]
    hold = {**flows[7], "decision": "freeze"}
    with store.writing() as cursor:
        insert(cursor, "scored", flows)
        insert(cursor, "confirmed_events", [
            {"event_id": "crime", "account_id": "A1", "known_at": earlier},
            {"event_id": "unknown yet", "account_id": "A1", "known_at": later},
        ])  # fmt: skip
        insert(cursor, "signature_matches", [
            {"entity_kind": "counterparty", "entity": "Tbad", "listed_at": None},
            {"entity_kind": "counterparty", "entity": "Tlater", "listed_at": later},
        ])  # fmt: skip
        insert(cursor, "ring_members", [
            {"ring_id": "R1", "account_id": name, "since": earlier, "confirmed_at": known}
            for name, known in (("A2", None), ("A5", earlier), ("A6", earlier))
        ])  # fmt: skip
        insert(cursor, "flagged_events", [hold])
        insert(cursor, "account_risk", [{"account_id": "A1", "last_seen": NOW}])
    install_freezes(store)
    return store


def test_inflows_are_tainted_by_what_is_known_then(told: Store) -> None:
    with told.cursor() as cursor:
        # 400 came in, 100 of them tainted, and a quarter left: 22.5 and 15 and 37.5 of 300 are left.
        assert tainted(cursor, "A1", NOW) == Tainted(
            75 * MILLION,
            300 * MILLION,
            (("confirmed", 22_500_000), ("listed", 15 * MILLION), ("ring", 37_500_000)),
        )
        # Before the ring's transfer and all that follows.
        at = datetime(2025, 10, 1, 10, 2)
        assert tainted(cursor, "A1", at) == Tainted(
            50 * MILLION, 150 * MILLION, (("confirmed", 30 * MILLION), ("listed", 20 * MILLION))
        )
        # By the new year the 200 are known as crime: 300 of 400, and three quarters of them are here.
        assert tainted(cursor, "A1", datetime(2026, 1, 2)).micro == 225 * MILLION
        assert tainted(cursor, "nobody", NOW) == Tainted(0, 0)
