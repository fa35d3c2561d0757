from __future__ import annotations

from datetime import date

import numpy as np
import plotly.graph_objects as go
import pytest
from scipy.special import ndtri

from dashboard import theme
from dashboard.charts.attacks import attacks_by_week
from dashboard.charts.clusters import clusters_in_time
from dashboard.charts.det import LEAST, Curve, det
from dashboard.charts.figure import Chart
from dashboard.liveness.attacks_tab import stacked, weeks_of
from dashboard.liveness.scene import fine, rate
from dashboard.questions.liveness import WeekOfAttacks

LIGHT = theme.LIGHT


def checked(chart: Chart) -> go.Figure:
    """Return the figure as plotly's own objects, which refuse any name or value that plotly does not know."""
    return go.Figure(chart.figure)


def test_weeks_without_an_attack_are_zero_and_the_most_frequent_species_comes_first() -> None:
    found = [
        WeekOfAttacks(date(2025, 7, 7), "injection", "injection_emulator", 2, 2),
        WeekOfAttacks(date(2025, 7, 21), "injection", "injection_face_swap", 3, 1),
        WeekOfAttacks(date(2025, 7, 21), "injection", None, 1, 1),
    ]
    weeks = weeks_of(found)
    species = stacked(found, weeks)
    assert weeks == [date(2025, 7, 7), date(2025, 7, 14), date(2025, 7, 21)]
    assert list(species.items()) == [
        ("Face swap", [0, 0, 3]),
        ("Emulator", [2, 0, 0]),
        ("Not named", [0, 0, 1]),
    ]


def test_species_are_stacked_by_week_and_told_in_words() -> None:
    weeks = [date(2025, 7, 7), date(2025, 7, 14)]
    chart = attacks_by_week(
        weeks, {"Print": [5, 1], "Replay": [1, 1]}, "Presentation", LIGHT, split=date(2025, 7, 1)
    )
    assert [list(trace.y) for trace in checked(chart).data] == [[5, 1], [1, 1]]
    assert {trace.stackgroup for trace in checked(chart).data} == {"areas"}
    assert chart.alt == (
        "Presentation attacks by week: 6 in the week of 07 July 2025, 2 in that of 14 July 2025, "
        "at most 6; the most frequent species is Print."
    )


def test_a_det_curve_is_drawn_on_normal_deviates_with_a_mark_at_the_threshold() -> None:
    shares = np.array([0.5, 0.1, 0.0])
    curve = Curve(
        "Injection", shares, shares[::-1], shares * 0, shares * 0 + 0.6, np.array([0.1, 0.4, 0.9]), 1
    )
    chart = det([curve], LIGHT)
    band, line, mark = checked(chart).data
    # Half of all is the middle of a normal curve, one in ten 1.2816 deviations below, nothing the axis' end.
    assert list(line.x) == pytest.approx([0.0, -1.2816, round(float(ndtri(LEAST)), 4)])
    assert (mark.x[0], mark.y[0]) == (line.x[1], line.y[1])
    assert len(band.x) == 6
    assert chart.alt == (
        "DET curve, attacks let in against honest checks disturbed. At threshold 0.4: "
        "Injection: 10.00 % let in at 10.00 % of honest checks disturbed."
    )


def test_charts_without_data_say_so() -> None:
    assert det([], LIGHT).alt == "DET curve without data."
    assert clusters_in_time([], [], LIGHT).alt == "No check with re-used media."


@pytest.mark.parametrize(
    ("share", "written"), [(0.25, "25%"), (0.034, "3.4%"), (0.0042, "0.42%"), (0.0, "0.0%"), (1e-9, "0.0%")]
)
def test_a_rate_is_written_with_the_digits_that_it_needs(share: float, written: str) -> None:
    assert fine(share) == written


def test_a_rate_that_nobody_could_measure_says_so() -> None:
    assert rate(None, None, None) == "not measured"
    assert rate(0.0042, 0.001, 0.034) == "0.42% (0.10 to 3.4%)"
