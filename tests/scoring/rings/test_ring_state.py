"""The walk kept between builds: taken up where the past is the same, begun anew where it is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ring_world import Exchange, busy, moment, rows

from data.progress import Step, silent
from data.store import Store, memory_store
from scoring.rings.build import build_rings
from scoring.rings.tables import RING_TABLES
from scoring.spine import build_spine

# In the middle of a day: the day that is not over has to be taken again.
NOON = 112.5


def everything(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    return {table.name: rows(store, f"FROM {table.name}") for table in RING_TABLES}


def days_of_build(store: Store, kept: Path) -> int:
    """Build the rings, going on from `kept`, and answer how many days that took."""
    build_spine(store, silent)
    steps: list[Step] = []
    with store.writing() as cursor:
        build_rings(cursor, steps.append, kept)
    return steps[-1].done


def rest(whole: Exchange, part: Exchange) -> Exchange:
    """What a later file brings."""
    names = ("transactions", "logins", "accounts", "labels")
    left = {name: [row for row in getattr(whole, name) if row not in getattr(part, name)] for name in names}
    return Exchange(**left)


def test_going_on_with_a_later_file_gives_what_building_from_nothing_gives(
    store: Store, found: Store, tmp_path: Path
) -> None:
    whole = busy()
    # Ids are given in the order of the whole exchange, so that both stores hold the same rows.
    whole.fill(memory_store())
    part = whole.before(NOON)
    part.fill(store)
    first = days_of_build(store, tmp_path / "rings.state")
    rest(whole, part).fill(store)
    second = days_of_build(store, tmp_path / "rings.state")

    assert (first, second) == (113, 150 - 112)
    assert everything(store) == everything(found)


def test_building_again_without_news_takes_the_last_day_only(store: Store, tmp_path: Path) -> None:
    busy(farms=8, strangers=40, days=60).fill(store)
    kept = tmp_path / "rings.state"
    days_of_build(store, kept)
    before = everything(store)

    assert days_of_build(store, kept) == 1
    assert everything(store) == before
    assert before["rings"]


@pytest.mark.parametrize("late", ["event", "label", "account", "undated account"])
def test_what_comes_late_begins_the_walk_anew(store: Store, tmp_path: Path, late: str) -> None:
    exchange = busy(farms=8, strangers=40, days=60)
    # Nobody has said yet who that is.
    exchange.signs_in("guest", 30, None)
    exchange.fill(store)
    kept = tmp_path / "rings.state"
    whole = days_of_build(store, kept)
    news = Exchange()
    if late == "event":
        news.signs_in("own1", 30.5, "a device that nobody knew")
        news.logins[0] |= {"event_id": "late", "ingest_seq": 1_000_000}
    elif late == "label":
        news.confirms("own1", 20, None)
    elif late == "account":
        news.opens("somebody", 10)
    else:
        news.accounts.append({"account_id": "guest", "referrer_id": "own1"})
    news.fill(store)

    assert days_of_build(store, kept) == whole
    assert whole > 50


def test_a_state_that_cannot_be_read_is_no_reason_to_stop(store: Store, tmp_path: Path) -> None:
    busy(farms=8, strangers=40, days=60).fill(store)
    kept = tmp_path / "rings.state"
    kept.write_bytes(b"half a file")

    assert days_of_build(store, kept) > 50
    assert days_of_build(store, kept) == 1


def test_what_one_account_used_alone_ties_it_once_a_second_comes_later(store: Store, tmp_path: Path) -> None:
    exchange = Exchange()
    # Among so many strangers it is rare to share a phone.
    for name in ("ann", "bob", "cid", *(f"own{number}" for number in range(2_000))):
        exchange.opens(name, -300)
    exchange.signs_in("own1", 1, None)
    exchange.signs_in("ann", 40, "phone")
    exchange.signs_in("ann", 50, "other")
    exchange.fill(store)
    kept = tmp_path / "rings.state"
    days_of_build(store, kept)
    news = Exchange()
    for number, name in enumerate(("bob", "cid")):
        news.signs_in(name, 60 + number, "phone")
        news.moves(name, 60.5 + number, "withdrawal", 100.0, "one wallet")
    news.moves("ann", 62, "withdrawal", 90.0, "one wallet")
    for number, row in enumerate([*news.logins, *news.transactions]):
        row |= {"event_id": f"new{number}", "ingest_seq": 100 + number}
    news.fill(store)
    days_of_build(store, kept)

    first = rows(
        store, "SELECT min(as_of), count(DISTINCT account_id) FROM ring_features WHERE ring_id IS NOT NULL"
    )
    # On the day after the second came: one phone of three is enough among so many.
    assert first == [(moment(62), 3)]
