"""Rings built in a real store: the same twice, blind to the future, and at home in odd stores."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from ring_world import DAYS, Exchange, built, busy, kinds_in_rings, moment, rebuilt, rows

from data.store import Store, memory_store
from scoring.contract import SCORING_TABLES
from scoring.rings.tables import RING_TABLES

# By then strengths were learned once, on 1 April, and farms begin before and after.
T = 112


@pytest.fixture
def other_store() -> Iterator[Store]:
    opened = memory_store()
    opened.create(SCORING_TABLES)
    yield opened
    opened.close()


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    return {table.name: rows(store, f"FROM {table.name}") for table in RING_TABLES}


def dated(store: Store, until: float) -> dict[str, list[tuple[Any, ...]]]:
    """What the tables with a date said up to a day, of rings that had raised an alarm by then."""
    day = moment(until)
    alarmed = f"SELECT ring_id FROM ring_history WHERE change = 'alarmed' AND as_of <= TIMESTAMP '{day}'"
    return {
        "features": rows(store, f"FROM ring_features WHERE as_of <= TIMESTAMP '{day}' ORDER BY ALL"),
        "history": rows(
            store,
            f"FROM ring_history WHERE as_of <= TIMESTAMP '{day}' AND ring_id IN ({alarmed}) ORDER BY ALL",
        ),
        "models": rows(store, f"FROM ring_models WHERE as_of <= TIMESTAMP '{day}' ORDER BY ALL"),
    }


def test_building_twice_gives_every_row_again_in_its_order(found: Store, other_store: Store) -> None:
    built(other_store, busy())

    assert everything(other_store) == everything(found)
    assert rows(found, "SELECT count(*) > 30 FROM rings") == [(True,)]


def test_building_again_in_the_same_store_changes_nothing(other_store: Store) -> None:
    built(other_store, busy(farms=8, strangers=40, days=60))
    before = everything(other_store)
    rebuilt(other_store)

    assert everything(other_store) == before
    assert before["rings"]


def test_what_is_dated_before_a_day_knows_nothing_of_that_day_or_later(
    found: Store, other_store: Store
) -> None:
    built(other_store, busy().before(T))

    then, now = dated(other_store, T), dated(found, T)
    assert len(then["history"]) > 60
    assert len(then["features"]) > 300
    assert len(then["models"]) == 1
    for name in then:
        assert now[name] == then[name], name


def test_without_labels_what_is_dated_before_a_day_knows_nothing_later(
    store: Store, other_store: Store
) -> None:
    whole = busy(1, farms=14, strangers=60, days=80)
    whole.labels.clear()
    built(store, whole)
    built(other_store, whole.before(50))

    then, now = dated(other_store, 50), dated(store, 50)
    assert then["history"]
    assert then["features"]
    assert now == then


def test_a_receiver_that_acts_only_later_is_tied_no_less_before(store: Store, other_store: Store) -> None:
    """A store without accounts: who is paid on day 40 and signs in on day 60 is there from day 40."""
    exchange = Exchange()
    exchange.signs_in("first", 0.5, "d-first")
    for number in range(4):
        exchange.moves(f"mule-{number}", 39.9, "deposit", 100, None)
        exchange.moves(f"mule-{number}", 40 + number / 10, "internal_transfer", 95, "sink-1")
    exchange.networks.append({"ip": "1.1.1.1", "country": "BR"})
    exchange.signs_in("sink-1", 60, "d-sink", "1.1.1.1")
    built(store, exchange)
    built(other_store, exchange.before(50))

    then, now = dated(other_store, 50), dated(store, 50)
    assert "sink-1" in {row[0] for row in then["features"]}
    assert now == then


def test_scores_are_probabilities_of_nine_decimals(found: Store) -> None:
    for table, column in (
        ("rings", "score"),
        ("rings", "highest_score"),
        ("ring_history", "score"),
        ("ring_features", "ring_score"),
    ):
        scores = [one for (one,) in rows(found, f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL")]
        assert scores
        assert all(0.0 <= one <= 1.0 and round(one, 9) == one for one in scores)


def test_every_farm_is_found_and_nobody_else(found: Store) -> None:
    assert kinds_in_rings(found) == {"farm"}
    assert rows(found, "SELECT count(*) >= 36 FROM rings") == [(True,)]


def test_an_empty_store_has_empty_tables(store: Store) -> None:
    assert rebuilt(store) == 0

    assert everything(store) == {table.name: [] for table in RING_TABLES}


def test_a_store_that_was_emptied_keeps_no_ring_of_before(store: Store) -> None:
    assert built(store, busy(farms=8, strangers=40, days=60)) > 0
    with store.writing() as cursor:
        for table in ("transactions", "logins", "accounts", "labels"):
            cursor.execute(f"DELETE FROM {table}")

    assert rebuilt(store) == 0
    assert everything(store) == {table.name: [] for table in RING_TABLES}


def test_a_store_of_one_day_has_no_rings(store: Store) -> None:
    exchange = Exchange()
    for number in range(5):
        exchange.signs_in(f"farm-{number}", number / 10, "phone", "1.1.1.1")

    assert built(store, exchange) == 0
    assert everything(store) == {table.name: [] for table in RING_TABLES}


def test_labels_known_after_the_last_event_do_not_exist_yet(store: Store) -> None:
    exchange = busy(2, farms=8, strangers=40, days=60)
    exchange.labels.clear()
    for number in range(5):
        exchange.confirms(f"farm3-{number}", DAYS + 100, "crime")
    built(store, exchange)

    assert rows(store, "SELECT count(*) FROM ring_members WHERE account_id LIKE 'farm3-%'") == [(5,)]
    assert rows(store, "SELECT DISTINCT confirmed_at FROM ring_members") == [(None,)]
    assert rows(store, "SELECT DISTINCT confirmed_accounts, broken_at, state = 'broken' FROM rings") == [
        (0, None, False)
    ]


def test_nulls_everywhere_and_money_to_oneself_tie_nobody(store: Store) -> None:
    exchange = Exchange()
    exchange.signs_in("first", 0, None)
    for number in range(6):
        exchange.signs_in(f"null-{number}", 40 + number / 10, None)
        exchange.moves(f"null-{number}", 40.5, "withdrawal", 10, None)
        exchange.moves(f"null-{number}", 40.6, "deposit", 10, None)
        exchange.moves(f"null-{number}", 40.7, "internal_transfer", 10, f"null-{number}")
        exchange.moves(f"null-{number}", 40.8, "internal_transfer", 10, None)
    built(store, exchange)

    assert everything(store) == {table.name: [] for table in RING_TABLES}


def test_money_that_a_member_sends_itself_is_not_sent_to_one_another(store: Store) -> None:
    exchange = busy(3, farms=4, strangers=40, days=60)
    inside = "SELECT sum(moved_inside), sum(moved) FROM rings"
    exchange.moves("farm2-0", 40, "internal_transfer", 7_000_000, "farm2-0")
    built(store, exchange)

    ((moved_inside, _),) = rows(store, inside)
    assert 0 < moved_inside < 100_000
    assert rows(store, "SELECT count(*) FROM ring_transfers WHERE sender = receiver") == [(0,)]


def test_labels_twice_without_incident_or_without_date_change_nothing(store: Store, found: Store) -> None:
    exchange = busy()
    known = list(exchange.labels)
    for label in known:
        exchange.labels.append(label | {"label_id": "again " + label["label_id"]})
        exchange.confirms(label["account_id"], DAYS + 50, label["incident_id"])
    for number in range(40):
        exchange.confirms(f"own{number}", None, "never dated")
        exchange.confirms(f"own{number}", None, None)
    built(store, exchange)

    assert everything(store) == everything(found)
    assert rows(store, "SELECT count(*) > 0 FROM ring_models") == [(True,)]


def test_an_account_without_a_date_that_never_acts_stands_apart(store: Store) -> None:
    exchange = busy(3, farms=4, strangers=40, days=60)
    exchange.accounts += [{"account_id": "ghost"}, {"account_id": "guest", "referrer_id": "farm1-0"}]
    exchange.accounts.append({"account_id": "farm1-5", "referrer_id": "ghost"})
    built(store, exchange)

    assert rows(store, "SELECT count(*) FROM rings WHERE alarmed_at IS NOT NULL") == [(4,)]
    assert rows(store, "SELECT account_id FROM ring_members WHERE account_id IN ('ghost', 'guest')") == []
