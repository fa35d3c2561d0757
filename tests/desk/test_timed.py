"""Cases that are timed one by one, and all at once, are timed as the view of all clocks says."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from small_cases import ANA, NOW, SmallDesk, Wall, state

from dashboard.measures.desk.declared import BY_NAME
from data.home import Home
from data.store import Store
from desk import timed
from desk.cases.moves import Take
from desk.cases.state import CaseState
from desk.cases.steps import Step, append_steps
from desk.channels.tables import install_clocks
from desk.projection import project
from desk.records import open_records
from desk.timed import time_cases
from desk.transactional import take_turn

TWIN = "SELECT case_id, first_due_at, due_at, looked_in_time, ended_in_time FROM desk_clocks ORDER BY case_id"
KEPT = TWIN.replace("desk_clocks", "desk_timed")


def drawn(number: int, dice: random.Random) -> CaseState:
    """Return a case in any state that clocks know, opened within the last days."""
    opened = NOW - timedelta(minutes=dice.randrange(60, 6_000))
    looked = opened + timedelta(minutes=dice.randrange(1, 600)) if dice.random() < 0.7 else None
    made = state(
        case_id=f"C-{number}",
        channel=dice.choice(("europe", "east_asia", "south_asia")),
        severity=dice.choice(("critical", "high", "medium", "low")),
        opened_at=opened,
        first_look_at=looked,
        paused_seconds=dice.choice((0, 0, 5_400)),
    )
    kind = dice.choice(("open", "paused", "paused", "closed"))
    if kind == "closed":
        ended = opened + timedelta(minutes=dice.randrange(1, 5_000))
        return replace(made, status="closed", outcome="inconclusive", closed_at=ended, closed_by="Ana")
    if kind == "open":
        return made
    since = opened + timedelta(minutes=dice.randrange(1, int((NOW - opened).total_seconds() // 60)))
    until = dice.choice((None, since + timedelta(minutes=dice.randrange(1, 4_000))))
    return replace(made, status="paused", paused_since=since, paused_until=until)


def write(desk: SmallDesk, states: list[CaseState]) -> None:
    with desk.records.writing() as connection:
        take_turn(connection)
        append_steps(connection, [Step(one, "opened", ANA, "", NOW) for one in states])


@pytest.fixture
def desk(home: Home) -> Iterator[SmallDesk]:
    opened = open_records(home, {}, clock=Wall())
    yield SmallDesk(opened)
    opened.close()


@pytest.fixture
def filled(desk: SmallDesk, store: Store) -> Store:
    dice = random.Random(7)
    write(desk, [drawn(number, dice) for number in range(400)])
    project(store, desk.records)
    install_clocks(store)
    return store


@pytest.mark.parametrize("at_most", [10, 10_000])
def test_what_is_kept_is_what_the_view_says(
    filled: Store, at_most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timed, "ONE_BY_ONE", at_most)

    assert time_cases(filled) == 400
    with filled.cursor() as cursor:
        assert cursor.execute(KEPT).fetchall() == cursor.execute(TWIN).fetchall()
    assert time_cases(filled) == 0


def test_only_what_was_acted_on_since_is_timed_again(desk: SmallDesk, filled: Store) -> None:
    time_cases(filled)
    waiting = desk.opened("A7")
    desk.do(waiting, Take(), ANA)
    project(filled, desk.records)

    assert time_cases(filled) == 1
    with filled.cursor() as cursor:
        assert cursor.execute(KEPT).fetchall() == cursor.execute(TWIN).fetchall()


def test_a_live_case_breaches_in_the_measure_when_its_clock_does(filled: Store) -> None:
    time_cases(filled)
    rows = BY_NAME["desk_disposed_in_time"].rows.sql
    named = {"starts": datetime(2025, 1, 1), "ends": datetime(2026, 1, 1), "now": NOW}
    with filled.cursor() as cursor:
        counted = cursor.execute(f"SELECT case_id FROM ({rows}) WHERE clock = 'breached'", named).fetchall()
        # The slow twin counts each pause at this moment, in each channel's own hours.
        twin = cursor.execute(
            "SELECT case_id FROM desk_cases JOIN desk_clocks_at($now) AS present USING (case_id) "
            "WHERE present.minutes_left < 0 "
            "UNION ALL SELECT case_id FROM desk_clocks WHERE NOT ended_in_time",
            {"now": NOW},
        ).fetchall()
    assert len(twin) > 100
    assert sorted(counted) == sorted(twin)


@pytest.mark.parametrize("at_most", [10, 10_000])
def test_instants_that_are_kept_tell_at_any_moment_how_each_live_clock_stands(
    filled: Store, at_most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timed, "ONE_BY_ONE", at_most)
    time_cases(filled)
    found = set()
    with filled.cursor() as cursor:
        for hours in (-30.5, -12, -1, 0, 49.25):
            at = {"now": NOW + timedelta(hours=hours)}
            twin, told = (
                cursor.execute(
                    f"SELECT case_id, due_at, state FROM {each}($now) ORDER BY case_id", at
                ).fetchall()
                for each in ("desk_clocks_at", "desk_standing_at")
            )
            assert told == twin
            found |= {state for *_, state in told}
    assert found == {"on_track", "at_risk", "due_soon", "breached", "paused"}
