"""A row that is appended is looked for by an index, however many rows there are already."""

from __future__ import annotations

import re

from data.home import Home
from desk.records import open_records

# Small for good: people and their roles, and what is rolled out.
FEW = {"people_events", "rollout_events", "alarm_events", "saved_views"}


def test_no_trigger_looks_through_a_whole_table_for_each_row(home: Home) -> None:
    records = open_records(home, {})
    looked, through = 0, []
    with records.reading() as connection:
        asked = "SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%EXISTS (%'"
        for name, sql in connection.exec_driver_sql(asked).all():
            condition = re.search(r"EXISTS \((.*)\) BEGIN", sql, re.DOTALL)
            assert condition is not None
            plain = re.sub(r"NEW\.\w+", "'x'", condition.group(1))
            plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {plain}").all()]
            looked += 1
            through += [name for step in plan if step.startswith("SCAN") and name not in FEW]
    records.close()
    assert looked > 10
    assert through == []


def test_the_words_of_the_test_are_those_of_sqlite(home: Home) -> None:
    records = open_records(home, {})
    with records.reading() as connection:
        asked = "EXPLAIN QUERY PLAN SELECT 1 FROM dispositions WHERE number = 'x' OR (1 = 0)"
        plan = [row[3] for row in connection.exec_driver_sql(asked).all()]
    records.close()
    assert any(step.startswith("SCAN") for step in plan)
