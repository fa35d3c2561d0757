from __future__ import annotations

from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.charts.dots import Rate, dots
from dashboard.charts.figure import Chart
from dashboard.charts.foretold import foretold
from dashboard.charts.heat import heat
from dashboard.charts.reliability import reliability
from dashboard.charts.then_now import then_now
from dashboard.questions.monitoring import Calibrated, Precision
from dashboard.theme import DARK, LIGHT

FIRST, SECOND = date(2025, 9, 1), date(2025, 9, 8)


def checked(chart: Chart) -> dict[str, Any]:
    """What plotly itself makes of a chart: it refuses what its reference does not name."""
    described: dict[str, Any] = go.Figure(chart.figure).to_plotly_json()
    return described


def test_a_cell_is_index_over_limit_with_the_middle_colour_at_the_limit() -> None:
    rows = {"input:maker": {FIRST: (0.05, 0.1, "half"), SECOND: (0.9, 0.1, "far")}}

    chart = heat([FIRST, SECOND], rows, {"input:maker": "Maker"}, LIGHT)

    drawn = checked(chart)
    assert drawn["data"][0]["z"][0] == [0.5, 3.0]
    assert drawn["data"][0]["colorscale"][2] == [pytest.approx(1 / 3), LIGHT.diverging[2]]
    assert list(drawn["data"][1]["customdata"]) == ["input:maker@2025-09-01", "input:maker@2025-09-08"]
    assert "furthest Maker in the week of 08 September 2025, 9.0 times its limit" in chart.alt


def test_shares_before_and_now_stand_side_by_side() -> None:
    chart = then_now(["Apple", "Samsung"], [0.6, 0.4], [0.2, 0.8], DARK)

    assert [list(trace["y"]) for trace in checked(chart)["data"]] == [[0.6, 0.4], [0.2, 0.8]]
    assert chart.alt == "Shares of 2 parts before and now; most changed: Samsung, 40% to 80%."


def week(since: date, arrived: float) -> Precision:
    return Precision(since, "fraud-a", 10, arrived, 0.8, 0.7, 0.9, 0.5, 0.3, 0.7)


def test_a_week_whose_labels_are_missing_has_a_hollow_dot() -> None:
    chart = foretold([week(FIRST, 1.0), week(SECOND, 0.4)], LIGHT)

    _, _, full, hollow = checked(chart)["data"]
    assert (full["marker"]["symbol"], list(full["x"])) == ("circle", ["2025-09-01"])
    assert (hollow["marker"]["symbol"], list(hollow["x"])) == ("circle-open", ["2025-09-08"])
    assert "newest judged week 01 September 2025: foretold 80%, confirmed 50%" in chart.alt


def test_a_bin_without_crime_lies_on_the_edge_of_the_scale() -> None:
    bins = [Calibrated("fraud-a", 0, 900, 0, 0.0005, 0.0, 0.0, 0.004, None, None, None, None)]

    drawn = checked(reliability(bins, LIGHT))["data"][1]

    assert list(drawn["y"]) == [1e-4]
    assert drawn["error_y"]["arrayminus"][0] == 0


def test_a_finding_is_red_and_named() -> None:
    rates = [
        Rate("Under 7 days", 0.05, 0.04, 0.07, 0.01, is_marked=True, words="50 of 1,000"),
        Rate("Over a year", 0.01, 0.008, 0.012, 0.02, is_marked=False, words="100 of 10,000"),
    ]

    chart = dots(rates, LIGHT)

    groups = checked(chart)["data"][1]
    assert list(groups["marker"]["color"]) == [LIGHT.red, LIGHT.accent]
    assert groups["error_x"]["array"][0] == pytest.approx(0.02)
    assert chart.alt.endswith("findings: Under 7 days.")
