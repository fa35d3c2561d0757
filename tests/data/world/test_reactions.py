from __future__ import annotations

import duckdb
import numpy as np
import pytest

from data.world.calendar import DAY
from data.world.columns import NONE
from data.world.history import WAVES, make_history
from data.world.incidents import PAUSE_DAYS, REACTED_AMOUNTS, Incidents, draw_incidents, parts_of
from data.world.reactions import MEASURES, react, starts
from data.world.trends import AREAS


@pytest.fixture(scope="module")
def before() -> Incidents:
    return draw_incidents(WAVES, 6.0, np.random.default_rng(3))


@pytest.fixture(scope="module")
def after(before: Incidents) -> Incidents:
    return react(before, np.random.default_rng(4))


def test_no_incident_is_lost_or_added_where_it_lands(before: Incidents, after: Incidents) -> None:
    for one, other in ((before.area, after.area), (before.typology, after.typology)):
        assert np.bincount(one).tolist() == np.bincount(other).tolist()
    assert sorted(before.at.tolist()) == sorted(after.at.tolist())


def test_rings_move_from_an_area_with_a_measure_to_its_neighbour_after_it(after: Incidents) -> None:
    moved = after.moved_from != NONE
    assert moved.sum() > 20
    allowed = {(AREAS.index(m.area), AREAS.index(m.moves_to)): starts(m) for m in MEASURES if m.moves_to}
    pairs = list(
        zip(after.moved_from[moved].tolist(), after.area[moved].tolist(), after.at[moved], strict=True)
    )
    assert {(old, new) for old, new, _ in pairs} == set(allowed)
    assert all(at > allowed[old, new] for old, new, at in pairs)


def test_a_ring_that_moved_had_struck_at_home_and_stays_one_ring_of_one_typology(after: Incidents) -> None:
    assert (np.diff(after.ring) >= 0).all()
    same = after.ring[1:] == after.ring[:-1]
    assert (after.typology[1:] == after.typology[:-1])[same].all()
    assert (after.is_careful[1:] == after.is_careful[:-1])[same].all()
    assert (np.diff(after.at)[same] >= 0).all()
    assert (np.diff(after.at)[same] <= PAUSE_DAYS * DAY).all()
    for ring in np.unique(after.ring[after.moved_from != NONE]):
        mine = after.ring == ring
        (home,) = set(after.area[mine & (after.moved_from == NONE)].tolist())
        assert set(after.moved_from[mine].tolist()) == {NONE, home}


def test_rings_without_a_measure_never_react(after: Incidents) -> None:
    first, _ = after.ring_bounds()
    home = after.area[first][after.ring]
    with_measure = {AREAS.index(m.area) for m in MEASURES}
    assert set(home[after.has_reacted].tolist()) == with_measure
    assert not after.has_reacted[after.at < min(starts(m) for m in MEASURES)].any()


def test_who_reacted_hides_elsewhere_and_moves_less(after: Incidents) -> None:
    rows = np.flatnonzero(after.has_reacted)[:5]
    parts = parts_of(after, rows, np.arange(5))
    assert (parts.hideout % 2 == 1).all()
    assert parts.scale.tolist() == [REACTED_AMOUNTS] * 5
    history = make_history(7, 60_000)
    device, ip = history.hideouts.device, history.hideouts.ip
    assert len(device) == len(ip) == 2 * (int(history.incidents.ring.max()) + 1)
    assert len(np.unique(device)) == device.size


def test_the_truth_tells_who_moved(events: duckdb.DuckDBPyConnection) -> None:
    unknown = (
        "SELECT count(*) FROM true_incidents "
        "WHERE moved_from = area OR (moved_from IS NOT NULL AND NOT has_reacted)"
    )
    assert events.execute(unknown).fetchone() == (0,)


def test_money_scattered_is_gathered_at_one_account(events: duckdb.DuckDBPyConnection) -> None:
    rows = events.execute(
        "SELECT incident_id, max(n), count(*) FILTER (kind = 'deposit') "
        "FROM (SELECT *, count(*) OVER (PARTITION BY incident_id, counterparty) AS n FROM transactions "
        "JOIN true_events USING (event_id) WHERE typology = 'scatter_gather') GROUP BY incident_id"
    ).fetchall()
    assert rows
    assert max(most for _, most, _ in rows) >= 2
    assert all(deposits <= 1 for *_, deposits in rows)


def test_a_round_trip_ends_where_it_began(events: duckdb.DuckDBPyConnection) -> None:
    rows = events.execute(
        "SELECT incident_id, list(DISTINCT t.account_id ORDER BY t.account_id), "
        "list(DISTINCT counterparty ORDER BY counterparty) FROM transactions t "
        "JOIN true_events e USING (event_id) WHERE typology = 'round_trip' "
        "AND t.occurred_at < '2025-10-01' GROUP BY incident_id"
    ).fetchall()
    assert rows
    assert all(senders == receivers for _, senders, receivers in rows)
    assert all(len(senders) <= 5 for _, senders, _ in rows)


def test_one_device_enters_accounts_of_several_customers(events: duckdb.DuckDBPyConnection) -> None:
    (most,) = (
        events.execute(
            "SELECT max(n) FROM (SELECT count(DISTINCT l.account_id) AS n FROM logins l "
            "JOIN true_events USING (event_id) WHERE typology = 'device_reuse' GROUP BY device_id)"
        ).fetchone()
        or ()
    )
    assert most >= 3
