from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from desk_configured import OPENED, case, configured

from data.store import Store, memory_store
from desk.actors import Actor
from desk.cases.moves import Pause, Resume, Turn
from desk.cases.state import KINDS, SEVERITIES, CaseState
from desk.channels.clocks import clock_of, due_at
from desk.channels.hours import local_time
from desk.channels.in_force import channels_in_force, put_in_force
from desk.channels.reading import standard
from desk.channels.tables import install_clocks
from desk.projection_tables import DESK_TABLES
from scoring.contract import SCORING_TABLES

ANA = Actor("Ana Analystdemo", "analyst")
# Weekdays from 09:00 to 17:00 in Berlin, and one service level of ten working hours.
WORKING = """
[channels.europe]
days = ["mon", "tue", "wed", "thu", "fri"]
hours = "09:00-17:00"
[[levels]]
channel = "europe"
first_look_minutes = 60
minutes = 600
counts = "working hours"
"""


def turn(at: datetime) -> Turn:
    return Turn(ANA, at, at)


def states(minutes_passed: dict[int, str]) -> None:
    for minutes, state in minutes_passed.items():
        assert clock_of(case(), OPENED + timedelta(minutes=minutes)).state == state, minutes


def test_a_clock_goes_from_on_track_to_breached() -> None:
    # A high case of fraud has 720 minutes: at risk when 360 are left, due soon when fewer than 180 are.
    states({0: "on_track", 359: "on_track", 360: "at_risk", 540: "at_risk", 541: "due_soon"})
    states({719: "due_soon", 720: "breached", 5000: "breached"})


def test_a_short_clock_is_not_due_soon_from_the_start() -> None:
    # 15 minutes to the first look: thirty minutes would always be near, so half of the time counts.
    critical = case(severity="critical")
    found = [clock_of(critical, OPENED + timedelta(minutes=n)).first_state for n in (0, 7, 8, 15)]

    assert found == ["on_track", "on_track", "due_soon", "breached"]


def test_the_first_look_has_a_clock_until_somebody_looks() -> None:
    clock = clock_of(case(), OPENED + timedelta(minutes=20))
    assert (clock.first_due_at, clock.first_minutes_left) == (OPENED + timedelta(hours=1), 40)

    looked = clock_of(case(first_look_at=OPENED + timedelta(minutes=5)), OPENED + timedelta(minutes=20))
    assert (looked.first_state, looked.first_minutes_left) == (None, None)


def test_a_pause_stops_the_clock_and_moves_the_end() -> None:
    paused = Pause(None).after(case(), turn(OPENED + timedelta(minutes=100)))
    at = OPENED + timedelta(minutes=500)

    clock = clock_of(paused, at)
    assert (clock.state, clock.minutes_left) == ("paused", 620)
    assert clock.due_at == at + timedelta(minutes=620)
    # Without an end the queue knows nothing of how long it will be.
    assert due_at(paused) == OPENED + timedelta(minutes=720)

    resumed = Resume().after(paused, turn(at))
    assert due_at(resumed) == clock_of(resumed, at).due_at == at + timedelta(minutes=620)


def test_a_pause_with_an_end_is_over_by_itself() -> None:
    until = OPENED + timedelta(minutes=200)
    paused = Pause(until).after(case(), turn(OPENED + timedelta(minutes=100)))

    assert due_at(paused) == OPENED + timedelta(minutes=820)
    assert clock_of(paused, until).state == "on_track"
    assert clock_of(paused, OPENED + timedelta(minutes=819)).minutes_left == 1


def test_working_hours_count_only_while_the_channel_works(tmp_path: Path) -> None:
    put_in_force(configured(tmp_path, WORKING))
    friday = case(opened_at=datetime(2025, 10, 24, 13))

    # 15:00 in Berlin: two hours on Friday, and eight on Monday, when the clocks have gone back.
    assert due_at(friday) == datetime(2025, 10, 27, 16)
    assert clock_of(friday, datetime(2025, 10, 26)).minutes_left == 480
    assert clock_of(friday, datetime(2025, 10, 27, 15, 59)).minutes_left == 1


def test_a_pause_over_a_night_adds_only_working_time(tmp_path: Path) -> None:
    put_in_force(configured(tmp_path, WORKING))
    monday = case(opened_at=datetime(2025, 1, 6, 8))

    paused = Pause(None).after(monday, turn(datetime(2025, 1, 6, 15)))
    resumed = Resume().after(paused, turn(datetime(2025, 1, 7, 9)))

    # One hour of Monday and one of Tuesday were paused: 120 minutes, not 18 hours.
    assert resumed.paused_seconds == 7200
    assert due_at(monday) == datetime(2025, 1, 7, 10)
    assert due_at(resumed) == datetime(2025, 1, 7, 12)


@pytest.fixture
def timed() -> Iterator[Store]:
    opened = memory_store()
    opened.create((*SCORING_TABLES, *DESK_TABLES))
    yield opened
    opened.close()


def filled(store: Store, cases: list[CaseState]) -> None:
    rows = [
        {name: value for name, value in asdict(one).items() if not name.endswith("_micro")} for one in cases
    ]
    with store.writing("desk") as cursor:
        cursor.register("made", pa.Table.from_pylist([{**row, "regions": ["cis"]} for row in rows]))
        cursor.execute("INSERT INTO desk_cases BY NAME SELECT * FROM made")
    install_clocks(store)


def drawn(number: int, since: datetime, days: int, seed: int) -> list[CaseState]:
    """Return random live cases of all channels, kinds and severities, a third of them paused in some way."""
    random_of, made = random.Random(seed), []
    channels = [*channels_in_force().channels, "a_channel_that_was"]
    for n in range(number):
        opened = since + timedelta(microseconds=random_of.randrange(days * 86_400_000_000))
        paused = opened + timedelta(seconds=random_of.randrange(200_000))
        ends = paused + timedelta(seconds=random_of.randrange(1, 200_000))
        stands = random_of.choice(["open"] * 4 + ["paused", "paused until"])
        made.append(
            case(
                f"C-{n}",
                channel=random_of.choice(channels),
                kind=random_of.choice(KINDS),
                severity=random_of.choice(SEVERITIES),
                opened_at=opened,
                status="open" if stands == "open" else "paused",
                paused_since=None if stands == "open" else paused,
                paused_until=ends if stands == "paused until" else None,
                paused_seconds=random_of.choice([0, random_of.randrange(100_000)]),
            )
        )
    return made


@pytest.mark.parametrize(
    ("since", "days"),
    [(datetime(2024, 2, 26), 8), (datetime(2025, 3, 7), 30), (datetime(2025, 9, 26), 40)],
    ids=["29 February", "clocks go forward", "clocks go back"],
)
def test_sql_and_python_tell_every_clock_the_same(
    timed: Store, tmp_path: Path, since: datetime, days: int
) -> None:
    zones = '[channels.oceania]\nzone = "Pacific/Chatham"\n[channels.mena]\nzone = "Asia/Kathmandu"\n'
    nights = '[channels.europe]\nhours = "22:00-06:00"\n[channels.cis]\nzone = "Australia/Lord_Howe"\n'
    all_working = '[[levels]]\nseverity = "high"\nfirst_look_minutes = 60\nminutes = 720\n'
    put_in_force(configured(tmp_path, zones + nights + all_working + 'counts = "working hours"\n'))
    cases = drawn(400, since, days, days)
    filled(timed, cases)
    with timed.cursor() as cursor:
        dues = dict(cursor.execute("SELECT case_id, due_at FROM desk_clocks").fetchall())
        assert dues == {one.case_id: due_at(one) for one in cases}
        for at in (since + timedelta(days=2, hours=1, minutes=30), since + timedelta(days=days + 1)):
            told = cursor.execute(
                "SELECT case_id, first_due_at, due_at, state, minutes_left, first_state, first_minutes_left "
                "FROM desk_clocks_at($now)",
                {"now": at},
            ).fetchall()
            wanted = {one.case_id: clock_of(one, at) for one in cases}
            assert len(told) == len(cases)
            for case_id, *row in told:
                clock = wanted[case_id]
                assert row == [
                    clock.first_due_at,
                    clock.due_at,
                    clock.state,
                    clock.minutes_left,
                    clock.first_state,
                    clock.first_minutes_left,
                ]


def test_local_hours_are_the_same_in_sql_over_changes_of_the_clocks_and_a_leap_day(timed: Store) -> None:
    filled(timed, [case(opened_at=datetime(2024, 1, 1)), case("C-2", opened_at=datetime(2025, 12, 1))])
    moments = [datetime(2024, 2, 28, 21) + timedelta(minutes=15 * n) for n in range(120)]
    moments += [datetime(2025, 3, 29, 23) + timedelta(minutes=15 * n) for n in range(20)]
    moments += [datetime(2025, 10, 25, 23) + timedelta(minutes=15 * n) for n in range(20)]
    asked = "SELECT local_at($slug, moment) FROM (SELECT unnest($moments) AS moment)"

    with timed.cursor() as cursor:
        for slug, channel in standard().channels.items():
            told = cursor.execute(asked, {"slug": slug, "moments": moments}).fetchall()
            assert [row[0] for row in told] == [local_time(channel, moment) for moment in moments], slug


def test_whether_a_service_level_was_kept_is_told_of_ended_cases(timed: Store) -> None:
    filled(
        timed,
        [
            case("C-1", status="closed", closed_at=OPENED + timedelta(minutes=719), first_look_at=OPENED),
            case("C-2", status="closed", closed_at=OPENED + timedelta(minutes=720)),
            case("C-3"),
        ],
    )

    with timed.cursor() as cursor:
        told = cursor.execute(
            "SELECT case_id, looked_in_time, ended_in_time FROM desk_clocks ORDER BY ALL"
        ).fetchall()
        live = cursor.execute("SELECT case_id FROM desk_clocks_at($now)", {"now": OPENED}).fetchall()

    assert told == [("C-1", True, True), ("C-2", None, False), ("C-3", None, None)]
    assert live == [("C-3",)]
