"""The new alerts of all models, as intake takes them: each with its severity and, of a ring, its members.

prepare(cursor, watermark)          # finds them once; the questions of `past.py` read the same
for alert in raised(cursor): ...    # in the order in which they were raised
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from data.statement import read_statement
from desk.cases.alerts import Alert
from desk.cases.state import SEVERITIES, Severity
from desk.intake.runs_table import Mark
from desk.intake.severity import severity_of

# Of anomaly alerts, where none was judged yet: what this share was when it was first measured, in `docs`.
ANOMALY_PRECISION = 0.2
SQL = Path(__file__).parent
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Raised:
    """An alert before it has a case: why it is as severe as it is, and of a ring's alarm its accounts."""

    alert: Alert
    why: str = ""
    members: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()

    @property
    def subjects(self) -> tuple[Key, ...]:
        """What it may be about, the ring first."""
        named = (("ring", self.alert.ring_id), ("account", self.alert.account_id))
        return tuple((kind, name) for kind, name in named if name is not None)

    @property
    def severity(self) -> Severity:
        """How severe it is, by rule."""
        return next(each for each in SEVERITIES if each == self.alert.severity)


def until(cursor: duckdb.DuckDBPyConnection) -> Mark:
    """Return up to where there is something to read; `at` is None in a store without events."""
    watermark, labels_seq = cursor.execute(statement("until")).fetchall()[0]
    return Mark(watermark, int(labels_seq))


def prepare(cursor: duckdb.DuckDBPyConnection, watermark: datetime) -> int:
    """Find the alerts up to `watermark` that are in no case, for the questions of this cursor; count them."""
    cursor.execute(statement("new_alerts"), {"watermark": watermark, "anomaly_precision": ANOMALY_PRECISION})
    return int(cursor.execute("SELECT count(*) FROM new_alerts").fetchall()[0][0])


def raised(cursor: duckdb.DuckDBPyConnection) -> list[Raised]:
    """Return the new alerts in the order in which they were raised."""
    rows = cursor.execute(statement("read_alerts"))
    names = [column[0] for column in rows.description or ()]
    return [_read(dict(zip(names, row, strict=True))) for row in rows.fetchall()]


def statement(name: str) -> str:
    """Return the SQL of a question of this room."""
    return read_statement(SQL / f"{name}.sql").sql


def _read(row: dict[str, Any]) -> Raised:
    plain = Alert(
        row["alert_id"],
        row["kind"],
        row["account_id"],
        row["event_id"],
        row["ring_id"],
        row["occurred_at"],
        row["score"],
        row["amount_micro"],
        row["expected_loss_micro"],
        "low",
        row["decision"],
        row["region"] or "unknown",
        row["country"],
        row["sentence"],
    )
    rule = severity_of(plain, row["event_kind"], row["confirmed"])
    told = {name: getattr(plain, name) for name in Alert.__slots__} | {"severity": rule.severity}
    regions = tuple(row["regions"] or ([row["region"]] if row["region"] else []))
    return Raised(Alert(**told), rule.words, tuple(row["members"] or ()), regions)
