from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import region_map
from dashboard.cards import (
    change_words,
    figure_of,
    measures_table,
    reading_in,
    signed_percent,
    sparkline,
    tone,
)
from dashboard.facts import facts
from dashboard.measures.change import Change
from dashboard.places import as_csv, places_table
from dashboard.questions import words
from dashboard.questions.measures import BY_NAME, WORLD, Reading, readings
from dashboard.questions.period import Period, shown_period

pytestmark = pytest.mark.usefixtures("exchange")
FALL = Change(before=100, after=50, ratio=0.5, low=0.4, high=0.6, dispersion=1.0)


def period() -> Period:
    return shown_period("2025Q3", facts())


def reading(measure: str, change: Change | None) -> Reading:
    weeks = ((date(2025, 7, 7), 3.0), (date(2025, 7, 14), 1.0))
    return Reading(BY_NAME[measure], "cis", "", 50, 100, 1000, 1000, weeks, change, None)


def test_a_fall_of_what_is_bad_is_good_and_a_fall_of_what_is_good_is_bad() -> None:
    assert tone(reading("organised_crime", FALL)) == "good"
    assert tone(reading("money_recovered", FALL)) == "bad"


def test_a_fall_of_what_is_neither_good_nor_bad_has_no_colour() -> None:
    assert tone(reading("money_frozen", FALL)) == "quiet"


def test_a_change_that_may_be_chance_has_no_colour_and_is_not_called_a_change() -> None:
    unsure = replace(FALL, high=1.2)
    assert tone(reading("organised_crime", unsure)) == "quiet"
    words_of = change_words(reading("organised_crime", unsure), period())
    assert (words_of.size, words_of.detail) == ("No change shown", "\u221260 to +20%")


def test_a_shown_change_is_said_with_its_interval() -> None:
    said = change_words(reading("organised_crime", FALL), period())
    assert (said.size, said.detail) == ("▼ 50%", "\u221260 to \u221240%")


def test_a_quarter_that_is_not_over_is_not_comparable() -> None:
    unfinished = shown_period("2025Q4", facts())
    found = readings(unfinished)["organised_crime"][WORLD]
    assert change_words(found, unfinished).size == "Not comparable"
    assert change_words(found, unfinished).detail == "not over"


def test_large_changes_are_times_and_endless_ones_are_endless() -> None:
    assert [signed_percent(ratio) for ratio in (0.66, 1.0, 2.0, 8.2, float("inf"))] == [
        "\u221234%",
        "0%",
        "+100%",
        "\u00d78",
        "∞",
    ]


def test_a_line_is_an_image_with_words() -> None:
    line = sparkline((1, 2, 0), "three <weeks>", "#0f766e")
    assert line.startswith('<img class="wf-spark" src="data:image/svg+xml,')
    assert line.endswith('alt="three &lt;weeks&gt;">')
    assert "img" not in sparkline((1,), "one week", "#0f766e")


def test_the_drawer_of_a_reading_says_definition_value_and_method() -> None:
    figure = figure_of(reading("organised_crime", FALL), period(), "USDT")
    assert figure.exact == "50 rings"
    assert figure.title == "Organised crime, CIS, Q3 2025"
    assert "at least three accounts and two kinds of tie" in figure.definition
    assert figure.caveats[0] == "Change against Q2: ▼ 50% \u221260 to \u221240%."


def test_a_region_without_rows_reads_as_nothing() -> None:
    found = reading_in(readings(period()), "organised_crime", "oceania")
    assert (found.value, found.change, found.region) == (0, None, "oceania")
    assert found.refusal == "Nothing was seen there in either quarter."
    # A share of nothing is no share, also before.
    share = reading_in(readings(period()), "value_detection", "oceania")
    assert (share.shown, share.shown_before) == (None, None)


def test_all_measures_of_a_region_are_listed() -> None:
    table = measures_table(readings(period()), "cis", period(), "USDT")
    assert table.count("<tr>") == len(BY_NAME)


def test_places_are_sorted_by_value_and_leave_as_csv() -> None:
    found = readings(period())["suspicious_actions"]
    table = places_table(found, period(), by_country=False)
    assert table.column("place").to_pylist() == ["CIS"]
    assert table.column("value").to_pylist() == [130]
    assert as_csv(table).splitlines()[1].startswith(b'"cis","CIS",130,260,')


def test_the_map_says_in_words_what_it_shows() -> None:
    found = readings(period())["suspicious_actions"]
    said = region_map.in_words({"cis": found["cis"]}, period(), "USDT", "region")
    assert said == "Map of Suspicious actions in Q3 2025 by region: CIS 130, ▼ 50%."
    assert region_map.in_words({}, period(), "USDT", "region") == "Map without data for this choice."


MAP = """
from dashboard.facts import facts
from dashboard.questions.measures import readings
from dashboard.questions.period import shown_period
from dashboard.region_map import draw_map

period = shown_period("2025Q3", facts())
somewhere = readings(period)["suspicious_actions"]["cis"]
draw_map({"PLACE": somewhere}, period, "USDT", key="map", height=100)
"""


def test_a_map_of_events_whose_country_is_not_known_says_so() -> None:
    (said,) = AppTest.from_string(MAP.replace("PLACE", "unknown")).run().caption
    assert said.value.startswith("No country is known here.")
    assert "`kyc_country` of accounts or `ip` of events" in said.value
    assert not AppTest.from_string(MAP.replace("PLACE", "cis")).run().caption


def test_a_score_is_never_rounded_to_certainty() -> None:
    assert [words.score(p) for p in (0.9996, 0.93, 0.004, 1.0, 0.0, None)] == [
        "99.9%",
        "93%",
        "0.4%",
        "100%",
        "0%",
        "not known",
    ]


def test_names_of_the_store_are_said_as_words() -> None:
    assert words.decision("step_up") == "Step-up"
    assert words.kind("internal_transfer") == "Internal transfer"
    assert words.country("KZ") == "Kazakhstan"
    assert words.country("??") == "??"
    assert words.region(None) == "all regions"
