from __future__ import annotations

from datetime import date, datetime

import plotly.graph_objects as go

from dashboard import theme
from dashboard.charts.figure import Chart
from dashboard.charts.growth import growth
from dashboard.charts.ring_flows import forward, named, ring_flows
from dashboard.charts.ring_graph import LARGEST, SMALLEST, ring_graph
from dashboard.questions.ring import Edge, Member, RingFlow

LIGHT = theme.LIGHT


def checked(chart: Chart) -> go.Figure:
    """Return the figure as plotly's own objects, which refuse any name or value that plotly does not know."""
    return go.Figure(chart.figure)


def member(name: str, role: str = "mule", *, received: float = 0.0, confirmed: bool = False) -> Member:
    return Member(
        account_id=name,
        is_in=True,
        role=role,
        role_sentence=None,
        since=datetime(2025, 8, 1),
        until=None,
        received=received,
        sent=None,
        cashed_out=50.0,
        state="open",
        frozen=None,
        confirmed_at=datetime(2025, 9, 1) if confirmed else None,
        x=float(len(name)),
        y=0.5,
    )


def test_growth_is_stacked_by_region_and_told_in_words() -> None:
    days = [date(2025, 7, 1), date(2025, 7, 2)]
    chart = growth(days, {"CIS": [2, 5], "Europe": [1, 1]}, LIGHT, split=date(2025, 7, 1))
    assert [list(trace.y) for trace in checked(chart).data] == [[2, 5], [1, 1]]
    assert chart.alt == (
        "Rings that stand, by day and region: 3 on 01 July 2025, 6 on 02 July 2025, at most 6; at the end "
        "most of them in CIS."
    )
    assert growth([], {}, LIGHT, split=date(2025, 7, 1)).alt == "Rings by day: none."


def test_a_ring_is_drawn_by_kind_of_tie_and_role_with_the_confirmed_marked() -> None:
    people = [
        member("A", "collector", received=400, confirmed=True),
        member("BB", received=100),
        member("CCC"),
    ]
    edges = [Edge("A", "BB", "device", 3.0), Edge("A", "CCC", "device", 2.0), Edge("BB", "CCC", "payout", 1)]
    chart = ring_graph(people, edges, LIGHT, "USDT")
    traces = {trace.name: trace for trace in checked(chart).data}
    assert list(traces) == [
        "Shared device",
        "Same payout address",
        "Collector",
        "Mule",
        "Confirmed as crime",
    ]
    # Each tie is a line and a gap.
    assert list(traces["Shared device"].x) == [1.0, 2.0, None, 1.0, 3.0, None]
    # A quarter of the most is half of the diameter between smallest and largest.
    assert list(traces["Mule"].marker.size) == [SMALLEST + (LARGEST - SMALLEST) / 2, SMALLEST]
    assert list(traces["Collector"].marker.line.color) == [LIGHT.red]
    assert list(traces["Mule"].marker.line.color) == [LIGHT.background] * 2
    assert traces["Collector"].customdata[0][0] == "A"
    assert (
        "received 400 USDT, cashed out 50 USDT<br>confirmed as crime 01 Sep 2025"
        in (traces["Collector"].customdata[0][1])
    )
    assert chart.alt == (
        "Drawing of 3 accounts, 1 of them confirmed as crime, and 3 tied pairs by their strongest tie: "
        "shared device 2; same payout address 1."
    )


def test_names_are_written_beside_few_accounts_only_and_kinds_unknown_to_the_house_are_drawn() -> None:
    few = ring_graph([member("A"), member("B")], [Edge("A", "B", "face_match", 1.0)], LIGHT, "ETH")
    many = ring_graph([member(f"A{n}") for n in range(15)], [], LIGHT, "ETH")
    assert [trace.name for trace in checked(few).data] == ["Face match", "Mule"]
    assert list(checked(few).data[-1].text) == ["A", "B"]
    assert checked(many).data[-1].text is None
    assert many.alt == "Drawing of 15 accounts, 0 of them confirmed as crime, and no tie on this day."
    assert ring_graph([], [], LIGHT, "ETH").alt == "No account stood in the ring on this day."


def test_accounts_of_other_days_are_drawn_faintly_in_their_places() -> None:
    chart = ring_graph([member("A")], [], LIGHT, "ETH", others=[member("BB")])
    faint = checked(chart).data[0]
    assert (faint.name, list(faint.x), faint.customdata[0][0]) == ("Not in it on this day", [2.0], "BB")
    assert chart.alt.startswith("Drawing of 1 accounts")


IN = RingFlow("in", "0xv", "A", 100.0, 2)
ON = RingFlow("inside", "A", "B", 90.0, 1)
BACK = RingFlow("inside", "B", "A", 10.0, 1)
SELF = RingFlow("inside", "B", "B", 5.0, 1)
OUT = RingFlow("out", "B", "0xv", 80.0, 1)


def test_money_that_goes_back_or_round_is_not_drawn() -> None:
    # The same address outside may be source and destination: that is no circle.
    assert forward([BACK, SELF, OUT, ON, IN]) == (IN, ON, OUT)


def test_a_circle_of_three_loses_its_smallest_band() -> None:
    third = RingFlow("inside", "B", "C", 50.0, 1)
    closing = RingFlow("inside", "C", "A", 40.0, 1)
    assert closing not in forward([closing, third, ON])


def test_flows_go_from_outside_over_accounts_to_outside() -> None:
    chart = ring_flows([IN, ON, BACK, OUT], "USDT", LIGHT)
    (sankey,) = checked(chart).data
    assert list(sankey.node.label) == ["0xv", "A", "B", "0xv"]
    assert list(zip(sankey.link.source, sankey.link.target, sankey.link.value, strict=True)) == [
        (0, 1, 100.0),
        (1, 2, 90.0),
        (2, 3, 80.0),
    ]
    assert chart.alt == (
        "Flow of money: 100 USDT in from outside, 100 USDT between its accounts, 80 USDT out; the widest "
        "band is 0xv to A, 100 USDT."
    )
    assert ring_flows([], "USDT", LIGHT).alt == "No money moved in this ring."


def test_a_node_is_named_for_what_it_stands_for() -> None:
    assert named(("source", None)) == "Other senders"
    assert named(("destination", None)) == "Other receivers"
    assert named(("source", "")) == "Not known"
    assert named(("inside", "cash_out")) == "Cash-out"
    # An account outside whose name is that of a role stays what it is.
    assert named(("source", "mule")) == "mule"
