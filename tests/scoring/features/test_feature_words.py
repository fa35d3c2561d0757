"""What an analyst reads: each kind of measure in words, with units, plurals, and words for not known."""

from __future__ import annotations

import re

import pytest

from scoring.features import FRAUD_FEATURES, LIVENESS_FEATURES, Feature
from scoring.features.figures import duration, many, number, percent

ALL = {feature.name: feature for feature in (*LIVENESS_FEATURES, *FRAUD_FEATURES)}
MINUTE, DAY = 60.0, 86_400.0


def said(name: str, value: float | None, normal: float | None = None) -> str:
    return ALL[name].in_words(value, normal)


def test_an_amount_is_set_against_what_this_customer_normally_sends() -> None:
    sentence = said("account_times_typical_money_out_30d", 8.2, 150)
    assert sentence == "Sent 8.2 times this customer's normal amount (1,230 against 150)."


def test_an_amount_that_is_normal_is_said_to_be_so() -> None:
    sentence = said("account_times_typical_money_out_30d", 1.0, 150)
    assert sentence == "Sent about this customer's normal amount (150 against 150)."


def test_without_a_past_there_is_nothing_to_compare_with() -> None:
    assert said("account_times_typical_money_out_30d", None) == (
        "There is no amount within the 30 days before of this customer's outgoing transfers to compare with."
    )


def test_a_deviation_says_its_side_and_the_normal() -> None:
    name = "account_deviation_of_money_out_30d"
    assert said(name, -2.04, 150) == (
        "The amount lies 2 standard deviations below this customer's normal within the 30 days before (150)."
    )
    assert said(name, 1.0) == (
        "The amount lies 1 standard deviation above this customer's normal within the 30 days before."
    )
    assert said(name, 0.01) == "The amount is about this customer's normal within the 30 days before."


def test_a_device_is_said_to_be_first_seen_some_time_ago() -> None:
    assert said("device_since_first_events", 3 * MINUTE) == "This device was first seen 3 minutes ago."
    assert said("device_since_first_events", None) == (
        "This device was never seen before, or the device is not known."
    )


def test_a_pair_says_what_the_customer_did_with_the_other() -> None:
    name = "account_device_since_first_events"
    assert said(name, DAY) == "This customer first used this device 1 day ago."
    assert said("account_device_is_first_of_events", 1) == "This customer never used this device before."
    assert said("account_device_is_first_of_events", 0) == "This customer used this device before."
    assert said("account_device_is_first_of_events", None) == "The device is not known."


@pytest.mark.parametrize(
    ("value", "counted"), [(0, "no failed sign-ins"), (1, "1 failed sign-in"), (5, "5 failed sign-ins")]
)
def test_counts_have_their_plural(value: int, counted: str) -> None:
    sentence = said("account_count_failed_logins_1h", value)
    assert sentence == f"This customer had {counted} in the hour before."


def test_a_count_names_what_is_usual_where_that_is_known() -> None:
    assert said("account_count_transactions_24h", 12, 2) == (
        "This customer had 12 transactions in the 24 hours before (usual: 2)."
    )


def test_a_shared_device_counts_its_customers() -> None:
    assert said("device_distinct_customers_of_events_24h", 7) == (
        "This device was used by 7 customers in the 24 hours before."
    )


def test_silence_is_said_in_its_largest_unit() -> None:
    assert said("account_since_last_money_out", 40 * DAY) == (
        "This customer's last outgoing transfer was 40 days ago."
    )
    assert said("account_since_last_password_changes", 3 * MINUTE, 30 * DAY) == (
        "This customer's last password change was 3 minutes ago (usual: 30 days)."
    )
    assert said("account_since_last_password_changes", None) == "This customer had no password change before."


def test_shares_are_percentages() -> None:
    assert said("counterparty_share_confirmed_30d", 0.0525, 0.01) == (
        "An estimated 5.2 % of this counterparty's events in the 30 days before became known as crime "
        "(usual: 1 %)."
    )
    assert said("counterparty_share_confirmed_30d", 0.01, 0.01) == (
        "Nothing known of this counterparty's events in the 30 days before tells either way."
    )
    assert said("account_pass_through_money_out_24h", 0.95) == (
        "What goes out is 95 % of what came in within the 24 hours before."
    )
    assert said("account_hours_share_of_account_events_30d", 0.04) == (
        "About 4 % of this customer's events in the 30 days before were at these hours."
    )


def test_others_are_counted_without_this_customer() -> None:
    assert said("counterparty_count_others_tainted_users", 1) == (
        "This customer aside, this counterparty had 1 customer who dealt with a listed address before."
    )


def test_travel_names_a_speed_or_says_that_nobody_travelled() -> None:
    name = "account_travel_speed_between_events_30d"
    assert said(name, 5234.4) == (
        "The network is in another country than the one before, as if travelled at 5,234 km/h."
    )
    assert said(name, 0) == "The network is in the same country as the one before."


def test_yes_and_no_and_not_known_have_three_sentences() -> None:
    assert said("event_is_vpn", 1) == "It came through a VPN."
    assert said("event_is_vpn", 0) == "It did not come through a VPN."
    assert said("event_is_vpn", None) == "The kind of network is not known."


def test_a_capture_signal_carries_its_unit() -> None:
    assert said("event_frame_jitter_ms", 0.4, 6.3) == "The time between frames varies by 0.4 ms (usual: 6.3)."


@pytest.mark.parametrize("feature", ALL.values(), ids=ALL)
@pytest.mark.parametrize("value", [None, 0.0, 1.0, 2.5, 123456.7])
def test_every_value_of_every_feature_is_one_clean_sentence(feature: Feature, value: float | None) -> None:
    for normal in (None, 3.0):
        sentence = feature.in_words(value, normal)
        assert re.fullmatch(r"[A-Z0-9][^{}_]*[^.{}_ ]\.", sentence), sentence
        assert not re.search(r"  | ,|\ba [aeiou]|(?<!-)\bin in\b|None|nan", sentence), sentence


def test_numbers_are_written_as_people_write_them() -> None:
    assert [number(x) for x in (1240, 1240.4, 99.96, 8.25, 8, 0.034)] == [
        "1,240",
        "1,240",
        "100",
        "8.2",
        "8",
        "0.034",
    ]
    assert [percent(x) for x in (0.12, 0.004, 1)] == ["12 %", "0.4 %", "100 %"]
    assert [duration(x) for x in (0.2, 1, 59.9, 7_200, 90 * DAY)] == [
        "less than a second",
        "1 second",
        "59 seconds",
        "2 hours",
        "90 days",
    ]
    assert many(0, "deposit", "deposits") == "no deposits"
