"""The report of identity checks by ISO/IEC 30107-3: error rates by quarter and part, and the DET curve.

Presentations and injections (CEN/TS 18099) stand apart. Every rate is of checks whose truth their model had
not seen. Only attacks have a species, so a part by species or kind of attack is set against all bona fide
checks of the quarter. Thresholds of a fixed BPCER are those of the whole quarter, so that a region or a group
of people shows what the one threshold does to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.statement import read_statement
from scoring.attack_errors import ErrorRates, Tried, error_rates, species_of, threshold_at
from scoring.calibration import Bools, Floats
from scoring.clustered import clustered_share, numbered
from scoring.frame import Words, numbers_of, words_of
from scoring.quality import Interval

JUDGED = Path(__file__).with_name("rollups") / "judged_checks.sql"
# Operating points of the policy: the decisions that do not pass there, the mildest first.
STOPPED = {
    "retry": ("step_up", "hold", "block", "freeze"),
    "review": ("hold", "block", "freeze"),
    "reject": ("block", "freeze"),
}
FIXED_BPCER = {"BPCER 5 %": 0.05, "BPCER 1 %": 0.01, "BPCER 0.1 %": 0.001}
GROUPS = ("region", "device", "light", "skin_tone", "stage")
KINDS = ("all", "presentation", "injection")
# Points of a DET curve, evenly spaced on the logarithm of BPCER.
DET_POINTS = 60

_SHARES = [(f"{rate}{end}", pa.float64()) for rate in ("apcer", "bpcer") for end in ("", "_low", "_high")]
_COUNTED = [
    ("threshold", pa.float64()),
    ("attacks", pa.int64()),
    ("let_in", pa.int64()),
    *_SHARES[:3],
    ("bona_fide", pa.int64()),
    ("disturbed", pa.int64()),
    *_SHARES[3:],
]
ERRORS = pa.schema(
    [
        ("quarter", pa.date32()),
        ("cut", pa.string()),
        ("part", pa.string()),
        ("point", pa.string()),
        *_COUNTED,
        ("worst_species", pa.string()),
        ("worst_apcer", pa.float64()),
        ("acer", pa.float64()),
    ]
)
DET = pa.schema([("quarter", pa.date32()), ("attack", pa.string()), *_COUNTED])
Rows = list[dict[str, Any]]


def know_liveness_errors(cursor: duckdb.DuckDBPyConnection) -> None:
    """Write the temporary tables `found_liveness_errors` and `found_liveness_det` of `cursor`.

    `cursor` holds the rollup `check_facts`.
    """
    errors: Rows = []
    det: Rows = []
    for quarter in _quarters(cursor.sql(read_statement(JUDGED).sql).to_arrow_table()):
        errors += [{"quarter": quarter.starts, **row} for row in quarter.errors()]
        det += [{"quarter": quarter.starts, **row} for row in quarter.det()]
    for name, rows, schema in (("liveness_errors", errors, ERRORS), ("liveness_det", det, DET)):
        cursor.register("reported", pa.Table.from_pylist(rows, schema=schema))
        create = f"CREATE OR REPLACE TEMP TABLE found_{name} AS SELECT * FROM reported"
        cursor.execute(create)
        cursor.unregister("reported")


def _quarters(judged: pa.Table) -> Iterator[Quarter]:
    """Yield the judged checks a quarter at a time."""
    starts = judged.column("quarter").to_numpy(zero_copy_only=False)
    judged = judged.append_column("number", pa.array(numbered(_words(judged, "cluster"))))
    for start in np.unique(starts):
        yield Quarter(start.item(), judged.filter(pa.array(starts == start)))


def _words(rows: pa.Table, name: str) -> Words:
    words: Words = (
        words_of(rows.combine_chunks().to_batches()[0], name) if rows.num_rows else np.empty(0, object)
    )
    return words


class Quarter:
    """The judged checks of one calendar quarter, and what is reported of them."""

    def __init__(self, starts: date, judged: pa.Table) -> None:
        """Take the rows of `judged_checks.sql` of the quarter that `starts` then."""
        self.starts = starts
        self._score: Floats = numbers_of(judged, "score")
        is_attack: Bools = judged.column("is_attack").to_numpy(zero_copy_only=False).astype(np.bool_)
        self._tried = Tried(is_attack, _words(judged, "species"), judged.column("number").to_numpy())
        self._attack = _words(judged, "attack")
        self._decision = _words(judged, "decision")
        self._groups = {name: _words(judged, name) for name in GROUPS}

    def errors(self) -> Iterator[dict[str, Any]]:
        """Yield the rows of `liveness_errors`, one a part and operating point."""
        points = list(self._points())
        for cut, part, rows in self._parts():
            tried = self._tried.taken(rows)
            for point, threshold, is_stopped in points:
                place = {"cut": cut, "part": part, "point": point, "threshold": threshold}
                if is_stopped is None:
                    yield place | _sizes(tried)
                    continue
                rates = error_rates(tried, is_stopped[rows])
                worst = {"worst_species": rates.worst, "worst_apcer": rates.worst_apcer, "acer": rates.acer}
                yield place | _counted(rates) | worst

    def _points(self) -> Iterator[tuple[str, float | None, Bools | None]]:
        """Yield each point's name, its threshold and which checks do not pass; None: too few bona fide."""
        for name, stops in STOPPED.items():
            yield name, None, np.isin(self._decision.astype(str), stops)
        honest = self._score[~self._tried.is_attack]
        for name, share in FIXED_BPCER.items():
            threshold = threshold_at(honest, share)
            yield name, threshold, None if threshold is None else self._score >= threshold

    def _parts(self) -> Iterator[tuple[str, str, NDArray[Any]]]:
        """Yield cut, part and which rows (n,) belong to it."""
        honest = ~self._tried.is_attack
        yield "all", "all", np.ones(len(honest), dtype=np.bool_)
        for cut, names in (("attack", self._attack), ("species", self._tried.species)):
            for name in species_of(names):
                yield cut, name, honest | (names == name)
        for cut, names in self._groups.items():
            for name in species_of(names):
                yield cut, name, names == name

    def det(self) -> Iterator[dict[str, Any]]:
        """Yield the rows of `liveness_det`: no threshold has a lower BPCER than one bona fide check more."""
        honest = ~self._tried.is_attack
        scores, accounts = self._score[honest], self._tried.cluster[honest]
        for threshold in _thresholds(scores):
            disturbed = scores >= threshold
            bpcer = _ends("bpcer", clustered_share(disturbed, accounts))
            bona_fide = {"bona_fide": len(scores), "disturbed": int(disturbed.sum()), **bpcer}
            for kind in KINDS:
                rows = self._tried.is_attack if kind == "all" else self._attack == kind
                let_in = self._score[rows] < threshold
                share = clustered_share(let_in, self._tried.cluster[rows])
                if share is not None:
                    passed = {"attacks": len(let_in), "let_in": int(let_in.sum()), **_ends("apcer", share)}
                    yield {"attack": kind, "threshold": threshold, **passed, **bona_fide}


def _thresholds(honest: Floats) -> list[float]:
    """Answer at most DET_POINTS thresholds, lowest first, between disturbing everybody and nobody."""
    if not len(honest):
        return []
    shares = np.geomspace(1 / len(honest), 1, DET_POINTS)
    found = {threshold_at(honest, float(share), fewest=0) for share in (0.0, *shares[:-1], 1.0)}
    return sorted(threshold for threshold in found if threshold is not None)


def _sizes(tried: Tried) -> dict[str, Any]:
    """Answer the counts where no rate can be given."""
    attacks = int(tried.is_attack.sum())
    return {"attacks": attacks, "bona_fide": len(tried) - attacks}


def _counted(rates: ErrorRates) -> dict[str, Any]:
    return {
        "attacks": rates.attacks,
        "let_in": rates.let_in,
        "bona_fide": rates.bona_fide,
        "disturbed": rates.disturbed,
        **_ends("apcer", rates.apcer),
        **_ends("bpcer", rates.bpcer),
    }


def _ends(name: str, found: Interval | None) -> dict[str, float | None]:
    if found is None:
        return {name: None, f"{name}_low": None, f"{name}_high": None}
    return {name: found.value, f"{name}_low": found.low, f"{name}_high": found.high}
