from __future__ import annotations

import duckdb
import numpy as np
import pytest

from data.world.calendar import DAY, MONTH_STARTS, START
from data.world.history import WAVES
from data.world.incidents import draw_incidents
from data.world.trends import CRIME, DEEPFAKES, Intensity


def _one(events: duckdb.DuckDBPyConnection, sql: str) -> tuple[float, ...]:
    row = events.execute(sql).fetchone()
    assert row is not None
    return row


def _change(lines: tuple[Intensity, ...], *areas: str) -> float:
    """The declared change of the third quarter over the second, over the areas named."""
    chosen = [line for line in lines if not areas or line.area in areas]
    second, third = (sum(line.weight * sum(line.months[a:b]) for line in chosen) for a, b in ((3, 6), (6, 9)))
    return third / second - 1.0


def test_the_declared_rates_tell_the_public_story() -> None:
    assert _change(CRIME) == pytest.approx(-0.36, abs=0.01)
    assert _change(CRIME, "ID") == pytest.approx(-0.72, abs=0.005)
    assert _change(CRIME, "ID", "south_east_asia") == pytest.approx(-0.59, abs=0.01)
    assert _change(CRIME, "south_asia") == pytest.approx(-0.35, abs=0.005)
    assert _change(CRIME, "cis") == pytest.approx(-0.31, abs=0.005)
    assert _change(DEEPFAKES) == pytest.approx(0.15, abs=0.005)


def test_drawn_incidents_follow_the_declared_rates() -> None:
    incidents = draw_incidents(WAVES, 20.0, np.random.default_rng(3))
    month = np.searchsorted(MONTH_STARTS, incidents.at, side="right") - 1
    is_usual = incidents.typology != [w.typology for w in WAVES].index("synthetic_identity")
    second, third = (np.sum(is_usual & np.isin(month, m)) for m in ((3, 4, 5), (6, 7, 8)))
    # 312 a quarter times 20: about 6,240 against 4,000, so the ratio's deviation is about 0.013.
    assert second == pytest.approx(20 * 312, rel=0.05)
    assert third / second == pytest.approx(0.64, abs=0.045)


def test_a_ring_works_in_one_area_and_typology_and_never_pauses_sixty_days() -> None:
    incidents = draw_incidents(WAVES, 2.0, np.random.default_rng(4))
    same = incidents.ring[1:] == incidents.ring[:-1]
    assert same.sum() > 200
    assert (incidents.area[1:] == incidents.area[:-1])[same].all()
    assert (incidents.typology[1:] == incidents.typology[:-1])[same].all()
    assert (np.diff(incidents.at)[same] <= 60 * DAY).all()
    assert incidents.at.min() >= START


def test_every_typology_leaves_events_and_most_ring_crimes_take_three_accounts(
    events: duckdb.DuckDBPyConnection,
) -> None:
    rows = events.execute("SELECT typology, count(*) FROM true_events GROUP BY ALL").fetchall()
    assert {name for name, _ in rows} == {wave.typology for wave in WAVES}
    (share,) = _one(
        events,
        "SELECT avg(is_organised::INT) FROM true_incidents "
        "WHERE typology IN ('mule', 'structuring', 'bonus_abuse', 'scatter_gather', 'round_trip')",
    )
    assert share > 0.85


def test_crime_is_between_one_and_two_and_a_half_percent_of_transactions(
    events: duckdb.DuckDBPyConnection,
) -> None:
    (crime,) = _one(events, "SELECT count(*) FROM true_events WHERE stream = 'transaction'")
    (every,) = _one(events, "SELECT count(*) FROM transactions")
    assert 0.01 < crime / every < 0.025


def test_crimes_do_not_stand_alone_more_than_normal_transactions_do(
    events: duckdb.DuckDBPyConnection,
) -> None:
    sql = (
        "WITH before AS (SELECT event_id, occurred_at - lag(occurred_at) OVER "
        "(PARTITION BY account_id ORDER BY occurred_at) < INTERVAL 10 MINUTE AS is_in_session "
        "FROM everything) "
        "SELECT avg(is_in_session::INT) FILTER (t.event_id IS NULL), "
        "avg(is_in_session::INT) FILTER (t.event_id IS NOT NULL) "
        "FROM before JOIN transactions USING (event_id) LEFT JOIN true_events t USING (event_id)"
    )
    normal, crime = _one(events, sql)
    assert crime == pytest.approx(normal, abs=0.12)


def test_families_share_a_device_and_campuses_an_address(events: duckdb.DuckDBPyConnection) -> None:
    most_on_one = (
        "SELECT avg((most > 1)::INT), max(most) FROM (SELECT max(users) AS most FROM ("
        "SELECT group_number, {entity} AS entity, count(DISTINCT account_id) AS users "
        "FROM everything JOIN true_accounts USING (account_id) WHERE hard_negative = '{kind}' GROUP BY ALL) "
        "JOIN (SELECT group_number, count(DISTINCT account_id) AS alive FROM everything "
        "JOIN true_accounts USING (account_id) GROUP BY ALL HAVING alive > 1) USING (group_number) "
        "GROUP BY group_number)"
    )
    families, _ = _one(events, most_on_one.format(entity="device_id", kind="family"))
    assert families > 0.6
    _, campus = _one(events, most_on_one.format(entity="ip", kind="campus"))
    assert campus >= 4


def test_custodians_wallets_are_used_by_many(events: duckdb.DuckDBPyConnection) -> None:
    (most,) = _one(
        events,
        "SELECT max(n) FROM (SELECT count(DISTINCT account_id) AS n FROM transactions "
        "WHERE kind <> 'internal_transfer' GROUP BY counterparty)",
    )
    (accounts,) = _one(events, "SELECT count(*) FROM accounts")
    assert most > 0.08 * accounts


def test_some_signatures_are_listed_only_after_the_crime_they_name(events: duckdb.DuckDBPyConnection) -> None:
    sql = (
        "SELECT count(*) FILTER (s.listed_at > t.occurred_at), count(*) FROM transactions t "
        "JOIN signatures s ON s.value = t.counterparty JOIN true_events USING (event_id) "
        "WHERE s.kind = 'address'"
    )
    late, every = _one(events, sql)
    assert 0 < late < every
