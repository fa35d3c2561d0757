"""The desk's clock signs the log and sends its heads; that is a line of the log, and so is that it failed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from dashboard.desk_clock import keep_heads
from dashboard.desk_records import desk_records
from dashboard.owner import Owner
from desk.actors import Actor
from desk.audit import Entry, lines, record

NOW = datetime(2025, 10, 31, 23)


def act() -> None:
    with desk_records().writing() as connection:
        record(connection, Entry(Actor("Ana", "analyst"), "noted", "case", "C-1", NOW, reason="Because"))


@pytest.mark.usefixtures("owning")
def test_without_a_place_nothing_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WATCHFLOOR_ANCHOR_TO", raising=False)
    act()
    assert keep_heads(desk_records(), NOW) is None
    assert lines(desk_records(), action="sent_heads") == []


def test_what_was_sent_is_one_line_and_nothing_new_is_none(
    owning: Owner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = tmp_path / "outside"
    monkeypatch.setenv("WATCHFLOOR_ANCHOR_TO", str(outside))
    act()
    for _ in range(3):
        keep_heads(desk_records(), NOW)
    (sent,) = lines(desk_records(), action="sent_heads")
    assert (sent.actor, sent.object_kind, sent.object_id) == ("Watchfloor", "anchors", str(outside))
    assert '"heads":1' in (sent.after or "")
    here = owning.home.path / "anchors" / "head-000001.json"
    assert (outside / "head-000001.json").read_text() == here.read_text()


@pytest.mark.usefixtures("owning")
def test_a_place_that_fails_is_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "outside").write_text("a file")
    monkeypatch.setenv("WATCHFLOOR_ANCHOR_TO", str(tmp_path / "outside"))
    act()
    for _ in range(2):
        keep_heads(desk_records(), NOW)
    (failed,) = lines(desk_records(), action="sent_heads")
    assert "exists" in failed.reason.lower()
