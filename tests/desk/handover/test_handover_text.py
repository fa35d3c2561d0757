"""The page of a handover, worked by hand: every word of it comes from typed values."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from desk.channels.forecast import Foretold
from desk.channels.reading import standard
from desk.handover.shifts import ShiftWindow
from desk.handover.snapshot import Open, Snapshot, Standing
from desk.handover.text import written

INDIA = standard().channel("south_asia")
LATE = Standing(
    "C-1", "fraud", "critical", datetime(2025, 10, 31, 9), datetime(2025, 10, 31, 13), -210,
    Decimal("12345.67"), "Olga",
)  # fmt: skip
SOON = Standing(
    "C-2", "ring", "high", datetime(2025, 10, 31, 5, 40), datetime(2025, 10, 31, 17, 40), 70,
    Decimal("900.2"), None,
)  # fmt: skip
ASIDE = replace(SOON, case_id="C-3", paused_until=datetime(2025, 11, 1, 6, 30))
WHOLE = Snapshot(
    channel=INDIA,
    # 15:00 to 22:00 in India, 5:30 ahead of UTC.
    shift=ShiftWindow("late", datetime(2025, 10, 31, 9, 30), datetime(2025, 10, 31, 16, 30)),
    now=datetime(2025, 10, 31, 16, 30),
    unit="USDT",
    changed={"opened": 7, "escalated": 2, "handed_in": 1, "handed_out": 0},
    closed={"confirmed": 3, "false_positive": 1},
    open=[Open("critical", 1, 0, 1), Open("high", 2, 1, 0)],
    oldest=SOON,
    most_to_lose=LATE,
    hands={"Olga": 2, "Ana": 1},
    paused=[ASIDE, replace(ASIDE, case_id="C-4", paused_until=None)],
    paused_in_all=3,
    soon=[SOON],
    soon_in_all=2,
    breached=[LATE],
    breached_in_all=1,
    expected=Foretold("south_asia", 1.5, 0, 3),
)
PAGE = """\
# Handover: South Asia, late shift

Fri 31 Oct 15:00 to Fri 31 Oct 22:00, 7 hours. As of Fri 31 Oct 22:00. Times are of Asia/Kolkata (UTC+5:30).

## What changed

7 opened, 4 closed (3 confirmed, 1 false positive), 2 escalated, 1 handed in from other channels.

## What is open

- 3 cases: 1 critical, 2 high; 1 past its time.
- Oldest: C-2, high ring, due Fri 31 Oct 23:10 (1 h 10 min left), 900 USDT at stake.
- Most to lose: C-1, critical fraud, due Fri 31 Oct 18:30 (3 h 30 min late), 12,346 USDT at stake, Olga.
- In whose hands: Olga 2, Ana 1.
- Paused: C-3 until Sat 01 Nov 12:00; C-4 until somebody goes on; 1 more.

## What breaches in the next 4 hours

- C-2, high ring, due Fri 31 Oct 23:10 (1 h 10 min left), 900 USDT at stake.
- 1 more.
- Foretold from how the desk works: 1.5 breach, between 0 and 3 in eight of ten runs.

## What went wrong

- 1 case breached in this shift.
- C-1, critical fraud, due Fri 31 Oct 18:30 (3 h 30 min late), 12,346 USDT at stake, Olga.

## Notes for the next desk

Watch *Almaty*.
"""


def test_a_page_says_what_changed_what_is_open_what_breaches_and_what_went_wrong() -> None:
    assert written(WHOLE, " Watch *Almaty*.\n") == PAGE


def test_the_plain_page_has_the_same_words_with_lines_under_its_headings() -> None:
    plain = written(WHOLE, "Watch *Almaty*.", "plain")

    assert plain.startswith(
        "Handover: South Asia, late shift\n================================\n\nFri 31 Oct"
    )
    assert "What changed\n------------\n\n7 opened" in plain
    lines = [line for line in plain.splitlines() if not line or set(line) - {"-", "="} or line == "-"]
    assert lines == [line.lstrip("# ") for line in PAGE.splitlines()]


def test_a_shift_in_which_nothing_was_done_says_so() -> None:
    quiet = replace(
        WHOLE, changed={}, closed={}, open=[], oldest=None, most_to_lose=None, hands={}, paused=[],
        paused_in_all=0, soon=[], soon_in_all=0, breached=[], breached_in_all=0, expected=None,
    )  # fmt: skip
    said = written(quiet, "")

    assert "Nothing was done in this shift." in said
    assert "- Nothing is open." in said
    assert "- No open case." in said
    assert "- No case breached in this shift." in said
    assert said.endswith("## Notes for the next desk\n\nNone.\n")


@pytest.mark.parametrize(
    ("starts", "ends", "hours", "before", "after"),
    [
        # The clocks go back in the night: 23:00 to 07:00 is nine hours.
        (datetime(2025, 10, 25, 21), datetime(2025, 10, 26, 6), "9 hours", "UTC+2", "UTC+1"),
        (datetime(2025, 3, 29, 22), datetime(2025, 3, 30, 5), "7 hours", "UTC+1", "UTC+2"),
    ],
)  # fmt: skip
def test_a_shift_over_the_change_of_the_clocks_names_both_zones(
    starts: datetime, ends: datetime, hours: str, before: str, after: str
) -> None:
    europe = standard().channel("europe")
    said = written(replace(WHOLE, channel=europe, shift=ShiftWindow("night", starts, ends)), "")

    assert "23:00 to " in said
    assert hours in said
    assert f"({before}, from the change of the clocks on {after})" in said
