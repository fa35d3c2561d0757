"""Rings by day, worked by hand. R3 is of South Asia, all others of the CIS; now is 6 September, noon.

day   1    2    3    4    5    6
R1    -    A3   3    4    3    3    alarmed on 2, d joins on 4, a leaves on 5, broken on 5
R2    -    -    A2   2    E    -    alarmed on 3, ended on 5
R3    -    -    -    -    A3   3    alarmed on 5
R4    never alarmed, R5 alarmed and ended on 3
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from small_connections import Rows
from small_exchange import insert

from data.store import Store
from scoring.rings.rollup import build_ring_days
from scoring.rings.tables import RING_DAYS

NEVER = datetime(9999, 1, 1)
WATERMARK = datetime(2025, 9, 6, 12)


def day(number: int) -> datetime:
    return datetime(2025, 9, number)


def ring(name: str, region: str, alarmed: int | None, **known: Any) -> dict[str, Any]:
    at = day(alarmed) if alarmed else None
    return {"ring_id": name, "region": region, "found_at": day(1), "alarmed_at": at} | known


def member(name: str, account: str, since: int, until: int | None = None) -> dict[str, Any]:
    return {
        "ring_id": name, "account_id": account, "since": day(since), "until": day(until) if until else None
    }  # fmt: skip


RINGS: Rows = [
    ring("R1", "cis", 2, broken_at=day(5)),
    ring("R2", "cis", 3, ended_at=day(5)),
    ring("R3", "south_asia", 5),
    ring("R4", "oceania", None),
    ring("R5", "cis", 3, ended_at=day(3)),
]
MEMBERS: Rows = [
    *(member("R1", account, 1, 5 if account == "a" else None) for account in "abc"),
    member("R1", "d", 4),
    *(member("R2", account, 1, 5) for account in "ef"),
    *(member("R3", account, 2) for account in "gh"),
    # Left before the alarm, and came back on its day.
    member("R3", "i", 2, 4),
    member("R3", "i", 5),
    member("R4", "j", 1),
    member("R5", "k", 1, 3),
]


def change(name: str, number: int, what: str) -> dict[str, Any]:
    return {"ring_id": name, "as_of": day(number), "change": what}


def built(store: Store, rings: Rows, members: Rows, history: Rows = ()) -> list[tuple[Any, ...]]:
    with store.writing() as cursor:
        if history:
            insert(cursor, "ring_history", history)
        if rings:
            insert(cursor, "rings", rings)
            insert(cursor, "ring_members", members)
        build_ring_days(cursor, WATERMARK)
        rows: list[tuple[Any, ...]] = cursor.table("ring_days").fetchall()
    return rows


def test_the_days_are_those_that_are_worked_out_by_hand(store: Store) -> None:
    rows = built(store, RINGS, MEMBERS)

    # day: (standing, accounts, alarmed, broken, ended)
    cis = {
        2: (1, 3, 1, 0, 0),
        # R1 with 3 and R2 with 2; R5 raised its alarm and ended.
        3: (2, 5, 2, 0, 1),
        4: (2, 6, 0, 0, 0),
        5: (1, 3, 0, 1, 1),
        6: (1, 3, 0, 0, 0),
    }
    south_asia = dict.fromkeys((2, 3, 4), (0, 0, 0, 0, 0)) | {5: (1, 3, 1, 0, 0), 6: (1, 3, 0, 0, 0)}
    assert {row[0].day: row[2:] for row in rows if row[1] == "cis"} == cis
    assert {row[0].day: row[2:] for row in rows if row[1] == "south_asia"} == south_asia
    # A region whose only candidate never raised an alarm is in none of them.
    assert [row[:2] for row in rows] == [
        (date(2025, 9, number), region) for number in (2, 3, 4, 5, 6) for region in ("cis", "south_asia")
    ]


def test_a_ring_that_ended_and_came_back_stood_on_no_day_between(store: Store) -> None:
    rings = [ring("R6", "europe", 2)]
    members = [*(member("R6", account, 2, 3) for account in "xyz"), *(member("R6", a, 5) for a in "xyz")]
    history = [
        change("R6", 2, "found"),
        change("R6", 2, "alarmed"),
        change("R6", 3, "ended"),
        change("R6", 5, "found"),
    ]
    rows = built(store, rings, members, history)

    # day: (standing, accounts, alarmed, broken, ended)
    assert {row[0].day: row[2:] for row in rows} == {
        2: (1, 3, 1, 0, 0),
        3: (0, 0, 0, 0, 1),
        4: (0, 0, 0, 0, 0),
        5: (1, 3, 0, 0, 0),
        6: (1, 3, 0, 0, 0),
    }


def test_without_an_alarm_there_are_no_days(store: Store) -> None:
    assert built(store, [], []) == []


def test_the_table_keeps_its_columns_types_and_comments(store: Store) -> None:
    built(store, RINGS, MEMBERS)
    with store.cursor() as cursor:
        found = cursor.execute(
            "SELECT column_name, data_type, comment FROM duckdb_columns() WHERE table_name = 'ring_days'"
            " ORDER BY column_index"
        ).fetchall()
    assert found == [(column.name, column.type, column.comment) for column in RING_DAYS.columns]


def test_days_are_the_same_as_those_counted_one_by_one(store: Store) -> None:
    slow = []
    rows = built(store, RINGS, MEMBERS)
    for number in range(2, 7):
        for region in ("cis", "south_asia"):
            standing = [
                r["ring_id"]
                for r in RINGS
                if r["region"] == region
                and r["alarmed_at"] is not None
                and r["alarmed_at"] <= day(number)
                and day(number) < r.get("ended_at", NEVER)
            ]
            accounts = [
                m
                for m in MEMBERS
                if m["ring_id"] in standing and m["since"] <= day(number) < (m["until"] or NEVER)
            ]
            slow.append((len(standing), len(accounts)))
    assert [row[2:4] for row in rows] == slow
