"""The walk over days, on evidence by hand: a device of so many accounts, used again or let decay.

A store of 2,000 accounts; what four share for less than two weeks is then rare enough for an alarm.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np

from scoring.rings.evidence import Confirmed
from scoring.rings.history import WARM_UP_DAYS, Walk
from scoring.rings.identity import NONE
from scoring.rings.kinds import MICROSECONDS_A_DAY
from scoring.rings.score import People
from scoring.rings.shared import Uses
from scoring.rings.sources import Named, Sources
from scoring.rings.ties import no_ties

DAY = MICROSECONDS_A_DAY
FIRST = (datetime(2025, 1, 1, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)).days
ACCOUNTS = 2_000
NEVER = np.iinfo(np.int64).max
BEGIN = WARM_UP_DAYS
# By then ties of the first weeks have decayed.
LONG = 400
# Kind, thing, account, day after the first.
Use = tuple[int, int, int, int]


def sources(*uses: Use, confirmed: dict[int, float] | None = None, days: int = 200) -> Sources:
    rows = sorted((FIRST + day, kind, thing, account) for kind, thing, account, day in uses)
    day, kind, thing, account = np.array(rows, dtype=np.int64).T
    known = np.full(ACCOUNTS, NEVER)
    for one, when in (confirmed or {}).items():
        known[one] = int((FIRST + when) * DAY)
    none = np.empty(0, dtype=np.int64)
    return Sources(
        account_ids=[f"a{number:04}" for number in range(ACCOUNTS)],
        people=People(np.full(ACCOUNTS, (FIRST - 100) * DAY), known, np.zeros(ACCOUNTS, dtype=np.int64)),
        confirmed=Confirmed(none, none, none, none),
        uses=Uses(kind, thing, account, day * DAY, day * DAY, np.ones(len(day), dtype=np.int64)),
        use_day=day,
        direct=no_ties(),
        direct_known=none,
        came=np.zeros(ACCOUNTS, dtype=np.int64),
        names=Named(none, none),
        amounts=Named(none, none),
        first_day=FIRST,
        last_day=FIRST + days,
        watermark=datetime(2030, 1, 1),
    )


def walked(given: Sources, days: int = 200) -> Walk:
    walk = Walk(given)
    for day in range(FIRST + 1, FIRST + days):
        walk.step(day)
    return walk


def story(walk: Walk) -> list[tuple[int, int, str, int, int, int]]:
    """Ring, day, change, accounts, joined and gone."""
    return [(c.ring, c.day - FIRST, c.change, c.accounts, c.joined, c.gone) for c in walk.log.changes]


def together(day: int, *accounts: int, first_thing: int = 0) -> list[Use]:
    """Accounts that share a device and a payout address."""
    return [(kind, first_thing + kind, account, day) for kind in (0, 3) for account in accounts]


def test_a_ring_is_found_grows_and_ends_when_its_ties_have_decayed() -> None:
    walk = walked(sources(*together(BEGIN, 1, 2, 3), *together(BEGIN + 4, 4)), days=LONG)
    changes = story(walk)

    assert changes[:3] == [
        (0, BEGIN + 1, "found", 3, 3, 0),
        (0, BEGIN + 1, "alarmed", 3, 3, 0),
        (0, BEGIN + 5, "grew", 4, 1, 0),
    ]
    ring, _, change, accounts, _, gone = changes[-1]
    assert (ring, change, accounts, gone) == (0, "ended", 0, 4)
    assert walk.rings[0].ended == FIRST + changes[-1][1]
    assert walk.rings[0].merged_into == NONE


def test_nothing_stands_in_the_first_weeks() -> None:
    walk = walked(sources(*together(2, 1, 2, 3)), days=BEGIN + 3)

    assert story(walk)[0][:3] == (0, BEGIN, "found")


def test_a_ring_that_comes_back_is_written_down_with_all_its_accounts() -> None:
    """It ended when its ties had decayed; on day 390 the same three use another device and address."""
    walk = walked(sources(*together(BEGIN, 1, 2, 3), *together(390, 1, 2, 3, first_thing=10)), days=LONG)
    changes = story(walk)

    (ended,) = (day for _, day, change, *_ in changes if change == "ended")
    assert ended < 390
    assert changes[-1:] == [(0, 391, "found", 3, 3, 0)]
    assert len(walk.rings) == 1
    assert walk.rings[0].ended == NONE
    there = 0
    for _, _, change, accounts, joined, gone in changes:
        if change != "alarmed":
            there += joined - gone
            assert there == accounts


def test_two_rings_become_one_and_the_smaller_is_said_to_have_merged() -> None:
    small, large = together(BEGIN, 1, 2, 3), together(BEGIN, 5, 6, 7, 8, first_thing=10)
    walk = walked(sources(*small, *large, *together(BEGIN + 3, *range(1, 9), first_thing=20)), days=BEGIN + 6)
    changes = story(walk)

    assert (0, BEGIN + 4, "merged", 0, 0, 3) in changes
    assert (1, BEGIN + 4, "grew", 7 + 1, 4, 0) in changes
    assert walk.rings[0].merged_into == 1


def test_half_of_the_accounts_confirmed_break_a_ring_the_day_after_they_are() -> None:
    given = sources(*together(BEGIN, 1, 2, 3, 4), confirmed={1: BEGIN + 2, 2: BEGIN + 3.5, 3: BEGIN + 500})
    walk = walked(given, days=BEGIN + 10)

    assert story(walk)[2:] == [(0, BEGIN + 4, "broken", 4, 0, 0)]
    assert walk.log.changes[-1].known_bad == 2


def test_a_label_known_at_the_start_of_a_day_is_not_known_yet() -> None:
    given = sources(*together(BEGIN, 1, 2, 3, 4), confirmed={1: BEGIN + 4, 2: BEGIN + 4})
    walk = walked(given, days=BEGIN + 10)

    assert story(walk)[-1][:3] == (0, BEGIN + 5, "broken")


def test_too_many_sharers_end_a_ring_at_once() -> None:
    """Sixteen may share a payout address, forty a device; on day 3 forty-one accounts share both."""
    walk = walked(sources(*together(BEGIN, 1, 2, 3), *together(BEGIN + 3, *range(4, 45))), days=BEGIN + 6)

    assert story(walk)[-1] == (0, BEGIN + 4, "ended", 0, 0, 3)


def test_a_walk_that_stops_earlier_tells_the_beginning_of_the_same_story() -> None:
    given = sources(*together(BEGIN, 1, 2, 3), *together(BEGIN + 20, 3, 4, 5, first_thing=10))
    whole, part = walked(given), walked(given, days=BEGIN + 30)

    assert story(part) == [change for change in story(whole) if change[1] < BEGIN + 30]
    assert [ring.name for ring in part.rings] == [ring.name for ring in whole.rings][: len(part.rings)]


def opening_late(given: Sources, day: int) -> Sources:
    """The same with half of the accounts opened on a day."""
    opened = given.people.opened.copy()
    opened[1_000:] = (FIRST + day) * DAY
    return replace(given, people=replace(given.people, opened=opened))


def test_accounts_that_open_later_change_no_day_before() -> None:
    given = sources(*together(BEGIN, 1, 2, 3))
    soon, late, never = (
        [change.score for change in walked(opening_late(given, day), days=BEGIN + 50).log.changes]
        for day in (BEGIN + 60, BEGIN + 300, -100)
    )

    assert soon == late
    # Among half as many accounts it is less of a surprise.
    assert soon[0] < never[0]
