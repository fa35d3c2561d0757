"""Records of before the desk kept ring cases in a table of their own: they are taken over, once and whole."""

from __future__ import annotations

from datetime import datetime

from small_cases import CLOCK, LEE, NOW, SmallDesk
from sqlalchemy import JSON, Column, DateTime, Integer, MetaData, String, Table, insert

from data.home import Home
from desk.audit import lines
from desk.cases.reading import history
from desk.cases.steps import queue_differs
from desk.records import open_records
from desk.ring_cases import case_of, withdraw

OLD = Table(
    "case_events",
    MetaData(),
    Column("number", Integer, primary_key=True),
    *(Column(name, DateTime) for name in ("at", "recorded_at")),
    *(Column(name, String) for name in ("case_id", "actor", "role", "action", "subject_kind", "subject_id")),
    *(Column(name, String) for name in ("severity", "reason")),
    *(Column(name, JSON) for name in ("regions", "facts")),
)
LATER = datetime(2026, 3, 1)


def told(case_id: str, ring: str, action: str, actor: str, reason: str) -> dict[str, object]:
    """Return a row of the old table."""
    return {
        "at": NOW, "recorded_at": CLOCK, "case_id": case_id, "actor": actor, "role": "analyst",
        "action": action, "subject_kind": "ring", "subject_id": ring, "severity": "critical",
        "reason": reason, "regions": ["cis"], "facts": {"accounts": ["A1"], "expected_loss": 47.5},
    }  # fmt: skip


def test_cases_of_before_are_taken_over_once_with_who_when_and_why(
    both: SmallDesk, home: Home, environment: dict[str, str]
) -> None:
    with both.records.writing() as connection:
        OLD.create(connection)
        rows = [
            told("C-1", "R-1", "opened", "Ana", "One payout"),
            told("C-1", "R-1", "withdrawn", "Ben", "One family"),
            told("C-2", "R-1", "opened", "Ana", "No family"),
            told("C-3", "R-2", "opened", "Ana", "A pair"),
            told("C-3", "R-2", "note", "Ben", "They move"),
        ]
        connection.execute(insert(OLD), rows)

    for _ in range(2):
        open_records(home, environment, clock=lambda: LATER).close()

    first, second = history(both.records, "C-1"), history(both.records, "C-2")
    assert [(step.actor, step.action, step.reason, step.recorded_at) for step in first] == [
        ("Ana", "opened", "One payout", CLOCK),
        ("Ben", "withdrawn", "One family", CLOCK),
    ]
    assert (first[-1].state.status, first[-1].state.closed_by, second[-1].state.status) == (
        "withdrawn",
        "Ben",
        "open",
    )
    found = case_of(both.records, "R-1")
    assert found is not None
    assert (found.case_id, found.note, found.subject.facts["accounts"]) == ("C-2", "No family", ["A1"])
    assert (found.state.expected_loss_micro, found.state.channel) == (47_500_000, "cis")
    assert [step.action for step in history(both.records, "C-3")] == ["opened", "noted"]
    assert [line.reason for line in lines(both.records)] == ["3 cases of before the desk"]
    with both.records.reading() as connection:
        assert queue_differs(connection) == []
    withdraw(both.records, "C-2", LEE, "A family after all", NOW)
