from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from desk_configured import configured

from desk.actors import Actor
from desk.channels.duty import channels_of, covered_by, level_of_person, on_duty, seats, shifts_at
from desk.channels.hours import local_time
from desk.channels.model import Channels
from desk.channels.reading import standard

OLGA = Actor("Olga Operatordemo", "desk_operator")


@pytest.fixture
def two(tmp_path: Path) -> Channels:
    """Europe by day in Berlin and Latin America by day in Sao Paulo follow each other; Olga is in Europe."""
    return configured(
        tmp_path,
        """
        [channels.europe]
        hours = "08:00-16:00"
        next = ["latin_america", "oceania"]
        members = ["Olga Operatordemo", "Lena Leaddemo"]
        shifts = [
          { name = "early", hours = "08:00-13:00", seats = 3 },
          { name = "late", hours = "12:00-16:00", seats = 2 },
        ]
        [channels.latin_america]
        hours = "08:00-16:00"
        next = ["europe"]
        """,
    )


def test_a_channel_is_worked_by_its_own_desk_in_its_hours(two: Channels) -> None:
    # In July, eight o'clock in Berlin is 06:00 UTC.
    duty = on_duty(two, "europe", datetime(2025, 7, 1, 6))

    assert (duty.desk, duty.is_own, duty.is_open, duty.closes_at) == (
        "europe",
        True,
        True,
        datetime(2025, 7, 1, 14),
    )


def test_out_of_hours_the_first_of_the_next_desks_that_is_open_works_it(two: Channels) -> None:
    # 16:00 in Berlin is closing time; in Sao Paulo it is 11:00.
    duty = on_duty(two, "europe", datetime(2025, 7, 1, 14))

    assert (duty.desk, duty.is_own, duty.is_open) == ("latin_america", False, True)
    assert on_duty(two, "latin_america", datetime(2025, 7, 1, 7)).desk == "europe"


def test_where_nobody_works_it_waits_for_the_desk_that_opens_first(two: Channels) -> None:
    # 20:00 UTC on a Friday: Sao Paulo closed at 19:00, Sydney has its weekend, Berlin opens at 06:00.
    duty = on_duty(two, "europe", datetime(2025, 7, 4, 20))

    assert (duty.desk, duty.is_open, duty.opens_at) == ("europe", False, datetime(2025, 7, 5, 6))


def test_every_instant_of_the_standard_week_has_an_open_desk_for_each_channel() -> None:
    config = standard()
    for start in (datetime(2024, 2, 26), datetime(2025, 10, 24, 0, 45)):
        for n in range(7 * 24):
            moment = start + n * timedelta(hours=1)
            closed = [slug for slug in config.channels if not on_duty(config, slug, moment).is_open]
            assert closed == [], moment


def test_a_person_is_offered_their_own_channels_and_those_that_their_desk_covers(two: Channels) -> None:
    # At 13:00 UTC both desks work, and Europe covers nobody.
    assert channels_of(two, OLGA, datetime(2025, 7, 1, 13)) == ("europe",)
    # At 09:00 UTC Latin America sleeps, and its only next desk is Europe.
    assert channels_of(two, OLGA, datetime(2025, 7, 1, 9))[:2] == ("europe", "latin_america")
    assert "latin_america" in covered_by(two, datetime(2025, 7, 1, 9))["europe"]


def test_who_leads_and_who_is_on_no_list_is_offered_everything(two: Channels) -> None:
    everything, at = tuple(two.channels), datetime(2025, 7, 1, 5)

    assert channels_of(two, Actor("Lena Leaddemo", "desk_lead"), at) == everything
    assert channels_of(two, Actor("Rita Riskdemo", "risk_manager"), at) == everything
    assert channels_of(two, Actor("local", "analyst"), at) == everything


def test_those_who_sit_there_are_of_all_shifts_that_run(two: Channels) -> None:
    # 12:30 in Berlin: the early shift has half an hour left, the late one has begun.
    at = datetime(2025, 7, 1, 10, 30)
    assert [shift.name for shift in shifts_at(two.channel("europe"), at)] == ["early", "late"]
    assert (seats(two, "europe", at), seats(two, "europe", datetime(2025, 7, 1, 4))) == (5, 0)


def test_a_shift_past_midnight_is_of_the_day_on_which_it_began(tmp_path: Path) -> None:
    night = configured(
        tmp_path,
        '[channels.cis]\ndays = ["fri"]\nhours = "22:00-06:00"\n'
        'shifts = [{ name = "night", hours = "22:00-06:00", seats = 4 }]',
    )

    # Almaty is UTC+5: Saturday 02:00 there is Friday 21:00 UTC.
    assert seats(night, "cis", datetime(2025, 10, 31, 21)) == 4
    assert seats(night, "cis", datetime(2025, 11, 1, 1)) == 0


@pytest.mark.parametrize(
    ("slug", "at", "hour"),
    [
        ("south_asia", datetime(2025, 10, 31, 23, 40), 5),
        ("europe", datetime(2025, 10, 26, 0, 30), 2),
        ("europe", datetime(2025, 10, 26, 1, 30), 2),
        ("europe", datetime(2025, 3, 30, 1, 0), 3),
        ("oceania", datetime(2024, 2, 29, 13), 0),
    ],
)
def test_local_hours_follow_the_zone(slug: str, at: datetime, hour: int) -> None:
    assert local_time(standard().channel(slug), at).hour == hour


def test_the_path_of_a_channel_says_who_answers_for_which_level(tmp_path: Path) -> None:
    config = configured(
        tmp_path,
        """
        [[channels.europe.escalation]]
        title = "Desk"
        roles = ["desk_operator", "analyst"]
        [[channels.europe.escalation]]
        title = "Lead"
        roles = ["desk_lead"]
        people = ["Lena Leaddemo"]
        [[channels.europe.escalation]]
        title = "Head"
        roles = ["risk_manager"]
        """,
    )
    lena, luis = (Actor(f"{name} Leaddemo", "desk_lead") for name in ("Lena", "Luis"))

    assert [level_of_person(config, "europe", one) for one in (OLGA, lena, luis)] == [0, 1, 0]
    assert level_of_person(config, "europe", Actor("Rita Riskdemo", "risk_manager")) == 2
    # Elsewhere the standard path holds: whoever leads.
    assert level_of_person(config, "cis", luis) == 1
