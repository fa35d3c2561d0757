"""The measures of the desk over a quarter worked by hand (`small_desk_work.py`), every number worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
import small_desk_work
import small_exchange
from small_cases import ANA, LEE, OLGA
from small_desk_work import ODD_HOURS

from dashboard import ask, owner
from dashboard.facts import facts
from dashboard.measures.desk import asking
from dashboard.measures.desk.declared import BY_NAME, DESK_MEASURES
from dashboard.measures.quarter import Quarter
from dashboard.questions import desk_moments
from dashboard.questions.desk_measures import (
    DeskReading,
    DeskWindow,
    cuts_of,
    parts_asked,
    readings,
    rows_asked,
)
from dashboard.questions.period import Period, shown_period
from dashboard.tables import Asked
from data.home import Home
from desk.actors import RightError

pytestmark = pytest.mark.usefixtures("worked")
NOW = datetime(2025, 10, 31, 23)


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    folder = Home(tmp_path_factory.mktemp("worked"))
    store = owner.become(folder).store
    small_exchange.fill(store)
    yield small_desk_work.fill_desk(store, folder)
    owner.resign()


@pytest.fixture
def window() -> DeskWindow:
    return DeskWindow(shown_period("2025Q3", facts()), NOW)


@pytest.fixture
def found(window: DeskWindow) -> Mapping[str, DeskReading]:
    return readings(window)


def answered(asked: Asked) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = ask.answer(asked.statement, **asked.parameters).to_pylist()
    return rows


def names(asked: Asked, worked: Mapping[str, str]) -> list[str]:
    known = {case_id: name for name, case_id in worked.items()}
    return sorted(known.get(row["case_id"], "D") for row in answered(asked))


@pytest.mark.parametrize(
    ("name", "counted", "of_all", "shown"),
    [
        # 3 + 1 + 2 + 1 + 1 alerts; Ana on the 7th and 8th, Ben on the 7th, 8th and 10th.
        ("desk_alerts_per_day", 8, 5, 1.6),
        # K2 and the second end of K4 against K1 and K3; the first end of K4 is in neither.
        ("desk_false_per_true", 2, 5, 0.4),
        ("desk_false_share", 2, 8, 0.25),
        # K2 was late, K6 went on in K7 before anybody had looked, and nobody's look at K5 is on record.
        ("desk_looked_in_time", 4, 5, 0.8),
        # K1, K3 and K4 (its two days closed do not run); K2 and K7 breached, K5 lapsed.
        ("desk_disposed_in_time", 3, 5, 0.6),
        # 3 + 1 + 2 + 1 + 1 + 4, the two of K6 among them.
        ("desk_alerts_per_case", 12, 6, 2.0),
        ("desk_cases_per_alert", 6, 12, 0.5),
        ("desk_agreement", 1, 1, 1.0),
    ],
)
def test_a_ratio_is_worked_out_by_hand(
    found: Mapping[str, DeskReading], name: str, counted: float, of_all: float, shown: float
) -> None:
    number = found[name].now
    assert (number.counted, number.of_all) == (counted, of_all)
    assert number.shown == pytest.approx(shown)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("desk_opened", 7),
        ("desk_disposed", 5),
        ("desk_reopened", 1),
        ("desk_merged", 1),
        ("desk_lapsed", 1),
        ("desk_told", 1),
    ],
)
def test_a_count_is_worked_out_by_hand(found: Mapping[str, DeskReading], name: str, expected: int) -> None:
    assert found[name].now.shown == expected


def test_middles_leave_out_pauses_and_say_nothing_of_too_few(found: Mapping[str, DeskReading]) -> None:
    first, end, age = (found[f"desk_{name}"].now for name in ("first_look", "disposition", "age"))
    # 20, 30, 30, 50 and 90 minutes: nine tenths of the way lie at 50 + 0.6 * 40.
    assert (first.rows, first.shown) == (5, 30.0)
    assert first.most == pytest.approx(74.0)
    # 2, 2, 2, 3 and 24 hours.
    assert end.rows == 5
    assert end.shown == pytest.approx(2.0)
    assert end.most == pytest.approx(15.6)
    # K7 and the two of March and of the leap day are live: five, of which K7 is the youngest.
    assert age.rows == 5
    assert found["desk_first_look"].before.shown is None
    assert found["desk_first_look"].before.rows == 1
    refusal = found["desk_first_look"].refusal
    assert refusal is not None
    assert refusal.startswith("Fewer than 5 cases in one of the quarters")
    assert found["desk_first_look"].change is None


def test_the_quarter_before_is_what_it_shows_as_its_own_quarter(found: Mapping[str, DeskReading]) -> None:
    second = readings(DeskWindow(shown_period("2025Q2", facts()), NOW))
    for name, reading in found.items():
        assert reading.before == second[name].now, name
    assert second["desk_alerts_per_day"].now.shown == 2.0


@pytest.mark.parametrize("measure", DESK_MEASURES, ids=lambda each: str(each.name))
@pytest.mark.parametrize("region", [None, "cis", "south_asia"])
def test_a_number_is_the_sum_of_its_rows(measure: Any, region: str | None) -> None:
    window = DeskWindow(shown_period("2025Q3", facts()), NOW, region)
    number = readings(window)[measure.name].now
    rows = answered(rows_asked(LEE, window, measure))
    assert number.rows == len(rows)
    assert number.counted == pytest.approx(sum(row["counted"] for row in rows))
    if measure.kind == "ratio":
        assert number.of_all == sum(row["of_all"] for row in rows)
    if measure.kind == "per":
        assert number.of_all == len({row["of_each"] for row in rows})


@pytest.mark.parametrize("cut", list(asking.CUTS))
def test_parts_of_every_cut_add_up_to_the_whole(
    window: DeskWindow, found: Mapping[str, DeskReading], cut: str
) -> None:
    rows = answered(parts_asked(LEE, window, cut))
    assert sum(row["opened"] or 0 for row in rows) == 7
    assert sum(row["disposed"] or 0 for row in rows) == 5
    assert sum(row["breached"] or 0 for row in rows) == 2
    assert sum(row["first_looks"] or 0 for row in rows) == found["desk_first_look"].now.rows
    for row in rows:
        asked = rows_asked(LEE, window, BY_NAME["desk_opened"], cut, row["part"])
        assert len(answered(asked)) == (row["opened"] or 0)


def test_a_table_by_severity_shows_the_measures_and_blanks_what_is_of_too_few(window: DeskWindow) -> None:
    (row,) = answered(parts_asked(OLGA, window, "severity"))
    assert (row["part"], row["opened"], row["alerts_per_case"], row["false_per_true"]) == ("high", 7, 2, 0.4)
    assert (row["first_looks"], row["first_look_minutes"]) == (5, 30)
    by_channel = {each["part"]: each for each in answered(parts_asked(OLGA, window, "channel"))}
    assert (by_channel["cis"]["first_looks"], by_channel["cis"]["first_look_minutes"]) == (2, None)


def test_hours_are_the_channels_own(window: DeskWindow) -> None:
    rows = {row["part"]: row["opened"] for row in answered(parts_asked(OLGA, window, "hour"))}
    # Almaty 13 and 14, India 00:10 of the next day and 15:30, Berlin in summer 02, 05 and 06; nobody else.
    opened = {hour: count for hour, count in rows.items() if count}
    assert opened == {"13": 1, "14": 1, "00": 1, "15": 1, "02": 1, "05": 1, "06": 1}


def odd(starts: datetime, ends: datetime) -> DeskWindow:
    quarter = Quarter(starts.year, 1)
    return DeskWindow(Period(quarter, quarter.previous, starts, ends, starts, starts, ends, ends, None), NOW)


@pytest.mark.parametrize(("channel", "at", "local"), ODD_HOURS)
def test_arrivals_are_counted_in_the_hour_that_the_clock_on_the_wall_showed(
    channel: str, at: datetime, local: tuple[int, int]
) -> None:
    asked = DeskWindow(odd(at, at + timedelta(minutes=1)).period, NOW, channel)
    assert desk_moments.by_hour(asked, desk_moments.ARRIVALS) == {local: 1}


def test_an_hour_that_comes_twice_counts_both(window: DeskWindow) -> None:
    night = odd(datetime(2025, 10, 25, 22), datetime(2025, 10, 26, 22))
    assert desk_moments.by_hour(night, desk_moments.ARRIVALS) == {(7, 2): 2}
    breaches = desk_moments.by_hour(window, desk_moments.BREACHES)
    # K2 at 21:00 UTC of Monday is 02:00 of Tuesday in Almaty; K5 and K7 at 14:00 and 18:00 in Berlin.
    assert breaches == {(2, 2): 1, (2, 14): 1, (3, 18): 1}


def test_only_who_leads_asks_by_analyst_or_reads_names(window: DeskWindow) -> None:
    assert "analyst" in cuts_of(LEE)
    assert "analyst" not in cuts_of(OLGA)
    with pytest.raises(RightError, match="may not lead a desk"):
        parts_asked(OLGA, window, "analyst")
    with pytest.raises(RightError, match="may not lead a desk"):
        rows_asked(ANA, window, BY_NAME["desk_disposed"], "analyst", "Ben")
    led = {row["part"]: row for row in answered(parts_asked(LEE, window, "analyst"))}
    assert (led["Ana"]["disposed"], led["Ben"]["disposed"]) == (2, 3)
    for measure in DESK_MEASURES:
        shown = answered(rows_asked(OLGA, window, measure))
        assert not {"analyst", "of_each"} & set(shown[0] if shown else {}), measure.name


def test_a_second_look_waits_for_others_never_for_who_closed_it(
    window: DeskWindow, worked: Mapping[str, str]
) -> None:
    assert names(desk_moments.second_looks_asked(ANA, window), worked) == ["K4"]
    assert desk_moments.second_looks_waiting(ANA, window) == (1, 0)
    ben = ANA.__class__("Ben", "analyst")
    assert names(desk_moments.second_looks_asked(ben, window), worked) == []
    assert desk_moments.second_looks_waiting(ben, window) == (1, 1)
    with pytest.raises(RightError, match="may not look at a closed case a second time"):
        desk_moments.second_looks_asked(OLGA, window)


def test_agreement_by_month_has_its_interval(window: DeskWindow) -> None:
    (july,) = desk_moments.agreement_by_month(window)
    assert (july.month.isoformat(), july.looks, july.agreed) == ("2025-07-01", 1, 1)
    # Wilson of 1 of 1: 1 / (1 + 1.96^2).
    assert july.share.low == pytest.approx(1 / (1 + 1.959964**2), abs=1e-5)


def test_live_cases_are_told_by_age(window: DeskWindow) -> None:
    # K7 and the six of odd hours are all older than three days.
    assert desk_moments.ages(window) == {"high": [0, 0, 0, 0, 7]}


def test_a_quarter_without_cases_has_no_numbers_and_says_so() -> None:
    none = readings(DeskWindow(shown_period("2025Q3", facts()), NOW, "oceania"))
    assert {reading.now.rows for reading in none.values()} == {0}
    assert none["desk_alerts_per_day"].refusal == "There is nothing to divide by in one of the quarters."
    assert none["desk_disposed_in_time"].now.shown is None
