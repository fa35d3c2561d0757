from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from dashboard import formats


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (4_967_123, "4.97M"),
        (812, "812"),
        (0, "0"),
        (1_000, "1.00K"),
        (999_499, "999K"),
        (999_500, "1.00M"),
        (12_345, "12.3K"),
        (123_456, "123K"),
        (9_996, "10.0K"),
        (2_500_000_000, "2.50B"),
        (Decimal("1234.567891"), "1.23K"),
        (3.14159, "3.14"),
        (-4_967_123, "\u22124.97M"),
        (None, "not known"),
        (float("nan"), "not known"),
    ],
)
def test_a_compact_number_has_three_significant_digits(value: float | None, text: str) -> None:
    assert formats.compact(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (4_967_123, "4,967,123"),
        (Decimal("1234.500000"), "1,234.5"),
        (Decimal("-0.000001"), "\u22120.000001"),
        (Decimal("100.000000"), "100"),
        (None, "not known"),
    ],
)
def test_an_exact_number_is_written_in_full(value: Decimal | None, text: str) -> None:
    assert formats.exact(value) == text


def test_money_names_its_unit() -> None:
    assert formats.money(4_967_123, "USDT") == "4.97M USDT"
    assert formats.money(None, "ETH") == "not known"


def test_shares_and_changes_are_per_cent_with_true_signs() -> None:
    assert formats.percent(0.237) == "24%"
    assert formats.percent(0.237, 1) == "23.7%"
    assert formats.change(-0.31) == "\u221231%"
    assert formats.change(0.04) == "+4%"
    assert formats.change(0.0) == "0%"
    assert formats.change(None) == "not known"


def test_points_are_of_probability() -> None:
    assert formats.points(0.214) == "+21.4 pts"
    assert formats.points(-0.05) == "\u22125.0 pts"


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(days=2, hours=4, minutes=59), "2 d 4 h"),
        (timedelta(minutes=3, seconds=12), "3 min 12 s"),
        (timedelta(seconds=8.4), "8 s"),
        (timedelta(hours=1), "1 h"),
        (timedelta(), "0 s"),
        (None, "not known"),
    ],
)
def test_a_length_of_time_has_its_two_largest_units(length: timedelta | None, text: str) -> None:
    assert formats.duration(length) == text


def test_a_short_length_of_time_has_one_unit() -> None:
    assert formats.duration(timedelta(days=2, hours=4), units=1) == "2 d"


def test_a_time_is_in_the_viewers_zone_and_names_it() -> None:
    noon = datetime(2025, 7, 1, 12, 0)
    assert formats.local_time(noon, "Asia/Kolkata") == "2025-07-01 17:30 (UTC+5:30)"
    assert formats.local_time(noon, "America/New_York") == "2025-07-01 08:00 (UTC\u22124)"
    assert formats.local_time(noon, None) == "2025-07-01 12:00 (UTC)"
    assert formats.local_time(noon, "Mars/Olympus") == "2025-07-01 12:00 (UTC)"
    assert formats.local_time(None, "UTC") == "not known"


def test_a_name_from_the_data_is_never_read_as_markdown() -> None:
    assert formats.literal("![a](//b)") == r"\!\[a\]\(\/\/b\)"
    assert formats.literal("**b** $x$ :red[c]") == r"\*\*b\*\* \$x\$ \:red\[c\]"
    assert formats.literal("ann\n# ünï 名") == r"ann \# ünï 名"


def test_a_name_from_the_data_never_becomes_a_link_or_a_dash() -> None:
    assert formats.literal("http://b") == "http\\:\u2060\\/\\/b"
    assert formats.literal("www.b") == "www\u2060\\.b"
    assert formats.literal("a -- b") == "a \\-\u2060\\- b"
    assert formats.literal("a--b") == "a\\-\\-b"


def test_one_of_something_has_no_plural() -> None:
    assert [formats.counted(number, "check") for number in (0, 1, 2975)] == [
        "0 checks",
        "1 check",
        "2,975 checks",
    ]
