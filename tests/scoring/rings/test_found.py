"""What is written of rings agrees from table to table, in a store of some forty rings."""

from __future__ import annotations

from typing import Any

import pytest
from ring_world import DAYS, built, busy, moment, rows

from data.store import Store
from scoring.rings.tables import RING_TABLES


def test_every_table_has_its_columns_types_and_comments(found: Store) -> None:
    for table in RING_TABLES:
        columns = rows(
            found,
            "SELECT column_name, data_type, comment FROM duckdb_columns()"
            f" WHERE table_name = '{table.name}' ORDER BY column_index",
        )
        assert columns == [(c.name, c.type, c.comment) for c in table.columns]


def test_accounts_that_came_less_those_that_left_are_those_that_are_there(found: Store) -> None:
    changes = rows(
        found,
        "SELECT DISTINCT ring_id, as_of, accounts, joined, gone FROM ring_history"
        " WHERE change NOT IN ('alarmed', 'broken') ORDER BY ring_id, as_of",
    )
    there: dict[str, int] = {}
    for ring, _, accounts, joined, gone in changes:
        there[ring] = there.get(ring, 0) + joined - gone
        assert there[ring] == accounts
    assert len(there) > 30


def test_a_ring_has_on_every_day_of_change_the_members_that_its_history_counts(found: Store) -> None:
    counted = rows(
        found,
        "SELECT h.ring_id, h.as_of, h.accounts, count(m.account_id) FROM (SELECT DISTINCT ring_id, as_of,"
        " accounts FROM ring_history) AS h LEFT JOIN ring_members AS m ON m.ring_id = h.ring_id"
        " AND m.since <= h.as_of AND (m.until IS NULL OR m.until > h.as_of) GROUP BY ALL",
    )
    assert len(counted) > 60
    assert [row for row in counted if row[2] != row[3]] == []


def test_a_ring_is_as_its_history_says(found: Store) -> None:
    told = rows(
        found,
        "SELECT r.ring_id, r.found_at, r.alarmed_at, r.broken_at, r.ended_at, r.accounts, min(h.as_of),"
        " min(h.as_of) FILTER (h.change = 'alarmed'), min(h.as_of) FILTER (h.change = 'broken'),"
        " max(h.as_of) FILTER (h.change IN ('ended', 'merged')),"
        " max(h.as_of) FILTER (h.joined > 0), r.grew_at"
        " FROM rings AS r JOIN ring_history AS h USING (ring_id) GROUP BY ALL",
    )
    for _, found_at, alarmed_at, broken_at, ended_at, accounts, *history in told:
        first, alarmed, broken, ended, grew, grew_at = history
        assert (found_at, alarmed_at, broken_at, grew_at) == (first, alarmed, broken, grew)
        assert ended_at is None or ended_at == ended
        assert found_at <= alarmed_at
        assert accounts >= 3
    assert len(told) > 30


def test_whom_the_snapshots_show_in_a_ring_that_raised_an_alarm_is_its_member(found: Store) -> None:
    ((snapshots, members),) = rows(
        found,
        "SELECT count(*), count(m.account_id) FROM ring_features AS f JOIN rings USING (ring_id)"
        " LEFT JOIN ring_members AS m ON m.ring_id = f.ring_id AND m.account_id = f.account_id"
        " AND m.since <= f.as_of AND (m.until IS NULL OR m.until > f.as_of) AND m.since = f.ring_since",
    )
    assert snapshots == members > 300


def test_snapshots_of_an_account_are_of_different_days_and_leave_once(found: Store) -> None:
    assert (
        rows(found, "SELECT count(*) FROM ring_features GROUP BY account_id, as_of HAVING count(*) > 1") == []
    )
    twice = (
        "SELECT ring_id, lag(ring_id) OVER w AS before, row_number() OVER w AS n FROM ring_features"
        " WINDOW w AS (PARTITION BY account_id ORDER BY as_of)"
    )
    # The first is of a ring; who left is not said to leave again.
    assert rows(found, f"FROM ({twice}) WHERE ring_id IS NULL AND before IS NULL") == []


def test_what_holds_on_the_last_day_is_dated_no_later_than_the_day_after_it(found: Store) -> None:
    latest = "SELECT max(as_of) <= ? FROM ring_features UNION ALL SELECT max(as_of) <= ? FROM ring_history"
    day = f"TIMESTAMP '{moment(DAYS + 1)}'"

    assert rows(found, latest.replace("?", day)) == [(True,), (True,)]


@pytest.mark.parametrize(
    ("table", "column"), [("rings", "sentence"), ("ring_ties", "sentence"), ("ring_members", "role_sentence")]
)
def test_every_sentence_is_whole(found: Store, table: str, column: str) -> None:
    said: list[tuple[Any, ...]] = rows(found, f"SELECT DISTINCT {column} FROM {table}")
    assert said
    for (sentence,) in said:
        assert sentence.endswith(".")
        assert sentence[0] == sentence[0].upper()
        assert "nan" not in sentence.split()
        assert "None" not in sentence
        assert "  " not in sentence


def test_ties_are_between_two_members_in_order_and_hold_for_a_while(found: Store) -> None:
    ((ties, odd),) = rows(
        found,
        "SELECT count(*), count(*) FILTER (account_a >= account_b OR strength <= 0 OR until < last_at"
        " OR last_at < since) FROM ring_ties",
    )
    assert ties > 100
    assert odd == 0
    lost = (
        "SELECT count(*) FROM ring_ties AS t WHERE NOT EXISTS (FROM ring_members AS m"
        " WHERE m.ring_id = t.ring_id AND m.account_id = t.account_a)"
    )
    assert rows(found, lost) == [(0,)]


def test_a_confirmed_half_breaks_a_ring(found: Store) -> None:
    ((wrong,),) = rows(
        found,
        "SELECT count(*) FROM ring_history WHERE change = 'broken' AND 2 * known_bad < accounts",
    )
    assert wrong == 0
    states = dict(rows(found, "SELECT state, count(*) FROM rings GROUP BY state"))
    assert states["broken"] > 25


def test_farms_opened_in_a_day_are_young_when_the_alarm_is_raised(store: Store) -> None:
    built(store, busy(6, farms=4, strangers=60, days=80))

    sentences = [said for (said,) in rows(store, "SELECT sentence FROM rings")]
    assert sentences
    assert all("within 45 days before the alarm" in said for said in sentences)
