"""Signed heads go to a place outside, whatever fails is said and tried again, and the copy finds a forger."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from data.home import Home
from desk.actors import Actor
from desk.anchor_place import (
    PLACE_VARIABLE,
    Place,
    PlaceError,
    copied_heads,
    outcome_of,
    place_of,
    send_heads,
)
from desk.anchors import EVERY, QUIET, SENT_ACTION, Anchors
from desk.audit import Entry, record
from desk.chain_check import verify
from desk.records import Records, open_records

NOW = datetime(2025, 10, 31, 23)
START = datetime(2026, 1, 5, 12)
ANA = Actor("Ana", "analyst")


class Clock:
    """A wall clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def opened(home: Home, clock: Clock) -> tuple[Records, Anchors]:
    return open_records(home, {}, clock), Anchors.of(home, {}, clock)


def act(records: Records, count: int = 1, action: str = "noted") -> None:
    for number in range(count):
        with records.writing() as connection:
            record(connection, Entry(ANA, action, "case", f"C-{number}", NOW, reason="Because"))


def test_a_folder_gets_every_head_once_and_the_key_to_check_them(
    home: Home, clock: Clock, tmp_path: Path
) -> None:
    records, anchors = opened(home, clock)
    act(records, 26)
    place = Place(tmp_path / "outside")
    sent = send_heads(anchors, place)
    assert (sent.sequence, sent.sent_at, sent.fault) == (2, START, "")
    assert sorted(path.name for path in (tmp_path / "outside").iterdir()) == [
        "anchor.pub",
        "head-000001.json",
        "head-000002.json",
    ]
    assert (tmp_path / "outside" / "anchor.pub").read_text().strip() == anchors.public_key()
    clock.now += timedelta(minutes=1)
    # Nothing new: nothing is said to have been sent again.
    assert send_heads(anchors, place) == sent
    assert verify(records, anchors, copied=copied_heads(place)).words == (
        "The audit log is whole: 26 lines, and it agrees with 2 signed heads, 2 of them in a copy outside."
    )
    records.close()


def test_who_writes_log_heads_and_key_anew_is_found_by_the_copy(
    home: Home, clock: Clock, tmp_path: Path
) -> None:
    records, anchors = opened(home, clock)
    act(records, 30)
    place = Place(tmp_path / "outside")
    send_heads(anchors, place)
    records.close()
    shutil.rmtree(home.path)
    records, anchors = opened(home, clock)
    act(records, 30, "forgot")
    assert verify(records, anchors).broken is None

    found = verify(records, anchors, copied=copied_heads(place)).broken
    assert found is not None
    assert (found.number, found.kind) == (1, "rewritten")
    assert "log, heads and key were written anew" in found.words
    # Nor does the forger get at the copy: what lies there stays.
    kept = (tmp_path / "outside" / "head-000001.json").read_text()
    send_heads(anchors, place)
    assert (tmp_path / "outside" / "head-000001.json").read_text() == kept
    records.close()


def test_a_log_shorter_than_the_copy_was_cut_off(home: Home, clock: Clock, tmp_path: Path) -> None:
    records, anchors = opened(home, clock)
    act(records, 26)
    place = Place(tmp_path / "outside")
    send_heads(anchors, place)
    (anchors.folder / "head-000002.json").unlink()
    with records.writing() as connection:
        connection.execute(text("DROP TRIGGER audit_lines_not_deleted"))
        connection.execute(text("DELETE FROM audit_lines WHERE number > 20"))
    assert verify(records, anchors).broken is None
    found = verify(records, anchors, copied=copied_heads(place)).broken
    assert found is not None
    assert (found.number, found.kind) == (21, "truncated")
    records.close()


def test_an_address_that_does_not_answer_is_asked_again_later(home: Home, clock: Clock) -> None:
    records, anchors = opened(home, clock)
    act(records)
    place = Place(None, "https://keeper.example/heads?token=1")
    bodies: list[str] = []

    def refuse(_url: str, _body: str, _sent: Mapping[str, str]) -> str:
        raise PlaceError("503 Service Unavailable")

    def accept(_url: str, body: str, _sent: Mapping[str, str]) -> str:
        bodies.append(body)
        return "200 OK"

    failed = send_heads(anchors, place, refuse)
    assert (failed.sequence, failed.tries, failed.fault) == (0, 1, "503 Service Unavailable")
    assert failed.next_at == START + timedelta(seconds=5)
    # Before its time nobody is asked.
    assert send_heads(anchors, place, accept) == failed
    clock.now += timedelta(seconds=5)
    sent = send_heads(anchors, place, accept)
    assert (sent.sequence, sent.tries, sent.fault) == (1, 0, "")
    assert json.loads(bodies[0])["public_key"] == anchors.public_key()
    assert json.loads(bodies[0])["head"]["number"] == 1
    assert outcome_of(anchors, place) == sent
    # What may be secret in the address is not shown.
    assert place.name == "https://keeper.example/heads"
    records.close()


def test_a_folder_that_cannot_be_written_stops_no_action(home: Home, clock: Clock, tmp_path: Path) -> None:
    records, anchors = opened(home, clock)
    (tmp_path / "outside").write_text("a file, not a folder")
    act(records, 2)
    assert "exists" in send_heads(anchors, Place(tmp_path / "outside")).fault.lower()
    act(records, 2)
    assert verify(records, anchors).lines == 4
    records.close()


def test_while_nobody_acts_lines_are_signed_after_a_quarter_of_an_hour_and_then_daily(
    home: Home, clock: Clock
) -> None:
    records, anchors = opened(home, clock)
    act(records, 3)

    def signed() -> int | None:
        with records.reading() as connection:
            made = anchors.sign_if_quiet(connection)
        return None if made is None else made.number

    assert signed() is None
    clock.now += QUIET
    assert signed() == 3
    assert signed() is None
    # Lines about the sending of heads alone call for none.
    act(records, 1, SENT_ACTION)
    clock.now += QUIET
    assert signed() is None
    clock.now += EVERY
    assert signed() == 4
    assert verify(records, anchors).broken is None
    records.close()


@pytest.mark.parametrize("named", ["http://keeper.example", "ftp://keeper.example", "https://"])
def test_a_place_that_is_none_is_refused(named: str) -> None:
    with pytest.raises(PlaceError, match="Heads cannot be sent to"):
        place_of({PLACE_VARIABLE: named})


def test_without_the_variable_heads_stay_here() -> None:
    assert place_of({}) is None
    assert copied_heads(None) == []
