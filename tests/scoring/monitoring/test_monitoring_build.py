"""All of monitoring over a small store that was trained and scored, and of one where nothing was."""

from __future__ import annotations

from datetime import datetime

from trained_world import rows

from data.progress import silent
from data.store import Store, memory_store
from scoring.areas import write_areas
from scoring.contract import MONITORING_TABLES, SCORING_TABLES
from scoring.monitoring.build import build_monitoring
from scoring.planning import watermark_of


def monitored(store: Store) -> None:
    with store.writing() as cursor:
        write_areas(cursor)
        build_monitoring(cursor, watermark_of(cursor), silent)


def test_every_table_of_a_scored_store_is_filled_the_same_each_time(scored: Store) -> None:
    monitored(scored)
    first = {table.name: rows(scored, f"FROM {table.name} ORDER BY ALL") for table in MONITORING_TABLES}
    monitored(scored)
    second = {table.name: rows(scored, f"FROM {table.name} ORDER BY ALL") for table in MONITORING_TABLES}

    assert first == second
    for name in ("monitor_drift", "monitor_performance", "monitor_calibration", "fairness", "label_supply"):
        assert first[name], name
    # Its amounts are drawn the same every day: nothing moves and nothing is raised for it.
    moved = rows(scored, "SELECT subject FROM monitor_drift WHERE is_moved AND NOT is_left_out")
    assert moved == []


def test_parts_of_a_week_are_its_events_and_those_of_the_reference_are_its_own(scored: Store) -> None:
    monitored(scored)

    unlike = rows(
        scored,
        "SELECT subject"
        " FROM monitor_drift JOIN monitor_parts USING (model, model_version, area, subject, kind)"
        " WHERE list_sum(parts) <> events OR list_sum(monitor_parts.before) <> monitor_drift.before"
        " OR len(parts) <> len(labels)",
    )
    assert unlike == []


def test_labels_are_counted_by_source_and_delay(scored: Store) -> None:
    monitored(scored)

    found = rows(scored, "SELECT DISTINCT source, delay_days, is_random FROM label_supply")
    labels = rows(scored, "SELECT sum(labels) FROM label_supply")
    watermark = rows(scored, "SELECT max(occurred_at) FROM spine")[0][0]
    known = rows(scored, f"SELECT count(*) FROM labels WHERE known_at <= TIMESTAMP '{watermark}'")

    # All labels come a week after the event, and no file named their source.
    assert found == [("not named", 7.0, False)]
    assert labels == known


def test_a_store_without_scores_has_empty_tables() -> None:
    store = memory_store()
    store.create(SCORING_TABLES)
    with store.writing() as cursor:
        build_monitoring(cursor, datetime(2025, 10, 31), silent)

    assert all(rows(store, f"FROM {table.name}") == [] for table in MONITORING_TABLES)
    store.close()
