"""The store follows what was done at the desk, and looks only where something was."""

from __future__ import annotations

import pytest

from dashboard import desk_records, owner
from desk.timed import FROM


def counted(table: str) -> int:
    with owner.store().cursor() as cursor:
        return int(cursor.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])


def test_a_rerun_after_which_nothing_was_done_does_not_ask_the_store(
    queued: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk_records.follow()

    def asked(*_: object) -> bool:
        raise AssertionError("the store was asked")

    monkeypatch.setattr(desk_records, "is_behind", asked)
    version = owner.desk_version()
    desk_records.follow()

    assert len(queued) == 6
    assert owner.desk_version() == version


def test_cases_that_were_copied_and_not_timed_are_timed(
    queued: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    there = counted("desk_timed"), counted("desk_standing")
    with owner.store().writing("desk") as cursor:
        cursor.execute("DELETE FROM settings WHERE name = $name", {"name": FROM})
        cursor.execute("DELETE FROM desk_timed")
        cursor.execute("DELETE FROM desk_standing")
    # As after the end of a job that copied cases, as intake does.
    monkeypatch.setattr(desk_records, "_followed", None)
    version = owner.desk_version()
    desk_records.follow()

    # One of the six is closed: it is timed, and its clock stands no more.
    assert there[0] >= len(queued)
    assert there[0] > there[1] >= 5
    assert (counted("desk_timed"), counted("desk_standing")) == there
    assert owner.desk_version() != version
