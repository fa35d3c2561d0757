from __future__ import annotations

from datetime import date

import plotly.graph_objects as go

from dashboard import theme
from dashboard.charts.figure import Chart
from dashboard.charts.frontier import Tried, frontier
from dashboard.charts.shifts import Shift, shifts
from dashboard.charts.weeks_ahead import Ahead, weeks_ahead
from dashboard.lab.scene import USUAL_DESK, desk_of, desk_text
from scoring.lab.service import Desk

LIGHT = theme.LIGHT


def checked(chart: Chart) -> go.Figure:
    """Return the figure as plotly's own objects, which refuse any name or value that plotly does not know."""
    return go.Figure(chart.figure)


def test_a_click_on_a_point_of_the_front_gives_its_draft() -> None:
    points = [
        Tried("present policy", "", 10, 100, "present", is_best=False),
        Tried("your draft", "s=1", 20, 300, "draft", is_best=True),
        Tried("0.8 % alerts", "s=2", 5, 100, "other", is_best=True),
    ]
    chart = frontier(points, "Wrongful holds", "Loss stopped", LIGHT)
    drawn = {trace.name: trace for trace in checked(chart).data}
    assert drawn["not beaten"].customdata[0][0] == "s=2"
    assert "beaten by another" not in drawn
    # The line runs along what is not beaten, in the order of its cost.
    assert drawn[None].x == (5, 20)
    assert "the present policy: 10 for 100, beaten by another; the draft: 20 for 300." in chart.alt
    assert chart.alt.endswith("2 are not beaten.")


def test_weeks_ahead_have_a_band_and_say_how_many_since_lay_inside() -> None:
    first, second = date(2025, 11, 3), date(2025, 11, 10)
    ahead = Ahead("Alerts", ((date(2025, 10, 27), 7.0),), (first, second), (5, 6), (2, 3), (9, 8), (4, 12))
    chart = weeks_ahead(ahead, LIGHT)
    band = checked(chart).data[0]
    assert band.y == (9, 8, 3, 2)
    assert chart.alt == (
        "Alerts by week: 5 foretold for the week of 03 November 2025, between 2 and 9; "
        "1 of 2 weeks since lay inside."
    )


def test_weeks_of_which_nothing_is_foretold_say_so() -> None:
    chart = weeks_ahead(Ahead("Alerts", (), (), (), (), ()), LIGHT)
    assert chart.alt == "Alerts by week: nothing is foretold."
    assert len(checked(chart).data) == 0


def test_shifts_stand_beside_what_they_can_look_at() -> None:
    chart = shifts([Shift("night, 0-8 h", 1.5, 12.0, 4, 30, 24.0)], LIGHT)
    assert [trace.y for trace in checked(chart).data] == [(1.5,), (12.0,), (24.0,)]
    assert chart.alt == "Alerts a shift. night, 0-8 h: 1.5 now, 12.0 under the draft, 24 can be looked at."


def test_a_desk_is_the_same_again_when_read_from_the_address() -> None:
    desk = Desk((0, 2, 1), 15.0, 45.0)
    assert desk_text(desk) == "0.2.1,15,45"
    assert desk_of("0.2.1,15,45") == desk
    assert desk_text(USUAL_DESK) is None
    assert desk_of("nonsense") == desk_of(None) == USUAL_DESK
