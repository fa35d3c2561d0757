"""What the queue asks: which cases fit, in which order, and how many there are in all."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from small_cases import ANA, NOW

from dashboard.desk_records import desk_records
from dashboard.questions import queue
from dashboard.questions.queue import Chosen, Place
from dashboard.state import View
from desk.cases.acting import Doing, do
from desk.cases.moves import Release
from desk.cases.next_case import claim_next

Told = dict[str, str]


def subjects(chosen: Chosen, place: Place, told: Told) -> list[str]:
    return [told[case.case_id] for case in queue.page(chosen, place).rows]


def test_the_queue_stands_in_the_order_in_which_the_next_case_is_chosen(place: Place, told: Told) -> None:
    there = subjects(Chosen(), replace(place, channels=("cis",)), told)

    taken: list[str] = []
    for _ in there:
        found = claim_next(desk_records(), ANA, ["cis"], NOW, skip=taken)
        assert found is not None
        taken.append(found.case_id)
        do(desk_records(), Doing(found.case_id, Release(), ANA, "", NOW))
    # A3 is 100 USDT over its time, so 100 for each 15 minutes; A2 has 400 to lose in the 30 minutes left.
    assert there == ["A1", "A2", "A3"]
    assert [told[case_id] for case_id in taken] == there


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (Chosen(order="loss"), ["A2", "A3", "A1", "A5", "A4"]),
        (Chosen(order="due"), ["A3", "A2", "A1", "A4", "A5"]),
        (Chosen(severity=("medium", "low"), order="loss"), ["A5", "A4"]),
        (Chosen(channel=("europe",), order="loss"), ["A5", "A4"]),
        (Chosen(clock=("breached",)), ["A3"]),
        (Chosen(clock=("due_soon",)), ["A2"]),
        (Chosen(who="mine"), ["A4"]),
        (Chosen(who="Ben"), ["A5"]),
        (Chosen(who="nobody"), ["A1", "A2", "A3"]),
        (Chosen(status="closed"), ["A6"]),
        (Chosen(status="confirmed"), []),
        (Chosen(status="false_positive"), ["A6"]),
        (Chosen(age="hour"), []),
        (Chosen(kind=("ring",)), []),
        (Chosen(order="age"), ["A3", "A2", "A4", "A5", "A1"]),
    ],
)
def test_each_filter_and_order_gives_the_cases_worked_out_by_hand(
    chosen: Chosen, expected: list[str], place: Place, told: Told
) -> None:
    found = subjects(chosen, place, told)

    # Two cases of the same age stand in the order of their ids, which are hashes.
    assert sorted(found) == sorted(expected)
    assert [one for one in found if one not in ("A4", "A5")] == [
        one for one in expected if one not in ("A4", "A5")
    ]


@pytest.mark.parametrize(
    ("find", "expected"),
    [
        ("E-a3", ["A3"]),
        ("E-A2", ["A2"]),
        ("customer KNOWS", ["A4"]),
        ("customer absent", []),
        ("café ölmütz", ["A6"]),
        ("new device e-a5", ["A5"]),
    ],
)
def test_search_looks_through_ids_reasons_and_notes_for_all_words_in_any_order(
    find: str, expected: list[str], place: Place, told: Told
) -> None:
    assert subjects(Chosen(find=find, status="all"), place, told) == expected


def test_search_finds_a_case_by_its_own_id(place: Place, queued: dict[str, str]) -> None:
    found = queue.page(Chosen(find=queued["A6"], status="all"), place)

    assert [case.case_id for case in found.rows] == [queued["A6"]]


def test_the_headline_counts_what_lives_and_what_may_be_lost_by_what_waits(place: Place, told: Told) -> None:
    counts = queue.counts(replace(place, me="Ben"))

    assert len(told) == 6
    # A5 is in Ben's hands: 10 + 400 + 100 + 1 of the others.
    assert counts == queue.Counts(5, 1, 1, 1, 4, Decimal(511))
    assert queue.counts(replace(place, channels=("europe",))).live == 2
    assert queue.counts(replace(place, region="europe")).live == 2


def test_a_row_says_who_has_it_what_was_done_last_and_how_many_fit(
    place: Place, queued: dict[str, str]
) -> None:
    case = next(one for one in queue.page(Chosen(), place).rows if one.case_id == queued["A5"])

    assert (case.in_hand, case.assignee, case.last_action, case.last_actor) == ("Ben", None, "taken", "Ben")
    assert (case.matching, case.sentence, case.alerts) == (5, "A new device", 1)


def test_a_page_beyond_the_last_shows_the_first(place: Place, told: Told) -> None:
    found = queue.page(Chosen(sheet=9), place)

    assert (len(found.rows), found.matching, found.pages) == (5, 5, 1)
    assert len(told) == 6


def test_all_that_match_are_told_with_the_version_that_each_has(place: Place, queued: dict[str, str]) -> None:
    assert queue.matching(Chosen(channel=("europe",), order="loss"), place) == {
        queued["A5"]: 2,
        queued["A4"]: 2,
    }


def test_the_address_is_read_as_it_should_be_and_what_is_wrong_in_it_is_left_out() -> None:
    view = View(severity="high,purple", clock="breached", status="lost", order="due", sheet="0", find="a b")

    assert Chosen.of(view) == Chosen(severity=("high",), clock=("breached",), order="due", find="a b")
    assert Chosen.of(View(sheet="12")).sheet == 12
    assert Chosen.of(View(sheet="9" * 23)).sheet == 1
    assert not Chosen(order="due", sheet=3).is_narrowed
    assert Chosen(find="x").is_narrowed
