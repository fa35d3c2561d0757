"""Where people are named, only they do what is kept at the desk, whatever name and role somebody brings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from small_cases import NOW

from data.home import Home
from desk import saved_views
from desk.actors import Actor, ActorError
from desk.channels.notices import send_again
from desk.drills.acting import pause
from desk.handover.handing import Left, accept, hand_over
from desk.people import DEMONSTRATION, found
from desk.records import Records, open_records

STRANGER = Actor("Mallory", "desk_lead")
LEFT = Left("cis", datetime(2025, 10, 31, 10), datetime(2025, 10, 31, 17), "", "# Page")
DONE: dict[str, Callable[[Records], object]] = {
    "hand a shift over": lambda records: hand_over(records, LEFT, STRANGER, NOW),
    "accept it": lambda records: accept(records, "H-1", STRANGER, NOW),
    "keep a view": lambda records: saved_views.save(records, "Night", {}, STRANGER, NOW),
    "take a view away": lambda records: saved_views.delete(records, "V-1", STRANGER, NOW),
    "train": lambda records: pause(records, "D-1", STRANGER, NOW),
    "send a notice again": lambda records: send_again(records, "critical:C-1:chat", STRANGER, NOW),
}


@pytest.fixture
def records(home: Home) -> Iterator[Records]:
    opened = open_records(home, {})
    found(opened, DEMONSTRATION, NOW)
    yield opened
    opened.close()


@pytest.mark.parametrize("what", DONE)
def test_a_stranger_is_refused(records: Records, what: str) -> None:
    with pytest.raises(ActorError, match="Mallory is not among the people here as desk lead"):
        DONE[what](records)
