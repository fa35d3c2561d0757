from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from data.home import Home
from data.progress import silent
from data.records import RECORD_TABLES
from data.store import memory_store
from data.world import build_world
from data.world.build import happened_in
from data.world.calendar import HOUR
from data.world.columns import NONE
from data.world.history import make_history
from data.world.labels import draw_labels, draw_reports
from data.world.records.appeals import appeal_table
from data.world.records.desk_work import ANALYSTS, DESKS, on_duty
from data.world.records.known import Known
from data.world.truth import TYPOLOGIES, event_names


@pytest.fixture(scope="module", params=[(21, 6_000), (22, 30_000)], ids=["tiny", "small"])
def records(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    """The records of two worlds of different seed and size, with accounts to join."""
    seed, size = request.param
    home = Home(tmp_path_factory.mktemp("records"))
    build_world(home, seed=seed, events=size, progress=silent)
    store = memory_store()
    cursor = store.cursor()
    cursor.execute("CREATE SCHEMA made")
    cursor.execute("SET schema = 'made'")
    for name in (*(table.name for table in RECORD_TABLES), "accounts"):
        cursor.read_csv(str(home.events / f"{name}.csv")).create(name)
    cursor.read_json(str(home.events / "labels.jsonl")).create("labels")
    yield cursor
    store.close()


def _row(cursor: duckdb.DuckDBPyConnection, sql: str) -> tuple[float, ...]:
    row = cursor.execute(sql).fetchone()
    assert row is not None
    return row


def test_requests_and_executed_freeze_orders_of_the_third_quarter_are_exact(
    records: duckdb.DuckDBPyConnection,
) -> None:
    every, executed = _row(
        records,
        "SELECT count(*), count(*) FILTER (class = 'freeze' AND outcome = 'executed') FROM requests "
        "WHERE answered_at >= '2025-07-01' AND answered_at < '2025-10-01'",
    )
    assert (every, executed) == (593, 121)
    before, orders = _row(
        records,
        "SELECT count(*), count(*) FILTER (class = 'freeze' AND outcome = 'executed') FROM requests "
        "WHERE answered_at >= '2025-04-01' AND answered_at < '2025-07-01'",
    )
    assert 520 - 4 * 23 < before < 520 + 4 * 23  # Poisson: a deviation of the root of 520
    assert 105 - 4 * 11 < orders < 105 + 4 * 11


def test_requests_have_the_clocks_of_their_class_and_some_wait_at_the_end(
    records: duckdb.DuckDBPyConnection,
) -> None:
    hours = dict(
        records.execute(
            "SELECT class, median(epoch(answered_at - received_at)) / 3600 FROM requests GROUP BY class"
        ).fetchall()
    )
    assert 1 < hours["emergency"] < 6
    assert 12 < hours["freeze"] < 36
    assert 96 < hours["information"] < 400
    waiting, halves = _row(
        records,
        "SELECT count(*) FILTER (answered_at IS NULL), "
        "count(*) FILTER ((answered_at IS NULL) <> (outcome IS NULL)) FROM requests",
    )
    assert waiting > 10
    assert halves == 0


def test_confirmed_cases_of_july_and_august_are_exact(records: duckdb.DuckDBPyConnection) -> None:
    summer = "closed_at >= '2025-07-01' AND closed_at < '2025-09-01'"
    confirmed, kinds = _row(
        records,
        "SELECT count(*) FILTER (disposition = 'confirmed'), count(DISTINCT disposition) "
        f"FROM cases WHERE {summer}",
    )
    assert (confirmed, kinds) == (48, 3)
    assert _row(records, "SELECT count(*) FROM cases WHERE opened_at >= closed_at") == (0,)


def test_what_was_recovered_in_the_third_quarter_is_near_nine_hundred_thousand(
    records: duckdb.DuckDBPyConnection,
) -> None:
    (recovered,) = _row(
        records,
        "SELECT sum(amount)::DOUBLE FROM recoveries WHERE outcome = 'recovered' "
        "AND ended_at >= '2025-07-01' AND ended_at < '2025-10-01'",
    )
    assert recovered == pytest.approx(900_000, rel=0.03)


@pytest.mark.parametrize(
    ("table", "times"),
    [
        ("requests", ("received_at", "answered_at")),
        ("cases", ("opened_at", "closed_at")),
        ("recoveries", ("claimed_at", "ended_at")),
        ("appeals", ("filed_at", "ended_at")),
        ("audits", ("drawn_at", "reviewed_at")),
    ],
)
def test_no_record_is_of_before_its_account_or_of_after_the_window(
    records: duckdb.DuckDBPyConnection, table: str, times: tuple[str, str]
) -> None:
    first, second = times
    assert _row(
        records,
        f"SELECT count(*) FROM {table} WHERE {first} >= '2025-11-01' OR {second} >= '2025-11-01' "
        f"OR {second} < {first}",
    ) == (0,)
    if table != "audits":
        assert _row(
            records,
            f"SELECT count(*) FROM {table} r JOIN accounts a USING (account_id) "
            f"WHERE r.{second} < a.opened_at",
        ) == (0,)


def test_records_name_what_there_is(events: duckdb.DuckDBPyConnection) -> None:
    lost = (
        "SELECT count(*) FROM {table} r LEFT JOIN {other} o ON o.{key} = r.{key} "
        "WHERE r.{key} IS NOT NULL AND o.{key} IS NULL"
    )
    for table, other, key in (
        ("cases", "true_incidents", "incident_id"),
        ("recoveries", "transactions", "event_id"),
        ("appeals", "everything", "event_id"),
        ("audits", "everything", "event_id"),
        ("requests", "accounts", "account_id"),
    ):
        assert _row(events, lost.format(table=table, other=other, key=key)) == (0,), table
    wrong = "SELECT count(*) FROM recoveries r JOIN transactions t USING (event_id) WHERE "
    assert _row(events, wrong + "t.account_id <> r.account_id OR t.amount <> r.amount") == (0,)


def test_a_confirmed_case_is_of_a_crime_that_its_account_took_part_in_before(
    events: duckdb.DuckDBPyConnection,
) -> None:
    sql = (
        "SELECT count(*), count(*) FILTER (EXISTS (FROM true_events t "
        "WHERE t.incident_id = c.incident_id AND t.account_id = c.account_id)), "
        "count(*) FILTER (i.started_at < c.opened_at AND i.typology = c.typology) "
        "FROM cases c JOIN true_incidents i USING (incident_id) WHERE disposition = 'confirmed'"
    )
    every, taking_part, after = _row(events, sql)
    assert every == taking_part == after > 48


def test_audit_weights_sum_to_the_events_of_the_audited_months(events: duckdb.DuckDBPyConnection) -> None:
    (there,) = _row(events, "SELECT count(*) FROM everything WHERE occurred_at < '2025-10-01'")
    (weighed,) = _row(events, "SELECT sum(1 / probability) FROM audits")
    # Checks that were given up stood in the groups that audits were drawn from: one in a thousand events.
    assert weighed == pytest.approx(there, rel=1e-3)
    lowest, highest = _row(events, "SELECT min(probability), max(probability) FROM audits")
    assert 0 < lowest < highest <= 1


def test_audits_find_most_crime_among_them_and_condemn_almost_nobody_else(
    events: duckdb.DuckDBPyConnection,
) -> None:
    found, crimes, condemned, honest = _row(
        events,
        "SELECT count(*) FILTER (outcome = 'confirmed' AND t.event_id IS NOT NULL), count(t.event_id), "
        "count(*) FILTER (outcome = 'confirmed' AND t.event_id IS NULL), "
        "count(*) FILTER (t.event_id IS NULL) FROM audits LEFT JOIN true_events t USING (event_id)",
    )
    assert found / crimes > 0.6
    assert condemned / honest < 0.02


def test_most_appeals_of_honest_customers_are_granted_and_most_of_others_upheld() -> None:
    history = make_history(23, 30_000)
    happened, crimes = happened_in(history), history.incidents
    rng = np.random.default_rng(1)
    reports = draw_reports(crimes, TYPOLOGIES, rng)
    known = Known(23, history, happened, draw_labels(happened, crimes, reports, rng, rng), reports)
    tables = [appeal_table(known, np.random.default_rng(number)) for number in range(60)]
    found = pa.concat_tables(tables).to_pandas()
    crime = event_names(happened, np.flatnonzero(happened.incident != NONE)).to_pylist()
    is_criminal = found["event_id"].isin(crime)
    decided = found["outcome"].notna()
    granted = found["outcome"] == "granted"
    assert granted[~is_criminal & decided].mean() == pytest.approx(0.88, abs=0.06)
    assert granted[is_criminal & decided].mean() < 0.2


def test_measures_are_dated_late_in_june_and_in_july(events: duckdb.DuckDBPyConnection) -> None:
    dated = events.execute(
        "SELECT region, country, month(starts_at) FROM interventions ORDER BY starts_at"
    ).fetchall()
    assert dated == [
        ("south_east_asia", "ID", 6),
        ("cis", None, 7),
        ("south_asia", None, 7),
        ("cis", None, 7),
    ]


def test_every_label_of_the_desk_has_the_work_behind_it_that_ends_with_it(
    records: duckdb.DuckDBPyConnection,
) -> None:
    labelled, ended, worked = _row(
        records,
        "WITH said AS (SELECT event_id, min(known_at::TIMESTAMP) AS at_last FROM labels "
        "WHERE source = 'desk' GROUP BY event_id) "
        "SELECT (SELECT count(*) FROM said), "
        "(SELECT count(*) FROM said JOIN desk_work USING (event_id) WHERE at_last = ended_at), "
        "(SELECT count(*) FROM desk_work WHERE ended_at IS NOT NULL)",
    )
    assert labelled == ended == worked > 50


def test_nobody_of_the_desk_reviews_themselves_or_waits_longer_than_they_work(
    records: duckdb.DuckDBPyConnection,
) -> None:
    reviewers, backwards, wait_too_long = _row(
        records,
        "SELECT count(*) FILTER (reviewed_by = analyst), count(*) FILTER (ended_at <= began_at), "
        "count(*) FILTER (waited_minutes * 60 > date_diff('second', began_at, ended_at)) FROM desk_work",
    )
    assert (reviewers, backwards, wait_too_long) == (0, 0, 0)
    names = {row[0] for row in records.execute("SELECT DISTINCT analyst FROM desk_work").fetchall()}
    assert names <= set(ANALYSTS)
    assert all(name.endswith("demo") for name in ANALYSTS)
    assert len(ANALYSTS) == 16


def test_another_desk_takes_over_out_of_hours() -> None:
    cis, latin_america, east_asia = (
        [desk.region for desk in DESKS].index(name) for name in ("cis", "latin_america", "east_asia")
    )
    noon, night = (int(datetime(2025, 3, 4, hour, tzinfo=UTC).timestamp() * 1e6) for hour in (9, 22))
    home = np.array([cis, cis])
    # 12:00 and 01:00 in cis; at 22:00 UTC the next desk to the west in its hours sits at 19:00.
    assert on_duty(home, np.array([noon, night])).tolist() == [cis, latin_america]
    # 06:59 UTC is 15:59 in the far east.
    assert on_duty(np.array([east_asia]), np.array([noon - 2 * HOUR])).tolist() == [east_asia]
