"""What blocks that were held at random show: eight would-be blocks, worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from rolled_events import DAY, HOUR, NOW, answers, event, label, whole

from data.progress import silent
from data.store import Store
from scoring.rollups import build_rollups
from scoring.selective.measuring import weighed

BLOCKS = [
    event(1, "ann", NOW - 9 * DAY, score=0.9, decision="block"),
    event(2, "bob", NOW - 8 * DAY, score=0.8, decision="block"),
    event(3, "cat", NOW - 7 * DAY, score=0.9, decision="block"),
    # Drawn: one in twenty, one in ten, one in twenty; the last is not judged yet.
    event(4, "dan", NOW - 6 * DAY, score=0.8, decision="hold", amount=Decimal("250.5")),
    event(5, "eve", NOW - 5 * DAY, score=0.9, decision="hold"),
    event(6, "fay", NOW - 4 * DAY, score=0.9, decision="hold"),
    # Not led to a block by its score: a rule held it.
    event(7, "gil", NOW - 3 * DAY, score=0.1, decision="hold"),
    # Of another quarter and area; blocked, so nothing is known of it.
    event(8, "hal", NOW - 40 * DAY, score=0.7, decision="block", country="ID", region="south_east_asia"),
]
LABELS = [
    label(1, "ann", "confirmed", event_id="e1"),
    label(2, "bob", "false_positive", event_id="e2"),
    label(4, "dan", "confirmed", event_id="e4"),
    label(5, "eve", "false_positive", event_id="e5"),
    label(6, "fay", "confirmed", event_id="e6", known_at=NOW + HOUR),
]
ACTS = [
    {"event_id": "e4", "act": "exploration", "by_score": "block", "decision": "hold", "probability": 0.05},
    {"event_id": "e5", "act": "exploration", "by_score": "block", "decision": "hold", "probability": 0.1},
    {"event_id": "e6", "act": "exploration", "by_score": "block", "decision": "hold", "probability": 0.05},
    {"event_id": "e7", "act": "corridors", "by_score": "allow", "decision": "hold", "probability": None},
]


@pytest.fixture
def explored(store: Store) -> Store:
    with store.writing() as cursor:
        for table, rows in (("scored", BLOCKS), ("labels", LABELS), ("policy_acts", ACTS)):
            given = cursor.from_arrow(pa.Table.from_pylist(whole(rows)))
            given.create_view("given_rows")
            cursor.execute(f"INSERT INTO {table} BY NAME SELECT * FROM given_rows")
            cursor.execute("DROP VIEW given_rows")
        cursor.execute(
            "INSERT INTO spine BY NAME"
            " SELECT event_id, event_key, stream, account_id, occurred_at, region, country FROM scored"
        )
        cursor.execute("INSERT INTO areas VALUES ('ID', 'ID')")
        build_rollups(cursor, NOW, silent)
    return store


def test_the_explored_are_counted_weighed_and_priced_by_area_and_quarter(explored: Store) -> None:
    columns = (
        "area, quarter, would_be_blocks, blocked, blocked_confirmed, blocked_cleared, explored, judged, "
        "confirmed, weight, weight_confirmed, weight_squared, value_held, minutes, spared"
    )
    assert answers(explored, f"SELECT {columns} FROM exploration") == [
        ("ID", date(2025, 4, 1), 1, 1, 0, 0, 0, 0, 0, 0.0, 0.0, 0.0, Decimal(0), 0, 0),
        # Weights 20 and 10, of which 20 is crime; squares 400 + 100; 250.5 was held; eve was spared.
        ("cis", date(2025, 7, 1), 6, 3, 1, 1, 3, 2, 1, 30.0, 20.0, 500.0, Decimal("250.5"), 45, 1),
    ]


def test_the_stored_interval_is_that_of_the_sums(explored: Store) -> None:
    ((precision, low, high, expected),) = answers(
        explored, "SELECT \"precision\", low, high, expected FROM exploration WHERE area = 'cis'"
    )
    sums = weighed(np.array([True, False]), np.array([0.05, 0.1])).precision
    assert (precision, low, high) == pytest.approx((sums.value, sums.low, sums.high))
    assert precision == pytest.approx(2 / 3)
    # Scores .9, .8, .9, .8, .9, .9.
    assert expected == pytest.approx(5.2 / 6)


def test_where_nothing_is_judged_everything_is_possible(explored: Store) -> None:
    assert answers(explored, "SELECT \"precision\", low, high FROM exploration WHERE area = 'ID'") == [
        (None, 0.0, 1.0)
    ]


def test_the_world_before_exploration_has_no_explored_event(rolled: Store) -> None:
    # One block of ann in June, confirmed; the freeze of cat is a person's matter anyway.
    assert answers(rolled, "SELECT area, would_be_blocks, blocked_confirmed, explored FROM exploration") == [
        ("cis", 1, 1, 0)
    ]
