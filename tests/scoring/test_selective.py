"""Labels that decisions have hidden: measured by the explored few, and left out of training."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pyarrow as pa
import pytest
from rolled_events import DAY, NOW, answers, event, label, whole

from data.statement import read_statement
from data.store import Store
from scoring.planning import know_truth
from scoring.quality import wilson
from scoring.recipe import FOLDER
from scoring.selective.measuring import Blocked, Weighed, prevalence, weighed
from scoring.selective.selecting import know_selection, select_all

OF_TWENTY = np.array([True, True, True, False])


def test_each_explored_event_stands_for_the_inverse_of_its_chance() -> None:
    sums = weighed(OF_TWENTY, np.array([0.05, 0.05, 0.1, 0.1]))
    # Weights 20, 20, 10, 10: 50 of 60 are crime; 400 + 400 + 100 + 100 squared.
    assert sums == Weighed(4, pytest.approx(60), pytest.approx(50), pytest.approx(1_000))
    # As certain as 60 x 60 / 1,000 = 3.6 events of equal weight.
    by_hand = wilson(50 / 60, 3.6)
    found = sums.precision
    assert [found.value, found.low, found.high] == pytest.approx([by_hand.value, by_hand.low, by_hand.high])
    assert not sums.is_enough


def test_sums_of_two_quarters_add_up() -> None:
    chance = np.array([0.05, 0.05, 0.1, 0.1])
    both = weighed(OF_TWENTY[:1], chance[:1]) + weighed(OF_TWENTY[1:], chance[1:])
    assert both == weighed(OF_TWENTY, chance)


def test_of_nothing_judged_everything_is_possible() -> None:
    none = weighed(np.array([], dtype=bool), np.array([])).precision
    assert (none.low, none.high) == (0.0, 1.0)


def test_silence_of_the_blocked_is_taken_either_way_by_the_naive() -> None:
    blocked = Blocked(events=100, confirmed=60, cleared=10)
    assert blocked.if_silence_is_innocence == pytest.approx(0.6)
    assert blocked.if_silence_is_crime == pytest.approx(0.9)


def test_crime_of_all_events_is_the_labelled_and_the_share_of_the_blocked() -> None:
    # 30 of the passed, and .8 of 50 blocked: 70 of 10,000.
    share = prevalence(30, 50, 10_000, wilson(0.8, 20))
    assert share.value == pytest.approx(0.007)
    assert 0.003 < share.low < share.value < share.high < 0.008


def test_the_interval_holds_the_truth_where_the_naive_estimates_are_far_off() -> None:
    rng = np.random.default_rng(5)
    is_crime = rng.random(4_000) < 0.8
    held = 0
    for _ in range(200):
        drawn = rng.random(4_000) < 0.05
        found = weighed(is_crime[drawn], np.full(int(drawn.sum()), 0.05)).precision
        held += found.low <= is_crime.mean() <= found.high
    # 190 are expected; a binomial deviation is 3.
    assert 181 <= held <= 199


EVENTS = [
    event(1, "ann", NOW - 30 * DAY, decision="block"),
    event(2, "bob", NOW - 30 * DAY, decision="block"),
    event(3, "cat", NOW - 30 * DAY, decision="hold"),
    event(4, "dan", NOW - 30 * DAY, decision="hold"),
    event(5, "eve", NOW - 30 * DAY, decision="hold"),
    event(6, "fay", NOW - 30 * DAY, decision="hold"),
    event(7, "gil", NOW + DAY, decision="block"),
]
LABELS = [label(n, "any", "confirmed", event_id=f"e{n}", known_at=NOW - DAY) for n in (1, 3, 5)]
EXPLORED = [("e3", 0.05), ("e4", 0.05), ("e5", 0.5)]


@pytest.fixture
def decided(store: Store) -> Store:
    acts = [{"event_id": name, "by_score": "block", "probability": chance} for name, chance in EXPLORED]
    with store.writing() as cursor:
        for table, rows in (("scored", EVENTS), ("labels", LABELS), ("policy_acts", acts)):
            given = cursor.from_arrow(pa.Table.from_pylist(whole(rows)))
            given.create_view("given_rows")
            cursor.execute(f"INSERT INTO {table} BY NAME SELECT * FROM given_rows")
            cursor.execute("DROP VIEW given_rows")
        cursor.execute("INSERT INTO spine BY NAME SELECT event_id, account_id, occurred_at FROM scored")
    return store


def test_silent_blocks_are_left_out_and_the_explored_count_for_those_they_stand_for(decided: Store) -> None:
    with decided.cursor() as cursor:
        know_truth(cursor, NOW, NOW)
        assert know_selection(cursor, NOW) == 4
        found = cursor.execute("SELECT event_id, copies FROM selection ORDER BY event_id").fetchall()
    # Blocked and labelled e1 and e6, a hold like any other, count once. 1 / .05 is more than 5; e4 is not
    # judged; e7 happens after that time.
    assert found == [("e2", 0), ("e3", 5), ("e4", 0), ("e5", 2)]


def test_a_label_that_is_not_known_yet_selects_nothing(decided: Store) -> None:
    then = NOW - timedelta(days=2)
    with decided.cursor() as cursor:
        know_truth(cursor, then, NOW)
        know_selection(cursor, then)
        found = dict(cursor.execute("SELECT event_id, copies FROM selection").fetchall())
    assert found == {"e1": 0, "e2": 0, "e3": 0, "e4": 0, "e5": 0}


def test_where_nothing_was_decided_nothing_is_selected(store: Store) -> None:
    with store.cursor() as cursor:
        know_truth(cursor, NOW, NOW)
        assert know_selection(cursor, NOW) == 0
    assert answers(store, "SELECT count(*) FROM scored") == [(0,)]


def test_a_training_reads_no_silent_block_and_an_explored_event_several_times(decided: Store) -> None:
    given = {
        "since": NOW - timedelta(days=60),
        "until": NOW,
        "first_bucket": 0,
        "last_bucket": 99,
        "keep_in_a_million": 1_000_000,
        "keeps_crime": True,
    }
    sql = read_statement(FOLDER / "fraud_rows.sql").sql
    with decided.writing() as cursor:
        cursor.execute("UPDATE spine SET event_key = CAST(event_id[2:] AS BIGINT)")
        cursor.execute(
            "CREATE TEMP TABLE fraud_features AS SELECT event_id, event_key FROM spine WHERE event_id <= 'e6'"
        )
        know_truth(cursor, NOW, NOW)
        know_selection(cursor, NOW)
        read = [row[0] for row in cursor.execute(sql, given).fetchall()]
        select_all(cursor)
        every = [row[0] for row in cursor.execute(sql, given).fetchall()]
    assert {name: read.count(name) for name in sorted(every)} == {
        "e1": 1,
        "e2": 0,
        "e3": 5,
        "e4": 0,
        "e5": 2,
        "e6": 1,
    }
