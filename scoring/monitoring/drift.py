"""Drift: what the models of each area see and answer, week by week, against their reference.

The reference of what a model sees is the area's events of the eight weeks before it came into force, the
newest that it was trained and given thresholds on. What it answers is compared with its own first four weeks:
no other model's scores are on its scale.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from data.statement import read_statement
from scoring.calibration import Bools, Floats
from scoring.features import FRAUD_FEATURES, LIVENESS_FEATURES
from scoring.frame import matrix_of, numbers_of, pieces
from scoring.monitoring.bins import CODES, MISSING, PARTS, codes_of, counted, edges_of
from scoring.monitoring.shifts import Counts, Shift, dispersion_of, newest_before, shift_of
from scoring.threads import on_all_cores

SQL = Path(__file__).with_name("sql")
FEATURES = {
    "fraud": tuple(feature.name for feature in FRAUD_FEATURES),
    "liveness": tuple(feature.name for feature in LIVENESS_FEATURES),
}
# Two months hold every day of the month twice and lie near enough for growth not to pass for drift.
REFERENCE = timedelta(days=56)
OWN_REFERENCE = timedelta(days=28)
# What happens at once shows against four weeks just before; what comes slowly, against the reference only.
NEWEST = 4
# The most frequent values of an input, the rare ones together, and those never seen in the reference.
INPUT_PARTS = 16
RARE, NEW = "other values", "never seen before"
INPUTS = (
    "device_class",
    "device_maker",
    "device_system",
    "network_kind",
    "network_country",
    "country",
    "kind",
    "account_age",
    "asset",
    "amount_scale",
)
ANSWERS = ("score", "decision")


@dataclass(frozen=True, slots=True)
class Served:
    """A model with the areas it served, in [valid_from, until]."""

    model: str
    model_version: str
    areas: tuple[str, ...]
    valid_from: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Compared:
    """Subjects of one kind and one model: s = areas * subjects rows, area by area, over w weeks.

    `reference` and `weeks` (s, w, k) are the counts of parts, `labels` one list of words a row.
    """

    served: Served
    kind: str
    subjects: tuple[str, ...]
    first_week: date
    reference: Counts
    weeks: Counts
    used: Bools
    labels: list[list[str]]

    @property
    def dispersion(self) -> Floats:
        """How much wider than chi-square the weeks of each reference scatter, (s,)."""
        return dispersion_of(self.reference, self.used)

    def from_reference(self, dispersion: Floats) -> Shift:
        """How far each week moved from the reference."""
        return shift_of(self.reference.sum(axis=1, keepdims=True), self.weeks, self.used, dispersion)

    def from_newest(self, dispersion: Floats) -> Shift:
        """How far each week moved from the NEWEST weeks before it and the last."""
        return shift_of(newest_before(self.reference, self.weeks, NEWEST), self.weeks, self.used, dispersion)


def spans_served(cursor: duckdb.DuckDBPyConnection) -> list[Served]:
    """Answer every model that scored events after its training, with its areas; needs `watched`."""
    rows = cursor.execute(read_statement(SQL / "served.sql").sql).fetchall()
    return [
        Served(model, version, tuple(areas), valid_from, until)
        for model, version, areas, valid_from, until in rows
    ]


def compared(cursor: duckdb.DuckDBPyConnection, served: Served) -> Iterator[Compared]:
    """Yield the counts of features, missing values, inputs and answers of one model."""
    yield from _features(cursor, served)
    since = (served.valid_from - REFERENCE).date()
    yield _inputs(cursor, served, "input", INPUTS, (since, served.valid_from.date()), None)
    known_until = (served.valid_from + OWN_REFERENCE).date()
    own = (served.valid_from.date(), known_until)
    yield _inputs(cursor, served, "score", ANSWERS, own, served.model_version)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weeks(first: date, last: datetime) -> int:
    return (_monday(last.date()) - first).days // 7 + 1


def _features(cursor: duckdb.DuckDBPyConnection, served: Served) -> Iterator[Compared]:
    names = FEATURES[served.model]
    since = served.valid_from - REFERENCE
    first = _monday(since.date())
    weeks = _weeks(first, served.until)
    given: dict[str, Any] = {
        "areas": list(served.areas),
        "first_week": first,
        "valid_from": served.valid_from,
    }
    path = SQL / f"{served.model}_seen.sql"
    past = list(pieces(cursor, path, given | {"since": since, "until": served.valid_from}))
    if not sum(part.num_rows for part in past):
        return
    edges = edges_of(names, np.concatenate([matrix_of(part, names).astype(np.float32) for part in past]))
    cells = len(served.areas) * 2 * weeks

    def count(rows: pa.RecordBatch) -> Counts:
        place = [numbers_of(rows, name).astype(np.int64) for name in ("area_number", "week_number")]
        is_now = 1 - numbers_of(rows, "is_before").astype(np.int64)
        cell = (place[0] * 2 + is_now) * weeks + place[1]
        return counted(codes_of(edges, matrix_of(rows, names).astype(np.float32)), cell, cells)

    after = served.until + timedelta(microseconds=1)
    present = pieces(cursor, path, given | {"since": served.valid_from, "until": after})
    whole = np.zeros((len(names), cells, CODES), dtype=np.int64)
    for found in on_all_cores(count, (part for rows in (past, present) for part in rows if part.num_rows)):
        whole += found
    by_area = whole.reshape(len(names), len(served.areas), 2, weeks, CODES).swapaxes(0, 1)
    both = by_area.reshape(-1, 2, weeks, CODES)
    used = np.tile(edges.used, (len(served.areas), 1))
    labels = [edges.labels(place) for place in range(len(names))] * len(served.areas)
    known = both[..., :PARTS]
    yield Compared(served, "feature", names, first, known[:, 0], known[:, 1], used, labels)
    missing = np.stack([known.sum(axis=-1), both[..., MISSING]], axis=-1)
    two = np.ones((len(both), 2), dtype=np.bool_)
    said = [["known", "not known"]] * len(both)
    yield Compared(served, "missing", names, first, missing[:, 0], missing[:, 1], two, said)


def _inputs(
    cursor: duckdb.DuckDBPyConnection,
    served: Served,
    kind: str,
    subjects: tuple[str, ...],
    known: tuple[date, date],
    of_version: str | None,
) -> Compared:
    """Count the parts of `subjects`; `known` is the span of the reference, half-open."""
    first = _monday(known[0])
    weeks = _weeks(first, served.until)
    given = {
        "model": served.model,
        "subjects": list(subjects),
        "areas": list(served.areas),
        "since": known[0],
        "known_until": known[1],
        "until": served.until.date() + timedelta(days=1),
        "of_version": of_version,
        "first_week": first,
        "parts": INPUT_PARTS,
    }
    rows = cursor.execute(read_statement(SQL / "inputs_in_parts.sql").sql, given).fetchall()
    counts = np.zeros((len(served.areas) * len(subjects), 2, weeks, INPUT_PARTS), dtype=np.int64)
    labels = [["" for _ in range(INPUT_PARTS - 2)] + [RARE, NEW] for _ in range(len(counts))]
    for subject, area, part, week, is_before, events, value in rows:
        row = area * len(subjects) + subjects.index(subject)
        counts[row, 0 if is_before else 1, week, part] += events
        if part < INPUT_PARTS - 2:
            labels[row][part] = value
    used = (counts.sum(axis=(1, 2)) > 0) | np.eye(1, INPUT_PARTS, INPUT_PARTS - 1, dtype=np.bool_)
    return Compared(served, kind, subjects, first, counts[:, 0], counts[:, 1], used, labels)


def week_end(week: date) -> datetime:
    """Answer when a week is over: the start of the next."""
    return datetime.combine(week + timedelta(days=7), time())
