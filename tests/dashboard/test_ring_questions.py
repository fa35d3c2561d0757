"""What Rings and the page of one ring ask, over the rings by hand (`small_rings.py`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
import small_exchange
import small_rings
from small_rings import FOUND, GREW, LEFT

from dashboard import ask, owner
from dashboard.facts import facts
from dashboard.header import found_page
from dashboard.questions import ring, ring_words, rings
from dashboard.questions.period import Period, shown_period
from dashboard.questions.ring import RingFlow
from dashboard.questions.rings import RingCounts, RingsThere
from dashboard.rings.overview import days_of, stacked
from dashboard.tables import Asked
from data.home import Home

pytestmark = pytest.mark.usefixtures("ringed")
LAST = datetime(2025, 9, 15)


@pytest.fixture(scope="module")
def ringed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = Home(tmp_path_factory.mktemp("ringed"))
    store = owner.become(folder).store
    small_exchange.fill(store)
    small_rings.fill_rings(store)
    yield folder
    owner.resign()


@pytest.fixture
def period() -> Period:
    return shown_period("2025Q3", facts())


def named(asked: Asked, column: str = "ring_id") -> list[str]:
    return [str(name) for name in ask.answer(asked.name, **asked.parameters).column(column).to_pylist()]


def test_rings_are_counted_as_they_stood_at_the_end_of_the_period(period: Period) -> None:
    found = rings.rings_by_region(period)
    assert rings.counts_in(found, None) == RingCounts(
        region="",
        standing=2,
        standing_before=1,
        active=1,
        new=1,
        new_before=2,
        broken=1,
        broken_before=0,
        ended=0,
        accounts=7,
        # A1, C1 and C2.
        confirmed=3,
        # 350 + 150; the last 50 left in October.
        moved=500.0,
        moved_before=140.0,
        at_risk=370.0,
    )
    assert rings.counts_in(found, "cis").standing_before == 0
    assert rings.counts_in(found, "oceania") == RingCounts("oceania")


def test_the_region_that_grew_most_is_named_and_none_where_none_grew(period: Period) -> None:
    found = rings.rings_by_region(period)
    most = rings.grew_most(found)
    assert most is not None
    assert (most.region, most.grown) == ("cis", 1)
    assert rings.grew_most([one for one in found if one.region != "cis"]) is None


def test_a_quarter_that_is_not_over_counts_up_to_the_last_event() -> None:
    found = rings.counts_in(rings.rings_by_region(shown_period("2025Q4", facts())), "cis")
    assert (found.standing, found.new, found.moved) == (2, 1, 50.0)


def test_a_ring_whose_accounts_were_confirmed_first_is_broken_on_the_day_of_its_alarm() -> None:
    last = shown_period("2025Q4", facts())
    asked = rings.rings_asked(last, "cis", "broken")
    (row,) = ask.answer(asked.name, **asked.parameters).to_pylist()
    assert (row["ring_id"], row["broken_at"]) == ("R-4", datetime(2025, 10, 10))
    assert rings.counts_in(rings.rings_by_region(last), "cis").broken == 1


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        ("active", ["R-1"]),
        ("standing", ["R-1", "R-2"]),
        ("new", ["R-1"]),
        ("broken", ["R-2"]),
        ("ended", []),
        ("all", ["R-1", "R-2", "R-3"]),
    ],
)
def test_rings_are_listed_by_where_they_are_in_their_life(
    period: Period, stage: str, expected: list[str]
) -> None:
    assert named(rings.rings_asked(period, None, stage)) == expected


def test_a_ring_that_ended_in_a_quarter_is_listed_there_and_was_active_before() -> None:
    second = shown_period("2025Q2", facts())
    assert named(rings.rings_asked(second, None, "ended")) == ["R-3"]
    assert named(rings.rings_asked(second, "south_east_asia", "active")) == ["R-2"]
    assert named(rings.rings_asked(second, "cis", "active")) == []


def test_a_listed_ring_names_its_kinds_of_tie_and_its_state_then(period: Period) -> None:
    asked = rings.rings_asked(period, None, "all")
    rows = {row["ring_id"]: row for row in ask.answer(asked.name, **asked.parameters).to_pylist()}
    assert rows["R-1"]["kinds"] == "device, network, payout, referral"
    assert ring_words.ties(rows["R-1"]["kinds"]).startswith("Shared device, shared network, same payout")
    assert [rows[name]["state"] for name in ("R-1", "R-2", "R-3")] == ["active", "broken", "ended"]


def test_the_rows_behind_a_card_add_up_to_its_number(period: Period) -> None:
    accounts, moved = rings.accounts_asked(period, None), rings.moved_asked(period, None)
    assert named(accounts, "account_id") == ["A1", "A2", "B4", "A3", "C1", "C2", "C3"]
    assert named(moved, "event_id") == ["M6", "M4"]
    assert named(rings.moved_asked(period, "south_east_asia"), "event_id") == []


def test_growth_has_a_value_for_each_day_and_region(period: Period) -> None:
    found = rings.ring_growth(period, None)
    days = days_of(found)
    areas = stacked(found, days)
    assert (days[0], days[-1]) == (date(2025, 4, 10), date(2025, 9, 30))
    # On the last day each has one; before 10 August none stood in cis since 15 June.
    assert {name: values[-1] for name, values in areas.items()} == {"CIS": 1, "South-East Asia": 1}
    assert areas["CIS"][(date(2025, 8, 9) - days[0]).days] == 0
    assert areas["CIS"][0] == 1


def test_small_regions_are_drawn_together() -> None:
    day = date(2025, 7, 1)
    found = [rings.RingDay(day, f"r{number}", 10 - number) for number in range(7)]
    areas = stacked(found, [day])
    assert len(areas) == 6
    # 10 - 5 and 10 - 6.
    assert areas["Other regions"] == [9]


def test_the_ring_to_look_at_first_is_active_and_has_the_highest_score() -> None:
    assert rings.riskiest_ring(None) == "R-1"
    assert rings.riskiest_ring("south_east_asia") == "R-2"
    assert rings.riskiest_ring("oceania") is None
    assert rings.rings_there() == RingsThere(4, 0)


def test_a_ring_can_be_shown_on_each_day_it_changed_while_accounts_stood_in_it() -> None:
    found, ended = ring.ring("R-1"), ring.ring("R-3")
    assert found is not None
    assert ended is not None
    assert ring.ring("R-9") is None
    assert ring.days(found) == (date(2025, 8, 1), date(2025, 8, 10), date(2025, 8, 20), date(2025, 9, 15))
    # On the day of the merger nobody is left in R-3.
    assert ring.days(ended) == (date(2025, 4, 5),)
    unwritten = ring.ring("R-4")
    assert unwritten is not None
    assert ring.days(unwritten) == (date(2025, 10, 8),)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("2025-08-20", LEFT), (None, GREW), ("2025-08-21", GREW), ("tomorrow", GREW)],
)
def test_a_day_on_which_nothing_changed_is_shown_as_the_last(asked: str | None, shown: datetime) -> None:
    offered = (date(2025, 8, 1), date(2025, 8, 20), date(2025, 9, 15))
    assert ring.day_shown(asked, offered) == shown


@pytest.mark.parametrize(
    ("day", "inside", "tied"),
    [
        (FOUND, {"A1", "A2", "A3", "B0"}, {("A1", "A2"), ("A1", "A3"), ("A2", "A3"), ("A1", "B0")}),
        (LEFT, {"A1", "A2", "A3"}, {("A1", "A2"), ("A1", "A3"), ("A2", "A3")}),
        (GREW, {"A1", "A2", "A3", "B4"}, {("A1", "A2"), ("A1", "A3"), ("A2", "A3"), ("A3", "B4")}),
    ],
)
def test_accounts_and_ties_are_those_of_the_day(
    day: datetime, inside: set[str], tied: set[tuple[str, str]]
) -> None:
    assert {one.account_id for one in ring.members("R-1", day) if one.is_in} == inside
    found, pairs = ring.edges("R-1", day)
    assert {(edge.account_a, edge.account_b) for edge in found} == tied
    assert pairs == len(tied)


def test_two_accounts_are_drawn_as_tied_once_by_their_strongest_tie() -> None:
    (edge,) = [one for one in ring.edges("R-1", LAST)[0] if one.account_b == "A2"]
    # A device of 3 and a referral of 1.
    assert (edge.kind, edge.strength) == ("device", 4.0)
    assert named(ring.ties_asked("R-1", LAST), "kind") == ["payout", *["device"] * 3, "referral"]


def test_of_more_ties_than_can_be_drawn_each_account_keeps_its_strongest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ring, "EDGES_DRAWN", 2)
    found, pairs = ring.edges("R-1", LAST)
    # Payout of 4 for A3 and B4; device and referral of 4 for A1 and A2. So nobody stands alone.
    assert {(edge.account_a, edge.account_b) for edge in found} == {("A3", "B4"), ("A1", "A2")}
    assert pairs == 4


def test_an_account_of_a_ring_is_told_with_how_it_is_treated_now() -> None:
    found = {one.account_id: one for one in ring.members("R-1", LAST)}
    # Its withdrawal of 900 was frozen on 30 October.
    assert (found["A1"].state, found["A1"].frozen) == ("frozen", 900.0)
    assert (found["A2"].state, found["A2"].frozen) == ("restricted", None)
    assert (found["B0"].is_in, found["B0"].state) == (False, None)


def test_flows_of_a_small_ring_are_by_account() -> None:
    assert set(ring.flows("R-1", 5)) == {
        RingFlow("in", "0xvictim", "A1", 600.0, 1),
        RingFlow("in", "", "A1", 300.0, 1),
        RingFlow("inside", "A1", "A2", 400.0, 1),
        RingFlow("inside", "A1", "B4", 200.0, 1),
        RingFlow("out", "A2", "0xmix", 350.0, 1),
        RingFlow("out", "B4", "0xmix", 200.0, 2),
    }


def test_flows_of_a_large_ring_are_by_role_and_small_sources_are_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ring, "OUTSIDE_IN_FLOWS", 1)
    assert set(ring.flows("R-1", 11)) == {
        RingFlow("in", "0xvictim", "collector", 600.0, 1),
        RingFlow("in", None, "collector", 300.0, 1),
        RingFlow("inside", "collector", "mule", 400.0, 1),
        RingFlow("inside", "collector", "cash_out", 200.0, 1),
        RingFlow("out", "mule", "0xmix", 350.0, 1),
        RingFlow("out", "cash_out", "0xmix", 200.0, 2),
    }


def test_the_transfers_of_a_pattern_or_a_leg_are_listed() -> None:
    assert named(ring.transfers_asked("R-1", pattern=1), "event_id") == ["M1", "M2"]
    assert named(ring.transfers_asked("R-1", leg="inside"), "event_id") == ["M3", "M5"]
    assert named(ring.patterns_asked("R-1"), "pattern") == ["fan_in"]


def test_an_account_knows_the_ring_it_is_in_and_the_one_it_left() -> None:
    (here,) = ring.rings_of_account("A1")
    (before,) = ring.rings_of_account("B0")
    assert (here.ring_id, here.role, here.until) == ("R-1", "collector", None)
    assert before.until == LEFT
    assert ring.rings_of_account("nobody") == ()


def test_search_finds_a_ring_by_its_name() -> None:
    assert found_page(" r-1 ") == ("ring", {"ring": "R-1"})
    assert found_page("A1") == ("accounts", {"account": "A1"})
    assert found_page("R-9") == ("accounts", {"find": "R-9"})
