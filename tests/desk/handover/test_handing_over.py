"""Handing a shift over and accepting it: two people, both audited, word by word as it was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest
from small_cases import ANA, AUDE, BEN, NOW, OLGA, SmallDesk, Wall
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from data.home import Home
from desk.actors import RightError
from desk.audit_lines import AUDIT_LINES
from desk.handover.handing import HandoverError, Left, accept, hand_over, handed_over
from desk.records import open_records

LEFT = Left("cis", datetime(2025, 10, 31, 10), datetime(2025, 10, 31, 17), " Watch C-1 ", "# Page")


@pytest.fixture
def both(home: Home, environment: dict[str, str]) -> Iterator[SmallDesk]:
    wall = Wall()
    opened = open_records(home, environment, clock=wall)
    yield SmallDesk(opened, wall)
    opened.close()


def test_what_is_handed_over_is_kept_as_it_was_and_another_person_accepts_it(both: SmallDesk) -> None:
    given = hand_over(both.records, LEFT, ANA, NOW)
    (waiting,) = handed_over(both.records, "cis")
    assert (waiting.handover_id, waiting.by, waiting.waits) == (given, "Ana", True)
    assert (waiting.left.notes, waiting.left.text) == ("Watch C-1", "# Page")

    accept(both.records, given, OLGA, NOW)

    (taken,) = handed_over(both.records, "cis")
    assert (taken.accepted_by, taken.accepted_at, taken.waits) == ("Olga", NOW, False)
    with both.records.reading() as connection:
        lines = connection.execute(AUDIT_LINES.select().where(AUDIT_LINES.c.object_id == given)).all()
    assert [(line.actor, line.action, line.reason) for line in lines] == [
        ("Ana", "handed_over", "Watch C-1"),
        ("Olga", "accepted", ""),
    ]


def test_nobody_accepts_their_own_handover_nor_one_that_is_accepted(both: SmallDesk) -> None:
    given = hand_over(both.records, LEFT, ANA, NOW)
    with pytest.raises(HandoverError, match="Nobody accepts what they handed over themselves"):
        accept(both.records, given, ANA, NOW)
    accept(both.records, given, BEN, NOW)
    with pytest.raises(HandoverError, match="Ben has accepted this handover already"):
        accept(both.records, given, OLGA, NOW)
    with pytest.raises(HandoverError, match="There is no handover 'H-0'"):
        accept(both.records, "H-0", OLGA, NOW)


def test_only_who_works_cases_hands_over_and_notes_have_an_end(both: SmallDesk) -> None:
    with pytest.raises(RightError, match="may not work the cases of the desk"):
        hand_over(both.records, LEFT, AUDE, NOW)
    long = Left("cis", LEFT.shift_starts, LEFT.shift_ends, "x" * 4_001, "")
    with pytest.raises(HandoverError, match="The notes have 4,001 characters"):
        hand_over(both.records, long, ANA, NOW)
    given = hand_over(both.records, LEFT, ANA, NOW)
    with pytest.raises(RightError):
        accept(both.records, given, AUDE, NOW)
    assert handed_over(both.records, "cis")[0].waits


def test_who_presses_twice_hands_over_once(both: SmallDesk) -> None:
    given = hand_over(both.records, LEFT, ANA, NOW)

    with pytest.raises(HandoverError, match="handed over already"):
        hand_over(both.records, LEFT, ANA, NOW)
    assert [one.handover_id for one in handed_over(both.records, "cis")] == [given]


def test_handovers_are_the_newest_first_of_their_channel_and_cannot_be_changed(both: SmallDesk) -> None:
    first, second = (hand_over(both.records, replace(LEFT, notes=note), ANA, NOW) for note in "ab")
    other = Left("mena", LEFT.shift_starts, LEFT.shift_ends, "", "")
    hand_over(both.records, other, ANA, NOW)

    assert [one.handover_id for one in handed_over(both.records, "cis")] == [second, first]
    assert [one.handover_id for one in handed_over(both.records, "cis", 1)] == [second]
    for change in ("UPDATE handovers SET notes = 'else'", "DELETE FROM handovers"):
        with pytest.raises(DBAPIError, match="handovers"), both.records.writing() as connection:
            connection.execute(text(change))
