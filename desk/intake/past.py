"""What is known of how alerts ended: the work of an earlier desk, and what others said of their events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import duckdb

from desk.cases.state import Outcome
from desk.intake.raised import statement

# Into work that is not over yet; of work that is over, half is done before the wait.
ASKED_AFTER = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Work:
    """Somebody of an earlier desk worked on an event; without an end they still do. Times naive UTC."""

    event_id: str
    analyst: str
    began_at: datetime
    ended_at: datetime | None
    waited_minutes: int = 0
    second_look: bool = False
    reviewed_by: str | None = None
    reviewed_at: datetime | None = None
    reviewed_outcome: Outcome | None = None
    note: str | None = None
    outcome: Outcome | None = None
    typology: str | None = None

    @property
    def pause(self) -> tuple[datetime, datetime] | None:
        """From when to when it waits for the customer, after half of the work; None if it does not."""
        if not self.waited_minutes:
            return None
        waited = timedelta(minutes=self.waited_minutes)
        if self.ended_at is None:
            asked = self.began_at + ASKED_AFTER
            return asked, asked + waited
        since = self.began_at + max(self.ended_at - self.began_at - waited, timedelta()) / 2
        return since, min(since + waited, self.ended_at)


@dataclass(frozen=True, slots=True)
class Answer:
    """A label: what an event, or an account as a whole, turned out to be, who says so, and since when."""

    label_id: str
    event_id: str | None
    account_id: str
    outcome: Outcome
    typology: str | None
    source: str | None
    known_at: datetime
    case_id: str | None = None

    @property
    def words(self) -> str:
        """The label as a person says it."""
        kind = f", {self.typology.replace('_', ' ')}" if self.typology else ""
        of_what = self.event_id or f"account {self.account_id}"
        who = _WHO.get(self.source or "", "A label said")
        return f"{who} of {of_what}: {self.outcome.replace('_', ' ')}{kind}"


_WHO = {
    "desk": "The earlier desk said",
    "customer": "The customer said",
    "partner": "A partner said",
    "authority": "An authority said",
}


def work(cursor: duckdb.DuckDBPyConnection, watermark: datetime) -> list[Work]:
    """Return what an earlier desk did about the new alerts' events."""
    return [Work(**row) for row in _rows(cursor, "work", {"watermark": watermark})]


def answers(cursor: duckdb.DuckDBPyConnection, watermark: datetime) -> list[Answer]:
    """Return what others said of the new alerts' events and accounts."""
    return [Answer(**row) for row in _rows(cursor, "answers", {"watermark": watermark})]


def later_answers(cursor: duckdb.DuckDBPyConnection, watermark: datetime, labels_seq: int) -> list[Answer]:
    """Return what arrived after the label `labels_seq` about cases that are live; each names its case."""
    named = {"watermark": watermark, "labels_seq": labels_seq}
    return [Answer(**row) for row in _rows(cursor, "later_answers", named)]


def _rows(
    cursor: duckdb.DuckDBPyConnection, name: str, parameters: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    found = cursor.execute(statement(name), parameters)
    names = [column[0] for column in found.description or ()]
    for row in found.fetchall():
        yield dict(zip(names, row, strict=True))
