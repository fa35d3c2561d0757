from __future__ import annotations

from datetime import datetime

import pyarrow as pa
import pytest

from data.store import Store
from scoring.check_latency import Latency, latency_of_honest

SINCE, UNTIL = datetime(2025, 7, 1), datetime(2025, 10, 1)


def test_the_three_roads_are_of_the_same_honest_checks(store: Store) -> None:
    # Eleven honest checks with fingerprints of 10, 11, ..., 20 ms and media of 100; the media of the last two
    # were read. An attack, a young check, one of October and one without media are none of them.
    rows = [
        {"event_id": f"h{n}", "fingerprint_ms": 10.0 + n, "stage": "media" if n >= 9 else "capture"}
        for n in range(11)
    ]
    rows += [{"event_id": name, "fingerprint_ms": 900.0, "stage": "media"} for name in ("a", "y", "o", "n")]
    facts = [
        row
        | {
            "occurred_at": UNTIL if row["event_id"] == "o" else SINCE,
            "is_attack": row["event_id"] == "a",
            "is_ripe": row["event_id"] != "y",
            "media_ms": None if row["event_id"] == "n" else 100.0,
        }
        for row in rows
    ]
    with store.writing() as cursor:
        cursor.register("given", pa.Table.from_pylist(facts))
        cursor.execute("INSERT INTO check_facts BY NAME SELECT * FROM given")

        found = latency_of_honest(cursor, SINCE, UNTIL)

    # Two stages: 10 to 18, 119, 120; the middle is 15, the 95th percentile halfway between 119 and 120.
    assert found == [
        Latency("always media", 11, 115.0, pytest.approx(119.5), pytest.approx(119.9)),
        Latency("two stages", 11, 15.0, pytest.approx(119.5), pytest.approx(119.9)),
        Latency("cheap only", 11, 15.0, pytest.approx(19.5), pytest.approx(19.9)),
    ]


def test_where_no_check_was_timed_there_is_no_latency(store: Store) -> None:
    cursor = store.cursor()

    assert latency_of_honest(cursor, SINCE, UNTIL) == []
    cursor.close()
