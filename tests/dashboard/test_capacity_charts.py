"""The charts of capacity: valid for plotly, today beside what is tried, and said in words."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest

from dashboard import theme
from dashboard.charts.queue_day import queue_day
from dashboard.charts.tried import Axes, Dot, tried
from desk.capacity.answers import Hour

TODAY = [Hour(hour, 0.5, 0.0, 1.0) for hour in range(24)]
BUSY = [Hour(hour, 1.5, 1.0, 4.0 if hour == 9 else 2.0) for hour in range(24)]


@pytest.mark.parametrize("kind", ["light", "dark"])
def test_the_charts_are_what_plotly_understands(kind: theme.Kind) -> None:
    palette = theme.PALETTES[kind]
    dots = [
        Dot("today", "|1", "today", 5.0, 4.0, 6.0, "today"),
        Dot("late+1", "late+1|1", "late+1", 2.0, 1.0, 3.0, "tried"),
    ]

    for chart in (
        queue_day(BUSY, TODAY, palette),
        tried(dots, Axes("seats", "chance"), palette, is_joined=True),
    ):
        assert len(go.Figure(chart.figure).data) == len(chart.figure["data"])


def test_the_queue_says_its_worst_hour_and_todays() -> None:
    alt = queue_day(BUSY, TODAY, theme.PALETTES["light"]).alt

    assert "Most at 09:00: 1.5 on average, 1 as the median, nine days in ten 4 or fewer." in alt
    assert "Today: Most at 00:00: 0.5 on average" in alt


def test_today_alone_is_not_drawn_twice() -> None:
    names = [trace["name"] for trace in queue_day(TODAY, TODAY, theme.PALETTES["light"]).figure["data"]]

    assert not any(name.startswith("today") for name in names)


def test_seats_stand_in_the_order_that_they_are_given() -> None:
    named = (("late-1", "other"), ("today", "today"))
    dots = [Dot(name, name, name, 1.0, 1.0, 1.0, role) for name, role in named]
    figure = tried(dots, Axes("seats", "chance"), theme.PALETTES["light"], is_joined=False).figure

    assert figure["layout"]["xaxis"]["categoryarray"] == ["late-1", "today"]
