"""What the database itself holds of cases: known values, words where needed, versions without a gap."""

from __future__ import annotations

from typing import Any

import pytest
from small_cases import ANA, CLOCK, NOW, SmallDesk, state
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from desk.cases.moves import Pause, Rate
from desk.cases.reading import queue_in_words
from desk.cases.steps import CASE_QUEUE, CASE_STEPS, STATE_NAMES, requeue
from desk.records import RecordsError
from desk.transactional import take_turn

STEP: dict[str, Any] = {
    "at": NOW, "recorded_at": CLOCK, "actor": "Ana", "role": "analyst", "action": "opened",
    "reason": "Because", "details": {},
} | {name: getattr(state(), name) for name in STATE_NAMES}  # fmt: skip
ENDED = {"closed_at": NOW, "closed_by": "Ana"}
WRONG: list[dict[str, Any]] = [
    {"actor": " "},
    {"role": ""},
    {"action": " "},
    {"action": "noted", "reason": " "},
    {"status": "gone"},
    {"severity": "urgent"},
    {"kind": "other"},
    {"subject_kind": "device"},
    {"version": 0},
    {"holder": "Ana"},
    {"status": "withdrawn", **ENDED, "holder": "Ana", "lease_until": CLOCK},
    {"status": "paused"},
    {"paused_since": NOW},
    {"status": "closed", **ENDED},
    {"status": "closed", **ENDED, "outcome": "maybe"},
    {"status": "merged", **ENDED},
    {"merged_into": "C-2"},
    ENDED,
]


def write(desk: SmallDesk, **changed: Any) -> None:
    """Write a step past the rules, as whoever has the database could."""
    with desk.records.writing() as connection:
        connection.execute(insert(CASE_STEPS).values(**(STEP | {"regions": ["cis"]} | changed)))


def test_the_database_takes_no_step_that_no_case_can_have(both: SmallDesk) -> None:
    for wrong in WRONG:
        with pytest.raises(IntegrityError):
            write(both, **wrong)
    with pytest.raises((DBAPIError, RecordsError), match="has no gap: the version before is missing"):
        write(both, version=2)
    write(both)
    with pytest.raises((DBAPIError, RecordsError), match="has no gap"):
        write(both, version=3)
    with pytest.raises((DBAPIError, RecordsError), match=r"append-only|each_version_once"):
        write(both)
    write(both, version=2)


@pytest.mark.parametrize("table", ["case_steps", "case_alerts", "case_files"])
def test_what_was_written_of_a_case_is_never_changed_or_removed(both: SmallDesk, table: str) -> None:
    case_id = both.opened(events=("E1",))
    with both.records.writing() as connection:
        connection.execute(
            text(
                "INSERT INTO case_files"
                " (case_id, at, recorded_at, actor, name, media_type, size, sha256, content)"
                " SELECT :case_id, at, recorded_at, actor, 'a', 'b', 1, 'c', '' FROM case_steps"
            ),
            {"case_id": case_id},
        )
    for change in (f"UPDATE {table} SET case_id = 'C-2'", f"DELETE FROM {table}"):
        with (
            pytest.raises((DBAPIError, RecordsError), match=f"{table} is append-only"),
            both.records.writing() as connection,
        ):
            connection.execute(text(change))


def test_a_queue_that_was_tampered_with_is_found_and_made_anew(both: SmallDesk) -> None:
    one, two, three = (both.opened(f"A{number}") for number in range(3))
    both.do(one, Rate("low"), ANA)
    both.do(two, Pause(), ANA)
    assert both.differs() == []
    with both.records.writing() as connection:
        connection.execute(CASE_QUEUE.update().where(CASE_QUEUE.c.case_id == one).values(holder="Eve"))
        connection.execute(CASE_QUEUE.delete().where(CASE_QUEUE.c.case_id == three))
    differs, words = queue_in_words(both.records)
    assert differs == both.differs() == sorted([one, three])
    assert words.endswith(f"lead to: {', '.join(differs)} (2).")
    with both.records.writing() as connection:
        take_turn(connection)
        assert requeue(connection) == 2
    assert queue_in_words(both.records) == (
        [],
        "The queue of the desk is what the steps of its cases lead to: 3 cases wait.",
    )
    assert both.differs() == []
