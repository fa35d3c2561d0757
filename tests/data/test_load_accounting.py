"""The load against its slow twin: plain Python that reads the rows one by one and keeps a dictionary."""

from __future__ import annotations

import tempfile
from decimal import Decimal, InvalidOperation
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from loading import counts, load, rows, transactions

from data.store import memory_store

IDS = st.sampled_from(["1", "2", "3", ""])
ACCOUNTS = st.sampled_from(["ann", "bob", ""])
TIMES = st.sampled_from(["2025-03-01", "2025-03-01 00:00:00", "2025-03-02", "1999-01-01", "x", ""])
AMOUNTS = st.sampled_from(["1", "1.00", "2", "-1", "x", "", "1e13"])
ROWS = st.lists(st.tuples(IDS, ACCOUNTS, TIMES, AMOUNTS), max_size=10)
Row = tuple[str, str, str, str]


def amount_of(text: str) -> Decimal | None:
    """Return the amount, None for nothing. Raises ValueError where it cannot be taken."""
    try:
        amount = Decimal(text) if text else None
    except InvalidOperation as error:
        raise ValueError(text) from error
    if amount is not None and not 0 <= amount < Decimal("1e12"):
        raise ValueError(text)
    return amount


def slow_load(kept: dict[str, tuple[object, ...]], files: list[list[Row]]) -> list[tuple[int, int, int, int]]:
    """Return read, taken, known and rejected of each file, row after row."""
    results = []
    for read in files:
        taken = known = rejected = 0
        for event_id, account, time, written in read:
            try:
                content = (account, time[:10], amount_of(written))
            except ValueError:
                rejected += 1
                continue
            if not event_id or not account or time in ("", "x", "1999-01-01"):
                rejected += 1
            elif event_id not in kept:
                kept[event_id] = content
                taken += 1
            elif kept[event_id] == content:
                known += 1
            else:
                rejected += 1
        results.append((len(read), taken, known, rejected))
    return results


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(first=ROWS, second=ROWS)
def test_taken_known_and_rejected_are_what_the_slow_twin_counts(first: list[Row], second: list[Row]) -> None:
    kept: dict[str, tuple[object, ...]] = {}
    expected = slow_load(kept, [first, second])
    with tempfile.TemporaryDirectory() as folder, memory_store() as store:
        results = []
        for number, read in enumerate((first, second)):
            path = Path(folder) / f"t{number}.csv"
            path.write_text(
                f"id,account,at,amount,f{number}\n" + "".join(",".join(row) + ",x\n" for row in read)
            )
            results.append(counts(load(store, path, transactions())))
        assert results == expected
        assert all(read == taken + known + rejected for read, taken, known, rejected in results)
        assert rows(store, "SELECT count(*) FROM rejects") == [(sum(r[3] for r in results),)]
        assert {row[0] for row in rows(store, "SELECT event_id FROM transactions")} == set(kept)
