from __future__ import annotations

import duckdb

from data.world.labels import DELAY_DAYS, SOURCES


def _one(events: duckdb.DuckDBPyConnection, sql: str) -> tuple[float, ...]:
    row = events.execute(sql).fetchone()
    assert row is not None
    return row


def test_labels_are_known_after_they_occurred_and_before_the_window_ends(
    events: duckdb.DuckDBPyConnection,
) -> None:
    early, late = _one(
        events,
        "SELECT count(*) FILTER (known_at <= occurred_at), "
        "count(*) FILTER (known_at >= '2025-11-01') FROM labels",
    )
    assert (early, late) == (0, 0)


def test_each_label_names_an_event_of_its_account_at_its_time(events: duckdb.DuckDBPyConnection) -> None:
    sql = (
        "SELECT count(*), count(*) FILTER (e.account_id = l.account_id AND e.occurred_at = l.occurred_at) "
        "FROM labels l LEFT JOIN everything e USING (event_id)"
    )
    every, right = _one(events, sql)
    assert every == right > 250


def test_each_source_takes_the_time_declared_for_it(events: duckdb.DuckDBPyConnection) -> None:
    rows = events.execute(
        "SELECT source, min(epoch(known_at - occurred_at)) / 86400 FROM labels GROUP BY source"
    ).fetchall()
    lowest = dict(rows)
    assert set(lowest) == set(SOURCES)
    for source, (days, _) in zip(SOURCES, DELAY_DAYS, strict=True):
        assert lowest[source] >= days


def test_at_least_95_percent_of_the_third_quarters_labels_are_known_at_the_end(
    events: duckdb.DuckDBPyConnection,
) -> None:
    third = "occurred_at >= '2025-07-01' AND occurred_at < '2025-10-01'"
    (known,) = _one(events, f"SELECT count(*) FROM labels WHERE {third}")
    (late,) = _one(events, f"SELECT count(*) FROM late_labels WHERE {third}")
    assert known / (known + late) >= 0.95


def test_some_labels_are_wrong_and_some_crimes_are_never_reported(events: duckdb.DuckDBPyConnection) -> None:
    (condemned,) = _one(
        events,
        "SELECT count(*) FROM labels ANTI JOIN true_events USING (event_id) WHERE outcome = 'confirmed'",
    )
    (excused,) = _one(
        events,
        "SELECT count(*) FROM labels SEMI JOIN true_events USING (event_id) WHERE outcome = 'false_positive'",
    )
    (silent, all_crimes) = _one(
        events, "SELECT count(*) FILTER (reported_by IS NULL), count(*) FROM true_incidents"
    )
    assert condemned > 0
    assert excused > 0
    assert 0.03 < silent / all_crimes < 0.25
