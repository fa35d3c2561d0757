from __future__ import annotations

from pathlib import Path

import pytest
from desk_configured import configured

from data.geography import regions
from data.home import Home
from desk.channels.in_force import channels_in_force, fault, follow_file, use_channels
from desk.channels.model import ServiceLevel
from desk.channels.parts import ChannelsError
from desk.channels.reading import read_channels, standard, write_roster
from desk.people import DEMONSTRATION


def test_each_region_has_a_channel_and_the_rest_one_of_its_own() -> None:
    assert set(standard().channels) == {region.slug for region in regions()}


def test_every_channel_is_worked_by_somebody_who_speaks_and_goes_up_three_levels() -> None:
    for channel in standard().channels.values():
        assert channel.languages
        assert channel.shifts
        assert [level.title for level in channel.escalation] == ["Desk", "Desk lead", "Risk manager"]


def test_without_a_file_the_standard_holds(tmp_path: Path) -> None:
    assert read_channels(tmp_path / "desk.toml") == standard()


def test_a_users_file_replaces_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    found = configured(
        tmp_path,
        """
        [channels.cis]
        hours = "22:00-06:30"
        [[levels]]
        channel = "cis"
        severity = "high"
        first_look_minutes = 5
        minutes = 50
        counts = "working hours"
        [[rules]]
        name = "large_loss"
        words = "Much"
        over = 1
        to_level = 2
        """,
    )

    assert str(found.channel("cis").hours) == "22:00-06:30"
    assert found.channel("cis").zone == "Asia/Almaty"
    assert found.channel("europe") == standard().channel("europe")
    assert found.level("cis", "fraud", "high") == ServiceLevel(5, 50, "working hours")
    assert found.level("europe", "fraud", "high") == ServiceLevel(60, 720, "always")
    assert [(rule.over, rule.to_level) for rule in found.rules if rule.name == "large_loss"] == [(1, 2)]
    assert len(found.rules) == len(standard().rules)
    assert found.fingerprint != standard().fingerprint


def test_the_most_particular_level_holds() -> None:
    config = standard()

    assert config.level("cis", "identity", "high").minutes == 480
    assert config.level("cis", "fraud", "high").minutes == 720
    assert config.level("nowhere", "sanction", "critical").minutes == 120


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ("channels = 1 2", "is not TOML"),
        ("[channel.cis]\ntitle = 'x'", "'channel' means nothing here"),
        ("[channels.cis]\nzone = 'Asia/Atlantis'", "no time zone 'Asia/Atlantis'"),
        ("[channels.cis]\nhours = '8 to 5'", "'8 to 5' are no hours"),
        ("[channels.cis]\nhours = '08:00-24:01'", "are no hours"),
        ("[channels.cis]\ndays = ['monday']", "days: there is no 'monday'"),
        ("[channels.cis]\nnext = ['mars']", "next: there is no 'mars'"),
        ("[[levels]]\nseverity = 'high'\nfirst_look_minutes = 60\nminutes = 30", "comes before the end"),
        ("[[levels]]\nseverity = 'grave'\nfirst_look_minutes = 1\nminutes = 30", "'grave' is not possible"),
        ("[thresholds]\nat_risk_used = 0.9", "at risk before it is due soon"),
        ("[[rules]]\nname = 'r'\nwords = 'w'\nto_level = 1", "names what it raises"),
        ("[[rules]]\nname = 'r'\nwords = 'w'\nover = 1\nto_level = 3", "3 is not possible"),
        ("[[webhooks]]\nname = 'w'\nurl = 'ftp://x/y'\nkey_variable = 'K'", "no address that can be told"),
        ("[[webhooks]]\nname = 'w'\nurl = 'https://me:pass@x/y'\nkey_variable = 'K'", "no address"),
    ],
)
def test_what_cannot_be_is_refused_with_where_and_what_is_possible(
    tmp_path: Path, own: str, told: str
) -> None:
    with pytest.raises(ChannelsError, match=told) as refused:
        configured(tmp_path, own)

    assert str(tmp_path / "desk.toml") in refused.value.where


def test_a_changed_file_is_followed_and_a_faulty_one_told_while_the_old_stays(tmp_path: Path) -> None:
    home = Home(tmp_path)
    use_channels(home)
    (tmp_path / "desk.toml").write_text("[channels.cis]\ntitle = 'Desk of the CIS'", encoding="utf-8")

    assert (follow_file(home), follow_file(home)) == (True, False)
    assert channels_in_force().channel("cis").title == "Desk of the CIS"

    (tmp_path / "desk.toml").write_text("[channels.cis]\nzone = 'nowhere'", encoding="utf-8")
    assert follow_file(home) is False
    assert channels_in_force().channel("cis").title == "Desk of the CIS"
    assert "no time zone" in fault()


def test_the_demonstrations_people_are_on_desks_and_a_file_of_their_own_is_left(tmp_path: Path) -> None:
    assert (write_roster(Home(tmp_path)), write_roster(Home(tmp_path))) == (True, False)

    found = read_channels(tmp_path / "desk.toml")
    assert all(channel.members for channel in found.channels.values())
    assert {name for channel in found.channels.values() for name in channel.members} <= set(DEMONSTRATION)
