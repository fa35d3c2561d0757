from __future__ import annotations

from dataclasses import replace

import pytest
from small_review import small_period

from dashboard.review.figures import grid, line_of, lines_of, signed, table_of
from dashboard.review.hashes import Hashes, digest, query_hash
from dashboard.review.model import Review
from dashboard.tables import Asked


def hashed(asked: Asked) -> Hashes:
    return Hashes(f"query of {asked.name}", f"data of {asked.name}")


def said(review: Review, measure: str, region: str = "") -> tuple[str, str, str, str]:
    line = line_of(review.readings[measure][region], review)
    return line.shown, line.base_shown, line.change, line.interval


def test_a_shown_change_is_written_with_its_interval(review: Review) -> None:
    assert said(review, "organised_crime") == ("201", "302", "▼ 38%", "\u221248 to \u221226%")
    assert said(review, "suspicious_actions") == ("38.4K", "34.0K", "▲ 6%", "+3 to +8%")


def test_a_change_that_may_be_chance_is_not_shown(review: Review) -> None:
    assert said(review, "organised_crime", "cis")[2] == "No change shown"


def test_a_ratio_is_shown_as_the_share_of_its_whole(review: Review) -> None:
    # 240 of 1,000 after 300 of 1,000.
    assert said(review, "false_positive_ratio")[:2] == ("24.0%", "30.0%")


def test_a_fall_is_good_or_bad_by_its_measure(review: Review) -> None:
    tones = {
        name: line_of(review.readings[name][""], review).tone
        for name in ("organised_crime", "suspicious_actions", "deepfakes_stopped")
    }
    assert tones == {"organised_crime": "good", "suspicious_actions": "bad", "deepfakes_stopped": "good"}


def test_a_refused_comparison_says_why_in_the_sentence_and_keeps_its_numbers(review: Review) -> None:
    line = line_of(review.readings["incidents"][""], review)
    assert (line.shown, line.change, line.ratio) == ("1.20K", "Not comparable", None)
    assert line.said == line.refusal
    assert line.said.startswith("Not comparable: definition 1 counted attempts")


def test_a_measure_without_records_shows_no_number_and_no_question(review: Review) -> None:
    line = line_of(review.readings["rings_active"][""], review)
    assert (line.shown, line.change, line.value, line.asked) == ("\u2013", "Not measured yet", None, None)


def test_a_young_quarter_says_what_its_count_will_come_to(review: Review) -> None:
    line = line_of(review.readings["deepfakes_stopped"][""], review)
    assert line.said.endswith("When all labels are there: about 3.31K, between 3.20K and 3.43K.")
    assert (line.arrived, line.nowcast_low) == (0.71, 3200.0)


def test_every_figure_carries_its_contract_and_hashes(review: Review) -> None:
    lines = lines_of(review)
    rows = table_of(lines, hashed).to_pylist()
    assert len(rows) == len(lines)
    crime = rows[0]
    assert (crime["measure"], crime["version"], crime["unit"]) == ("organised_crime", 2, "incidents")
    assert crime["population"] == "confirmed incidents of three accounts or more"
    assert crime["owner"] == "Risk analytics"
    assert crime["query_sha256"] == "query of rows_organised_crime"
    assert crime["data_sha256"] == "data of rows_organised_crime"
    assert (crime["window_starts"].isoformat(), crime["base_starts"].isoformat()) == (
        "2025-07-01T00:00:00",
        "2025-04-01T00:00:00",
    )


def test_the_blocks_of_the_review_are_figures_too(review: Review) -> None:
    blocks = [line.block for line in lines_of(review)]
    # Requests: four classes of four counts, and three medians; recoveries: three kinds of four.
    assert {name: blocks.count(name) for name in set(blocks) - {"measure"}} == {
        "decomposition": 4, "attributions": 2, "flows": 5, "requests": 19, "recoveries": 12,
    }  # fmt: skip


def test_a_grid_has_a_dash_where_there_is_no_figure(review: Review) -> None:
    rows = grid(lines_of(review), "requests", ("received", "executed", "median hours"))
    assert rows[1] == ["Freeze", "130", "121", "3.20"]
    assert rows[3] == ["Preservation", "39", "0", "\u2013"]


@pytest.mark.parametrize(("value", "words"), [(2425.4, "+2,425"), (-310.0, "\u2212310"), (0.2, "0")])
def test_a_part_of_a_change_has_its_sign(value: float, words: str) -> None:
    assert signed(value) == words


def test_the_hash_of_a_query_changes_with_its_parameters() -> None:
    one, other = (Asked("find_anything", {"text": text}) for text in ("A1", "A2"))
    assert query_hash(one) == query_hash(Asked("find_anything", {"text": "A1"}))
    assert query_hash(one) != query_hash(other)
    assert len(query_hash(one)) == 64


@pytest.mark.usefixtures("exchange")
def test_the_hash_of_rows_is_that_of_their_sorted_text() -> None:
    # Equal rows give equal hashes, other rows do not.
    one = digest(Asked("find_anything", {"text": "A1"}))
    again = digest(Asked("find_anything", {"text": "A1"}))
    other = digest(Asked("find_anything", {"text": "A2"}))
    nothing = digest(Asked("find_anything", {"text": "nobody"}))
    assert one == again
    assert one.data != other.data
    # SHA-256 of nothing at all.
    assert nothing.data == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_period_that_is_not_over_refuses_every_change(review: Review) -> None:
    young = replace(review, period=small_period("2025Q4"))
    reading = replace(review.readings["organised_crime"][""], change=None, refusal=young.period.refusal)
    line = line_of(reading, young)
    assert (line.change, line.interval) == ("Not comparable", "not over")
    assert "Q4 2025 is not over" in line.said
