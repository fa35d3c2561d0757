from __future__ import annotations

from datetime import date, datetime

import numpy as np
import plotly.graph_objects as go
import pytest
from plotly import tools

from dashboard import theme
from dashboard.charts.beeswarm import Dots, beeswarm, spread
from dashboard.charts.dependence import dependence
from dashboard.charts.draw import Checked, picked_name
from dashboard.charts.figure import Chart
from dashboard.charts.hours import hours
from dashboard.charts.importance import importance
from dashboard.charts.timeline import Mark, timeline
from dashboard.charts.trend import Line, trend
from dashboard.charts.waterfall import BARS, Step, in_lines, waterfall

LIGHT = theme.LIGHT


def checked(chart: Chart) -> go.Figure:
    """Return the figure as plotly's own objects, which refuse any name or value that plotly does not know."""
    return go.Figure(chart.figure)


def test_a_waterfall_leads_from_the_base_to_the_score_the_largest_step_first() -> None:
    steps = (Step("own record", -0.2), Step("shared device", 0.6, "2 accounts used it"), Step("amount", 0.4))
    chart = waterfall(0.1, 0.9, steps, LIGHT, threshold=0.3)
    drawn = checked(chart).data[0]
    assert list(drawn.x) == [10.0, 60.0, 40.0, -20.0, 0.0]
    assert list(drawn.text) == ["10.0 %", "+60.0", "+40.0", "-20.0", "90.0 %"]
    assert checked(chart).layout.shapes[0].x0 == 30.0
    assert chart.alt == (
        "Waterfall from a base probability of 10.0 % to a score of 90.0 %. "
        "Largest steps in percentage points: shared device +60.0, amount +40.0, own record -20.0."
    )


def test_small_steps_are_one_bar_so_that_all_still_add_up() -> None:
    steps = [Step(f"reason {number}", 0.01) for number in range(BARS + 3)]
    drawn = checked(waterfall(0.0, 0.12, steps, LIGHT)).data[0]
    assert len(drawn.x) == BARS + 3
    assert drawn.x[-2] == pytest.approx(3.0)
    assert sum(drawn.x[:-1]) == pytest.approx(12.0)


def test_a_long_sentence_takes_two_lines_and_is_cut() -> None:
    assert in_lines("It is an outgoing transfer.") == "It is an outgoing transfer"
    lines = in_lines("This customer had no transactions with this counterparty in the 30 days before " * 2)
    assert lines.count("<br>") == 1
    assert lines.endswith("…")


def test_the_chosen_place_of_a_trend_is_drawn_last_in_the_accent() -> None:
    weeks = (date(2025, 6, 23), date(2025, 6, 30))
    lines = (Line("CIS", weeks, (4.0, 2.0)), Line("Europe", weeks, (1.0, 1.0)))
    chart = trend(lines, "CIS", "Incidents", LIGHT, split=date(2025, 7, 1))
    assert [line.name for line in checked(chart).data] == ["Europe", "CIS"]
    assert checked(chart).data[1].line.color == LIGHT.accent
    assert chart.alt == (
        "Incidents by week in CIS: 4 in the week of 23 June 2025, 2 in the week of 30 June 2025, at most 4; "
        "1 other places for comparison."
    )


def test_importance_is_in_percentage_points_and_marks_the_chosen_reason() -> None:
    chart = importance(["a", "b"], ["A", "B"], [0.02, 0.01], LIGHT, "b")
    bars = checked(chart).data[0]
    assert list(bars.x) == [2.0, 1.0]
    assert bars.marker.color[1] == LIGHT.accent
    assert chart.alt == "Mean absolute effect of 2 reasons in percentage points; largest: A 2, B 1."


def test_dots_at_the_same_points_stand_beside_each_other_within_their_row() -> None:
    offsets = spread(np.array([0.5, 0.5, 0.5, 0.0]))
    assert len(set(offsets[:3])) == 3
    assert np.abs(offsets).max() < 0.5
    assert spread(np.zeros(0)).shape == (0,)


def test_a_dot_carries_its_event_and_one_without_a_value_is_drawn_in_the_middle() -> None:
    dots = Dots(
        "New device", np.array([0.1, -0.1]), np.array([1.0, np.nan]), ["W1", "W2"], ["why", "why not"]
    )
    chart = beeswarm([dots], LIGHT)
    drawn = checked(chart).data[0]
    assert [event for event, _ in drawn.customdata] == ["W1", "W2"]
    assert list(drawn.marker.color) == [1.0, 0.5]
    assert chart.alt.endswith("New device from -10.0 to +10.0.")


def test_dependence_is_drawn_in_the_units_of_the_axis_and_says_its_peak() -> None:
    values, points = np.array([86400.0, 172800.0]), np.array([0.3, -0.1])
    chart = dependence(
        values, points, ["W1", "W2"], ["a", "b"], "Age of the account.", (86400.0, "days"), LIGHT
    )
    drawn = checked(chart).data[0]
    assert list(drawn.x) == [1.0, 2.0]
    assert list(drawn.marker.color) == [1.0, 0.0]
    assert checked(chart).layout.xaxis.title.text == "Age of the account, days"
    assert chart.alt == (
        "Points against Age of the account (days) for 2 events with values from 1 to 2; "
        "the most, +30.0 percentage points, at 1."
    )


def test_values_over_many_powers_of_ten_are_read_on_a_log_axis() -> None:
    def axis(*values: float) -> str:
        chart = dependence(
            np.array(values),
            np.zeros(len(values)),
            ["W"] * len(values),
            [""] * len(values),
            "f",
            (1.0, ""),
            LIGHT,
        )
        return str(checked(chart).layout.xaxis.type)

    assert (axis(1.0, 5000.0), axis(1.0, 500.0), axis(0.0, 5000.0)) == ("log", "linear", "linear")


def test_hours_say_where_each_span_has_its_peak() -> None:
    before: list[float | None] = [0.0] * 24
    before[10] = 0.75
    nothing: list[float | None] = [None] * 24
    chart = hours(before, nothing, LIGHT)
    assert chart.alt == "Hours of activity, UTC. Before: most at 10:00 with 75 %. Last 30 days: no events."


def test_a_timeline_has_a_lane_a_kind_and_a_trace_a_decision() -> None:
    def mark(name: str, kind: str, decision: str, amount: float | None) -> Mark:
        return Mark(name, datetime(2025, 9, 1, 10), kind, decision, 0.5, amount, "why")

    marks = (
        mark("a", "login", "allow", None),
        mark("b", "trade", "freeze", 100.0),
        mark("c", "trade", "allow", 25.0),
    )
    chart = timeline(marks, LIGHT, "USDT")
    assert [trace.name for trace in checked(chart).data] == ["Allowed", "Frozen"]
    assert list(checked(chart).layout.yaxis.ticktext) == ["Trade", "Login"]
    # A quarter of the largest amount has half of its extra width: 6 + 12 * 0.5.
    assert list(checked(chart).data[0].marker.size) == [6.0, 12.0]
    assert (
        chart.alt
        == "Timeline of 3 events from 01 September 2025 to 01 September 2025, 1 of them not allowed."
    )


def test_the_name_of_a_point_is_its_first_custom_data() -> None:
    assert picked_name({"selection": {"points": [{"customdata": ["W1", "why"]}]}}) == "W1"
    assert picked_name({"selection": {"points": [{"customdata": "shared device"}]}}) == "shared device"
    assert picked_name({"selection": {"points": []}}) is None
    assert picked_name(None) is None


def test_streamlit_is_given_a_figure_as_it_was_described() -> None:
    chart = importance(["a"], ["A"], [0.02], LIGHT, "a")
    sent = tools.return_figure_from_figure_or_data(Checked(chart.figure), validate_figure=True)
    assert sent is chart.figure
    assert "colorway" in sent["layout"]["template"]["layout"]
