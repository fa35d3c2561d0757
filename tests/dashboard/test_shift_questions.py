"""What a shift leaves, asked of a desk worked by hand (`small_desk_work.py`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
import small_desk_work
import small_exchange
from small_desk_work import hours

from dashboard import ask, owner
from dashboard.questions import shifts
from dashboard.questions.shifts import Asking, snapshot
from data.home import Home
from desk.channels.in_force import channels_in_force
from desk.handover.shifts import ShiftWindow
from desk.handover.snapshot import Open
from desk.handover.text import written

WALL = datetime(2026, 1, 5, 12)


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    folder = Home(tmp_path_factory.mktemp("shifts"))
    store = owner.become(folder).store
    small_exchange.fill(store)
    yield small_desk_work.fill_desk(store, folder)
    owner.resign()


def asking(channel: str, since: float, until: float, now: float, wall: datetime = WALL) -> Asking:
    window = ShiftWindow("late", hours(since), hours(until))
    return Asking(channels_in_force().channels[channel], window, hours(now), wall)


@pytest.mark.usefixtures("worked")
def test_what_was_done_in_a_shift_is_counted_by_action_and_outcome() -> None:
    # Monday 7 July, 00:00 to 12:00 UTC, of cis: K1 and K2 opened, K1 closed.
    found = snapshot(asking("cis", 0, 12, 12), "USDT")
    assert (found.changed["opened"], found.closed) == (2, {"confirmed": 1})
    # Thursday, of south_asia: K4 opened again and closed again.
    later = snapshot(asking("south_asia", 80, 90, 90), "USDT")
    assert (later.changed["reopened"], later.closed) == (1, {"false_positive": 1})
    assert later.changed["handed_in"] == 0


def test_open_cases_are_told_with_their_clocks_and_hands(worked: Mapping[str, str]) -> None:
    # K7 is due twelve hours after it was opened, at hour 64; at hour 62 two hours are left. The cases of
    # odd hours in Europe are open and long past their time, but for those of October.
    found = snapshot(asking("europe", 50, 58, 62, WALL), "USDT")
    (soon,) = found.soon
    assert (soon.case_id, soon.minutes_left, soon.who) == (worked["K7"], 120, "Ana")
    assert (soon.due_at, soon.expected_loss) == (hours(64), Decimal("1.000000"))
    assert found.hands == {"Ana": 1}
    # The lock is over a quarter of an hour later, by the clock on the wall.
    assert snapshot(asking("europe", 50, 58, 62, WALL + timedelta(minutes=16)), "USDT").hands == {}
    assert found.open == [Open("high", 5, 0, 2)]
    assert found.oldest is not None
    assert found.oldest.opened_at == datetime(2025, 3, 30, 0, 30)
    assert found.paused_in_all == 0


def test_what_went_wrong_is_what_breached_in_the_shift_and_no_other(worked: Mapping[str, str]) -> None:
    # K2 was due at hour 21 and ended at hour 33.
    late = asking("cis", 16, 24, 90)
    assert [one.case_id for one in snapshot(late, "USDT").breached] == [worked["K2"]]
    assert snapshot(asking("cis", 8, 16, 90), "USDT").breached == []
    # K7 at hour 64, still open: seen from hour 70 it is six hours late, seen from hour 62 it is not.
    (open_one,) = snapshot(asking("europe", 60, 68, 70), "USDT").breached
    assert (open_one.case_id, open_one.minutes_left) == (worked["K7"], -360)
    assert snapshot(asking("europe", 60, 68, 62), "USDT").breached == []


def test_each_number_has_its_rows_and_the_page_is_written_of_them(worked: Mapping[str, str]) -> None:
    asked = asking("cis", 16, 24, 90)
    found = snapshot(asked, "USDT")
    rows = ask.answer(shifts.breached_asked(asked).name, **shifts.breached_asked(asked).parameters)
    assert rows.num_rows == found.breached_in_all == 1
    said = written(found, "")
    assert f"- {worked['K2']}, high fraud, due Tue 08 Jul 02:00, 1 USDT at stake, Ana." in said
    assert "# Handover: CIS, late shift" in said
